import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import Type, { type Static } from 'typebox';
import { CreateRequestSchema, RequestAnswerSchema, SideSchema } from '#domain/api';
import { ListQuerySchema, RequestListSchema, type ListQuery, type RequestList } from '#domain/api-list';
import { parseNcid } from '#domain/identifiers';
import type { Mode } from '#domain/machine';
import { stateByWire } from '#domain/states';
import { actorOf, callerOf, libraryOf } from '../caller';
import { offersOf, partnerView, viewOf } from '../commands/view';
import { invalidFields } from '../gateway-error';
import { OF_A_COMMAND, OF_NACSIS } from '../openapi/document-route';
import { DraftsStore } from '../store/drafts-store';
import { listRequests, type StoredRequest } from '../store/requests-store';
import type { Services } from '../services';
import type { FastifyRequest } from 'fastify';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
const SideQuery = Type.Object({ side: Type.Optional(SideSchema), fresh: Type.Optional(Type.Boolean()) });
const tags = ['requests'];
const LIST = {
  config: { problems: ['forbidden', 'invalid-fields'] },
  schema: {
    tags,
    summary: 'The work list, with facets',
    querystring: ListQuerySchema,
    response: { 200: RequestListSchema },
  },
} as const;
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
/** /requests: order, save, read, list. What is done with them: routes/actions.ts. */
export const requestRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { requests, mode } = services;

    app.get('/requests', LIST, (request) => listed(services, request, request.query));

    app.post('/requests', CREATE, async (request, reply) =>
      reply.code(201).send({ request: viewOf(await created(services, request, request.body), mode) }),
    );

    app.get('/requests/:id', READ, async (request) => {
      const { side = 'borrower', fresh = false } = request.query;
      return {
        request: viewOf(await requests.read(callerOf(request).institution, side, request.params.id, fresh), mode),
      };
    });
    done();
  };

async function listed(
  { db, ofRecord, mode }: Services,
  request: FastifyRequest,
  query: ListQuery,
): Promise<RequestList> {
  const { page = 1, pageSize = 50, library, bibId: given, ...filter } = query;
  const { institution } = callerOf(request);
  const libraries = library === undefined ? institution.libraries : [libraryOf(request, library)];
  const { kind, side } = filter;
  const record = given === undefined ? {} : { bibId: ncidIn(given) };
  let isPartial = false;
  if (record.bibId !== undefined && side !== 'lender') {
    const wanted = { institution: institution.code, libraries, bibId: record.bibId };
    const { isComplete, failures } = await ofRecord.refresh({ ...wanted, ...(kind === undefined ? {} : { kind }) });
    isPartial = !isComplete;
    for (const { code, message } of failures) request.log.warn({ code, detail: message }, 'the list is partial');
  }
  const among = { institution: institution.code, libraries: libraries.map(({ code }) => code) };
  const found = await listRequests(db, { ...filter, ...record, ...among }, { page, pageSize });
  const facets = { externalStatus: found.statuses.map(statusFacet), kind: [], partner: [] };
  const items = found.rows.map((row) => summaryOf(row, mode));
  return { total: found.total, page, pageSize, items, ...(isPartial ? { isPartial } : {}), facets };
}

function ncidIn(text: string): string {
  const parsed = parseNcid(text);
  if (!parsed.ok) throw invalidFields([{ field: 'bibId', code: parsed.error }]);
  return parsed.value.id;
}

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

function statusFacet({ value, count }: { readonly value: string; readonly count: number }) {
  return { value, count, state: stateByWire(value) ?? null, waitsForUs: false };
}

function summaryOf(row: StoredRequest, mode: Mode): RequestList['items'][number] {
  return {
    id: row.id,
    library: row.library,
    side: row.side,
    kind: row.kind,
    state: row.state,
    externalStatus: row.external_status,
    title: row.title,
    citation: row.citation,
    partner: partnerView(row),
    version: row.version,
    seenAt: row.seen_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    ...(row.news_at === null ? {} : { newsAt: row.news_at.toISOString() }),
    ...(row.updated_on === null ? {} : { updatedOn: row.updated_on }),
    ...(row.ordered_on === null ? {} : { orderedOn: row.ordered_on }),
    ...(row.due_date === null ? {} : { dueDate: row.due_date }),
    waitsForUs: row.waits,
    ...(row.gone === null ? {} : { gone: row.gone }),
    ...(row.jump === null ? {} : { hasJumped: true }),
    allowed: offersOf(row, mode).flatMap(({ action, allowed }) => (allowed ? [action] : [])),
  };
}
