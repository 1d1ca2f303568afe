import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { DraftListSchema, DraftSchema, PutDraftSchema, type Draft } from '#domain/api/requests';
import { callerOf, libraryOf } from '../caller';
import { GatewayError } from '../gateway-error';
import { refuseUnstorable } from '../input-check';
import type { Services } from '../services';
import { DraftsStore } from '../store/drafts-store';

const DraftParams = Type.Object({ draftId: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }) });
const LibraryQuery = Type.Object({ library: Type.Optional(Type.String()) });
/** Maximum size of one draft. */
const MAX_DRAFT_BYTES = 65_536;

const tags = ['drafts'];
const LIST = {
  config: { problems: ['forbidden'] },
  schema: { tags, summary: 'The drafts of this user', querystring: LibraryQuery, response: { 200: DraftListSchema } },
} as const;
const READ = {
  config: { problems: ['not-found'] },
  schema: { tags, summary: 'A draft of this user', params: DraftParams, response: { 200: DraftSchema } },
} as const;
const PUT = {
  config: { problems: ['forbidden', 'invalid-fields', 'payload-too-large'] },
  schema: {
    tags,
    summary: 'Keep what was typed',
    params: DraftParams,
    body: PutDraftSchema,
    response: { 200: DraftSchema },
  },
} as const;
const DELETE = {
  config: { problems: ['not-found'] },
  schema: { tags, summary: 'Throw a draft away', params: DraftParams, response: { 204: Type.Null() } },
} as const;

/** /drafts: unfinished input. */
export const draftRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { db } = services;

    app.get('/drafts', LIST, async (request) => {
      const caller = callerOf(request);
      const { library } = request.query;
      const all = caller.institution.libraries.map(({ code }) => code);
      const libraries = library === undefined ? all : [libraryOf(request, library).code];
      return { items: [...(await new DraftsStore(db, caller).list(libraries))] };
    });

    app.get('/drafts/:draftId', READ, async (request) => {
      const draft = await new DraftsStore(db, callerOf(request)).find(request.params.draftId);
      if (draft === undefined) throw noSuchDraft();
      return draft;
    });

    app.put('/drafts/:draftId', PUT, (request) => kept(services, request, request.params.draftId, request.body));

    app.delete('/drafts/:draftId', DELETE, async (request, reply) => {
      const removed = await new DraftsStore(db, callerOf(request)).remove(request.params.draftId);
      if (!removed) throw noSuchDraft();
      return reply.code(204).send(null);
    });
    done();
  };

async function kept(
  { callers, db, now }: Services,
  request: FastifyRequest,
  draftId: string,
  { library, kind, content }: Static<typeof PutDraftSchema>,
): Promise<Draft> {
  libraryOf(request, library);
  await callers.mustAct(request);
  refuseUnstorable('content', content);
  if (Buffer.byteLength(JSON.stringify(content)) > MAX_DRAFT_BYTES) {
    throw new GatewayError('payload-too-large', { detail: `a draft holds at most ${String(MAX_DRAFT_BYTES)} bytes` });
  }
  const typed = { draftId, library, ...(kind === undefined ? {} : { kind }), content };
  const draft = await new DraftsStore(db, callerOf(request)).put(typed, now());
  if (draft === undefined) throw new GatewayError('forbidden', { detail: 'the draft belongs to another user' });
  return draft;
}

function noSuchDraft(): GatewayError {
  return new GatewayError('not-found', { detail: 'there is no such draft of this user' });
}
