import fastify, { type FastifyInstance } from 'fastify';
import { pageRoutes, type PageOptions } from './pages/page-routes';
import { restApi } from './rest/rest-api';
import { faultHooks } from './sim/fault-hooks';
import { hostRoutes } from './sim/host-routes';
import { simRoutes } from './sim/sim-routes';
import type { AlmaWorld } from './world';

/** Largest request body in bytes. */
const BODY_LIMIT = 5_000_000;

/** The simulated Alma: pages, host protocol, REST under `/almaws/v1`, key sets under `/auth`, test controls under `/_sim`. Does not listen. */
export function buildAlma(world: AlmaWorld, pages: PageOptions): FastifyInstance {
  const server = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 500 },
  });
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(String(body)) as unknown));
    } catch (error) {
      done(Object.assign(error instanceof Error ? error : new Error('JSON'), { statusCode: 400 }), undefined);
    }
  });
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
  simRoutes(server, world);
  hostRoutes(server, world);
  pageRoutes(server, world, pages);
  return server;
}
