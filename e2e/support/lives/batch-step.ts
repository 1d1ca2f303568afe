import type { BatchResult } from '#domain/api/batch';
import { setTimeout as pause } from 'node:timers/promises';
import { actionContent } from './content';
import { attemptOf, type Deed, type Done } from './deeds';
import type { Answer } from './gateway-user';
import type { Life } from './life';
import { SIDE_NAME, type Seat } from './screens';
import { heldFor, seatsOf, wantedAt, type Scene, type Step } from './scene';
import { randomTrouble } from './troubles';
import { triedOn, verify } from './verify';
import type { World } from './world';

const MOST_TRIES = 25;
const OPEN = ['outcome-unknown', 'command-in-progress', 'nacsis-unavailable', 'store-unavailable'];
const PAUSE_MS = 300;

/** One action on several requests in one call, repeated with the same key until the outcome of every row is known. */
export const batchStep: Step = async (scene) => {
  const { world, dice, lives, step } = scene;
  const wanted = wantedAt(scene);
  if (wanted === undefined) return [];
  const among = lives.filter((life) => seatsOf(world, life).some((seat) => isSame(seat, wanted.seat)));
  const deeds = await deedsOf(scene, wanted.seat, wanted.action, among);
  const [first] = deeds;
  if (first === undefined) return [];
  const texts = [`ID=${dice.pick(deeds)?.life.id ?? ''}`];
  const takeBack = dice.chance(25) ? randomTrouble(world, dice, { method: 'SERVERPROCEDURECALL', texts }) : undefined;
  const dones = await performed(world, deeds, first.key);
  takeBack?.();
  return Promise.all(
    deeds.map(({ life }) =>
      verify(
        world,
        triedOn(
          step,
          life,
          dones.filter(({ deed }) => deed.life.id === life.id),
        ),
      ),
    ),
  );
};

async function deedsOf(scene: Scene, seat: Seat, action: string, among: readonly Life[]): Promise<readonly Deed[]> {
  const { world, marks, step } = scene;
  const key = `${world.chronicle.seed}-${step}-${marks.next()}`;
  const deeds: Deed[] = [];
  for (const life of among) {
    const held = await heldFor({ ...scene, life }, seat);
    const content = actionContent(life, seat.side, action, marks, 'always');
    if (held !== undefined) deeds.push({ seat, life, action, held, content, key, isRow: true });
  }
  return deeds;
}

/** The rows of the answer in the form of single actions. */
async function performed(world: World, deeds: readonly Deed[], key: string): Promise<readonly Done[]> {
  const told = new Map<string, string[]>(deeds.map(({ life }) => [life.id, []]));
  const answers = new Map<string, Answer>();
  const before = new Map(deeds.map(({ seat, life }) => [life.id, world.screens.newest(seat, life.id)?.version ?? 0]));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const results = await once(world, deeds, key);
    for (const [id, answer] of results) {
      told.get(id)?.push(answer.body.code ?? String(answer.status));
      answers.set(id, answer);
    }
    const isKnown = ({ life }: Deed): boolean =>
      answers.has(life.id) && !OPEN.includes(answers.get(life.id)?.body.code ?? '');
    if (results.size > 0 && deeds.every(isKnown)) break;
    await pause(PAUSE_MS);
  }
  world.chronicle.count('batches');
  return deeds.map((deed) => {
    const answer = answers.get(deed.life.id);
    const known = { answer, told: told.get(deed.life.id) ?? [] };
    return { deed, known, attempt: attemptOf(world, deed, known), newestBefore: before.get(deed.life.id) ?? 0 };
  });
}

async function once(world: World, deeds: readonly Deed[], key: string): Promise<ReadonlyMap<string, Answer>> {
  const [first] = deeds;
  if (first === undefined) return new Map();
  const { seat, action } = first;
  const items = deeds.map(({ life, held, content }) => ({
    id: life.id,
    version: held.version,
    params: content.params,
  }));
  const body = { side: SIDE_NAME[seat.side], action, items };
  const call = { method: 'POST', path: '/actions', body, key } as const;
  const answer = await world.user(seat).once<{ readonly lines?: readonly BatchResult[] } & BatchResult>(call);
  if (answer === undefined) return new Map();
  const lines = answer.body.lines ?? [answer.body];
  return new Map(lines.flatMap((line) => ('id' in line ? [[line.id, answerOf(line)] as const] : [])));
}

function answerOf(line: BatchResult): Answer {
  if (!line.ok) return { status: line.problem.status, body: line.problem };
  return { status: 200, body: { from: line.from, to: line.to, externalStatus: line.externalStatus } };
}

function isSame(one: Seat, other: Seat): boolean {
  return one.institution === other.institution && one.side === other.side;
}
