import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { takeJson } from '../shared/json-body';
import { meetsCall, TIMEOUT_MS, type Fault } from './faults';
import { isoEndpoint } from './iso18626/endpoint';
import { pageRoutes, type PageOptions } from './pages/page-routes';
import { errorBody } from './rest/errors';
import { restApi, trackingId } from './rest/rest-api';
import { hostRoutes } from './sim/host-routes';
import { isoRoutes } from './sim/iso-routes';
import { simRoutes } from './sim/sim-routes';
import type { AlmaWorld } from './world';

/** Largest request body in bytes. */
const BODY_LIMIT = 5_000_000;

/**
 * Builds the simulated Alma: pages, host protocol, REST under `/almaws/v1`, key sets under `/auth`, ISO 18626
 * under `/iso18626`, test controls under `/_sim`. Does not listen.
 */
export function buildAlma(world: AlmaWorld, pages: PageOptions): FastifyInstance {
  const server = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 500 },
  });
  takeJson(server, 'application/json');
  faultHooks(server, world);
  server.get<{ Params: { institution: string } }>('/auth/:institution/jwks.json', async (request, reply) => {
    if (!world.institution(request.params.institution))
      return reply.code(404).send({ message: 'There is no such institution.' });
    return world.keys.publicKeys(request.params.institution);
  });
  void server.register(
    (rest, _options, done) => {
      restApi(rest, world);
      done();
    },
    { prefix: '/almaws/v1' },
  );
  void server.register((sim, _options, done) => {
    takeJson(sim, '*');
    simRoutes(sim, world);
    isoRoutes(sim, world);
    done();
  });
  void server.register((iso, _options, done) => {
    isoEndpoint(iso, world);
    done();
  });
  hostRoutes(server, world);
  pageRoutes(server, world, pages);
  return server;
}

/** Counts every call and applies matching faults. Ignores calls under `/_sim` and `/_host`. */
function faultHooks(server: FastifyInstance, world: AlmaWorld): void {
  const active = new WeakMap<FastifyRequest, Fault>();

  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path.startsWith('/_sim') || path.startsWith('/_host')) return;
    world.counters.count(`${request.method} ${request.routeOptions.url ?? path}`);
    const fault = world.faults.take((each) => meetsCall(each, request.method, path));
    if (!fault) return;
    active.set(request, fault);
    await before(fault, request, reply);
  });

  server.addHook('onSend', async (request, reply, payload) => {
    await world.saved();
    const fault = active.get(request);
    if (fault?.do === 'save-then-timeout') await pause(fault.ms ?? TIMEOUT_MS);
    if (fault?.do === 'drop-after' || fault?.do === 'save-then-timeout') cut(reply);
    return fault?.key === undefined ? payload : without(fault.key, payload);
  });
}

async function before(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (fault.do === 'delay') await pause(fault.ms ?? TIMEOUT_MS);
  if (fault.do === 'drop-before') {
    cut(reply);
    reply.hijack();
  }
  if (fault.do === 'status') {
    const code = fault.code ?? 500;
    await reply
      .code(code)
      .send(
        errorBody(
          fault.errorCode ?? (code === 429 ? 'PER_SECOND_THRESHOLD' : 'INTERNAL_SERVER_ERROR'),
          'A fault was asked for.',
          trackingId(request),
        ),
      );
  }
}

/** Removes the key from a JSON object. Leaves any other payload unchanged. */
function without(key: string, payload: unknown): unknown {
  if (typeof payload !== 'string' || !payload.startsWith('{')) return payload;
  return JSON.stringify({ ...(JSON.parse(payload) as object), [key]: undefined });
}

function cut(reply: FastifyReply): void {
  reply.raw.destroy();
}
