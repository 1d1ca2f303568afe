import { perform, type Between, type Deed } from './deeds';
import type { Attempt } from './explain';
import { lifeOf, possibleIn } from './life';
import { deedFor, wireAttempt, type Scene, type Step } from './scene';
import { randomTrouble } from './troubles';
import { triedOn, verify } from './verify';

/** The outcome of an action is lost. While the user asks for it, another program may act on the same request. */
export const lostStep: Step = async (scene) => {
  const { world, dice, life, step } = scene;
  const deed = await deedFor(scene, { isSure: true });
  if (deed === undefined) return [life];
  const command = { method: 'SERVERPROCEDURECALL', texts: [`ID=${life.id}`] };
  const second = deed.action === 'cancel' && dice.chance(40) ? { after: 1 } : {};
  const troubles = [randomTrouble(world, dice, { ...command, ...second })];
  const isBlind = dice.chance(15);
  if (isBlind) troubles.push(randomTrouble(world, dice, { method: 'SEARCH', texts: [life.id] }));
  const others: Attempt[] = [];
  const performed = await perform(world, deed, whileOpen(scene, deed, others));
  for (const takeBack of troubles) takeBack();
  return [await verify(world, triedOn(step, life, [{ ...performed, isBlind }], others))];
};

/** While the outcome is open: waits, lets another program act once, or lets the user give up. */
function whileOpen(scene: Scene, deed: Deed, others: Attempt[]): Between {
  const { world, dice } = scene;
  const wanted = dice.weighted<'wait' | 'other' | 'give up'>([
    [35, 'wait'],
    [50, 'other'],
    [15, 'give up'],
  ]);
  let isFirst = true;
  return async () => {
    if (wanted === 'other' && isFirst) {
      // Waits in half of the cases until no late command is pending, so that the program acts before or after it.
      if (dice.chance(50)) await world.stack.line.quiet();
      const other = await otherProgram(scene, deed);
      if (other !== undefined) others.push(other);
      world.chronicle.count('another program while the outcome was open');
    }
    isFirst = false;
    return wanted === 'give up';
  };
}

/**
 * Sends a command that some library may send now, whether or not NACSIS-ILL has executed the lost one. Excludes a
 * second PARDON, because a PARDON removes the request from the lender's view and the two could not be told apart.
 */
async function otherProgram(scene: Scene, { action }: Deed): Promise<Attempt | undefined> {
  const { world, dice, life } = scene;
  const now = lifeOf(await world.backDoor.record(life.id));
  const possible = possibleIn(now, world.takes).filter(({ command }) => !(action === 'reject' && command === 'PARDON'));
  // Prefers the same command, because only its content distinguishes it from the lost one.
  const choice = possible.find((each) => each.action === action && dice.chance(70)) ?? dice.pick(possible);
  return choice === undefined ? undefined : wireAttempt({ ...scene, life: now }, choice, 'always');
}
