import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import { DraftListSchema, DraftSchema, PutDraftSchema } from '#domain/api';
import { callerOf, libraryOf } from '../caller';
import { GatewayError } from '../gateway-error';
import type { Services } from '../services';
import { draftsOf } from '../store/drafts-store';

const DraftParams = Type.Object({ draftId: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }) });
/** What may be typed into one draft. */
const MAX_DRAFT_BYTES = 65_536;

/** /drafts: what is being typed. */
export const draftRoutes = ({ callers, db, now }: Services): FastifyPluginCallbackTypebox => (app, _options, done) => {
  app.get('/drafts', { schema: { querystring: Type.Object({ library: Type.Optional(Type.String()) }), response: { 200: DraftListSchema } } }, async (request) => {
    const caller = callerOf(request);
    const { library } = request.query;
    const libraries = library === undefined ? caller.institution.libraries.map(({ code }) => code) : [libraryOf(request, library).code];
    return { items: [...(await draftsOf(db, caller).list(libraries))] };
  });

  app.get('/drafts/:draftId', { schema: { params: DraftParams, response: { 200: DraftSchema } } }, async (request) => {
    const draft = await draftsOf(db, callerOf(request)).find(request.params.draftId);
    if (draft === undefined) throw new GatewayError('not-found', { detail: 'there is no such draft of this user' });
    return draft;
  });

  app.put('/drafts/:draftId', { schema: { params: DraftParams, body: PutDraftSchema, response: { 200: DraftSchema } } }, async (request) => {
    const { library, kind, content } = request.body;
    libraryOf(request, library);
    await callers.mustAct(request);
    if (Buffer.byteLength(JSON.stringify(content)) > MAX_DRAFT_BYTES) throw new GatewayError('payload-too-large', { detail: `a draft holds at most ${String(MAX_DRAFT_BYTES)} bytes` });
    const { draftId } = request.params;
    const draft = await draftsOf(db, callerOf(request)).put({ draftId, library, ...(kind === undefined ? {} : { kind }), content }, now());
    if (draft === undefined) throw new GatewayError('forbidden', { detail: 'the draft belongs to another user' });
    return draft;
  });

  app.delete('/drafts/:draftId', { schema: { params: DraftParams } }, async (request, reply) => {
    const removed = await draftsOf(db, callerOf(request)).remove(request.params.draftId);
    if (!removed) throw new GatewayError('not-found', { detail: 'there is no such draft of this user' });
    return reply.code(204).send();
  });
  done();
};
