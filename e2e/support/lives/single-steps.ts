import { perform } from './deeds';
import { readList } from './lists';
import { deedFor, seatsOf, wireAttempt, wireChoice, type Step } from './scene';
import { triedOn, verify } from './verify';
import { checkViews, readView } from './views';

/** A user of the gateway acts on new or old screen data, usually as the fixture allows. */
export const actStep: Step = async (scene) => {
  const deed = await deedFor(scene);
  if (deed === undefined) return wireStep(scene);
  const { world, step, life } = scene;
  return [await verify(world, triedOn(step, life, [await perform(world, deed)]))];
};

/**
 * A program of a library sends an allowed or arbitrary command; often several in sequence that the gateway does not
 * see.
 */
export const wireStep: Step = async (scene) => {
  const { world, step, dice } = scene;
  let { life } = scene;
  for (let left = dice.chance(50) ? 1 : 1 + dice.upTo(4); left > 0; left -= 1) {
    const now = { ...scene, life };
    life = await verify(world, triedOn(step, life, [], [await wireAttempt(now, wireChoice(now))]));
  }
  return [life];
};

/** A user looks at the current request, at its last known state, or at the whole list. */
export const lookStep: Step = async ({ world, step, life, dice }) => {
  const way = dice.weighted<'as it is' | 'as it was' | 'list'>([
    [40, 'as it is'],
    [25, 'as it was'],
    [35, 'list'],
  ]);
  if (way === 'as it is') await checkViews(world, step, life, 'now');
  else if (way === 'list') await readList(world, dice.pick(world.members)?.institution ?? '', dice.chance(25));
  else for (const seat of seatsOf(world, life)) await readView(world, seat, life.id, 'stored');
  return [life];
};
