import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TIMEOUT_MS, type Fault } from '../faults';
import { errorBody } from '../rest/errors';
import { trackingId } from '../rest/rest-api';
import type { AlmaWorld } from '../world';

/** Counts every call and applies matching faults. Ignores calls under `/_sim` and `/_host`. */
export function faultHooks(server: FastifyInstance, world: AlmaWorld): void {
  const active = new WeakMap<FastifyRequest, Fault>();

  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path.startsWith('/_sim') || path.startsWith('/_host')) return;
    world.counters.count(`${request.method} ${request.routeOptions.url ?? path}`);
    const fault = world.faults.forCall(request.method, path);
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

/** Leaves a payload that is not a JSON object unchanged. */
function without(key: string, payload: unknown): unknown {
  if (typeof payload !== 'string' || !payload.startsWith('{')) return payload;
  return JSON.stringify({ ...(JSON.parse(payload) as object), [key]: undefined });
}

function cut(reply: FastifyReply): void {
  reply.raw.destroy();
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
