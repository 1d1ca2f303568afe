import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { documentRoute } from './openapi/document-route';
import { GatewayError } from './gateway-error';
import { OPENAPI_SETTINGS, PROBLEM_SCHEMA } from './openapi/openapi-settings';
import { answerProblem } from './problem';
import { actionRoutes } from './routes/actions';
import { catalogRoutes } from './routes/catalog';
import { draftRoutes } from './routes/drafts';
import { importReportRoutes } from './routes/import-report';
import { importRoutes } from './routes/imports';
import { libraryRoutes } from './routes/libraries';
import { meRoutes } from './routes/me';
import { operationRoutes } from './routes/operation';
import { requestRoutes } from './routes/requests';
import { workListRoutes } from './routes/work-list';
import type { Services } from './services';
import { validatorCompiler } from './validator-compiler';

export interface AppOptions {
  readonly corsOrigins: readonly string[];
  readonly logger?: FastifyServerOptions['logger'];
}

/** The longest request body, in bytes. */
const BODY_LIMIT = 1_048_576;

/** Builds the HTTP application; it does not listen. */
export async function buildApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: options.logger ?? false,
    bodyLimit: BODY_LIMIT,
    genReqId: () => crypto.randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.addSchema(PROBLEM_SCHEMA);
  app.decorateRequest('gatewayCaller', undefined);
  answerErrors(app, services);
  observeCalls(app, services);
  await app.register(cors, {
    origin: [...options.corsOrigins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID'],
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: 600,
  });
  await app.register(swagger, OPENAPI_SETTINGS);
  await app.register(operationRoutes(services));
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(api(services), { prefix: '/api/v1' });
  return app;
}

/** Everything that needs a host token. */
function api(services: Services): FastifyPluginCallbackTypebox {
  return (app, _options, done) => {
    app.addHook('onRequest', services.callers.authenticate);
    app.addHook('onRoute', documentRoute);
    for (const routes of [
      meRoutes,
      workListRoutes,
      requestRoutes,
      actionRoutes,
      draftRoutes,
      catalogRoutes,
      libraryRoutes,
      importRoutes,
      importReportRoutes,
    ])
      void app.register(routes(services));
    done();
  };
}

function answerErrors(app: FastifyInstance, { metrics }: Services): void {
  app.setErrorHandler((error, request, reply) => {
    metrics.countError(answerProblem(error, request, reply));
  });
  app.setNotFoundHandler((request, reply) => {
    const nothing = new GatewayError('not-found', { detail: 'there is nothing at this address' });
    metrics.countError(answerProblem(nothing, request, reply));
  });
}

function observeCalls(app: FastifyInstance, { metrics }: Services): void {
  app.addHook('onRequest', (request, reply, done) => {
    // Not awaited: a reply is a promise of its own end.
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', ({ method, routeOptions, gatewayCaller, log }, { statusCode, elapsedTime }, done) => {
    // The route, not the address: an address may hold what a patron asked for.
    const route = routeOptions.url ?? 'none';
    metrics.observeHttp(method, route, statusCode, elapsedTime / 1000);
    log.info(
      { method, route, status: statusCode, user: gatewayCaller?.userId, ms: Math.round(elapsedTime) },
      'answered',
    );
    done();
  });
}
