import type { Attempt } from './explain';
import { actionsIn, isSeenBy, type Life, type Sent } from './life';
import { DATABASE, waysOf, wireBody, type ActionContent } from './content';
import type { Answer, Call, Known } from './gateway-user';
import { SIDE_NAME, type Held, type Seat } from './screens';
import type { World } from './world';

/** An action through the gateway, as the user intends it. */
export interface Deed {
  readonly seat: Seat;
  readonly life: Life;
  readonly action: string;
  /** What the user saw. */
  readonly held: Held;
  readonly content: ActionContent;
  readonly key: string;
  /** True for a row of a batch. */
  readonly isRow?: true;
}
/** The result of an action. */
export interface Done {
  readonly deed: Deed;
  readonly known: Known;
  readonly attempt: Attempt;
  /** The newest version of this request that the gateway had shown before. */
  readonly newestBefore: number;
  /**
   * True when the request could not be read meanwhile. The gateway may then pass on a refusal of NACSIS-ILL verbatim.
   */
  readonly isBlind?: boolean;
}

/** Called while the outcome is open. Returns true when the user gives up. */
export type Between = (answer: Answer | undefined) => Promise<boolean>;

function callOf({ seat, life, action, held, content, key }: Deed): Call {
  const { version } = held;
  if (action === 'save') {
    const { comment, ...fields } = content.params;
    const body = { version, fields, ...(comment === undefined ? {} : { comment }) };
    return { method: 'PUT', path: `/requests/${life.id}`, body, key };
  }
  const body = { side: SIDE_NAME[seat.side], action, version, params: content.params };
  return { method: 'POST', path: `/requests/${life.id}/actions`, body, key };
}

/** Performs the action as a client should: with the same key until the outcome is known. */
export async function perform(world: World, deed: Deed, between?: Between): Promise<Done> {
  const newestBefore = world.screens.newest(deed.seat, deed.life.id)?.version ?? 0;
  const known = await world.user(deed.seat).known(callOf(deed), between);
  return { deed, known, attempt: attemptOf(world, deed, known), newestBefore };
}

export function attemptOf(world: World, deed: Deed, known: Known): Attempt {
  const { seat, life, action, content } = deed;
  const isRefused = known.answer?.body.code === 'action-not-allowed';
  return {
    words: inWords(world, deed, known),
    sent: { side: seat.side, library: seat.library, ...content.sent },
    ways: waysOf(life.kind, seat.side, action),
    outcome: outcomeOf(known),
    ...(isRefused && {
      isRightIn: (now: Life) =>
        !isSeenBy(now, seat.library, seat.side) || !actionsIn(now, seat.side, world.takes).includes(action),
    }),
  };
}

/**
 * An error means that nothing was done, including `nacsis-unavailable`. Without an answer the outcome is unknown. The
 * outcome is also unknown when the request left the library's view after the gateway answered `outcome-unknown`,
 * because the command may have been executed before.
 */
function outcomeOf({ answer, told }: Known): Attempt['outcome'] {
  if (answer?.body.reason === 'gone' && told.includes('outcome-unknown')) return 'unknown';
  if (answer !== undefined) return answer.status < 300 ? 'done' : 'not-done';
  return ['nacsis-unavailable', 'store-unavailable'].includes(told.at(-1) ?? '') ? 'not-done' : 'unknown';
}

/** Sends a command directly to NACSIS-ILL, as another program would. */
export async function send(world: World, life: Life, sent: Sent, program: string): Promise<Attempt> {
  const client = await world.program(sent.library, program);
  const { status, reason } = await client.command(DATABASE[life.kind][sent.side], sent.command, wireBody(life, sent));
  const done = status === '200';
  const { command, ...rest } = sent;
  return {
    words: `${world.letter(sent.library)} by a program of its own: ${command} ${contentInWords(sent)} → ${status} ${reason}`,
    sent: rest,
    ways: [[command]],
    outcome: done ? 'done' : 'not-done',
  };
}

function inWords(world: World, { seat, action, held, content, key }: Deed, { told, answer }: Known): string {
  const what = `${world.letter(seat.library)} by the gateway: ${action} ${contentInWords(content.sent)}`;
  const gaveUp = answer === undefined ? ' and gave up' : ` (${answer.body.from ?? ''} → ${answer.body.to ?? ''})`;
  return `${what} on version ${held.version} (${held.status}, ${held.known} entries), key ${key} → ${told.join(', ')}${gaveUp}`;
}

function contentInWords({ values, comment }: Pick<Sent, 'values' | 'comment'>): string {
  const shown = Object.entries(values).filter(([name]) => ['SUM', 'ANO', 'VLNO'].includes(name));
  const texts = [
    ...shown.map(([name, value]) => `${name}=${value}`),
    ...(comment === undefined ? [] : [`"${comment}"`]),
  ];
  return texts.length === 0 ? '' : `[${texts.join(' ')}]`;
}
