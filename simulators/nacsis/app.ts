import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import { takeJson } from '../shared/json-body';
import type { NacsisSimulatorOptions } from './options';
import { ActingPartners } from './partners/acting-partners';
import { CatpService } from './service/catp-service';
import { meets, type Fault } from './sim/faults';
import { simRoutes } from './sim/sim-routes';
import { NacsisWorld } from './world';

/** Paths that accept CATP. Clients post to their configured address; one known client posts to `/`. */
const CATP_PATHS = ['/catp', '/'] as const;
/** Maximum size of a CATP request in bytes. A record with every field at its limit has about 100,000. */
const BODY_LIMIT = 2_000_000;

interface NacsisSimulator {
  /**
   * Does not listen yet: use `inject`, or `listen({ host: '127.0.0.1', port: 0 })`. `close` writes unsaved data to
   * disk.
   */
  readonly server: FastifyInstance;
  readonly world: NacsisWorld;
}

/**
 * Builds a NACSIS-ILL simulator: CATP/1.1 on `POST /catp` and `POST /`, test controls under `/_sim`. Stores nothing
 * without a data folder.
 */
export function buildNacsisSimulator(options: NacsisSimulatorOptions = {}): NacsisSimulator {
  const world = new NacsisWorld(options);
  const partners = new ActingPartners(world, { isMixed: options.partners === true, paceMs: options.partnerPaceMs });
  const server = Fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true, logger: false });
  server.setErrorHandler<Error & { readonly statusCode?: number; readonly code?: string }>((error, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ code: error.code ?? 'internal', message: error.message }),
  );
  void server.register((scope) => {
    catpRoute(scope, world);
  });
  void server.register((scope) => {
    takeJson(scope, '*');
    simRoutes(scope, world, partners);
  });
  server.addHook('onClose', async () => {
    partners.stop();
    await world.saved();
  });
  return { server, world };
}

function catpRoute(scope: FastifyInstance, world: NacsisWorld): void {
  const service = new CatpService(world);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const call = service.read(bytes);
    world.calls.count(call);
    const fault = world.faults.take((each) => meets(each, call));
    if (fault?.do === 'drop-before') return cut(reply, world, bytes);
    const written =
      fault?.do === 'status' ? service.refuse(call, fault.code, 'A FAULT WAS ASKED FOR') : service.answer(call);
    if (fault?.do === 'drop-after') return cut(reply, world, bytes);
    await delay(fault);
    world.calls.record(world.clock(), bytes, written);
    return reply.type('text/plain; charset=utf-8').send(Buffer.from(written));
  };
  for (const path of CATP_PATHS) scope.post(path, answer);
}

function cut(reply: FastifyReply, world: NacsisWorld, bytes: Uint8Array): FastifyReply {
  world.calls.record(world.clock(), bytes, undefined);
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

async function delay(fault: Fault | undefined): Promise<void> {
  if (fault?.do === 'delay') await pause(fault.ms, undefined, { ref: false });
}
