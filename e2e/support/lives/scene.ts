/** The setting of a step: its request, the random choices, and what a user or program may do. */
import { ACTIONS } from '../../../test/fixtures/actions.fixture';
import { actionContent, waysOf, wireContent, type Marks } from './content';
import { send, type Deed } from './deeds';
import type { Dice } from './dice';
import type { Attempt } from './explain';
import { possibleIn, type Life, type Possible } from './life';
import type { Held, Seat } from './screens';
import { heldOr, readView } from './views';
import type { World } from './world';

export interface Scene {
  readonly world: World;
  readonly dice: Dice;
  readonly marks: Marks;
  /** Lane and number of the step. */
  readonly step: string;
  /** Name of this lane's program. */
  readonly program: string;
  /** The requests of the lane, and the one of this step. */
  readonly lives: readonly Life[];
  readonly life: Life;
}
/** A step; returns the current state of the requests that it touched. */
export type Step = (scene: Scene) => Promise<readonly Life[]>;

/** The seats at the gateway that can or could see the request. */
export function seatsOf(world: World, { borrower, lenders }: Life): readonly Seat[] {
  const seats = [world.seat(borrower, 'B'), ...lenders.map((lender) => world.seat(lender, 'L'))];
  return seats.filter((seat) => seat !== undefined);
}

interface Wish {
  /** The action always has a unique comment. */
  readonly isCommented?: true;
  /** Chooses an action that NACSIS-ILL would accept, on data read just now, so that it is certainly sent. */
  readonly isSure?: true;
}

/** An action that a user of the gateway may try here; undefined when no user of the gateway is involved. */
export async function deedFor(scene: Scene, { isCommented, isSure }: Wish = {}): Promise<Deed | undefined> {
  const { world, dice, marks, step, life } = scene;
  const wanted = wantedAt(scene, isSure);
  if (wanted === undefined) return undefined;
  const { seat, action } = wanted;
  const held = await heldFor(scene, seat, isSure);
  if (held === undefined) return undefined;
  const isBare = !isSure && dice.chance(4);
  const kind = isCommented ? 'always' : isBare ? 'missing' : dice.chance(50) ? 'always' : 'none';
  const content = actionContent(life, seat.side, action, marks, kind);
  return { seat, life, action, held, content, key: `${world.chronicle.seed}-${step}-${marks.next()}` };
}

/** Actions that do not advance a request. They are rare enough that the request reaches its end. */
const BACKWARDS = ['callback', 'cancel', 'save', 'reactivate', 'reject', 'inquiry'];

function onwards<T>(dice: Dice, choices: readonly T[], isBackwards: (choice: T) => boolean): T | undefined {
  if (choices.length === 0) return undefined;
  return dice.weighted(choices.map((choice) => [isBackwards(choice) ? 1 : 5, choice] as const));
}

/** An action that the fixture allows, by a library that uses the gateway; sometimes any action at any of its seats. */
export function wantedAt(
  { world, dice, life }: Scene,
  isSure?: true,
): { readonly seat: Seat; readonly action: string } | undefined {
  const possible = possibleIn(life, world.takes).flatMap(({ library, side, action }) => {
    const seat = world.seat(library, side);
    return seat === undefined || action === '' || action === 'save' ? [] : [{ seat, action }];
  });
  const borrower = world.seat(life.borrower, 'B');
  const cancel = borrower === undefined || !dice.chance(15) ? [] : [{ seat: borrower, action: 'cancel' }];
  const choices = [...possible, ...cancel];
  const wanted =
    isSure || dice.chance(82) ? onwards(dice, choices, ({ action }) => BACKWARDS.includes(action)) : undefined;
  if (wanted !== undefined || isSure) return wanted;
  const seat = dice.pick(seatsOf(world, life));
  if (seat === undefined || (possible.length === 0 && dice.chance(60))) return undefined;
  const action = dice.pick<string>(ACTIONS[seat.side].filter((each) => each !== 'save'));
  return action === undefined ? undefined : { seat, action };
}

/** The data on the user's screen: read just now, the newest shown, or an older one. */
export async function heldFor({ world, dice, life }: Scene, seat: Seat, isSure?: true): Promise<Held | undefined> {
  const drawn = dice.weighted<'read' | 'newest' | 'older'>([
    [30, 'read'],
    [55, 'newest'],
    [15, 'older'],
  ]);
  const way = isSure ? 'read' : drawn;
  if (way === 'read') await readView(world, seat, life.id, 'if-possible');
  const newest = await heldOr(world, seat, life.id);
  return way === 'older' ? (dice.pick(world.screens.of(seat, life.id)) ?? newest) : newest;
}

/** A command for the wire, usually an allowed one. */
export function wireChoice({ world, dice, life }: Scene): Omit<Possible, 'action'> {
  const possible = possibleIn(life, world.takes);
  const allowed = dice.chance(85) ? onwards(dice, possible, ({ action }) => BACKWARDS.includes(action)) : undefined;
  if (allowed !== undefined) return allowed;
  const side = dice.chance(50) ? 'B' : 'L';
  const library = side === 'B' ? life.borrower : (dice.pick(life.lenders) ?? life.borrower);
  const action = dice.pick<string>(ACTIONS[side]) ?? '';
  return { side, library, command: waysOf(life.kind, side, action)[0]?.[0] ?? 'CALLBACK' };
}

/** Sends the command from the program of the scene. */
export async function wireAttempt(
  { world, dice, marks, life, program }: Scene,
  { side, library, command }: Omit<Possible, 'action'>,
  comment?: 'always',
): Promise<Attempt> {
  const hasComment = comment === 'always' || dice.chance(60);
  const content = wireContent(life, command, side, marks, hasComment);
  return send(world, life, { side, library, command, ...content }, program);
}
