import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import { TypeBoxValidatorCompiler, type FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { GatewayError } from './gateway-error';
import { answerProblem } from './problem';
import { catalogRoutes } from './routes/catalog';
import { draftRoutes } from './routes/drafts';
import { meRoutes } from './routes/me';
import { operationRoutes } from './routes/operation';
import { requestRoutes } from './routes/requests';
import type { Services } from './services';

export interface AppOptions {
  readonly corsOrigins: readonly string[];
  readonly logger?: FastifyServerOptions['logger'];
}

/** The longest request body, in bytes. */
const BODY_LIMIT = 1_048_576;

/** Builds the HTTP application; it does not listen. */
export async function buildApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({ logger: options.logger ?? false, bodyLimit: BODY_LIMIT, genReqId: () => crypto.randomUUID(), logController: new LogController({ disableRequestLogging: true }) });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.decorateRequest('caller', undefined);
  app.setErrorHandler((error, request, reply) => { services.metrics.countError(answerProblem(error, request, reply)); });
  app.setNotFoundHandler((request, reply) => { answerProblem(new GatewayError('not-found', { detail: 'there is nothing at this address' }), request, reply); });
  app.addHook('onRequest', (request, reply, done) => {
    // Not awaited: a reply is a promise of its own end.
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    services.metrics.observeHttp(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    // The route, not the address: an address may hold what a patron asked for.
    request.log.info({ method: request.method, route, status: reply.statusCode, user: request.caller?.userId, ms: Math.round(reply.elapsedTime) }, 'answered');
    done();
  });
  await app.register(cors, {
    origin: [...options.corsOrigins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID'],
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: 600,
  });
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'NACSIS-ILL for Alma: gateway', version: '1' }, components: { securitySchemes: { hostToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } } } });
  await app.register(operationRoutes(services));
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(api(services), { prefix: '/api/v1' });
  return app;
}

/** Everything that needs a host token. */
function api(services: Services): FastifyPluginCallbackTypebox {
  return (app, _options, done) => {
    app.addHook('onRequest', services.callers.authenticate);
    app.addHook('onRoute', (route) => { route.schema = { ...route.schema, security: [{ hostToken: [] }] }; });
    for (const routes of [meRoutes, requestRoutes, draftRoutes, catalogRoutes]) void app.register(routes(services));
    done();
  };
}
