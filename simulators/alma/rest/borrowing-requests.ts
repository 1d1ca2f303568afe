import { textOf } from '../../shared/json-body';
import type { AlmaUser, BorrowingRecord, Institution, JsonObject, SharingRequest } from '../model';
import { BORROWING_CITATIONS, CANCEL_REASONS, REQUEST_FORMATS } from '../seed/code-tables';
import { externalId, requestId } from '../sharing-requests';
import { BORROWING_STATUSES, CANCELLED_BY_STAFF, FINAL_BORROWING, statusValue } from '../statuses';
import type { AlmaWorld } from '../world';
import { AlmaError } from './errors';
import { flag, type Query } from './query';
import { ARTICLE_FIELDS, readSharingInput, type SharingInput } from './sharing-fields';
import { createdAt, modifiedAt } from './time-stamps';

/**
 * Creates a borrowing request for the user. Alma assigns the request id and the external id, and discards an external
 * id in the body.
 */
export function createBorrowing(
  world: AlmaWorld,
  institution: Institution,
  user: AlmaUser,
  body: unknown,
  query: Query,
): BorrowingRecord {
  const input = readSharingInput(body);
  const owner = ownerFor(user, input);
  const citation = checkCitation(input);
  checkDelivery(institution, input);
  if (input.agree_to_copyright_terms !== true) throw new AlmaError('401897');
  if (input.partner?.value !== undefined && !world.partners.find(institution.code, input.partner.value))
    throw new AlmaError('402118', input.partner.value);
  if (!flag(query, 'override_blocks', false)) checkServices(world, institution, input);
  if (world.settings.checkDuplicates) checkDuplicates(world, institution, user, input);
  const record: BorrowingRecord = {
    institution: institution.code,
    user: user.primaryId,
    request: newRequest(world, institution, input, owner, citation),
  };
  world.requests.saveBorrowing(record);
  return record;
}

/** Finds the user's request by Alma's id, or by the external id with `request_id_type=external`. */
export function findBorrowing(
  world: AlmaWorld,
  institution: string,
  user: AlmaUser,
  id: string,
  query: Query,
): BorrowingRecord | undefined {
  const external = query['request_id_type'] === 'external';
  const record = external
    ? world.requests
        .borrowingOf(institution)
        .find((candidate) => candidate.request.external_id === id && candidate.user === user.primaryId)
    : world.requests.findBorrowing(institution, id);
  return record?.user === user.primaryId ? record : undefined;
}

/** Cancels a request, or deletes it with `remove_request=true`. */
export function cancelBorrowing(world: AlmaWorld, record: BorrowingRecord, query: Query): void {
  const { reason } = query;
  if (reason !== undefined && reason !== '' && !CANCEL_REASONS.some(({ code }) => code === reason))
    throw new AlmaError('401694', `reason ${reason}`);
  flag(query, 'notify_user', true);
  if (flag(query, 'remove_request', false)) {
    world.requests.removeBorrowing(record.request.request_id);
    return;
  }
  const status = record.request.status.value;
  if (FINAL_BORROWING.has(status)) throw new AlmaError('401694', `its status is ${status}`);
  const note = query['note'] === undefined || query['note'] === '' ? {} : { note: query['note'] };
  saveModified(world, record, { status: statusValue(BORROWING_STATUSES, CANCELLED_BY_STAFF), ...note });
}

/** Handles `op=update_shipping`, the only operation. The cost is in the library's currency (yen). */
export function updateShipping(world: AlmaWorld, record: BorrowingRecord, query: Query): BorrowingRecord {
  if (query['op'] !== 'update_shipping') throw new AlmaError('40166411', `op ${query['op'] ?? ''}`);
  const text = query['shipping_cost'] ?? '';
  if (text === '' || !Number.isFinite(Number(text))) throw new AlmaError('40166426', text);
  const sum = Number(text);
  if (sum < 0) throw new AlmaError('40166425', text);
  const fund = query['fund_code'] === undefined ? {} : { fund: { value: query['fund_code'] } };
  return saveModified(world, record, {
    shipping_cost: { sum, currency: { value: 'JPY', desc: 'Japanese Yen' } },
    ...fund,
  });
}

function saveModified(world: AlmaWorld, record: BorrowingRecord, changes: JsonObject): BorrowingRecord {
  const request = { ...record.request, ...changes, ...modifiedAt(world.now()) } as SharingRequest;
  const saved = { ...record, request };
  world.requests.saveBorrowing(saved);
  return saved;
}

/** Returns the owner. The caller may omit it when exactly one resource sharing library serves the patron. */
function ownerFor(user: AlmaUser, input: SharingInput): string {
  const [only, ...more] = user.sharingLibraries;
  if (input.owner === undefined || input.owner === '') {
    if (only === undefined || more.length > 0) throw new AlmaError('401607');
    return only;
  }
  if (only === undefined) throw new AlmaError('401768', input.owner);
  if (!user.sharingLibraries.includes(input.owner)) throw new AlmaError('401608', input.owner);
  return input.owner;
}

/**
 * Returns the citation type. For one that only lending knows, the real server fails with HTTP 500 instead of an Alma
 * error.
 */
function checkCitation(input: SharingInput): string {
  const type = input.citation_type?.value;
  if (type === undefined) throw new AlmaError('401652', 'citation_type is missing');
  if (!BORROWING_CITATIONS.some(({ code }) => code === type)) throw new AlmaError('INTERNAL_SERVER_ERROR');
  const missing = ['journal_title', 'year', 'author'].filter((name) => textOf(input[name]) === '');
  if (type === 'CR' && missing.length > 0) throw new AlmaError('401930', missing.join(', '));
  if (type === 'BK' && !input.title) throw new AlmaError('401652', 'title is missing');
  return type;
}

function checkDelivery(institution: Institution, input: SharingInput): void {
  const format = input.format?.value;
  if (format === undefined) throw new AlmaError('401652', 'format is missing');
  if (!REQUEST_FORMATS.some(({ code }) => code === format))
    throw new AlmaError('401652', `there is no format ${format}`);
  const pickup = input.pickup_location?.value;
  if (pickup === undefined && format === 'DIGITAL') return;
  if (!institution.libraries.some(({ code }) => code === pickup)) throw new AlmaError('401929', pickup ?? '');
}

/** Refuses a title that the institution holds. The caller skips this check when blocks are overridden. */
function checkServices(world: AlmaWorld, institution: Institution, input: SharingInput): void {
  const wanted = input.citation_type?.value === 'CR' ? input.journal_title : input.title;
  if (wanted === undefined) return;
  if (world.bibsOf(institution).some((bib) => bib.held && bib.title === wanted))
    throw new AlmaError('401604', wanted.slice(0, 200));
}

function checkDuplicates(world: AlmaWorld, institution: Institution, user: AlmaUser, input: SharingInput): void {
  const open = world.requests
    .borrowingOf(institution.code)
    .filter((record) => record.user === user.primaryId && !FINAL_BORROWING.has(record.request.status.value));
  if (open.some(({ request }) => textOf(request['title']) === (input.title ?? '')))
    throw new AlmaError('402362', (input.title ?? '').slice(0, 200));
}

function newRequest(
  world: AlmaWorld,
  institution: Institution,
  input: SharingInput,
  owner: string,
  citation: string,
): SharingRequest {
  const lost = citation === 'E_CR' ? ARTICLE_FIELDS : [];
  const kept = Object.fromEntries(Object.entries(input).filter(([name]) => !lost.includes(name)));
  const number = world.requests.nextNumber();
  return {
    shipping_cost: { sum: 0, currency: { value: 'JPY', desc: 'Japanese Yen' } },
    ...kept,
    format: describe(REQUEST_FORMATS, input.format?.value),
    citation_type: describe(BORROWING_CITATIONS, citation),
    owner,
    request_id: requestId(number, institution.suffix),
    external_id: externalId(number, institution.code),
    status: statusValue(BORROWING_STATUSES, 'REQUEST_CREATED_BOR'),
    ...createdAt(world.now()),
    ...modifiedAt(world.now()),
    has_active_notes: false,
    rs_note: [],
  };
}

export function describe(
  rows: readonly { readonly code: string; readonly en: string }[],
  code: string | undefined,
): JsonObject {
  return { value: code, desc: rows.find((row) => row.code === code)?.en ?? code };
}
