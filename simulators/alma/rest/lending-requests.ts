import type { Institution, LendingRecord, PartnerRecord, SharingRequest } from '../model';
import { LENDING_CITATIONS, REQUEST_FORMATS } from '../seed/code-tables';
import { requestId } from '../sharing-requests';
import { LENDING_STATUSES, statusValue } from '../statuses';
import type { AlmaWorld } from '../world';
import { describe } from './borrowing-requests';
import { AlmaError } from './errors';
import { oneOf, type Query } from './query';
import { readSharingInput, type SharingInput } from './sharing-fields';
import { codeOf } from './sharing-view';
import { createdAt, modifiedAt } from './time-stamps';

/** Maximum number of requests in the task list, which has no paging. */
export const TASK_LIST_LIMIT = 100;

/** Creates a lending request for the partner. Keeps the caller's external id. */
export function createLending(
  world: AlmaWorld,
  institution: Institution,
  partner: PartnerRecord,
  body: unknown,
): LendingRecord {
  const input = readSharingInput(body);
  checkMandatory(institution, partner, input);
  const bib =
    input.mms_id === undefined
      ? undefined
      : world.bibsOf(institution).find((candidate) => candidate.mmsId === input.mms_id);
  if (input.mms_id !== undefined && !bib) throw new AlmaError('40166411', `mms_id ${input.mms_id}`);
  const format = describe(REQUEST_FORMATS, input.format?.value);
  const request: SharingRequest = {
    ...(bib ? { title: bib.title ?? '', author: bib.author ?? '', year: bib.year, publisher: bib.publisher } : {}),
    supplied_format: format,
    shipping_cost: { sum: 0, currency: { value: 'JPY', desc: 'Japanese Yen' } },
    ...input,
    format,
    ...(input.citation_type ? { citation_type: describe(LENDING_CITATIONS, input.citation_type.value) } : {}),
    partner: { value: partner.code, desc: nameOf(partner) },
    request_id: requestId(world.requests.nextNumber(), institution.suffix),
    external_id: input.external_id ?? '',
    owner: input.owner ?? '',
    status: statusValue(LENDING_STATUSES, 'REQUEST_CREATED_LEND'),
    ...createdAt(world.now()),
    ...modifiedAt(world.now()),
    printed: false,
    reported: false,
    has_active_notes: false,
    rs_note: [],
    copyright_status: {},
  };
  const record: LendingRecord = { institution: institution.code, partner: partner.code, request };
  world.requests.saveLending(record);
  return record;
}

/** The institution's lending requests that match the filters of the task list, newest first. */
export function filterTaskList(world: AlmaWorld, institution: Institution, query: Query): readonly LendingRecord[] {
  const library = query['library'];
  if (library === undefined || library === '') throw new AlmaError('401664', 'library');
  if (!institution.libraries.some(({ code }) => code === library)) throw new AlmaError('402119', library);
  const status = query['status'];
  if (status !== undefined && status !== '' && !LENDING_STATUSES.some(({ code }) => code === status))
    throw new AlmaError('40166414', status);
  const printed = yesNo(query, 'printed');
  const reported = yesNo(query, 'reported');
  const fits = ({ request, partner }: LendingRecord): boolean =>
    request.owner === library &&
    (!status || request.status.value === status) &&
    (printed === undefined || (request['printed'] === true) === printed) &&
    (reported === undefined || (request['reported'] === true) === reported) &&
    (!query['partner'] || partner === query['partner']) &&
    (!query['requested_format'] || codeOf(request['format']) === query['requested_format']) &&
    (!query['supplied_format'] || codeOf(request['supplied_format']) === query['supplied_format']);
  return world.requests.lendingOf(institution.code).filter(fits).reverse();
}

/** Marks all requests that match the filters, including those beyond the list's limit. */
export function markReported(world: AlmaWorld, institution: Institution, query: Query): readonly LendingRecord[] {
  if (query['op'] !== 'mark_reported') throw new AlmaError('40166411', `op ${query['op'] ?? ''}`);
  return filterTaskList(world, institution, query).map((record) => {
    const marked: LendingRecord = { ...record, request: { ...record.request, reported: true } };
    world.requests.saveLending(marked);
    return marked;
  });
}

function checkMandatory(institution: Institution, partner: PartnerRecord, input: SharingInput): void {
  const missing = (['external_id', 'owner', 'partner', 'format'] as const).filter((name) => {
    const value = input[name];
    return typeof value === 'object' ? !value.value : !value;
  });
  if (missing.length > 0) throw new AlmaError('40166411', `${missing.join(', ')} missing`);
  if (!input.mms_id && !input.citation_type?.value) throw new AlmaError('40166411', 'citation_type missing');
  if (!input.mms_id && !input.title) throw new AlmaError('40166411', 'title missing');
  checkKnown(institution, partner, input);
}

function checkKnown(institution: Institution, partner: PartnerRecord, input: SharingInput): void {
  if (input.partner?.value !== partner.code) throw new AlmaError('40166411', `partner ${input.partner?.value ?? ''}`);
  if (!institution.libraries.some(({ code, resourceSharing }) => resourceSharing && code === input.owner))
    throw new AlmaError('40166411', `owner ${input.owner ?? ''}`);
  if (!REQUEST_FORMATS.some(({ code }) => code === input.format?.value))
    throw new AlmaError('40166411', `format ${input.format?.value ?? ''}`);
  const citation = input.citation_type?.value;
  if (citation !== undefined && !LENDING_CITATIONS.some(({ code }) => code === citation))
    throw new AlmaError('40166411', `citation_type ${citation}`);
}

function yesNo(query: Query, name: string): boolean | undefined {
  const value = oneOf(query, name, ['Y', 'N']);
  return value === undefined ? undefined : value === 'Y';
}

function nameOf(partner: PartnerRecord): string {
  const details = partner.body['partner_details'];
  const name = typeof details === 'object' && details !== null && 'name' in details ? details['name'] : undefined;
  return typeof name === 'string' ? name : partner.code;
}
