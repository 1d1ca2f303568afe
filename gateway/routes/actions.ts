import { Readable } from 'node:stream';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  ActionAnswerSchema,
  EditRequestSchema,
  LinkRequestSchema,
  PerformActionSchema,
  RequestAnswerSchema,
} from '#domain/api';
import { BatchEndSchema, BatchResultSchema, BatchSchema } from '#domain/api-batch';
import { actorOf, callerOf } from '../caller';
import { checkLink, saveLink } from '../commands/alma-link';
import { checkRows, runBatch, type BatchRun } from '../commands/batch-service';
import { viewOf } from '../commands/view';
import { OF_A_COMMAND, OF_NACSIS } from '../openapi/document-route';
import { problemOf } from '../problem';
import type { Services } from '../services';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
const tags = ['requests'];
const EDIT = {
  config: { problems: [...OF_A_COMMAND, 'not-found', 'stale-version'] },
  schema: {
    tags,
    summary: 'Edit a request in 準備中',
    params: IdParams,
    body: EditRequestSchema,
    response: { 200: RequestAnswerSchema },
  },
} as const;
const ACT = {
  config: { problems: [...OF_A_COMMAND, 'not-found', 'stale-version'] },
  schema: {
    tags,
    summary: 'Perform an action',
    params: IdParams,
    body: PerformActionSchema,
    response: { 200: ActionAnswerSchema },
  },
} as const;
const LINK = {
  config: {
    problems: ['forbidden', 'invalid-fields', 'missing-idempotency-key', 'not-found', 'already-linked', ...OF_NACSIS],
  },
  schema: {
    tags,
    summary: 'Tie a request to one of the ILS, or untie it',
    params: IdParams,
    body: LinkRequestSchema,
    response: { 200: RequestAnswerSchema },
  },
} as const;
const NDJSON = 'application/x-ndjson';
const BATCH = {
  config: { problems: ['forbidden', 'invalid-fields', 'missing-idempotency-key', 'payload-too-large'] },
  schema: {
    tags,
    summary: 'Perform one action on many requests; a line of JSON for each as it happens, and one at the end',
    body: BatchSchema,
    response: {
      200: {
        content: { [NDJSON]: { schema: Type.Unsafe<Readable>(Type.Union([BatchResultSchema, BatchEndSchema])) } },
      },
    },
  },
} as const;

/** What is done with requests: edit, act, act on many, tie to the ILS. */
export const actionRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { callers, requests, actions, mode, db } = services;
    const shutdown = { hasBegun: false };
    app.addHook('preClose', (closed) => {
      shutdown.hasBegun = true;
      closed();
    });

    app.put('/requests/:id', EDIT, async (request) => {
      const actor = actorOf(request);
      await callers.mustAct(request);
      const { version, fields, comment } = request.body;
      const call = { id: request.params.id, version, fields, ...(comment === undefined ? {} : { comment }) };
      return { request: viewOf(await actions.edit(actor, call), mode) };
    });

    app.post('/requests/:id/actions', ACT, async (request) => {
      const actor = actorOf(request);
      await callers.mustAct(request);
      const { side, action, params = {}, version } = request.body;
      const { comment, ...fields } = params;
      const call = { side, id: request.params.id, version, fields, ...(comment === undefined ? {} : { comment }) };
      const { from, to, request: row } = await actions.act(actor, action, call);
      return { from, to, request: viewOf(row, mode) };
    });

    app.post('/actions', BATCH, async (request, reply) => {
      const actor = actorOf(request);
      await callers.mustAct(request);
      checkRows(request.body);
      // For what stands between: each line is wanted as it comes.
      void reply.type(NDJSON).headers({ 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' });
      const isEnded = () => shutdown.hasBegun || request.raw.socket.destroyed;
      return reply.send(linesOf(services, request, { actor, batch: request.body, isEnded }));
    });

    app.post('/requests/:id/link', LINK, async (request) => {
      // Naming the link says the whole outcome, so a repeat needs no journal; the key is asked for as everywhere.
      actorOf(request);
      await callers.mustAct(request);
      const { side, almaRequest } = request.body;
      checkLink(side, almaRequest);
      const row = await requests.read(callerOf(request).institution, side, request.params.id);
      return { request: viewOf(await saveLink(db, row, almaRequest), mode) };
    });
    done();
  };

/** One line at a time: the next row is not begun before the last line was taken. */
function linesOf({ actions, metrics }: Services, request: FastifyRequest, run: Omit<BatchRun, 'problemOf'>): Readable {
  const problem = (error: unknown) => {
    const document = problemOf(error, request);
    metrics.countError(document.code);
    return document;
  };
  async function* lines(): AsyncGenerator<string> {
    for await (const result of runBatch(actions, { ...run, problemOf: problem })) {
      yield `${JSON.stringify(result)}\n`;
    }
  }
  return Readable.from(lines(), { objectMode: true, highWaterMark: 1 });
}
