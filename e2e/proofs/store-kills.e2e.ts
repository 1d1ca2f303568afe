import { setTimeout as pause } from 'node:timers/promises';
import { RESULT_PROPERTY } from '../../tools/counts';
import { KINDS, type ExchangeKind } from '../support/exchange/exchange-kinds';
import { Librarian, meaningOf } from '../support/exchange/librarian';
import { NacsisTruth } from '../support/exchange/nacsis-truth';
import { NacsisSim } from '../support/nacsis-sim';
import { seededRandom } from '../support/random';
import { TestStack } from '../support/stack';

const LIMIT = 1_800_000;
const KILLS = 50;
/** Librarians who send one command after the other. */
const LIBRARIANS = 6;
/** Milliseconds that NACSIS-ILL works on a command, so that a kill interrupts some. */
const AT_WORK = 120;
/** Minimum number of commands that end between two kills. Interrupted commands take longer. */
const BETWEEN = 3;
/** Maximum delay of the kill after these commands have ended, in milliseconds. */
const WITHIN = 200;
/** Longest time that nothing goes on, in milliseconds; then the gateway is not coming back. */
const STANDSTILL = 180_000;
const VICTIMS = ['gateway', 'store', 'both'] as const;
const COMMANDS = ['an order', 'an acceptance', 'a shipment', 'an arrival'];

/** Set the seed of an earlier run to reproduce it. */
const SEED = Number(process.env['KILLS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** A command with its final outcome. */
interface Sent {
  readonly kind: ExchangeKind;
  readonly tag: string;
  readonly id: string;
  /** done, or the gateway's refusal. */
  readonly told: string;
}

describe(`the store, killed in the middle of commands (KILLS_SEED=${String(SEED)})`, () => {
  let test: TestStack;
  let truth: NacsisTruth;
  let librarian: Librarian;
  let lenders: readonly string[];
  const random = seededRandom(SEED);
  const counts = { kills: 0, starts: 0, lost: 0, doubled: 0 };
  let underWay = 0;
  let ended = 0;
  let isOver = false;

  beforeAll(async () => {
    test = await TestStack.start({ nacsis: { settleSeconds: 1 } });
    const sim = new NacsisSim(test.stack.urls.nacsis);
    const [own, ...others] = await sim.accounts();
    truth = new NacsisTruth(sim, own?.memberId ?? '');
    lenders = others.map(({ memberId }) => memberId);
    librarian = new Librarian(test.stack.urls);
    await sim.addFault({ match: { method: 'SERVERPROCEDURECALL' }, do: 'delay', ms: AT_WORK, times: 100_000 });
  }, LIMIT);
  afterAll(async () => {
    await test.stop();
    const { kills, starts, lost, doubled } = counts;
    setSuiteProperty(
      RESULT_PROPERTY,
      `${String(kills)} kills: ${String(starts)} starts, ${String(lost)} lost, ${String(doubled)} doubled`,
    );
  }, LIMIT);

  const isReady = async (): Promise<boolean> =>
    fetch(`${test.stack.urls.gateway}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );

  const until = async (what: string, is: () => boolean | Promise<boolean>): Promise<void> => {
    for (const begun = performance.now(); !(await is()); await pause(10))
      if (performance.now() - begun > STANDSTILL) throw new Error(`never: ${what}\n${test.lastWords}`);
  };

  const killAndStart = async (victim: (typeof VICTIMS)[number]): Promise<void> => {
    const enough = ended + BETWEEN;
    await until('a command ends', () => ended >= enough);
    await pause(random() * WITHIN);
    await until('a command begins', () => underWay > 0);
    counts.kills += 1;
    const server = await test.stack.storeProcess();
    if (server === undefined) throw new Error('the store has no server');
    if (victim !== 'gateway') process.kill(server, 'SIGKILL');
    if (victim !== 'store') {
      await test.stack.killGateway();
      await test.stack.startGateway();
    }
    // A process that a killed server left behind may still answer for a moment.
    await until('the gateway is ready', async () => (await test.stack.storeProcess()) !== server && (await isReady()));
    counts.starts += 1;
  };

  /** Sends one command and repeats it until its outcome is known, regardless of kills. */
  const send = async (kind: ExchangeKind, tag: string): Promise<Sent> => {
    const [id = ''] = kind.seed === undefined ? [] : await truth.sim.seedIn(kind.seed);
    const version = id === '' ? 0 : await versionOf(kind, id);
    const call = kind.call({ tag, id, version, lenders });
    const key = librarian.newKey();
    underWay += 1;
    let reply = await librarian.persist(call, key, () => undefined);
    // Also repeats when Alma could not confirm the user in time, or when the librarian's patience ran out on a slow
    // machine.
    while (reply.status === 0 || reply.status >= 500) reply = await librarian.persist(call, key, () => undefined);
    underWay -= 1;
    ended += 1;
    return { kind, tag, id, told: meaningOf(reply) === 'done' ? 'done' : `${String(reply.status)} ${reply.code}` };
  };

  const versionOf = async ({ side }: ExchangeKind, id: string): Promise<number> => {
    for (;;) {
      const view = await librarian.read(side, id).catch(() => undefined);
      if (view !== undefined) return view.version;
      await pause(50);
    }
  };

  const work = async (name: number): Promise<readonly Sent[]> => {
    const sent: Sent[] = [];
    for (let nth = 0; !isOver; nth += 1) {
      const kind = KINDS.find((each) => each.name === COMMANDS[(name + nth) % COMMANDS.length]);
      if (kind === undefined) throw new Error('there is no such kind');
      sent.push(await send(kind, `K${String(name)}-${String(nth)}`));
    }
    return sent;
  };

  /** How often NACSIS-ILL executed the command, read without the gateway. */
  const timesDone = async ({ kind, tag, id }: Sent): Promise<number> => {
    if (id === '') return (await truth.withVolume(tag)).length;
    return (await truth.doneOn(id, 0))[kind.commands[0] ?? ''] ?? 0;
  };

  it(
    `loses nothing and doubles nothing in ${String(KILLS)} kills`,
    async () => {
      const working = Promise.all(Array.from({ length: LIBRARIANS }, (_, name) => work(name)));
      for (let kill = 0; kill < KILLS; kill += 1) await killAndStart(VICTIMS[kill % VICTIMS.length] ?? 'both');
      isOver = true;
      const sent = (await working).flat();
      for (const command of sent) {
        const times = await timesDone(command);
        if (times === 0) counts.lost += 1;
        if (times > 1) counts.doubled += 1;
        expect([command.told, times])
          .withContext(`${command.kind.name} ${command.tag} ${command.id}`)
          .toEqual(['done', 1]);
      }
      expect(counts).toEqual({ kills: KILLS, starts: KILLS, lost: 0, doubled: 0 });
      expect(sent.length).toBeGreaterThanOrEqual(KILLS * BETWEEN);
    },
    LIMIT,
  );
});
