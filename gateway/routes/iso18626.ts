import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { Partner, Partners } from '../bridge/partners';
import type { Reception } from '../bridge/reception';
import { GatewayError } from '../gateway-error';

/** A note of 100,000 Japanese characters has 300,000 bytes; letters of Alma may be such notes. */
const BODY_LIMIT = 409_600;
const TAKEN = ['application/xml', 'text/xml'];
const XML = 'application/xml; charset="utf-8"';
const METHOD_NOT_ALLOWED = 405;
const UNSUPPORTED_MEDIA_TYPE = 415;

interface Parts {
  readonly bridge: {
    readonly partners: Pick<Partners, 'withSecret' | 'takesFrom'>;
    readonly reception: Pick<Reception, 'receive'>;
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The library whose secret the address has; set before the body is read. */
    almaPartner: Partner | undefined;
  }
}

/**
 * Messages of Alma: `POST /iso18626/{secret}`. Alma's partner form takes nothing but an address, so the secret is its
 * last part. An unknown secret, and an address that is not allowed, get the answer of an address that does not exist.
 * The log and the metrics hold the route, never the address.
 */
export const iso18626Routes =
  ({ bridge }: Parts): FastifyPluginCallback =>
  (app, _options, done) => {
    app.decorateRequest('almaPartner', undefined);
    takeXmlOnly(app);
    app.addHook('onRequest', async (request, reply) => {
      request.almaPartner = partnerOf(bridge.partners, request);
      if (request.method !== 'POST') return reply.code(METHOD_NOT_ALLOWED).header('allow', 'POST').send();
      return hasCoding(request) ? unsupported(reply) : undefined;
    });
    const url = '/iso18626/:secret';
    // OPTIONS belongs to CORS, and HEAD comes with GET.
    const others = app.supportedMethods.filter((method) => !['POST', 'OPTIONS', 'HEAD'].includes(method));
    app.route({ method: others, url, schema: { hide: true }, handler: () => undefined });
    app.post(url, { bodyLimit: BODY_LIMIT, schema: { hide: true } }, async (request, reply) => {
      const { almaPartner: partner, body } = request;
      if (partner === undefined || !Buffer.isBuffer(body)) return unsupported(reply);
      const received = await bridge.reception.receive(partner, body);
      return reply.code(received.status).type(XML).send(received.body);
    });
    done();
  };

/** Throws `not-found` as for an address that does not exist. */
function partnerOf(partners: Parts['bridge']['partners'], request: FastifyRequest): Partner {
  const { secret } = request.params as { readonly secret?: string };
  const partner = partners.withSecret(secret ?? '');
  if (partner !== undefined && partners.takesFrom(partner, request.ip)) return partner;
  if (partner !== undefined) {
    const { institution, library } = partner;
    request.log.warn({ institution: institution.code, library: library.code }, 'a message came from another address');
  }
  throw new GatewayError('not-found', { detail: 'there is nothing at this address' });
}

/** The body is handed on as it came: its XML declaration says how it is encoded. */
function takeXmlOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(TAKEN, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  const { errorHandler } = app;
  app.setErrorHandler((error, request, reply) =>
    isOfMediaType(error) ? unsupported(reply) : errorHandler(error, request, reply),
  );
}

function isOfMediaType(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === UNSUPPORTED_MEDIA_TYPE;
}

function hasCoding({ headers }: FastifyRequest): boolean {
  const coding = headers['content-encoding'];
  return coding !== undefined && coding.toLowerCase() !== 'identity';
}

function unsupported(reply: FastifyReply): FastifyReply {
  return reply.code(UNSUPPORTED_MEDIA_TYPE).header('accept-post', TAKEN.join(', ')).send();
}
