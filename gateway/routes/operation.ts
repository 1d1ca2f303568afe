import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { sql } from 'kysely';
import Type from 'typebox';
import type { Services } from '../services';
import { importCounts } from '../store/import-counts';

const AliveSchema = Type.Object({ alive: Type.Boolean() }, { description: 'The process answers' });
const PARTS = { ready: Type.Boolean(), parts: Type.Object({ store: Type.Boolean() }) };

const tags = ['operation'];
const ALIVE = { schema: { tags, summary: 'Is the gateway alive', response: { 200: AliveSchema } } };
const READY = {
  schema: {
    tags,
    summary: 'Can the gateway work: its store answers',
    response: {
      200: Type.Object(PARTS, { description: 'Ready' }),
      503: Type.Object(PARTS, { description: 'Not ready' }),
    },
  },
};

/** Operation: is it alive, is it ready, what does it count. Outside the API and without a token. */
export const operationRoutes =
  ({ db, journal, readings, metrics, now }: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    app.get('/healthz', ALIVE, () => ({ alive: true }));

    /** NACSIS-ILL is not part of being ready: while it is away the gateway still answers, and says so. */
    app.get('/readyz', READY, async (_request, reply) => {
      const store = await sql`select 1`.execute(db).then(isSo, isNot);
      return reply.code(store ? 200 : 503).send({ ready: store, parts: { store } });
    });

    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      // What the gateway itself has counted is told without the store, too.
      await journal.countsByState().then(metrics.setJournal, () => undefined);
      await readings.all().then(
        (all) => {
          metrics.setReadings(all, now());
        },
        () => undefined,
      );
      await importCounts(db).then(
        (counts) => {
          metrics.setImports(counts, now());
        },
        () => undefined,
      );
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    });
    done();
  };

const isSo = () => true;
const isNot = () => false;
