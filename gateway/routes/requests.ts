import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import Type, { type Static } from 'typebox';
import { CreateRequestSchema, RequestAnswerSchema, SideSchema } from '#domain/api/requests';
import { actorOf, callerOf, libraryOf } from '../caller';
import { checkIlsIds } from '../commands/alma-link';
import { almaRecordOf } from '../alma-sync/alma-records';
import { OF_A_COMMAND, OF_NACSIS } from '../openapi/document-route';
import { DraftsStore } from '../store/drafts-store';
import type { StoredRequest } from '../store/requests-store';
import type { Services } from '../services';
import type { FastifyRequest } from 'fastify';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
const SideQuery = Type.Object({
  side: Type.Optional(SideSchema),
  /**
   * true: reads from NACSIS-ILL now, or fails; false: returns the last snapshot; absent: reads now when NACSIS-ILL can
   * be asked.
   */
  fresh: Type.Optional(Type.Boolean()),
});
const tags = ['requests'];
const CREATE = {
  config: { claimsKey: true, problems: OF_A_COMMAND },
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
/** /requests: order, save, read. The list is in work-list.ts, actions are in actions.ts. */
export const requestRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { db, requests, views } = services;

    app.post('/requests', CREATE, async (request, reply) => {
      const row = await created(services, request, request.body);
      return reply.code(201).send({ request: await views.of(callerOf(request).institution, row) });
    });

    app.get('/requests/:id', READ, async (request) => {
      const { side = 'borrower', fresh } = request.query;
      const freshness = fresh === undefined ? 'if-possible' : fresh ? 'now' : 'stored';
      const { institution } = callerOf(request);
      const row = await requests.read(institution, side, request.params.id, freshness);
      return { request: { ...(await views.of(institution, row)), ...(await almaRecordOf(db, row)) } };
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
  if (almaRequest !== undefined) checkIlsIds(almaRequest);
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
