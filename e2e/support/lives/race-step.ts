import { perform, type Done } from './deeds';
import type { Attempt } from './explain';
import { deedFor, wireAttempt, wireChoice, type Scene, type Step } from './scene';
import { triedOn, verify } from './verify';

type Racer = () => Promise<{ readonly dones: readonly Done[]; readonly attempts: readonly Attempt[] }>;

/** Two or three concurrent actions on the same request, each by the gateway or by a program. */
export const raceStep: Step = async (scene) => {
  const { world, dice, life, step } = scene;
  const count = dice.chance(25) ? 3 : 2;
  const racers: Racer[] = [];
  for (let at = 0; at < count; at += 1) racers.push(await racer(scene, at));
  const raced = await Promise.all(racers.map(async (run) => run()));
  const dones = raced.flatMap((each) => each.dones);
  const attempts = raced.flatMap((each) => each.attempts);
  const winners = [...dones.map(({ attempt }) => attempt), ...attempts].filter(({ outcome }) => outcome === 'done');
  world.chronicle.count(`race: ${winners.length} of ${count} done`);
  return [await verify(world, triedOn(step, life, dones, attempts))];
};

/** Each racer has unique content, so that the history identifies it. */
async function racer(scene: Scene, at: number): Promise<Racer> {
  const { world, dice } = scene;
  const deed = dice.chance(65) ? await deedFor(scene, { isCommented: true }) : undefined;
  if (deed !== undefined) return async () => ({ dones: [await perform(world, deed)], attempts: [] });
  const choice = wireChoice(scene);
  const own = { ...scene, program: `${scene.program}, racer ${at}` };
  return async () => ({ dones: [], attempts: [await wireAttempt(own, choice, 'always')] });
}
