import type { JsonObject, SharingRequest } from '../model';
import { readSharingInput } from '../rest/sharing-fields';
import { AlmaError } from '../rest/errors';
import { borrowingView, lendingView } from '../rest/sharing-view';
import { createdAt, modifiedAt } from '../rest/time-stamps';
import { NACSIS_PARTNER } from '../seed/partners';
import { requestId } from '../sharing-requests';
import { BORROWING_STATUSES, LENDING_STATUSES, statusValue } from '../statuses';
import type { AlmaWorld } from '../world';

/**
 * Creates or changes a request in ways that Alma's own screens allow and REST does not:
 * `{institution?, side: borrowing|lending, user?, partner?, request_id?, status?, external_id?, ...fields of the
 * request}`.
 * Returns the request, or an error message.
 */
export function seedSharingRequests(world: AlmaWorld, body: unknown): JsonObject | string {
  if (typeof body !== 'object' || body === null) return 'The body must be an object.';
  const {
    institution: code = world.institutions[0]?.code,
    side,
    user,
    status,
    request_id: id,
  } = body as Readonly<Record<string, unknown>>;
  const institution = world.institutions.find((candidate) => candidate.code === code);
  if (!institution) return `There is no institution ${String(code)}.`;
  if (side !== 'borrowing' && side !== 'lending') return 'side must be borrowing or lending.';
  if (user !== undefined && (typeof user !== 'string' || !world.findUser(institution.code, user)))
    return 'There is no such user.';
  const statuses = side === 'borrowing' ? BORROWING_STATUSES : LENDING_STATUSES;
  if (status !== undefined && !statuses.some((candidate) => candidate.code === status))
    return 'There is no such status.';
  const before =
    typeof id !== 'string'
      ? undefined
      : side === 'borrowing'
        ? world.requests.findBorrowing(institution.code, id)
        : world.requests.findLending(institution.code, id);
  if (id !== undefined && !before) return 'There is no such request.';
  try {
    const input = readSharingInput(body);
    const request = merged(
      world,
      institution.suffix,
      before?.request,
      input,
      statusValue(
        statuses,
        typeof status === 'string' ? status : (before?.request.status.value ?? statuses[0]?.code ?? ''),
      ),
    );
    return side === 'borrowing'
      ? saveBorrowing(world, institution.code, request, user)
      : saveLending(world, institution.code, request, input.partner?.value);
  } catch (error) {
    if (error instanceof AlmaError) return error.message;
    throw error;
  }
}

function merged(
  world: AlmaWorld,
  suffix: string,
  before: SharingRequest | undefined,
  input: JsonObject,
  status: SharingRequest['status'],
): SharingRequest {
  const fresh = before ?? {
    request_id: requestId(world.requests.nextNumber(), suffix),
    external_id: '',
    owner: 'RES_SHARE',
    ...createdAt(world.now()),
  };
  return { ...fresh, ...input, status, ...modifiedAt(world.now()) };
}

function saveBorrowing(
  world: AlmaWorld,
  institution: string,
  request: SharingRequest,
  user: string | undefined,
): JsonObject {
  const requester = user ?? world.requests.findBorrowing(institution, request.request_id)?.user;
  const record = { institution, ...(requester === undefined ? {} : { user: requester }), request };
  world.requests.saveBorrowing(record);
  return borrowingView(world, record);
}

function saveLending(
  world: AlmaWorld,
  institution: string,
  request: SharingRequest,
  partner: string | undefined,
): JsonObject {
  const record = {
    institution,
    partner: partner ?? world.requests.findLending(institution, request.request_id)?.partner ?? NACSIS_PARTNER,
    request,
  };
  world.requests.saveLending(record);
  return lendingView(world, record);
}
