/**
 * Alma's error codes with their HTTP status. Codes follow Alma's documentation or measurements where these exist. The
 * messages are ours; `{0}` is the offending value.
 */
const ALMA_ERRORS = {
  'UNAUTHORIZED': { status: 401, message: 'Not authorized: unknown API key, or the user has no role for this call.' },
  'PER_SECOND_THRESHOLD': { status: 429, message: 'More calls per second than this institution may make.' },
  'DAILY_THRESHOLD': { status: 429, message: 'More calls than this institution may make in a day.' },
  'NOT_FOUND': { status: 404, message: 'There is no such call: {0}.' },
  'INTERNAL_SERVER_ERROR': { status: 500, message: 'The server could not process the request.' },
  'GENERAL_ERROR': { status: 400, message: 'The request could not be read: {0}.' },
  '90101': { status: 400, message: 'There is no code table {0}.' },
  '401604': { status: 400, message: 'The institution has services for the title {0}.' },
  '401607': { status: 400, message: 'The owner is missing.' },
  '401608': { status: 400, message: 'The owner {0} is not among the resource sharing libraries of the patron.' },
  '401652': { status: 400, message: 'General error: {0}.' },
  '401664': { status: 400, message: 'A mandatory field is missing: {0}.' },
  '401694': { status: 400, message: 'The request could not be cancelled: {0}.' },
  '401768': { status: 400, message: 'The patron is not affiliated with the resource sharing library {0}.' },
  '401861': { status: 400, message: 'There is no user with the identifier {0}.' },
  '401890': { status: 400, message: 'There is no user with the identifier {0}.' },
  '401897': { status: 400, message: 'The copyright terms were not agreed to.' },
  '401929': { status: 400, message: 'The pickup location {0} is not valid for the owner.' },
  '401930': { status: 400, message: 'A request for an article needs journal_title, year and author; missing: {0}.' },
  '402113': { status: 400, message: 'There is already a partner with the code {0}.' },
  '402118': { status: 400, message: 'There is no partner with the code {0}.' },
  '402119': { status: 400, message: 'There is no library with the code {0}.' },
  '402203': { status: 400, message: 'The record number {0} is not valid.' },
  '402362': { status: 400, message: 'The patron has a request for the same title: {0}.' },
  '411709': { status: 400, message: 'Another partner has the same ISO symbol: {0}.' },
  '40166404': { status: 400, message: 'There is no integration profile with the id {0}.' },
  '40166411': { status: 400, message: 'A parameter is not valid: {0}.' },
  '40166412': { status: 400, message: 'There is no request with the id {0}.' },
  '40166414': { status: 400, message: 'There is no status {0}.' },
  '40166422': { status: 400, message: 'The request could not be read at this moment: {0}.' },
  '40166425': { status: 400, message: 'The shipping cost is below zero: {0}.' },
  '40166426': { status: 400, message: 'The shipping cost is not a number: {0}.' },
  '40166450': { status: 400, message: 'No request was found with the id {0}.' },
} as const;
type AlmaErrorCode = keyof typeof ALMA_ERRORS;

export class AlmaError extends Error {
  override readonly name = 'AlmaError';
  readonly status: number;

  constructor(
    readonly code: AlmaErrorCode,
    value = '',
    status?: number,
  ) {
    super(ALMA_ERRORS[code].message.replace('{0}', () => value));
    this.status = status ?? ALMA_ERRORS[code].status;
  }
}

export interface AlmaErrorBody {
  readonly errorsExist: true;
  readonly errorList: {
    readonly error: readonly {
      readonly errorCode: string;
      readonly errorMessage: string;
      readonly trackingId?: string;
    }[];
  };
  readonly result: null;
}

/**
 * Answers with these codes have no tracking id. Alma documents this for the threshold per second; the daily one is
 * assumed to behave alike.
 */
const WITHOUT_TRACKING: readonly string[] = ['PER_SECOND_THRESHOLD', 'DAILY_THRESHOLD'];

/** Alma's error body. */
export function errorBody(code: string, message: string, trackingId: string): AlmaErrorBody {
  const error = { errorCode: code, errorMessage: message, ...(WITHOUT_TRACKING.includes(code) ? {} : { trackingId }) };
  return { errorsExist: true, errorList: { error: [error] }, result: null };
}
