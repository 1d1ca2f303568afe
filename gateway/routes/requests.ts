import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import Type, { type Static } from 'typebox';
import { CreateRequestSchema, RequestAnswerSchema, SideSchema } from '#domain/api';
import { actorOf, callerOf, libraryOf } from '../caller';
import { viewOf } from '../commands/view';
import { almaRecordOf } from '../imports/alma-record-view';
import { OF_A_COMMAND, OF_NACSIS } from '../openapi/document-route';
import { DraftsStore } from '../store/drafts-store';
import type { StoredRequest } from '../store/requests-store';
import type { Services } from '../services';
import type { FastifyRequest } from 'fastify';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
const SideQuery = Type.Object({
  side: Type.Optional(SideSchema),
  /** true: read from NACSIS-ILL now, or fail; false: as it was last heard of; absent: now, where NACSIS-ILL can be asked. */
  fresh: Type.Optional(Type.Boolean()),
});
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
/** /requests: order, save, read. The list: work-list.ts; what is done with them: actions.ts. */
export const requestRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { db, requests, mode } = services;

    app.post('/requests', CREATE, async (request, reply) =>
      reply.code(201).send({ request: viewOf(await created(services, request, request.body), mode) }),
    );

    app.get('/requests/:id', READ, async (request) => {
      const { side = 'borrower', fresh } = request.query;
      const freshness = fresh === undefined ? 'if-possible' : fresh ? 'now' : 'stored';
      const { institution } = callerOf(request);
      const row = await requests.read(institution, side, request.params.id, freshness);
      return { request: { ...viewOf(row, mode), ...(await almaRecordOf(db, row)) } };
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
