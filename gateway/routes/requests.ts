import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import {
  ActionAnswerSchema, CreateRequestSchema, EditRequestSchema, KindSchema, PerformActionSchema, RequestAnswerSchema, RequestListSchema, SideSchema,
  type RequestList,
} from '#domain/api';
import type { Side } from '#domain/kinds';
import type { RequestFields } from '#domain/request';
import { STATE_IDS } from '#domain/states';
import { callerOf, idempotencyKeyOf, libraryOf } from '../caller';
import { viewOf } from '../commands/view';
import type { Actor } from '../commands/request-service';
import { draftsOf } from '../store/drafts-store';
import { listRequests, type StoredRequest } from '../store/requests-store';
import type { Services } from '../services';
import type { FastifyRequest } from 'fastify';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
const SideQuery = Type.Object({ side: Type.Optional(SideSchema), fresh: Type.Optional(Type.Boolean()) });
const ListQuery = Type.Object({
  side: Type.Optional(SideSchema),
  library: Type.Optional(Type.String()),
  state: Type.Optional(Type.Enum([...STATE_IDS])),
  kind: Type.Optional(KindSchema),
  needsAction: Type.Optional(Type.Boolean()),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

/** /requests: order, save, edit, read, list, act. */
export const requestRoutes = ({ callers, requests, db, mode }: Services): FastifyPluginCallbackTypebox => (app, _options, done) => {
  app.get('/requests', { schema: { querystring: ListQuery, response: { 200: RequestListSchema } } }, async (request): Promise<RequestList> => {
    const { page = 1, pageSize = 50, library, ...filter } = request.query;
    const { institution } = callerOf(request);
    const libraries = library === undefined ? institution.libraries.map(({ code }) => code) : [libraryOf(request, library).code];
    const { state, ...others } = filter;
    const listed = await listRequests(db, { ...others, ...(state === undefined ? {} : { state: state as StoredRequest['state'] & string }), institution: institution.code, libraries }, { page, pageSize });
    return { total: listed.total, page, pageSize, items: listed.rows.map(summaryOf), facets: { externalStatus: [...listed.statuses] } };
  });

  app.post('/requests', { schema: { body: CreateRequestSchema, response: { 201: RequestAnswerSchema } } }, async (request, reply) => {
    const library = libraryOf(request, request.body.library);
    await callers.mustAct(request);
    const { kind, mode: wanted, fields, comment, almaRequest, draftId } = request.body;
    const actor = actorOf(request);
    const row = await requests.create(actor, {
      library, kind, command: wanted === 'order' ? 'ORDER' : 'SAVE', fields: fields as RequestFields,
      ...(comment === undefined ? {} : { comment }), ...(almaRequest === undefined ? {} : { almaRequest }),
    });
    if (draftId !== undefined) await draftsOf(db, callerOf(request)).remove(draftId);
    return reply.code(201).send({ request: viewOf(row, mode) });
  });

  app.get('/requests/:id', { schema: { params: IdParams, querystring: SideQuery, response: { 200: RequestAnswerSchema } } }, async (request) => {
    const { side = 'borrower', fresh = false } = request.query;
    const row = await requests.read(callerOf(request).institution, side, request.params.id, fresh);
    return { request: viewOf(row, mode) };
  });

  app.put('/requests/:id', { schema: { params: IdParams, body: EditRequestSchema, response: { 200: RequestAnswerSchema } } }, async (request) => {
    const actor = actorOf(request);
    await callers.mustAct(request);
    const { version, fields, comment } = request.body;
    const row = await requests.edit(actor, { id: request.params.id, version, fields: fields as RequestFields, ...(comment === undefined ? {} : { comment }) });
    return { request: viewOf(row, mode) };
  });

  app.post('/requests/:id/actions', { schema: { params: IdParams, body: PerformActionSchema, response: { 200: ActionAnswerSchema } } }, async (request) => {
    const actor = actorOf(request);
    await callers.mustAct(request);
    const { side, action, params = {}, version } = request.body;
    const { comment, ...fields } = params;
    const call = { side: side as Side, id: request.params.id, version, fields: fields as RequestFields, ...(comment === undefined ? {} : { comment }) };
    const { from, to } = await requests.act(actor, action, call);
    return { from: from.state, to: to.state, request: viewOf(to, mode) };
  });
  done();
};

function actorOf(request: FastifyRequest): Actor {
  const { institution, userId } = callerOf(request);
  return { institution, userId, key: idempotencyKeyOf(request) };
}

function summaryOf(row: StoredRequest): RequestList['items'][number] {
  return {
    id: row.id, library: row.library, side: row.side, kind: row.kind, state: row.state, externalStatus: row.external_status, title: row.title,
    partner: { ...(row.partner_id === null ? {} : { id: row.partner_id }), ...(row.partner_name === null ? {} : { name: row.partner_name }) },
    version: row.version, seenAt: row.seen_at.toISOString(), ...(row.updated_on === null ? {} : { updatedOn: row.updated_on }),
  };
}
