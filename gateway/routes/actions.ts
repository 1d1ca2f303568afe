import { Readable } from 'node:stream';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import {
  ActionAnswerSchema,
  EditAnswerSchema,
  EditRequestSchema,
  LinkRequestSchema,
  PerformActionSchema,
  RequestAnswerSchema,
} from '#domain/api/requests';
import { BatchEndSchema, BatchResultSchema, BatchSchema } from '#domain/api/batch';
import { actorOf } from '../caller';
import type { ActionAnswer } from '../commands/action-service';
import { checkLink, saveLink } from '../commands/alma-link';
import { checkRows, runBatch, type BatchRun } from '../commands/batch-service';
import { payloadHash, type Actor } from '../commands/command-request';
import { OF_A_COMMAND, OF_NACSIS } from '../openapi/document-route';
import { problemOf } from '../problem';
import type { Services } from '../services';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
const tags = ['requests'];
const EDIT = {
  config: { claimsKey: true, problems: [...OF_A_COMMAND, 'not-found', 'stale-version'] },
  schema: {
    tags,
    summary: 'Edit a request in 準備中',
    params: IdParams,
    body: EditRequestSchema,
    response: { 200: EditAnswerSchema },
  },
} as const;
const ACT = {
  config: { claimsKey: true, problems: [...OF_A_COMMAND, 'not-found', 'stale-version'] },
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
    claimsKey: true,
    problems: [
      ...(['forbidden', 'invalid-fields', 'missing-idempotency-key', 'idempotency-key-reused', 'not-found'] as const),
      ...(['already-linked', ...OF_NACSIS] as const),
    ],
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

/** Routes that change requests: edit, act, act on many, link to the ILS. */
export const actionRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { callers, requests, views, actions, bridge, db, usedKeys, now } = services;
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
      return told(services, actor, await actions.edit(actor, call));
    });

    app.post('/requests/:id/actions', ACT, async (request) => {
      const actor = actorOf(request);
      await callers.mustAct(request);
      const { side, action, params = {}, version } = request.body;
      const { comment, ...fields } = params;
      const call = { side, id: request.params.id, version, fields, ...(comment === undefined ? {} : { comment }) };
      const { from, to, ...done } = await actions.act(actor, action, call);
      bridge.nudge(actor.institution.code);
      return { from, to, ...(await told(services, actor, done)) };
    });

    app.post('/actions', BATCH, async (request, reply) => {
      const actor = actorOf(request);
      await callers.mustAct(request);
      checkRows(request.body);
      // Disables proxy buffering and caching.
      void reply.type(NDJSON).headers({ 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' });
      const isEnded = () => shutdown.hasBegun || request.raw.socket.destroyed;
      return reply.send(linesOf(services, request, { actor, batch: request.body, isEnded }));
    });

    app.post('/requests/:id/link', LINK, async (request) => {
      const { institution, key } = actorOf(request);
      await callers.mustAct(request);
      const { side, almaRequest } = request.body;
      checkLink(side, almaRequest);
      // A repeat sets the same link again, so it needs no journal.
      const asked = payloadHash({ link: request.params.id, ...request.body });
      await usedKeys.claim({ institution: institution.code, key }, { payloadHash: asked }, now());
      const row = await requests.read(institution, side, request.params.id);
      return { request: await views.of(institution, await saveLink(db, row, almaRequest)) };
    });
    done();
  };

/** Returns the request after a command, with the changes that the caller had not seen. */
async function told(
  { views }: Services,
  { institution }: Actor,
  { unseen, request: row }: Pick<ActionAnswer, 'unseen' | 'request'>,
): Promise<Static<typeof EditAnswerSchema>> {
  const request = await views.of(institution, row);
  const changes = request.history.slice(unseen.from, unseen.to);
  return { request, ...(changes.length === 0 ? {} : { changes }) };
}

/** Streams one line at a time: the next row begins only after the last line was read. */
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
