import { objectOrEmpty } from '../../shared/json-body';
import type { BorrowingRecord, JsonObject, LendingRecord } from '../model';
import type { AlmaWorld } from '../world';

/** A request as the REST API returns it: adds links and, like Alma, omits the agreement to the copyright terms. */
export function borrowingView(world: AlmaWorld, record: BorrowingRecord): JsonObject {
  const { request, user } = record;
  const requester: JsonObject = user === undefined ? {} : requesterOf(world, record.institution, user);
  return {
    ...withPartnerLink(world, request),
    requester,
    user_request:
      user === undefined
        ? {}
        : {
            value: `9${request.request_id}`,
            link: `${world.url}/almaws/v1/users/${user}/requests/9${request.request_id}`,
          },
  };
}

export function lendingView(world: AlmaWorld, record: LendingRecord): JsonObject {
  return { ...withPartnerLink(world, record.request), user_request: {} };
}

function requesterOf(world: AlmaWorld, institution: string, user: string): JsonObject {
  const known = world.findUser(institution, user);
  return {
    value: user,
    desc: known ? `${known.lastName}, ${known.firstName}` : user,
    link: `${world.url}/almaws/v1/users/${user}`,
  };
}

function withPartnerLink(world: AlmaWorld, request: JsonObject): JsonObject {
  const code = codeOf(request['partner']);
  if (code === undefined) return request;
  return {
    ...request,
    partner: { ...(request['partner'] as JsonObject), link: `${world.url}/almaws/v1/partners/${code}` },
  };
}

export function codeOf(field: unknown): string | undefined {
  const { value } = objectOrEmpty(field);
  return typeof value === 'string' ? value : undefined;
}
