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
  const seed = readSeed(world, body);
  if (typeof seed === 'string') return seed;
  const { institution, side, user, status, before } = seed;
  try {
    const input = readSharingInput(body);
    const request = merged(world, institution.suffix, before?.request, input, status);
    return side === 'borrowing'
      ? saveBorrowing(world, institution.code, request, user)
      : saveLending(world, institution.code, request, input.partner?.value);
  } catch (error) {
    if (error instanceof AlmaError) return error.message;
    throw error;
  }
}

interface Seed {
  readonly institution: AlmaWorld['institutions'][number];
  readonly side: 'borrowing' | 'lending';
  readonly user: string | undefined;
  readonly status: SharingRequest['status'];
  /** The request to change; undefined for a new one. */
  readonly before: { readonly request: SharingRequest } | undefined;
}

/** Reads everything but the fields of the request; returns an error message when something is wrong. */
function readSeed(world: AlmaWorld, body: unknown): Seed | string {
  if (typeof body !== 'object' || body === null) return 'The body must be an object.';
  const given = body as Readonly<Record<string, unknown>>;
  const { institution: code = world.institutions[0]?.code, side, user, request_id: id } = given;
  const institution = world.institutions.find((candidate) => candidate.code === code);
  if (!institution) return `There is no institution ${String(code)}.`;
  if (side !== 'borrowing' && side !== 'lending') return 'side must be borrowing or lending.';
  if (!isUser(world, institution.code, user)) return 'There is no such user.';
  const before = typeof id === 'string' ? existing(world, institution.code, side, id) : undefined;
  if (id !== undefined && !before) return 'There is no such request.';
  const status = seededStatus(side, given['status'], before?.request.status.value);
  return status === undefined ? 'There is no such status.' : { institution, side, user, status, before };
}

/** True for a user of the institution, and for undefined, since a request may be made without a user. */
function isUser(world: AlmaWorld, institution: string, user: unknown): user is string | undefined {
  return user === undefined || (typeof user === 'string' && world.findUser(institution, user) !== undefined);
}

function existing(world: AlmaWorld, institution: string, side: Seed['side'], id: string): Seed['before'] {
  return side === 'borrowing'
    ? world.requests.findBorrowing(institution, id)
    : world.requests.findLending(institution, id);
}

/** The wanted status, else that of the request, else the first one; undefined when Alma has no such status. */
function seededStatus(
  side: Seed['side'],
  wanted: unknown,
  present: string | undefined,
): SharingRequest['status'] | undefined {
  const statuses = side === 'borrowing' ? BORROWING_STATUSES : LENDING_STATUSES;
  const code = wanted ?? present ?? statuses[0]?.code;
  const known = statuses.find((candidate) => candidate.code === code);
  return known && statusValue(statuses, known.code);
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
  const before = world.requests.findBorrowing(institution, request.request_id);
  const record = { ...before, institution, ...(user === undefined ? {} : { user }), request };
  world.requests.saveBorrowing(record);
  return borrowingView(world, record);
}

function saveLending(
  world: AlmaWorld,
  institution: string,
  request: SharingRequest,
  partner: string | undefined,
): JsonObject {
  const before = world.requests.findLending(institution, request.request_id);
  const record = { ...before, institution, partner: partner ?? before?.partner ?? NACSIS_PARTNER, request };
  world.requests.saveLending(record);
  return lendingView(world, record);
}
