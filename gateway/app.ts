import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { CONNECTION_DEFAULTS, Connections, serverOptions, type ConnectionLimits } from './connections';
import { corsOptions } from './cross-origin';
import { ClientErrors, frameworkErrors } from './framework-answers';
import { GatewayError } from './gateway-error';
import { checkInput } from './input-check';
import { documentRoute } from './openapi/document-route';
import { OPENAPI_SETTINGS, PROBLEM_SCHEMA } from './openapi/openapi-settings';
import { answerProblem } from './problem';
import { actionRoutes } from './routes/actions';
import { bridgeRoutes } from './routes/bridge';
import { catalogRoutes } from './routes/catalog';
import { draftRoutes } from './routes/drafts';
import { importReportRoutes } from './routes/import-report';
import { importRoutes } from './routes/imports';
import { iso18626Routes } from './routes/iso18626';
import { libraryRoutes } from './routes/libraries';
import { meRoutes } from './routes/me';
import { memberRoutes } from './routes/members';
import { operationRoutes } from './routes/operation';
import { requestRoutes } from './routes/requests';
import { workListRoutes } from './routes/work-list';
import { serializerCompiler } from './serializer-compiler';
import type { Services } from './services';
import { readJsonStrictly, refuseMalformed } from './strict-reading';
import { upkeepRoutes } from './routes/upkeep';
import { guardKeys } from './used-key-guard';
import { validatorCompiler } from './validator-compiler';

interface AppOptions {
  readonly corsOrigins: readonly string[];
  readonly logger?: FastifyServerOptions['logger'];
  /** Time limits for incoming calls; defaults when absent. */
  readonly limits?: ConnectionLimits;
}

/** Maximum size of a request body, in bytes. */
const BODY_LIMIT = 1_048_576;
/**
 * Maximum length of a path parameter, in characters. It exceeds every limit of a schema, so that the schema reports
 * what is too long.
 */
const MAX_PARAM_LENGTH = 1_000;

/** Builds the HTTP application without listening. */
export async function buildApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const { corsOrigins, limits = CONNECTION_DEFAULTS } = options;
  const refusing = { corsOrigins, metrics: services.metrics };
  const clientErrors = new ClientErrors(refusing);
  const { http, requestTimeout, return503OnClosing } = serverOptions(limits);
  const app = fastify({
    requestTimeout,
    return503OnClosing,
    logger: options.logger ?? false,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    frameworkErrors: frameworkErrors(refusing),
    clientErrorHandler: clientErrors.answer,
    // Node would answer a missing host itself; `refuseMalformed` does it our way.
    http: { ...http, requireHostHeader: false },
    genReqId: () => crypto.randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
  });
  // Before any route, because its hooks apply to all of them.
  app.decorate('connections', new Connections(app, limits));
  clientErrors.watch(app.server);
  readJsonStrictly(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addSchema(PROBLEM_SCHEMA);
  app.decorateRequest('gatewayCaller', undefined);
  answerErrors(app, services);
  observeCalls(app, services);
  await app.register(cors, corsOptions(corsOrigins));
  app.addHook('onRequest', refuseMalformed);
  await app.register(swagger, OPENAPI_SETTINGS);
  await app.register(operationRoutes(services));
  await app.register(iso18626Routes(services));
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(api(services), { prefix: '/api/v1' });
  return app;
}

/** Everything that needs a host token and a role with the right to read. */
function api(services: Services): FastifyPluginCallbackTypebox {
  return (app, _options, done) => {
    app.addHook('onRequest', services.callers.authenticate);
    app.addHook('onRequest', services.callers.authorize);
    app.addHook('preValidation', checkInput);
    app.addHook('preHandler', guardKeys(services.usedKeys));
    app.addHook('onRoute', documentRoute);
    for (const routes of [
      meRoutes,
      workListRoutes,
      requestRoutes,
      actionRoutes,
      draftRoutes,
      catalogRoutes,
      libraryRoutes,
      memberRoutes,
      importRoutes,
      importReportRoutes,
      bridgeRoutes,
      upkeepRoutes,
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
    // Not awaited: awaiting a reply would wait for its end.
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', ({ method, routeOptions, gatewayCaller, log }, { statusCode, elapsedTime }, done) => {
    // Logs the route, not the URL, which may contain what a patron asked for.
    const route = routeOptions.url ?? 'none';
    metrics.observeHttp(method, route, statusCode, elapsedTime / 1000);
    log.info(
      { method, route, status: statusCode, user: gatewayCaller?.userId, ms: Math.round(elapsedTime) },
      'answered',
    );
    done();
  });
}
