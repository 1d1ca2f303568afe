import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  BridgeMessageAnswerSchema,
  BridgeQueueQuerySchema,
  BridgeQueueSchema,
  ByExternalIdQuerySchema,
  ByExternalIdSchema,
  MESSAGE_ACTIONS,
  RequestMessagesSchema,
  type BridgeMessage,
  type MessageAction,
} from '#domain/api/bridge';
import { SideSchema } from '#domain/api/requests';
import { findShown, queueOf, requestIdOf, requestMessages } from '../bridge/message-views';
import { callerOf, idempotencyKeyOf, libraryOf } from '../caller';
import { payloadHash } from '../commands/command-request';
import { GatewayError } from '../gateway-error';
import { ProfilesStore } from '../profiles/profiles-store';
import type { Services } from '../services';
import { findRequest, type StoredRequest } from '../store/requests-store';

const IdParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$' }) });
/** As the store numbers messages. */
const MESSAGE_ID = /^\d{1,18}$/;
const tags = ['bridge'];
const QUEUE = {
  config: { problems: ['forbidden'] },
  schema: {
    tags,
    summary: 'Messages to and from Alma that wait, are held, were refused or stopped; newest first',
    querystring: BridgeQueueQuerySchema,
    response: { 200: BridgeQueueSchema },
  },
} as const;
const OF_REQUEST = {
  config: { problems: ['not-found'] },
  schema: {
    tags,
    summary: 'The messages about a request, and where Alma and NACSIS-ILL contradict each other',
    params: IdParams,
    querystring: Type.Object({ side: SideSchema }),
    response: { 200: RequestMessagesSchema },
  },
} as const;
const BY_EXTERNAL_ID = {
  schema: {
    tags,
    summary: 'The request that belongs to a request of Alma',
    querystring: ByExternalIdQuerySchema,
    response: { 200: ByExternalIdSchema },
  },
} as const;
const SUMMARIES: Readonly<Record<MessageAction, string>> = {
  apply: 'Do now what a held message of Alma asks for',
  retry: 'Deliver a message to Alma again',
  drop: 'Give up a message',
  undo: 'Hold again a message of Alma that was given up',
};
const decision = (action: MessageAction) =>
  ({
    config: {
      claimsKey: true,
      problems: [
        ...(['forbidden', 'missing-idempotency-key', 'idempotency-key-reused'] as const),
        ...(['not-found', 'action-not-allowed'] as const),
      ],
    },
    schema: {
      tags,
      summary: SUMMARIES[action],
      params: IdParams,
      response: { 200: BridgeMessageAnswerSchema },
    },
  }) as const;

/** The bridge to Alma: its queue, what staff decide, and its part of the request panel. */
export const bridgeRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { db } = services;

    app.get('/bridge/messages', QUEUE, (request) => {
      const { library, state, page } = request.query;
      const { institution } = callerOf(request);
      const libraries = library === undefined ? institution.libraries : [libraryOf(request, library)];
      return queueOf(db, {
        institution: institution.code,
        libraries: libraries.map(({ code }) => code),
        ...(state === undefined ? {} : { state }),
        ...(page === undefined ? {} : { page }),
      });
    });

    for (const action of MESSAGE_ACTIONS)
      app.post(`/bridge/messages/:id/${action}`, decision(action), async (request) => ({
        message: await decided(services, request, request.params.id, action),
      }));

    app.get('/requests/:id/messages', OF_REQUEST, async (request) => {
      const { institution } = callerOf(request);
      const row = await findRequest(db, institution.code, request.query.side, request.params.id);
      if (row === undefined) throw new GatewayError('not-found', { detail: 'no library has such a request' });
      return requestMessages(db, row, await isWriter(services, request, row));
    });

    app.get('/requests/by-external-id', BY_EXTERNAL_ID, async (request) => {
      const { side, externalId } = request.query;
      const requestId = await requestIdOf(db, callerOf(request).institution.code, side, externalId);
      return requestId === undefined ? {} : { requestId };
    });
    done();
  };

/** A repeat of the call finds the message decided, and gets it as it is. */
async function decided(
  { callers, db, usedKeys, bridge, now }: Services,
  request: FastifyRequest,
  messageId: string,
  action: MessageAction,
): Promise<BridgeMessage> {
  const { institution } = callerOf(request);
  const of = { institution: institution.code, key: idempotencyKeyOf(request) };
  await callers.mustAct(request);
  if (!MESSAGE_ID.test(messageId)) throw noSuchMessage();
  const hash = payloadHash({ message: messageId, action });
  const isRepeat = (await usedKeys.find(of, hash)) !== undefined;
  if (!isRepeat) await bridge.decisions.decide(institution.code, messageId, action);
  await usedKeys.claim(of, { payloadHash: hash }, now());
  const message = await findShown(db, institution.code, messageId);
  if (message === undefined) throw noSuchMessage();
  return message;
}

function noSuchMessage(): GatewayError {
  return new GatewayError('not-found', { detail: 'there is no such message' });
}

async function isWriter({ db }: Services, request: FastifyRequest, row: StoredRequest): Promise<boolean> {
  const { code, libraries } = callerOf(request).institution;
  const library = libraries.find((each) => each.code === row.library);
  if (library === undefined) return false;
  return (await new ProfilesStore(db, code).integration(library)).writer === 'iso18626';
}
