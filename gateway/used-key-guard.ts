import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from './caller';
import type { UsedKeys } from './store/used-keys';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * True when the route itself ensures that its key is used for one thing only (command-runner.ts,
     * store/used-keys.ts).
     */
    readonly claimsKey?: true;
  }
}

/**
 * A hook for every route with a key that does not set `claimsKey`, such as a batch. Refuses a key that was used for
 * something else.
 */
export const guardKeys =
  (usedKeys: Pick<UsedKeys, 'refuseUsed'>) =>
  async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const { method, headers, routeOptions } = request;
    const key = headers['idempotency-key'];
    if (method === 'GET' || method === 'HEAD' || typeof key !== 'string' || routeOptions.config.claimsKey === true)
      return;
    await usedKeys.refuseUsed({ institution: callerOf(request).institution.code, key });
  };
