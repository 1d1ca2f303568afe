import { setTimeout as pause } from 'node:timers/promises';
import type { Confirmation } from '#iso18626/message';
import { readMessage } from '#iso18626/read';
import { defined } from '../../shared/defined';
import type { ActionResult } from '../model';
import type { AlmaWorld } from '../world';
import type { IsoFault } from './faults';
import type { LoggedMessage } from './message-log';
import type { WrittenMessage } from './traffic';
import { withTimestamp } from './write-as-alma';

/** Lowest HTTP status with which Alma repeats a message. */
const SERVER_ERROR = 500;

/** Result of sending a message. */
export type Sent = Pick<ActionResult, 'how' | 'detail'>;

type SentFault = Extract<IsoFault, { readonly direction: 'sent' }>;

/**
 * Sends a message and repeats it as long as there is no answer, as the settings say. Then sends what a fault held back
 * until now.
 */
export async function send(world: AlmaWorld, message: WrittenMessage): Promise<Sent> {
  await world.saved(); // a killed Alma must not forget what it told its partner
  const fault = takeFault(world, message);
  if (fault?.do === 'reordered') {
    world.iso.held = [...world.iso.held, message];
    return { how: 'held' };
  }
  const sent = await sendUntilAnswered(world, message, fault);
  await release(world);
  return sent;
}

/** Sends what faults held back; returns the number of messages. */
export async function release(world: AlmaWorld): Promise<number> {
  const { held } = world.iso;
  world.iso.held = [];
  for (const message of held) await sendUntilAnswered(world, message, undefined);
  return held.length;
}

async function sendUntilAnswered(
  world: AlmaWorld,
  message: WrittenMessage,
  first: SentFault | undefined,
): Promise<Sent> {
  const { isoRepeats, isoRepeatTimestamp, isoRepeatPauseMs } = world.settings;
  let fault = first;
  let repeats = message.repeats;
  let body = message.body;
  for (let attempt = 0; ; attempt += 1) {
    const logged = log(world, { ...message, body }, repeats, fault);
    repeats ??= logged.number;
    if (fault?.do === 'doubled')
      await post(world, log(world, { ...message, body }, repeats, fault), message, undefined);
    const sent = await post(world, logged, message, fault);
    if (sent.how !== 'unanswered' || attempt >= isoRepeats) return sent;
    await pause(isoRepeatPauseMs);
    if (isoRepeatTimestamp === 'new') body = withTimestamp(body, world.iso.timestamp());
    fault = takeFault(world, message);
  }
}

function takeFault(world: AlmaWorld, { name, externalId }: WrittenMessage): SentFault | undefined {
  const fault = world.iso.faults.take(
    (each) =>
      each.direction === 'sent' &&
      // The page of a request waits for the confirmation of Send.
      !(each.do === 'reordered' && name === 'Request') &&
      (each.name === undefined || each.name === name) &&
      (each.externalId === undefined || each.externalId === externalId),
  );
  return fault?.direction === 'sent' ? fault : undefined;
}

function log(
  world: AlmaWorld,
  { side, requestId, name, body }: WrittenMessage,
  repeats: number | undefined,
  fault: SentFault | undefined,
): LoggedMessage {
  return world.iso.log.add({
    at: new Date(world.now()).toISOString(),
    direction: 'sent',
    name,
    side,
    requestId,
    body,
    ...defined({ repeats, fault: fault?.do }),
  });
}

async function post(
  world: AlmaWorld,
  logged: LoggedMessage,
  { partner }: WrittenMessage,
  fault: SentFault | undefined,
): Promise<Sent> {
  if (fault?.do === 'lost-before') return { how: 'unanswered' };
  if (fault?.do === 'delay') await pause(fault.ms ?? 0);
  const answer = await answerTo(partner.address, logged.body, world.settings.isoAnswerTimeoutMs);
  if (answer === undefined || fault?.do === 'lost-after') return { how: 'unanswered' };
  const reading = readMessage(Buffer.from(answer.body));
  const confirmation = reading.is === 'confirmation' ? reading.confirmation : undefined;
  const { messageStatus, error } = confirmation ?? { messageStatus: undefined };
  world.iso.log.complete(logged, { answer: { ...answer, ...defined({ messageStatus, error }) } });
  return resultOf(answer.status, confirmation);
}

function resultOf(status: number, confirmation: Confirmation | undefined): Sent {
  if (confirmation === undefined)
    return status >= SERVER_ERROR
      ? { how: 'unanswered' }
      : { how: 'refused', detail: `HTTP ${status}, no confirmation` };
  if (confirmation.messageStatus === 'OK') return { how: 'confirmed' };
  const { type = '', value = '' } = confirmation.error ?? {};
  return { how: 'refused', detail: `${type} ${value}`.trim() };
}

/** The HTTP answer; undefined when there is none in time. */
async function answerTo(
  address: string,
  body: string,
  timeout: number,
): Promise<{ readonly status: number; readonly body: string } | undefined> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/xml; charset="utf-8"', 'user-agent': 'Alma (simulator)' },
      body,
      signal: AbortSignal.timeout(timeout),
    });
    return { status: response.status, body: await response.text() };
  } catch {
    return undefined;
  }
}
