import type { Dice } from './dice';
import type { LineFault, Trouble } from './line';
import { ANSWER_LIMIT_MS } from './lives-stack';
import type { World } from './world';

const WEIGHTS: readonly (readonly [number, Trouble])[] = [
  [3, 'drop-before'],
  [3, 'silence'],
  [3, 'drop-after'],
  [3, 'late'],
  [1, 'delay'],
  [2, 'status'],
  [1, 'page'],
  [1, 'half'],
];
/** Milliseconds by which a delayed answer exceeds the gateway's timeout. */
const BEYOND_MS = 900;
/** Latest delivery of a late command after the cut, in milliseconds; far below `settleSeconds`. */
const LATEST_MS = 700;

/** Adds a random fault for the next message of this kind. The returned function removes it if it was not used. */
export function randomTrouble(world: World, dice: Dice, on: Pick<LineFault, 'method' | 'texts' | 'after'>): () => void {
  const trouble = dice.weighted(WEIGHTS);
  const ms = trouble === 'delay' ? ANSWER_LIMIT_MS + BEYOND_MS : 50 + dice.upTo(LATEST_MS);
  return world.stack.line.add({ ...on, trouble, ms, happened: () => world.chronicle.count(`trouble: ${trouble}`) });
}
