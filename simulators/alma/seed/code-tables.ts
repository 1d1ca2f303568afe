import type { Institution } from '../model';
import { MANDATORY_BORROWING, MANDATORY_LENDING, OPTIONAL_BORROWING, OPTIONAL_LENDING, type Status } from '../statuses';

export interface CodeTable {
  readonly name: string;
  readonly description: string;
  readonly rows: readonly { readonly code: string; readonly en: string; readonly ja: string }[];
}

/** Prefix of NACSIS numbers in 035 $a, and value of 016 $2. */
export const NACSIS_PREFIX = 'NACSIS';

export const CANCEL_REASONS: readonly Status[] = [
  { code: 'CannotBeFulfilled', en: 'Cannot be fulfilled', ja: '提供できない' },
  { code: 'FailedToLocateItem', en: 'Failed to locate potential suppliers', ja: '提供館が見つからない' },
  { code: 'IncorrectRequestInformation', en: 'Incorrect request information', ja: '申込内容の誤り' },
  { code: 'PatronNotInterested', en: 'The patron is no longer interested', ja: '申込者が不要になった' },
  { code: 'LibraryCancelled', en: 'Request cancelled by the library', ja: '図書館による取消' },
];

/** The code tables of an institution that interlibrary loan reads. Row labels follow `lang`. */
export function codeTables(institution: Institution): readonly CodeTable[] {
  const table = (name: string, description: string, rows: CodeTable['rows']): CodeTable => ({
    name,
    description,
    rows,
  });
  return [
    table('RequestCancellationReasons', 'Reasons for cancelling a request', CANCEL_REASONS),
    table('NacsisExternalSystemCodes', 'NACSIS external system codes', [
      ...[NACSIS_PREFIX].map((value) => ({ code: 'systemPrefix', en: value, ja: value })),
      { code: 'libraryCode', en: institution.memberId, ja: institution.memberId },
    ]),
    table('MandatoryBorrowingWorkflowSteps', 'Mandatory borrowing workflow steps', MANDATORY_BORROWING),
    table('OptionalBorrowingWorkflowSteps', 'Optional borrowing workflow steps', OPTIONAL_BORROWING),
    table('MandatoryLendingWorkflowSteps', 'Mandatory lending workflow steps', MANDATORY_LENDING),
    table('OptionalLendingWorkflowSteps', 'Optional lending workflow steps', OPTIONAL_LENDING),
    table('RequestFormats', 'Formats of resource sharing requests', REQUEST_FORMATS),
    table('PhysicalReadingListCitationTypes', 'Citation types of borrowing requests', BORROWING_CITATIONS),
    table('PR_CitationType', 'Citation types of lending requests', LENDING_CITATIONS),
    table('PartnerSystemTypes', 'System types of partners', [{ code: 'OTHER', en: 'Other', ja: 'その他' }]),
  ];
}

export const REQUEST_FORMATS = [
  { code: 'PHYSICAL', en: 'Physical', ja: '現物' },
  { code: 'DIGITAL', en: 'Digital', ja: '電子' },
  { code: 'PHYSICAL_NON_RETURNABLE', en: 'Physical non-returnable', ja: '現物（返却不要）' },
] as const;

/**
 * Citation types of borrowing requests. A request with `E_CR` loses the article's own fields, as measured on a real
 * Alma.
 */
export const BORROWING_CITATIONS = [
  { code: 'BK', en: 'Physical Book', ja: '図書' },
  { code: 'CR', en: 'Physical Article', ja: '雑誌論文' },
  { code: 'E_BK', en: 'Electronic Book', ja: '電子図書' },
  { code: 'E_CR', en: 'Electronic Article', ja: '電子論文' },
] as const;

export const LENDING_CITATIONS = [
  { code: 'BOOK', en: 'Book', ja: '図書' },
  { code: 'JOURNAL', en: 'Journal', ja: '雑誌' },
] as const;
