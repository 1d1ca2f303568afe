import { defined } from '../../shared/defined';
import { objectOrEmpty } from '../../shared/json-body';
import { freshExchange } from '../iso18626/exchange';
import type { IsoPartner } from '../iso18626/partners';
import type { BorrowingRecord, Institution, SharingRequest } from '../model';
import { describe } from '../rest/borrowing-requests';
import { AlmaError } from '../rest/errors';
import { readSharingInput, type SharingInput } from '../rest/sharing-fields';
import { createdAt, modifiedAt } from '../rest/time-stamps';
import { BORROWING_CITATIONS, REQUEST_FORMATS } from '../seed/code-tables';
import { externalId, requestId } from '../sharing-requests';
import { BORROWING_STATUSES, statusValue } from '../statuses';
import type { AlmaWorld } from '../world';

/**
 * A borrowing request that staff create with an ISO 18626 partner as its rota, ready to be sent:
 * `{institution?, partner?, rota?, user?, ...fields of the request}`. `partner` is by default the first of the
 * institution, `rota` the codes of those to try after it. Returns an error message when something is wrong.
 */
export function createReadyToSend(world: AlmaWorld, body: unknown): BorrowingRecord | string {
  const given = objectOrEmpty(body);
  const { institution: code = world.institutions[0]?.code, user, rota = [] } = given;
  const institution = world.institutions.find((each) => each.code === code);
  if (institution === undefined) return `There is no institution ${String(code)}.`;
  if (user !== undefined && (typeof user !== 'string' || !world.findUser(institution.code, user)))
    return 'There is no such user.';
  if (!isTexts(rota) || rota.some((each) => !world.partners.find(institution.code, each)))
    return 'rota must be codes of partners.';
  try {
    const input = readSharingInput(given);
    const wanted = input.partner?.value;
    const partner = world
      .isoPartners()
      .find((each) => each.institution === code && (wanted === undefined || each.code === wanted));
    if (partner === undefined) return 'There is no such ISO 18626 partner.';
    const request = newRequest(world, institution, partner, input);
    const exchange = freshExchange(request.external_id, rota);
    const record = { institution: institution.code, ...defined({ user }), request, exchange };
    world.requests.saveBorrowing(record);
    return record;
  } catch (error) {
    if (error instanceof AlmaError) return error.message;
    throw error;
  }
}

function newRequest(
  world: AlmaWorld,
  { code, suffix }: Institution,
  partner: IsoPartner,
  input: SharingInput,
): SharingRequest {
  const number = world.requests.nextNumber();
  const citation = input.citation_type?.value ?? 'BK';
  const format = input.format?.value ?? (citation.endsWith('CR') ? 'PHYSICAL_NON_RETURNABLE' : 'PHYSICAL');
  return {
    ...input,
    partner: { value: partner.code, desc: partner.code },
    format: describe(REQUEST_FORMATS, format),
    citation_type: describe(BORROWING_CITATIONS, citation),
    request_id: requestId(number, suffix),
    external_id: externalId(number, code),
    owner: partner.library,
    status: statusValue(BORROWING_STATUSES, 'READY_TO_SEND'),
    ...createdAt(world.now()),
    ...modifiedAt(world.now()),
    has_active_notes: false,
    rs_note: [],
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
