import { setTimeout as pause } from 'node:timers/promises';
import { perform, type Deed } from './deeds';
import { deedFor, heldFor, type Scene, type Step } from './scene';
import { randomTrouble } from './troubles';
import { triedOn, verify } from './verify';

/** Latest time of a kill after the action was sent, in milliseconds. */
const KILL_WITHIN_MS = 250;

/** The same call twice, concurrently or in sequence; sometimes with other content under the same key. */
export const repeatStep: Step = async (scene) => {
  const { world, dice, life, step } = scene;
  const deed = await deedFor(scene);
  if (deed === undefined) return [life];
  const atOnce = dice.chance(50);
  const first = perform(world, deed);
  if (!atOnce) await first;
  const [one, two] = await Promise.all([first, perform(world, deed)]);
  if (one.attempt.outcome !== two.attempt.outcome && !(atOnce && two.attempt.outcome === 'done'))
    world.chronicle.violation(step, life.id, 'the same key gives another answer', two.attempt.words, one.attempt.words);
  const told = one.attempt.outcome === 'done' || two.attempt.outcome === 'not-done' ? one : two;
  const now = await verify(world, triedOn(step, life, [told]));
  if (one.attempt.outcome === 'done' && dice.chance(40)) await otherContent(scene, deed);
  return [await verify(world, triedOn(`${step}'`, now, []))];
};

/** A key that was used for one command must not work for other content. */
async function otherContent({ world, life, step, marks }: Scene, deed: Deed): Promise<void> {
  const params = { ...deed.content.params, comment: `別の内容 ${marks.next()}` };
  const { known } = await perform(world, { ...deed, content: { ...deed.content, params } });
  if (known.answer?.body.code === 'idempotency-key-reused') return;
  const found = known.told.join(', ');
  world.chronicle.violation(step, life.id, 'other content under a used key', found, 'idempotency-key-reused');
}

/** The borrower edits the request in 準備中, or in a state that the user believes to be 準備中. */
export const editStep: Step = async (scene) => {
  const { world, dice, marks, life, step } = scene;
  const seat = world.seat(life.borrower, 'B');
  const held = seat && (await heldFor(scene, seat));
  if (seat === undefined || held === undefined) return [life];
  const volume = `巻 ${marks.next()}`;
  const comment: Readonly<Record<string, string>> = dice.chance(50) ? { comment: `訂正 ${marks.next()}` } : {};
  const content = {
    params: { volume, ...comment },
    sent: { values: { VLNO: volume }, ...comment },
    isIncomplete: false,
  };
  const deed = { seat, life, action: 'save', held, content, key: `${world.chronicle.seed}-${step}-${marks.next()}` };
  const command = { method: 'SERVERPROCEDURECALL', texts: [`ID=${life.id}`] };
  const takeBack = dice.chance(25) ? randomTrouble(world, dice, command) : undefined;
  const done = await perform(world, deed);
  takeBack?.();
  return [await verify(world, triedOn(step, life, [done]))];
};

/** Kills and restarts the gateway during an action. The user repeats with the same key. */
export const killStep: Step = async (scene) => {
  const { world, dice, life, step } = scene;
  const deed = await deedFor(scene, { isSure: true });
  const killed = pause(dice.upTo(KILL_WITHIN_MS)).then(async () => world.stack.killAndRestart());
  if (deed === undefined) {
    await killed;
    return [life];
  }
  const command = { method: 'SERVERPROCEDURECALL', texts: [`ID=${life.id}`] };
  // Delays the answer, so that the kill happens while the command is in progress.
  const takeBack = world.stack.line.add({ ...command, trouble: 'delay', ms: dice.upTo(2 * KILL_WITHIN_MS) });
  const [done] = await Promise.all([perform(world, deed), killed]);
  takeBack();
  return [await verify(world, triedOn(step, life, [done]))];
};
