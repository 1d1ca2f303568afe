import { MEMBER_NAMES } from '#catp/member-record';
import type { CatpRecord } from '#catp/types';
import { encodeRecord } from '#catp/record';
import { today } from '#domain/ill/dates';
import { SIDES, type Side } from '#domain/ill/kinds';
import type { FastifyInstance } from 'fastify';
import { patched } from '../member-directory';
import { NACSIS_SCENARIOS, scenarioOf } from '../../scenarios';
import { checkMemberForms } from '../service/member-update';
import type { NacsisWorld } from '../world';
import type { ActingPartners } from '../partners/acting-partners';
import { answer, objectOf, refuse } from './answers';
import { readFault } from './faults';
import { partnerRoutes } from './partner-routes';
import { requestFromSeed } from './seed-record';

type Query = Readonly<Record<string, string | undefined>>;
type Params = Readonly<Record<'id', string>>;

const OF_WIRE_NAMES = 'the body must be an object of wire names';

/** The test controls. Errors are `{code, message}`. */
export function simRoutes(server: FastifyInstance, world: NacsisWorld, partners: ActingPartners): void {
  server.get('/_sim/accounts', () => world.accounts());
  server.get('/_sim/catalog', () => [...world.catalogue.books, ...world.catalogue.serials]);
  server.get('/_sim/counters', () => world.calls.counters());
  server.get('/_sim/log', (request) => world.calls.last(Number((request.query as Query)['last'] ?? '50') || 50));
  server.post('/_sim/reset', async (_request, reply) => {
    world.reset();
    partners.reset();
    return reply.code(204).send();
  });
  faultRoutes(server, world);
  scenarioRoutes(server, world);
  recordRoutes(server, world);
  bodyRoutes(server, world);
  memberRoutes(server, world);
  partnerRoutes(server, world, partners);
}

function faultRoutes(server: FastifyInstance, world: NacsisWorld): void {
  server.get('/_sim/faults', () => world.faults.all().map(({ fault, left }) => ({ ...fault, times: left })));
  server.delete('/_sim/faults', async (_request, reply) => {
    world.faults.clear();
    return reply.code(204).send();
  });
  server.post('/_sim/faults', async (request, reply) => {
    try {
      const fault = readFault(request.body);
      world.faults.add(fault);
      return await reply.code(201).send(fault);
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

function scenarioRoutes(server: FastifyInstance, world: NacsisWorld): void {
  server.get('/_sim/scenarios', () => NACSIS_SCENARIOS);
  server.post('/_sim/scenarios/:id', async (request, reply) => {
    const faults = scenarioOf<unknown>(NACSIS_SCENARIOS, (request.params as Params).id);
    if (faults === undefined) return answer(reply, 404, 'not-found', 'no such scenario');
    for (const fault of faults) world.faults.add(readFault(fault));
    return reply.code(201).send(faults);
  });
}

function recordRoutes(server: FastifyInstance, world: NacsisWorld): void {
  server.get('/_sim/records', async (request, reply) => {
    const { member, side } = request.query as Query;
    if (side !== undefined && !isSide(side)) return answer(reply, 400, 'bad-query', 'side must be borrower or lender');
    if (member === undefined) return world.requests.all().map(({ record }) => record);
    const sides = side === undefined ? SIDES : [side];
    return sides.flatMap((each) => world.requests.visibleTo(member, each)).map(({ record }) => record);
  });
  server.get('/_sim/records/:id', async (request, reply) => {
    const found = world.requests.find((request.params as Params).id);
    return found ? found.record : answer(reply, 404, 'not-found', 'no such record');
  });
  server.put('/_sim/records/:id', async (request, reply) => {
    const found = world.requests.find((request.params as Params).id);
    if (found === undefined) return answer(reply, 404, 'not-found', 'no such record');
    try {
      const record = withOverrides(found.record, request.body);
      world.requests.put({ ...found, record });
      return record;
    } catch (error) {
      return refuse(reply, error);
    }
  });
  server.post('/_sim/records', async (request, reply) => {
    const { body } = request;
    try {
      const seeds = (Array.isArray(body) ? (body as readonly unknown[]) : [body]).map((json) =>
        requestFromSeed(json, { id: world.requests.newId(), day: today(world.clock), members: world.members }),
      );
      for (const seed of seeds) world.requests.put(seed);
      const records = seeds.map(({ record }) => record);
      return await reply.code(201).send(Array.isArray(body) ? records : records[0]);
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

/** Adds the routes that make the simulator send any given text in place of a record, and stop it again. */
function bodyRoutes(server: FastifyInstance, world: NacsisWorld): void {
  server.put('/_sim/records/:id/body', async (request, reply) => {
    const { id } = request.params as Params;
    const { body } = (request.body ?? {}) as { readonly body?: unknown };
    if (typeof body !== 'string') return answer(reply, 400, 'bad-body', 'body must be a text');
    if (world.requests.find(id) === undefined) return answer(reply, 404, 'not-found', 'no such record');
    world.bodies.put(id, body);
    return reply.code(204).send();
  });
  server.delete('/_sim/records/:id/body', async (request, reply) => {
    world.bodies.remove((request.params as Params).id);
    return reply.code(204).send();
  });
}

/**
 * Returns the record as the simulator sends it until a command changes it: with these wire fields, valid or not. An
 * empty text removes a field.
 */
function withOverrides(record: CatpRecord, body: unknown): CatpRecord {
  const overrides = objectOf(body, OF_WIRE_NAMES) as CatpRecord;
  const entries = Object.entries({ ...record, ...overrides }).filter(([, value]) => value !== '');
  const changed = Object.fromEntries(entries);
  encodeRecord(changed);
  return changed;
}

function memberRoutes(server: FastifyInstance, world: NacsisWorld): void {
  server.get(
    '/_sim/members/:id',
    async (request, reply) =>
      world.members.record((request.params as Params).id) ?? answer(reply, 404, 'not-found', 'no such member'),
  );
  server.put('/_sim/members/:id', async (request, reply) => {
    const { id } = request.params as Params;
    const before = world.members.record(id);
    if (before === undefined) return answer(reply, 404, 'not-found', 'no such member');
    try {
      const after = patched(before, { ...memberChanges(request.body), [MEMBER_NAMES.memberId]: id });
      world.members.put(after);
      return after;
    } catch (error) {
      return refuse(reply, error);
    }
  });
}

/** Wire fields of a member: texts or arrays of texts. */
function memberChanges(body: unknown): CatpRecord {
  for (const [name, value] of Object.entries(objectOf(body, OF_WIRE_NAMES))) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (items.some((item) => typeof item !== 'string'))
      throw new TypeError(`${name} must be a text or an array of texts`);
  }
  const changes = body as CatpRecord;
  checkMemberForms(changes);
  encodeRecord(changes);
  return changes;
}

function isSide(text: string): text is Side {
  return (SIDES as readonly string[]).includes(text);
}
