import { textIn, type WireRecord } from '../../../test/catp-client/catp-client';
import type { ModelKind } from '../../../test/model/ill-model';
import { WIRE_STATES, wireRequest } from '../../../test/support/wire-request';
import { DATABASE, newRequest, wireBody, type Marks } from './content';
import type { Dice } from './dice';
import { after, differences, lifeOf, unborn, type Life } from './life';
import { isLegal, type Answer } from './gateway-user';
import { randomTrouble } from './troubles';
import { nameOf } from './views';
import type { World } from './world';

interface Plan {
  readonly step: string;
  readonly kind: ModelKind;
  readonly command: 'ORDER' | 'SAVE';
  readonly borrower: string;
  readonly lenders: readonly string[];
  readonly tag: string;
}

/**
 * States that are chosen more often, because much can go wrong in them: the borrower may forward the request or resume
 * it.
 */
const OFTEN = ['照会', '照会', 'CANCEL', 'CANCEL'];

/** Creates a request in one of the possible ways; undefined when it was refused or lost for good. */
export async function born(world: World, dice: Dice, marks: Marks, step: string): Promise<Life | undefined> {
  const plan = planOf(world, dice, marks, step);
  const seat = world.seat(plan.borrower, 'B');
  const way = dice.weighted<'gateway' | 'program' | 'there'>([
    [seat === undefined ? 0 : 45, 'gateway'],
    [25, 'program'],
    [30, 'there'],
  ]);
  world.chronicle.count(`new requests: ${way}`);
  const life = await { gateway: byGateway, program: byProgram, there: isThere }[way](world, dice, plan);
  if (life !== undefined) world.chronicle.name(life.id, nameOf(world, life));
  return life;
}

function planOf(world: World, dice: Dice, marks: Marks, step: string): Plan {
  const [first = '', second = '', ...others] = world.libraries;
  const borrower = dice.weighted([
    [4, first],
    [3, second],
    [3, others[0] ?? ''],
  ]);
  const candidates = world.libraries.filter((id) => id !== borrower);
  const drawn = dice.some(candidates, 1 + dice.upTo(4));
  // At least one party must use the gateway.
  const isSeen = [borrower, ...drawn].some((id) => id === first || id === second);
  const lenders = isSeen ? drawn : [first, ...drawn].slice(0, 4);
  const command = dice.chance(65) ? 'ORDER' : 'SAVE';
  return { step, kind: dice.chance(50) ? 'copy' : 'loan', command, borrower, lenders, tag: marks.next() };
}

async function byGateway(world: World, dice: Dice, plan: Plan): Promise<Life | undefined> {
  const { step, kind, command, borrower, lenders, tag } = plan;
  const seat = world.seat(borrower, 'B');
  if (seat === undefined) throw new Error('the borrower does not use the gateway');
  const fields = newRequest(kind, lenders, tag).api;
  const body = { library: 'RES_SHARE', kind, mode: command === 'ORDER' ? 'order' : 'save', fields };
  const trouble = dice.chance(35)
    ? randomTrouble(world, dice, { method: 'SERVERPROCEDURECALL', texts: [`ONO=${tag}`] })
    : undefined;
  const givesUp = dice.chance(15);
  const call = { method: 'POST', path: '/requests', body, key: `new-${world.chronicle.seed}-${tag}` } as const;
  const patience = async (): Promise<boolean> => Promise.resolve(givesUp);
  const { answer, told } = await world.user(seat).known(call, patience);
  trouble?.();
  const again = answer !== undefined && dice.chance(25) ? await world.user(seat).known(call) : undefined;
  await world.stack.line.quiet();
  world.chronicle.count(`new request: ${told.at(-1) ?? ''}`);
  const words = `${world.letter(borrower)} by the gateway: ${command} ${tag} → ${told.join(', ')}`;
  world.chronicle.tell(step, tag, words);
  const found = await withTag(world, plan);
  if (answer?.body.request !== undefined) world.screens.saw(seat, answer.body.request);
  checkBirth(world, plan, { answer, last: told.at(-1) ?? '', again: again?.answer }, found);
  return lifeIn(world, plan, found);
}

interface Told {
  readonly answer: Answer | undefined;
  readonly last: string;
  /** The answer to the same call when repeated. */
  readonly again: Answer | undefined;
}

/** Checks that an ordered request exists once, and that no request exists without an order. */
function checkBirth(world: World, plan: Plan, { answer, last, again }: Told, found: readonly WireRecord[]): void {
  const { step, tag, kind, borrower, lenders } = plan;
  const wrong = (what: string, text: string, expected: string): void =>
    world.chronicle.violation(step, tag, what, text, expected);
  const ids = found.map((record) => textIn(record, 'ID'));
  if (found.length > 1) wrong('an order was done twice', ids.join(', '), 'one request');
  if (answer !== undefined && !isLegal(answer))
    wrong('an answer that may not be', `${answer.status} ${last}`, 'no fault');
  const isDone = answer?.status === 201;
  if (isDone && answer.body.request?.id !== ids[0])
    wrong('an order is answered with a wrong request', String(answer.body.request?.id), ids.join(', ') || 'none');
  if (isDone && again !== undefined && again.body.request?.id !== ids[0])
    wrong('the same key gives another answer', `${again.status} ${String(again.body.request?.id)}`, ids.join(', '));
  const saysNothing = answer === undefined ? last === 'nacsis-unavailable' || last === 'store-unavailable' : !isDone;
  if (saysNothing && ids.length > 0)
    wrong('reported as not done, but NACSIS-ILL has done it', `${last}, and ${ids.join(', ')} is there`, 'no request');
  const isRefusable = plan.command === 'ORDER' && !lenders.every((id) => world.takes(id, kind));
  if (answer !== undefined && !isDone && !isRefusable)
    wrong(
      'a new request is refused',
      `${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
      `done for ${borrower}`,
    );
}

async function byProgram(world: World, _dice: Dice, plan: Plan): Promise<Life | undefined> {
  const { step, kind, command, borrower, lenders, tag } = plan;
  const { values, bibliography } = newRequest(kind, lenders, tag);
  const client = await world.program(borrower, 'orders');
  const body = { ...wireBody({ id: '' }, { side: 'B', library: borrower, values, lenders }), BIBG: bibliography };
  const { status } = await client.command(DATABASE[kind].B, command, body);
  world.chronicle.tell(step, tag, `${world.letter(borrower)} by a program: ${command} → ${status}`);
  return lifeIn(world, plan, await withTag(world, plan));
}

/** Seeds a request that already exists, in any state. */
async function isThere(world: World, dice: Dice, plan: Plan): Promise<Life | undefined> {
  const { step, kind, borrower, lenders } = plan;
  const state = dice.pick([...WIRE_STATES[kind], ...OFTEN]) ?? '準備中';
  const isLastButOne = state === '照会' && lenders.length > 1;
  const active = isLastButOne ? lenders.length - 2 : state === '準備中' ? 0 : dice.upTo(lenders.length);
  const entries = dice.chance(8) ? { entries: 44 + dice.upTo(6) } : {};
  const record = await world.backDoor.seed(wireRequest({ kind, state, borrower, lenders, active, ...entries }));
  const life = lifeOf(record);
  world.chronicle.tell(step, life.id, `was there in ${state} with ${life.model.history.length} entries`);
  return life;
}

/** Requests in NACSIS-ILL with the tag of the plan. */
async function withTag({ backDoor }: World, { borrower, tag }: Plan): Promise<readonly WireRecord[]> {
  const response = await fetch(`${backDoor.url}/_sim/records?member=${borrower}&side=borrower`);
  return ((await response.json()) as readonly WireRecord[]).filter((record) => record['ONO'] === tag);
}

function lifeIn(world: World, plan: Plan, [record]: readonly WireRecord[]): Life | undefined {
  if (record === undefined) return undefined;
  const { step, kind, command, borrower, lenders, tag } = plan;
  const values = { ...newRequest(kind, lenders, tag).values, BIBID: 'a note instead' };
  const sent = { side: 'B', library: borrower, command, values, lenders } as const;
  const expected = after(unborn(kind, borrower, lenders), sent, world.takes);
  const id = textIn(record, 'ID');
  world.chronicle.tell(step, id, `came into being as ${tag}: ${command}`);
  const differing = expected === undefined ? ['the fixture refuses it'] : differences(expected, record);
  if (differing.length > 0)
    world.chronicle.violation(step, id, 'a new request is not as it was ordered', differing.join('; '), command);
  return lifeOf(record);
}
