import type { FastifyInstance } from 'fastify';
import { ROLES, type AlmaUser, type BorrowingRecord, type Institution, type JsonObject } from '../model';
import type { AlmaWorld } from '../world';
import { cancelBorrowing, createBorrowing, findBorrowing, updateShipping } from './borrowing-requests';
import { callerOf, type Caller } from './callers';
import { AlmaError } from './errors';
import { oneOf, pageOf, queryOf } from './query';
import { borrowingView } from './sharing-view';
import { FINAL_BORROWING } from '../statuses';

interface UserPath {
  readonly Params: { readonly userId: string };
}
interface RequestPath {
  readonly Params: { readonly userId: string; readonly requestId: string };
}

/**
 * `/users`: the user, the user's requests, and the user's resource sharing requests (only create, read, cancel and
 * shipping cost).
 */
export function userRoutes(server: FastifyInstance, world: AlmaWorld): void {
  server.get('/users', { config: { area: 'users' } }, (request) => {
    const { institution } = callerOf(request);
    const query = queryOf(request.query);
    const found = world.usersOf(institution.code).filter((user) => isWanted(user, query['q'] ?? ''));
    const rows = pageOf(found, query).map(({ primaryId, firstName, lastName }) => ({
      primary_id: primaryId,
      first_name: firstName,
      last_name: lastName,
    }));
    return rows.length === 0 ? { total_record_count: found.length } : { user: rows, total_record_count: found.length };
  });

  server.get<UserPath>('/users/:userId', { config: { area: 'users' } }, (request) => {
    const { institution } = callerOf(request);
    const user = world.findUser(institution.code, request.params.userId);
    if (!user) throw new AlmaError('401861', request.params.userId);
    return userView(world, institution, user);
  });

  server.get<UserPath>('/users/:userId/requests', { config: { area: 'users' } }, (request) => {
    const query = queryOf(request.query);
    const caller = callerOf(request);
    const user = patron(world, caller, request.params.userId);
    const type = oneOf(query, 'request_type', ['HOLD', 'DIGITIZATION', 'BOOKING']);
    const status = oneOf(query, 'status', ['active', 'history']) ?? 'active';
    const records = type !== undefined && type !== 'HOLD' ? [] : listed(world, requestsOf(world, caller, user), status);
    const rows = pageOf(records, query).map((record) => userRequestView(record));
    return rows.length === 0
      ? { total_record_count: records.length }
      : { user_request: rows, total_record_count: records.length };
  });

  sharingRoutes(server, world);
}

/**
 * `ALL~words`, with underscores for blanks: each word is a part of the id or of a name. Without a query, everybody.
 * @unconfirmed I: Alma's search for users with q=ALL~words finds them by primary id and by name. Confirm: look for a user by each of them, also with two words.
 */
function isWanted({ primaryId, firstName, lastName }: AlmaUser, query: string): boolean {
  if (query === '') return true;
  const [field = '', text = ''] = query.split('~', 2);
  if (field.toUpperCase() !== 'ALL') throw new AlmaError('40166411', `q ${query}`);
  const all = `${primaryId} ${lastName} ${firstName}`.toLowerCase();
  return text
    .toLowerCase()
    .split('_')
    .every((word) => all.includes(word));
}

function sharingRoutes(server: FastifyInstance, world: AlmaWorld): void {
  const config = { area: 'sharing' } as const;
  const path = '/users/:userId/resource-sharing-requests';
  const one = `${path}/:requestId`;

  server.post<UserPath>(path, { config }, (request) => {
    const caller = callerOf(request);
    const user = patron(world, caller, request.params.userId);
    return borrowingView(world, createBorrowing(world, caller.institution, user, request.body, queryOf(request.query)));
  });

  server.get<RequestPath>(one, { config }, (request) => {
    const caller = callerOf(request);
    const { userId, requestId } = request.params;
    const record = findBorrowing(
      world,
      caller.institution.code,
      patron(world, caller, userId),
      requestId,
      queryOf(request.query),
    );
    if (!record) throw new AlmaError('40166450', requestId);
    return borrowingView(world, record);
  });

  server.delete<RequestPath>(one, { config }, async (request, reply) => {
    const caller = callerOf(request);
    const { userId, requestId } = request.params;
    const query = queryOf(request.query);
    const record = findBorrowing(world, caller.institution.code, patron(world, caller, userId), requestId, query);
    if (!record) throw new AlmaError('401694', requestId);
    cancelBorrowing(world, record, query);
    await reply.code(204).send();
  });

  server.post<RequestPath>(one, { config }, (request) => {
    const caller = callerOf(request);
    const { userId, requestId } = request.params;
    const query = queryOf(request.query);
    const record = findBorrowing(world, caller.institution.code, patron(world, caller, userId), requestId, query);
    if (!record) throw new AlmaError('40166412', requestId);
    return borrowingView(world, updateShipping(world, record, query));
  });
}

function patron(world: AlmaWorld, caller: Caller, userId: string): AlmaUser {
  const user = world.findUser(caller.institution.code, userId);
  if (!user) throw new AlmaError('401890', userId);
  return user;
}

function requestsOf(world: AlmaWorld, caller: Caller, user: AlmaUser): readonly BorrowingRecord[] {
  return world.requests.borrowingOf(caller.institution.code).filter((record) => record.user === user.primaryId);
}

/** Returns the requests of one list. All requests are active unless the setting `listsEndedApart` is on. */
function listed(
  { settings }: AlmaWorld,
  records: readonly BorrowingRecord[],
  status: 'active' | 'history',
): readonly BorrowingRecord[] {
  const isPast = ({ request }: BorrowingRecord): boolean =>
    settings.listsEndedApart && FINAL_BORROWING.has(request.status.value);
  return records.filter((record) => isPast(record) === (status === 'history'));
}

function userRequestView({ request, user }: BorrowingRecord): JsonObject {
  return {
    title: request['title'],
    author: request['author'],
    request_id: `9${request.request_id}`,
    request_type: 'HOLD',
    request_sub_type: { value: 'PATRON_PHYSICAL', desc: 'Patron physical item request' },
    request_status: 'In Process',
    request_date: request['created_date'],
    request_time: request['created_time'],
    user_primary_id: user,
    pickup_location: 'MAIN',
    pickup_location_type: 'LIBRARY',
    resource_sharing: { id: request.request_id, status: request.status },
  };
}

function userView(world: AlmaWorld, institution: Institution, user: AlmaUser): JsonObject {
  return {
    record_type: {
      value: user.group === 'STAFF' ? 'STAFF' : 'PUBLIC',
      desc: user.group === 'STAFF' ? 'Staff' : 'Public',
    },
    primary_id: user.primaryId,
    first_name: user.firstName,
    middle_name: '',
    last_name: user.lastName,
    full_name: `${user.firstName} ${user.lastName}`,
    user_group: { value: user.group, desc: user.group },
    preferred_language: { value: 'ja', desc: 'Japanese' },
    account_type: { value: 'INTERNAL', desc: 'Internal' },
    status: { value: 'ACTIVE', desc: 'Active' },
    contact_info: {
      address: [],
      email: [
        {
          email_address: `${user.primaryId}@library.example`,
          preferred: true,
          email_type: [{ value: 'work', desc: 'Work' }],
        },
      ],
      phone: [],
    },
    user_identifier: [],
    user_role: user.roles.map((role) => ({
      status: { value: 'ACTIVE', desc: 'Active' },
      scope: { value: institution.code, desc: institution.name },
      role_type: { value: role, desc: ROLES[role] },
      parameter: [],
    })),
    user_block: [],
    rs_library: user.sharingLibraries.map((code) => ({
      code: { value: code, desc: institution.libraries.find((library) => library.code === code)?.name ?? code },
    })),
    link: `${world.url}/almaws/v1/users/${user.primaryId}`,
  };
}
