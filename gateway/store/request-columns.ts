import type { AlmaLink } from '#domain/api/requests';
import { today } from '#domain/ill/dates';
import type { Side } from '#domain/ill/kinds';
import { partnerOf, type IllRequest } from '#domain/ill/request';
import { STATES } from '#domain/ill/states';
import { needsAction } from '#domain/ill/urgency';
import { folded } from './folded-text';
import type { Gone } from './schema';

/**
 * The columns of a request: its record, and where it stands in the work list. `memberId`: the library whose side it is.
 */
export function columnsOf(request: IllRequest, side: Side, memberId: string, now: Date) {
  const { state, fields } = request;
  const standing = { waits: needsAction({ ...fields, state }, side, dayOf(now)), open: isOpen(request) };
  return {
    ...recordColumns(request, side),
    ...(isElsewhere(request, side, memberId) ? goneColumns('passed-on') : { gone: null, ...standing }),
  };
}

/** The columns of a record that the list shows, searches and sorts. */
export function recordColumns(request: IllRequest, side: Side) {
  const { id, state, externalStatus, fields, history } = request;
  const partner = partnerOf(request, side);
  const { volume, year, pages, borrowerNumber, lenderNumber, applicant } = fields;
  const title = fields.bibNote ?? fields.bibId ?? fields.standardNumber ?? '';
  const searched = [id, title, partner.id, partner.name, borrowerNumber, lenderNumber, applicant];
  return {
    state,
    external_status: externalStatus,
    record: JSON.stringify({ fields, history }),
    title,
    citation: [volume, year, pages].filter(Boolean).join(', '),
    partner_id: orNull(partner.id),
    partner_name: orNull(partner.name),
    updated_on: orNull(fields.updatedOn),
    ordered_on: orNull(fields.orderDate),
    due_date: orNull(fields.dueDate),
    bib_id: orNull(fields.bibId),
    search_text: searched.map((text) => folded(text ?? '')).join('\n'),
  };
}

/** A request that NACSIS-ILL no longer delivers waits for nobody, and is not open. */
export function goneColumns(gone: Gone) {
  return { gone, waits: false, open: false };
}

/** yyyyMMdd in Japan */
export function dayOf(now: Date): string {
  return today(() => now);
}

function isOpen({ state }: IllRequest): boolean {
  return state === null || !STATES[state].final;
}

/** True when the record already belongs to the next lender, as in the answer to a lender's own PARDON. */
function isElsewhere({ fields: { lenderId = '' } }: IllRequest, side: Side, memberId: string): boolean {
  return side === 'lender' && lenderId !== '' && lenderId !== memberId;
}

/** Returns no columns without a link, so that an older link stays. */
export function linkColumns(link: AlmaLink | undefined) {
  if (link === undefined) return {};
  return 'userId' in link
    ? { alma_user_id: link.userId, alma_partner_code: null, alma_request_id: link.requestId }
    : { alma_user_id: null, alma_partner_code: link.partnerCode, alma_request_id: link.requestId };
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
