import fastify, { type FastifyInstance } from 'fastify';
import { takeJson } from '../shared/json-body';
import { pageRoutes, type PageOptions } from './pages/page-routes';
import { restApi } from './rest/rest-api';
import { faultHooks } from './sim/fault-hooks';
import { hostRoutes } from './sim/host-routes';
import { simRoutes } from './sim/sim-routes';
import type { AlmaWorld } from './world';

/** Largest request body in bytes. */
const BODY_LIMIT = 5_000_000;

/**
 * Builds the simulated Alma: pages, host protocol, REST under `/almaws/v1`, key sets under `/auth`, test controls under
 * `/_sim`. Does not listen.
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
    done();
  });
  hostRoutes(server, world);
  pageRoutes(server, world, pages);
  return server;
}
