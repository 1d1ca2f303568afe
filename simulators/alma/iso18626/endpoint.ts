import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { confirm, confirmUnreadable } from '#iso18626/confirm';
import { ERROR_TYPES, type Confirmation, type Message, type Reading } from '#iso18626/message';
import { readMessage } from '#iso18626/read';
import { defined } from '../../shared/defined';
import type { AlmaWorld } from '../world';
import { answerCancel } from './actions';
import type { IsoFault } from './faults';
import { take, type Taken } from './inbox';
import type { LoggedMessage } from './message-log';
import { writeAsAlma } from './write-as-alma';

/** Bytes of a message; larger ones get HTTP 413. */
const BODY_LIMIT = 1_000_000;
const XML_TYPE = 'application/xml; charset="utf-8"';
const HTML_TYPE = 'text/html; charset=utf-8';
const HTML = '<!doctype html><title>Alma</title><p>Maintenance</p>';

type ReceivedFault = Extract<IsoFault, { readonly direction: 'received' }>;

/** What Alma did with a body, and its answer. */
interface Handled {
  readonly taken: Taken;
  readonly status: number;
  readonly body: string;
}

/**
 * `POST /iso18626`: messages of the partners. They are told apart by their symbols.
 * @unconfirmed O: The path of Alma's own address for ISO 18626. Confirm: look at the address that another partner of an Alma uses.
 */
export function isoEndpoint(server: FastifyInstance, world: AlmaWorld): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(['application/xml', 'text/xml'], { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  server.post<{ Body?: Buffer }>('/iso18626', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const body = request.body ?? Buffer.from('');
    const reading = readMessage(body);
    const fault = takeFault(world, reading);
    if (fault?.do === 'delay') await pause(fault.ms ?? 0);
    const handled = isApplied(fault) ? handle(world, reading) : undefined;
    const answer = answerWith(world, reading, handled, fault);
    world.iso.log.add(received(world, reading, body, handled, answer, fault));
    await world.saved();
    if (answer === undefined) {
      reply.raw.destroy();
      return reply.hijack();
    }
    if (handled?.taken.cancelReply) replyLater(world, handled.taken.cancelReply);
    return reply
      .code(answer.status)
      .type(answer.body === HTML ? HTML_TYPE : XML_TYPE)
      .send(answer.body);
  });
  server.route({
    method: ['GET', 'PUT', 'DELETE', 'PATCH'],
    url: '/iso18626',
    handler: async (_request, reply) => reply.code(405).header('Allow', 'POST').send({ message: 'Only POST.' }),
  });
}

function handle(world: AlmaWorld, reading: Reading): Handled {
  if (reading.is === 'message') {
    const taken = take(world, reading.message);
    const body = writeAsAlma(confirm(reading.message, new Date(world.now()), taken.error));
    return { taken, status: 200, body };
  }
  const unreadable =
    reading.is === 'unreadable'
      ? reading
      : ({ is: 'unreadable', error: 'BadlyFormedMessage', why: 'a confirmation is no message' } as const);
  const { error: type, why: value } = unreadable;
  const body = writeAsAlma(confirmUnreadable(unreadable, new Date(world.now())));
  return { taken: { error: { type, value } }, status: type === 'BadlyFormedMessage' ? 400 : 200, body };
}

/** The HTTP answer; undefined when the connection is cut. */
function answerWith(
  world: AlmaWorld,
  reading: Reading,
  handled: Handled | undefined,
  fault: ReceivedFault | undefined,
): Pick<Handled, 'status' | 'body'> | undefined {
  switch (fault?.do) {
    case 'drop-before':
    case 'drop-after':
      return undefined;
    case 'status':
      return { status: fault.code ?? 500, body: '' };
    case 'empty':
      return { status: 200, body: '' };
    case 'html':
      return { status: 200, body: HTML };
    case 'error':
      return { status: 200, body: writeAsAlma(errorOf(world, reading, fault)) };
    default:
      return handled && { status: handled.status, body: handled.body };
  }
}

function errorOf(world: AlmaWorld, reading: Reading, fault: ReceivedFault): Confirmation {
  const type = ERROR_TYPES.find((each) => each === fault.errorType) ?? 'UnrecognisedDataValue';
  const now = new Date(world.now());
  return reading.is === 'message'
    ? confirm(reading.message, now, { type, value: 'A fault was asked for.' })
    : confirmUnreadable({ is: 'unreadable', error: type, why: 'A fault was asked for.' }, now);
}

function isApplied(fault: ReceivedFault | undefined): boolean {
  return fault === undefined || fault.applies === true || fault.do === 'delay' || fault.do === 'drop-after';
}

function takeFault(world: AlmaWorld, reading: Reading): ReceivedFault | undefined {
  const message = reading.is === 'message' ? reading.message : undefined;
  const fault = world.iso.faults.take(
    ({ direction, name, externalId }) =>
      direction === 'received' &&
      (name === undefined || (message && name === nameOf(message))) === true &&
      (externalId === undefined || externalId === message?.header.requestingAgencyRequestId),
  );
  return fault?.direction === 'received' ? fault : undefined;
}

function received(
  world: AlmaWorld,
  reading: Reading,
  body: Buffer,
  handled: Handled | undefined,
  answer: Pick<Handled, 'status' | 'body'> | undefined,
  fault: ReceivedFault | undefined,
): Omit<LoggedMessage, 'number'> {
  const { side, requestId, error, ignored } = handled?.taken ?? {};
  const isConfirmed = fault === undefined || fault.do === 'delay';
  const messageStatus = error === undefined ? ('OK' as const) : ('ERROR' as const);
  return {
    at: new Date(world.now()).toISOString(),
    direction: 'received',
    name: reading.is === 'message' ? nameOf(reading.message) : 'unreadable',
    body: body.toString(),
    ...defined({
      side,
      requestId,
      answer: answer && { ...answer, ...(isConfirmed ? defined({ messageStatus, error }) : {}) },
      effect: handled && (error?.type ?? ignored ?? 'done'),
      fault: fault?.do,
    }),
  };
}

/** What a message says: `Request`, an action, a status, or an answer. */
function nameOf(message: Message): string {
  if (message.kind === 'requestingAgencyMessage') return message.action;
  if (message.kind === 'request') {
    const { requestType = 'New' } = message.serviceInfo ?? {};
    return requestType === 'New' ? 'Request' : requestType;
  }
  const { reasonForMessage } = message.messageInfo;
  const isStatus = reasonForMessage === 'RequestResponse' || reasonForMessage === 'StatusChange';
  return isStatus ? (message.statusInfo.status ?? reasonForMessage) : reasonForMessage;
}

/** After the confirmation is out. A partner that cannot be reached is in the log. */
function replyLater(world: AlmaWorld, { record, answer }: NonNullable<Taken['cancelReply']>): void {
  setImmediate(() => void answerCancel(world, record, answer));
}
