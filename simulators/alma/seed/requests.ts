import type { Bib, BorrowingRecord, Institution, JsonObject, LendingRecord, SharingRequest } from '../model';
import { createdAt, modifiedAt } from '../rest/time-stamps';
import { seededPatron } from '../../shared/seeded-patron';
import { externalId, requestId } from '../sharing-requests';
import { BORROWING_STATUSES, LENDING_STATUSES, statusValue, type Status } from '../statuses';
import { MAIL_PARTNER, NACSIS_PARTNER } from './partners';
import { citationFields, ncidOf } from './citation-fields';
import { BORROWING_CITATIONS, LENDING_CITATIONS, REQUEST_FORMATS } from './code-tables';
import type { NacsisRequest } from './nacsis-requests';

const DAY = 86_400_000;

/** Statuses of the seeded borrowing requests in order. The fifth request has no requester. */
const BORROWING: readonly string[] = [
  'REQUEST_CREATED_BOR',
  'REQUEST_CREATED_BOR',
  'READY_TO_SEND',
  'REQUEST_SENT',
  'REQUEST_SENT',
  'REQUEST_ACCEPTED',
  'WILL_SUPPLY',
  'CONDITIONAL',
  'SHIPPED_PHYSICALLY',
  'SHIPPED_PHYSICALLY',
  'RECEIVED_PHYSICALLY',
  'LOANED',
  'LOANED',
  'RENEW_REQUESTED',
  'RETURNED_TO_PARTNER',
  'REQUEST_COMPLETED',
  'REQUEST_COMPLETED',
  'CANCELLED',
  'REJECT',
  'EXPIRED',
  'LOCATE_FAILED',
  'BAD_CITATION',
  'REQUEST_CREATED_BOR',
  'RECEIVED_NOT_FOR_LOAN',
  'PENDING_APPROVAL',
];
const WITHOUT_REQUESTER = 4;

const LENDING: readonly string[] = [
  'REQUEST_CREATED_LEND',
  'REQUEST_CREATED_LEND',
  'REQUEST_CREATED_LEND',
  'BEING_PROCESSED',
  'BEING_PROCESSED',
  'WILL_SUPPLY',
  'CONDITIONAL',
  'SHIPPED_PHYSICALLY',
  'SHIPPED_PHYSICALLY',
  'RECEIVED_BY_PARTNER',
  'RETURNED_BY_PARTNER',
  'REQUEST_COMPLETED',
  'REJECTED',
  'EXPIRED',
  'LOCATE_FAILED',
];

/** Lending requests outside the seed of NACSIS-ILL: passed on to another library, or not made through NACSIS-ILL. */
const LENDING_ELSEWHERE: readonly string[] = ['REJECTED', 'EXPIRED', 'LOCATE_FAILED', 'BEING_PROCESSED'];

interface SeededRequests {
  readonly borrowing: readonly BorrowingRecord[];
  readonly lending: readonly LendingRecord[];
}

/**
 * Seeds 25 borrowing requests in various statuses that NACSIS-ILL does not know, then those that it knows (`nacsis`).
 * Seeds the lending requests that it knows and some others, or 15 when it knows none. `now` is in milliseconds; ids
 * count from `firstNumber` + 1.
 */
export function seedRequests(
  institution: Institution,
  bibs: readonly Bib[],
  now: number,
  firstNumber: number,
  nacsis: readonly NacsisRequest[] = [],
): SeededRequests {
  const books = bibs.filter((bib) => bib.form === 'book' && isOrdinary(bib));
  const serials = bibs.filter((bib) => bib.form === 'serial' && isOrdinary(bib));
  const bibFor = (index: number): Bib => {
    const [list, at] = index % 3 === 2 && serials.length > 0 ? [serials, index] : [books, index * 3];
    const bib = list[at % list.length];
    if (!bib) throw new Error('the catalogue has no record to make requests from');
    return bib;
  };
  const plan = (status: string, index: number, age: number, number: number, bib: Bib): Plan => ({
    ...{ institution, status, index, bib },
    at: now - age * DAY,
    number: firstNumber + number,
  });
  const [lendingStatuses, byMail] = nacsis.length > 0 ? [LENDING_ELSEWHERE, 3] : [LENDING, 6];
  return {
    borrowing: [
      ...BORROWING.map((status, index) =>
        borrowing(plan(status, index, BORROWING.length - index, index + 1, bibFor(index))),
      ),
      ...nacsis
        .filter(({ side }) => side === 'borrower')
        .map((known, at) =>
          ofNacsis(borrowing(plan(known.status, at + 5, 1 + (at % 20), at + 101, known.bib ?? bibFor(at))), known),
        ),
    ],
    lending: [
      ...lendingStatuses.map((status, index) =>
        lending(
          plan(status, index, lendingStatuses.length - index, index + 500, bibFor(index + 40)),
          index === byMail ? MAIL_PARTNER : NACSIS_PARTNER,
        ),
      ),
      ...nacsis
        .filter(({ side }) => side === 'lender')
        .map((known, at) =>
          ofNacsis(lending(plan(known.status, at, 1 + (at % 20), at + 601, known.bib ?? bibFor(at))), known),
        ),
    ],
  };
}

/**
 * A request that NACSIS-ILL knows. A lending request always carries its id; a borrowing request only where staff wrote
 * it.
 */
function ofNacsis<T extends BorrowingRecord | LendingRecord>(
  record: T,
  { id, side, citation, cost, idStandsIn, patronId }: NacsisRequest,
): T {
  const { note: _, shipping_cost: __, ...own } = record.request;
  const request: SharingRequest = {
    ...own,
    ...citation,
    external_id: side === 'lender' || idStandsIn === 'external-id' ? id : record.request.external_id,
    ...(side === 'borrower' && idStandsIn === 'note' ? { note: `NACSIS-ILL ${id}` } : {}),
    shipping_cost: yen(cost),
  };
  return { ...record, ...(patronId === undefined ? {} : { user: patronId }), request };
}

/** Input for one seeded request. */
interface Plan {
  readonly institution: Institution;
  readonly status: string;
  /** Index among the requests of its side. */
  readonly index: number;
  readonly bib: Bib;
  /** Creation time in milliseconds. */
  readonly at: number;
  /** Number from which the ids are built. */
  readonly number: number;
}

function borrowing(plan: Plan): BorrowingRecord {
  const { institution, status, index, bib, number } = plan;
  const article = bib.form === 'serial';
  const user = index === WITHOUT_REQUESTER ? undefined : seededPatron(index);
  const sent = index >= 3;
  const request: SharingRequest = {
    ...identity(plan, BORROWING_STATUSES),
    external_id: externalId(number, institution.code),
    ...(sent ? { partner: { value: NACSIS_PARTNER, desc: 'NACSIS-ILL' } } : {}),
    format: formatOf(bib),
    citation_type: coded(BORROWING_CITATIONS, article ? 'CR' : 'BK'),
    ...citationFields(bib, index),
    ...(index % 2 === 0 ? ncidOf(bib) : {}),
    requested_language: { value: 'jpn', desc: 'Japanese' },
    pickup_location: { value: 'MAIN', desc: '中央図書館' },
    pickup_location_type: 'LIBRARY',
    agree_to_copyright_terms: true,
    allow_other_formats: article,
    ...(index % 4 === 0 ? { note: '急ぎません。' } : {}),
    shipping_cost: yen(status.startsWith('RE') && sent ? 800 : 0),
    has_active_notes: false,
    rs_note: [],
  };
  return { institution: institution.code, ...(user === undefined ? {} : { user }), request };
}

function lending(plan: Plan, partner: string = NACSIS_PARTNER): LendingRecord {
  const { institution, status, index, bib, number } = plan;
  const request: SharingRequest = {
    ...identity(plan, LENDING_STATUSES),
    external_id: `SIM-L${String(number).padStart(6, '0')}`,
    partner: { value: partner, desc: partner === NACSIS_PARTNER ? 'NACSIS-ILL' : '見本研究所 図書室' },
    format: formatOf(bib),
    supplied_format: formatOf(bib),
    citation_type: coded(LENDING_CITATIONS, bib.form === 'serial' ? 'JOURNAL' : 'BOOK'),
    ...citationFields(bib, index),
    mms_id: bib.mmsId,
    requested_media: '7',
    text_email: 'ill@library.example',
    printed: index % 5 === 4,
    reported: false,
    shipping_cost: yen(status === 'SHIPPED_PHYSICALLY' ? 540 : 0),
    copyright_status: {},
    level_of_service: { desc: '' },
    has_active_notes: false,
    rs_note: [],
  };
  return { institution: institution.code, partner, request };
}

function identity({ institution, status, number, at }: Plan, statuses: readonly Status[]): SharingRequest {
  return {
    request_id: requestId(number, institution.suffix),
    external_id: '',
    status: statusValue(statuses, status),
    owner: 'RES_SHARE',
    ...createdAt(at),
    ...modifiedAt(at),
  };
}

function formatOf(bib: Bib): JsonObject {
  return coded(REQUEST_FORMATS, bib.form === 'serial' ? 'PHYSICAL_NON_RETURNABLE' : 'PHYSICAL');
}

function coded(
  rows: readonly { readonly code: string; readonly en: string }[],
  code: string,
): { readonly value: string; readonly desc: string } {
  return { value: code, desc: rows.find((row) => row.code === code)?.en ?? code };
}

function yen(sum: number): JsonObject {
  return { sum, currency: { value: 'JPY', desc: 'Japanese Yen' } };
}

/** Excludes the records that are seeded to be difficult. */
function isOrdinary(bib: Bib): boolean {
  return bib.title !== null && bib.title.length < 500;
}
