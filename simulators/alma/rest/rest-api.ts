import { randomUUID } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AlmaWorld } from '../world';
import { bibRoutes } from './bibs';
import { callerOf, mayUse, readCaller } from './callers';
import { configurationRoutes, taskListRoutes } from './configuration';
import { AlmaError, errorBody, type AlmaErrorBody } from './errors';
import { escapeXml } from '../seed/marc';
import { partnerRoutes } from './partners';
import { userRoutes } from './users';

/**
 * The part of Alma's REST API that interlibrary loan uses, to be registered under `/almaws/v1`. Like the real API it
 * cannot change a status, edit a request or list borrowing requests. Answers JSON, or XML when `Accept` asks for XML
 * only.
 */
export function restApi(server: FastifyInstance, world: AlmaWorld): void {
  server.decorateRequest('caller', null);
  server.addContentTypeParser(['application/xml', 'text/xml'], { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, readXml(String(body)));
    } catch {
      done(new AlmaError('GENERAL_ERROR', 'XML'), undefined);
    }
  });
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-ID', request.id);
    request.caller = readCaller(world, request);
    const { user, institution } = request.caller;
    if (user === undefined) {
      const exceeded = world.rateLimit.admit(institution.code);
      void reply.header('X-Exl-Api-Remaining', world.rateLimit.remaining(institution.code));
      if (exceeded) throw new AlmaError(exceeded);
    }
    const { area } = request.routeOptions.config;
    if (area !== undefined && !mayUse(callerOf(request), area)) throw new AlmaError('UNAUTHORIZED');
  });
  server.addHook('preSerialization', async (request, reply, payload) =>
    wantsXml(request) ? asXml(request, reply, payload) : payload,
  );
  server.setErrorHandler<FastifyError | AlmaError>((error, request, reply) => sendError(error, request, reply));
  server.setNotFoundHandler((request, reply) =>
    sendError(new AlmaError('NOT_FOUND', `${request.method} ${request.url.split('?')[0] ?? ''}`), request, reply),
  );
  bibRoutes(server, world);
  userRoutes(server, world);
  partnerRoutes(server, world);
  configurationRoutes(server, world);
  taskListRoutes(server, world);
}

/** Sends Alma's error body. An unparseable body is a client error; any unexpected error is a 500. */
function sendError(error: FastifyError | AlmaError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof AlmaError ? error : toAlmaError(error);
  return reply.code(known.status).send(errorBody(known.code, known.message, trackingId(request)));
}

export function trackingId(request: FastifyRequest): string {
  return `E01-${request.id.slice(0, 8)}-${randomUUID().slice(0, 8)}`;
}

function toAlmaError(error: FastifyError): AlmaError {
  const status = error.statusCode ?? 500;
  return status < 500 ? new AlmaError('GENERAL_ERROR', error.message, status) : new AlmaError('INTERNAL_SERVER_ERROR');
}

function wantsXml(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '';
  return accept.includes('application/xml') && !accept.includes('json') && !accept.includes('text/html');
}

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true });

function asXml(request: FastifyRequest, reply: FastifyReply, payload: unknown): string {
  void reply.type('application/xml; charset=utf-8').serializer((text: string) => text);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${element(rootName(request, payload), payload)}`;
}

/** Writes one element per key. Repeats the element for a list. */
function element(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  if (value === null || value === '') return `<${name}/>`;
  if (typeof value !== 'object')
    return `<${name}>${escapeXml(typeof value === 'string' ? value : JSON.stringify(value))}</${name}>`;
  return `<${name}>${Object.entries(value)
    .map(([key, inner]) => element(key, inner))
    .join('')}</${name}>`;
}

/** Name of the root element: `web_service_result` for errors, otherwise the singular of the last path segment. */
function rootName(request: FastifyRequest, payload: unknown): string {
  if (isErrorBody(payload)) return 'web_service_result';
  const path = request.routeOptions.url ?? '';
  if (path.includes('lending-requests') || path.includes('resource-sharing-requests'))
    return 'user_resource_sharing_request';
  const last =
    path
      .split('/')
      .filter((part) => part !== '' && !part.startsWith(':'))
      .at(-1) ?? 'result';
  const single = path.endsWith(last) ? last : last.replace(/ies$/, 'y').replace(/s$/, '');
  return single.replace(/-/g, '_');
}

function isErrorBody(payload: unknown): payload is AlmaErrorBody {
  return typeof payload === 'object' && payload !== null && 'errorsExist' in payload;
}

/** The content of the root element. Turns `true` and `false` into booleans, as in JSON. */
function readXml(text: string): unknown {
  const [root] = Object.values(parser.parse(text) as Readonly<Record<string, unknown>>).filter(
    (value) => typeof value === 'object',
  );
  return JSON.parse(
    JSON.stringify(root ?? {}, (_key, value: unknown) => (value === 'true' ? true : value === 'false' ? false : value)),
  ) as unknown;
}
