import type { FastifyInstance } from 'fastify';
import { ALMA_SCENARIOS, scenarioOf } from '../../scenarios';
import { readFault, type Fault } from '../faults';
import type { Institution } from '../model';
import { queryOf, type Query } from '../rest/query';
import { borrowingView, lendingView } from '../rest/sharing-view';
import { seedSharingRequests } from './seeding';
import { DEFAULT_SETTINGS, type AlmaWorld, type Settings } from '../world';

/** User of a token when the request names none. */
export const DEFAULT_USER = 'staff001';

/** `/_sim`: lets tests inspect and control the simulated Alma. */
export function simRoutes(server: FastifyInstance, world: AlmaWorld): void {
  server.get('/_sim/counters', () => world.counters.all());
  server.get('/_sim/api-keys', () => Object.fromEntries(world.institutions.map(({ code, apiKey }) => [code, apiKey])));
  server.get('/_sim/faults', () => world.faults.all().map(({ fault }) => fault));
  server.get('/_sim/settings', () => world.settings);

  server.post('/_sim/faults', async (request, reply) => {
    const fault = readFault(request.body);
    if (typeof fault === 'string') return reply.code(400).send({ message: fault });
    world.faults.add(fault);
    return { faults: world.faults.all().length };
  });

  server.delete('/_sim/faults', () => {
    world.faults.clear();
    world.iso.faults.clear();
    return { faults: 0 };
  });

  server.get('/_sim/scenarios', () => ALMA_SCENARIOS);
  server.post<{ Params: { name: string } }>('/_sim/scenarios/:name', async (request, reply) => {
    const faults = scenarioOf<Fault>(ALMA_SCENARIOS, request.params.name);
    if (faults === undefined) return reply.code(404).send({ message: 'There is no such scenario.' });
    for (const fault of faults) world.faults.add(fault);
    return reply.code(201).send(faults);
  });

  server.put('/_sim/settings', async (request, reply) => {
    const settings = readSettings(world.settings, request.body);
    if (typeof settings === 'string') return reply.code(400).send({ message: settings });
    world.changeSettings(settings);
    return settings;
  });

  server.post('/_sim/reset', () => {
    world.reset();
    return { reset: true };
  });

  dataRoutes(server, world);
}

/** Body that adds a resource sharing library. */
type LibraryBody = Readonly<Record<'institution' | 'code' | 'name', unknown>>;

function dataRoutes(server: FastifyInstance, world: AlmaWorld): void {
  server.get('/_sim/users', (request) =>
    wanted(world, queryOf(request.query)).flatMap(({ code }) => world.usersOf(code)),
  );

  server.post('/_sim/libraries', async (request, reply) => {
    const {
      institution: code = world.institutions[0]?.code,
      code: library,
      name,
    } = (request.body ?? {}) as LibraryBody;
    const institution = world.institutions.find((candidate) => candidate.code === code);
    if (!institution) return reply.code(400).send({ message: `There is no institution ${String(code)}.` });
    if (typeof library !== 'string' || library === '' || typeof name !== 'string')
      return reply.code(400).send({ message: 'code and name must be texts.' });
    if (institution.libraries.some((each) => each.code === library))
      return reply.code(400).send({ message: 'There is such a library.' });
    world.addLibrary(institution, { code: library, name, resourceSharing: true });
    return reply.code(201).send({ code: library, name });
  });

  server.get('/_sim/requests', (request) => {
    const institutions = wanted(world, queryOf(request.query));
    return {
      borrowing: institutions
        .flatMap(({ code }) => world.requests.borrowingOf(code))
        .map((record) => ({ ...record, request: borrowingView(world, record) })),
      lending: institutions
        .flatMap(({ code }) => world.requests.lendingOf(code))
        .map((record) => ({ ...record, request: lendingView(world, record) })),
    };
  });

  server.post('/_sim/requests', async (request, reply) => {
    const result = seedSharingRequests(world, request.body);
    return typeof result === 'string' ? reply.code(400).send({ message: result }) : reply.code(201).send(result);
  });

  server.get('/_sim/token', async (request, reply) => {
    const query = queryOf(request.query);
    const institution = query['institution'] || (world.institutions[0]?.code ?? '');
    const expiresIn = query['expiresIn'] === undefined ? undefined : Number(query['expiresIn']);
    if (!world.institution(institution))
      return reply.code(400).send({ message: `There is no institution ${institution}.` });
    if (expiresIn !== undefined && !Number.isInteger(expiresIn))
      return reply.code(400).send({ message: 'expiresIn must be whole seconds.' });
    const token = await world.keys.sign({
      institution,
      user: query['user'] || DEFAULT_USER,
      issuedAt: Math.floor(world.now() / 1000),
      expiresIn,
      wrongKey: query['key'] === 'wrong',
      issuer: query['issuer'],
      audience: query['audience'],
    });
    return { token };
  });
}

function wanted(world: AlmaWorld, query: Query): readonly Institution[] {
  const code = query['institution'];
  return code === undefined
    ? world.institutions
    : world.institutions.filter((institution) => institution.code === code);
}

/** Values of the settings that are a choice. */
const CHOICES: Readonly<Partial<Record<keyof Settings, readonly string[]>>> = {
  isoRepeatTimestamp: ['same', 'new'],
  isoReasons: ['right', 'wrong'],
  isoCopiesArrive: ['shipped', 'received'],
};

function readSettings(current: Settings, body: unknown): Settings | string {
  if (typeof body !== 'object' || body === null) return 'The body must be an object.';
  const unknown = Object.keys(body).find((name) => !(name in DEFAULT_SETTINGS));
  if (unknown !== undefined) return `There is no setting ${unknown}.`;
  const next = { ...current, ...(body as Partial<Settings>) };
  for (const name of ['apiCallsPerSecond', 'apiCallsPerDay', 'isoAnswerTimeoutMs'] as const)
    if (!Number.isInteger(next[name]) || next[name] < 1) return `${name} must be a whole number above 0.`;
  for (const name of ['isoRepeats', 'isoRepeatPauseMs'] as const)
    if (!Number.isInteger(next[name]) || next[name] < 0) return `${name} must be a whole number.`;
  for (const [name, start] of Object.entries(DEFAULT_SETTINGS))
    if (typeof next[name as keyof Settings] !== typeof start) return `${name} must be a ${typeof start}.`;
  for (const [name, values] of Object.entries(CHOICES))
    if (!values.includes(String(next[name as keyof Settings]))) return `${name} must be one of ${values.join(', ')}.`;
  return next;
}
