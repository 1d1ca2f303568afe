import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { sql } from 'kysely';
import Type from 'typebox';
import type { Services } from '../services';

const ReadySchema = Type.Object({ ready: Type.Boolean(), parts: Type.Object({ store: Type.Boolean() }) });

/** Operation: is it alive, is it ready, what does it count. Outside the API and without a token. */
export const operationRoutes = ({ db, journal, metrics }: Services): FastifyPluginCallbackTypebox => (app, _options, done) => {
  app.get('/healthz', { schema: { response: { 200: Type.Object({ alive: Type.Boolean() }) } } }, () => ({ alive: true }));

  /** NACSIS-ILL is not part of being ready: while it is away the gateway still answers, and says so. */
  app.get('/readyz', { schema: { response: { 200: ReadySchema, 503: ReadySchema } } }, async (_request, reply) => {
    const store = await sql`select 1`.execute(db).then(() => true, () => false);
    return reply.code(store ? 200 : 503).send({ ready: store, parts: { store } });
  });

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    metrics.setJournal(await journal.countsByState());
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  done();
};
