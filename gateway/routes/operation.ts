import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import Type from 'typebox';
import { messageCounts } from '../bridge/message-views';
import type { Services } from '../services';
import { importCounts } from '../store/import-counts';
import { UpkeepStore } from '../store/upkeep-store';

const AliveSchema = Type.Object({ alive: Type.Boolean() }, { description: 'The process answers' });
const PARTS = { ready: Type.Boolean(), parts: Type.Object({ store: Type.Boolean() }) };

/** Time limit for the store's answer: callers of /readyz wait for at most two seconds. */
const READY_LIMIT_MS = 1_500;
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

/** Operation: liveness, readiness and metrics. Outside the API and without a token. */
export const operationRoutes =
  ({ closures, db, journal, readings, metrics, now }: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    let asked: Promise<boolean> | undefined;
    /** Asks the store with one query at a time, so that connections do not pile up on a store that hangs. */
    const storeAnswers = () =>
      (asked ??= sql`select 1`
        .execute(db)
        .then(isSo, isNot)
        .finally(() => (asked = undefined)));

    app.get('/healthz', ALIVE, () => ({ alive: true }));

    /** Readiness does not depend on NACSIS-ILL: without it the gateway still answers, and says so. */
    app.get('/readyz', READY, async (_request, reply) => {
      const store = await Promise.race([storeAnswers(), pause(READY_LIMIT_MS, false, { ref: false })]);
      return reply.code(store ? 200 : 503).send({ ready: store, parts: { store } });
    });

    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      // The gateway's own counters are returned even without the store.
      await journal.countsByState().then(metrics.setJournal, () => undefined);
      await readings.all().then(
        (all) => {
          metrics.setReadings(all, now());
        },
        () => undefined,
      );
      await closures.failing().then(metrics.setClosures, () => undefined);
      await importCounts(db).then(
        (counts) => {
          metrics.setImports(counts, now());
        },
        () => undefined,
      );
      await messageCounts(db).then(
        (counts) => {
          metrics.setBridge(counts);
        },
        () => undefined,
      );
      await new UpkeepStore(db).all().then(
        (rows) => {
          metrics.setUpkeep(rows, now());
        },
        () => undefined,
      );
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    });
    done();
  };

const isSo = () => true;
const isNot = () => false;
