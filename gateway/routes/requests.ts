import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import Type, { type Static } from 'typebox';
import {
  ActionAnswerSchema,
  CreateRequestSchema,
  EditRequestSchema,
  PerformActionSchema,
  RequestAnswerSchema,
  SideSchema,
} from '#domain/api';
import { callerOf, idempotencyKeyOf, libraryOf } from '../caller';
import type { Actor } from '../commands/actor';
import { viewOf } from '../commands/view';
import { OF_A_COMMAND, OF_NACSIS } from '../openapi/document-route';
import { DraftsStore } from '../store/drafts-store';
import type { StoredRequest } from '../store/requests-store';
import type { Services } from '../services';
import type { FastifyRequest } from 'fastify';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
const SideQuery = Type.Object({ side: Type.Optional(SideSchema), fresh: Type.Optional(Type.Boolean()) });
const tags = ['requests'];
const CREATE = {
  config: { problems: OF_A_COMMAND },
  schema: {
    tags,
    summary: 'Order, or save in NACSIS-ILL as 準備中',
    body: CreateRequestSchema,
    response: { 201: RequestAnswerSchema },
  },
} as const;
const READ = {
  config: { problems: ['not-found', ...OF_NACSIS] },
  schema: {
    tags,
    summary: 'A request with its history and what is allowed now',
    params: IdParams,
    querystring: SideQuery,
    response: { 200: RequestAnswerSchema },
  },
} as const;
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

/** /requests: order, save, edit, read, act. The list: work-list.ts. */
export const requestRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { callers, requests, actions, mode } = services;

    app.post('/requests', CREATE, async (request, reply) =>
      reply.code(201).send({ request: viewOf(await created(services, request, request.body), mode) }),
    );

    app.get('/requests/:id', READ, async (request) => {
      const { side = 'borrower', fresh = false } = request.query;
      return {
        request: viewOf(await requests.read(callerOf(request).institution, side, request.params.id, fresh), mode),
      };
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
      const { from, to } = await actions.act(actor, action, call);
      return { from, to: to.state, request: viewOf(to, mode) };
    });
    done();
  };

async function created(
  { callers, orders, db }: Services,
  request: FastifyRequest,
  body: Static<typeof CreateRequestSchema>,
): Promise<StoredRequest> {
  const library = libraryOf(request, body.library);
  const actor = actorOf(request);
  await callers.mustAct(request);
  const { kind, mode, fields, comment, almaRequest, draftId } = body;
  const row = await orders.create(actor, {
    library,
    kind,
    command: mode === 'order' ? 'ORDER' : 'SAVE',
    fields,
    ...(comment === undefined ? {} : { comment }),
    ...(almaRequest === undefined ? {} : { almaRequest }),
  });
  if (draftId !== undefined) await new DraftsStore(db, callerOf(request)).remove(draftId);
  return row;
}

function actorOf(request: FastifyRequest): Actor {
  const { institution, userId } = callerOf(request);
  return { institution, userId, key: idempotencyKeyOf(request) };
}
