import type { FastifyInstance } from 'fastify';
import { HostDocuments } from '../documents';
import { meetsMessage, TIMEOUT_MS } from '../faults';
import type { AlmaUser } from '../model';
import type { AlmaWorld } from '../world';

/**
 * Largest document that the host accepts, in characters.
 * @unconfirmed O: The limit of the settings that a Cloud App may store. Confirm: store a larger document in a live Alma.
 */
const MAX_DOCUMENT = 1_000_000;

interface Message {
  readonly Params: { readonly name: string };
  readonly Body: { readonly institution?: unknown; readonly user?: unknown; readonly payload?: unknown } | null;
}

/** `/_host`: serves the host page: faults, and the answers to messages that need stored data or a key. */
export function hostRoutes(server: FastifyInstance, world: AlmaWorld): void {
  server.post<{ Params: { name: string } }>('/_host/arrivals/:name', (request) => {
    const { name } = request.params;
    world.counters.count(`message ${name}`);
    const fault = world.faults.take((each) => meetsMessage(each, name));
    return fault ? { fault: { do: fault.do, ms: fault.ms ?? TIMEOUT_MS, code: fault.code ?? 500 } } : {};
  });

  server.post<Message>('/_host/messages/:name', async (request, reply) => {
    const { institution, user: primaryId, payload } = request.body ?? {};
    const user = world.findUser(String(institution), String(primaryId));
    if (!user) return reply.code(400).send({ message: 'There is no such user.' });
    const answer = await answerMessage(world, user, request.params.name, payload);
    await world.saved();
    return answer === undefined
      ? reply.code(404).send({ message: 'The server has no part in this message.' })
      : { payload: answer };
  });
}

async function answerMessage(
  world: AlmaWorld,
  user: AlmaUser,
  name: string,
  payload: unknown,
): Promise<object | undefined> {
  if (name === 'JWT_AUTH_TOKEN')
    return {
      jwt: await world.keys.sign({
        institution: user.institution,
        user: user.primaryId,
        issuedAt: Math.floor(world.now() / 1000),
      }),
    };
  if (name === 'CLOUDAPP_STORE') return store(world.documents, user, payload);
  if (name === 'SETTINGS')
    return document(world.documents, 'settings', HostDocuments.settingsKey(user.institution, user.primaryId), payload);
  if (name === 'CONFIG') return config(world, user, payload);
  return undefined;
}

/** get `{key}`, set `{key, value}`, remove `{key, value: null}`. Takes any JSON value. A missing key reads as null. */
function store(documents: HostDocuments, user: AlmaUser, payload: unknown): object {
  if (typeof payload !== 'object' || payload === null || !('key' in payload) || typeof payload.key !== 'string')
    return refusal('A key is needed.');
  const key = HostDocuments.storeKey(user.institution, user.primaryId, payload.key);
  if (!('value' in payload)) return { key: payload.key, value: JSON.parse(documents.get(key) ?? 'null') as unknown };
  const text = JSON.stringify(payload.value);
  if (text.length > MAX_DOCUMENT) return refusal('The value is too large.');
  if (payload.value === null) documents.remove(key);
  else documents.set(key, text);
  return { key: payload.key, value: payload.value };
}

/** Reads or replaces CONFIG, which belongs to the institution. Only a General System Administrator may change it. */
function config(world: AlmaWorld, user: AlmaUser, payload: unknown): object {
  const key = HostDocuments.configKey(user.institution);
  if (payload !== undefined && payload !== null && !user.roles.includes('26'))
    return refusal('Only a General System Administrator may change the configuration.');
  const { gateway } = world.options;
  const initial = gateway === undefined ? null : JSON.stringify({ gatewayUrl: gateway });
  return document(world.documents, 'config', key, payload, initial);
}

/** Reads the document without a payload. With one, replaces the whole document by this JSON text. */
function document(
  documents: HostDocuments,
  name: string,
  key: string,
  payload: unknown,
  initial: string | null = null,
): object {
  if (payload === undefined || payload === null) return { [name]: documents.get(key) ?? initial };
  if (typeof payload !== 'string' || payload.length > MAX_DOCUMENT || !isJson(payload))
    return refusal('The value must be a JSON text of a permitted size.');
  documents.set(key, payload);
  return { success: true };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function refusal(message: string): object {
  return { error: { message } };
}
