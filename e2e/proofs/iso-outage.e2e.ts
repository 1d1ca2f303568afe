import { setTimeout as pause } from 'node:timers/promises';
import type { BridgeMessage } from '#domain/api/bridge';
import { historyIn, textIn } from '../../test/catp-client/catp-client';
import { RESULT_PROPERTY } from '../../tools/counts';
import { note } from '../../tools/output';
import { messagesAbout, queueOf, refresh } from '../support/bridge-stack';
import { inParallel } from '../support/exchange/in-parallel';
import { Dice } from '../support/lives/dice';
import { OutageDriver, visitsOf } from '../support/outage/outage-driver';
import { judge, type Evidence, type Judgement } from '../support/outage/outage-judge';
import { almaSide, inputOf, type Life } from '../support/outage/outage-life';
import { OutageStack, PARTS } from '../support/outage/outage-stack';
import { OutageTroubles } from '../support/outage/outage-troubles';

const LIMIT = 1_500_000;
/** Set the seed of an earlier run to reproduce it. */
const SEED = Number(process.env['OUTAGE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const TRANSACTIONS = Number(process.env['OUTAGE_TRANSACTIONS'] ?? 200);
/** Requests that are worked on at the same time. */
const AT_A_TIME = 12;
/** Looks at the gateway that must show no change until it counts as drained. */
const QUIET_LOOKS = 3;
const LOOK_MS = 1_000;
/** How often the panels are followed at the end: a loan may need three buttons, one after the other. */
const ROUNDS = 3;
/** Minimum share of transactions that agree: a gateway that lists everything for staff proves nothing. */
const AGREEING = 0.6;

const KINDS = [
  { side: 'borrower', kind: 'loan' },
  { side: 'borrower', kind: 'copy' },
  { side: 'lender', kind: 'loan' },
  { side: 'lender', kind: 'copy' },
] as const;

interface Judged {
  readonly life: Life;
  readonly judgement: Judgement;
  readonly evidence: Evidence;
}

describe(`outages between Alma, the gateway and NACSIS-ILL (OUTAGE_SEED=${String(SEED)})`, () => {
  let stack: OutageStack;
  let judged: readonly Judged[] = [];

  beforeAll(async () => {
    stack = await OutageStack.start();
  }, LIMIT);
  afterAll(async () => {
    await stack.stop();
    if (judged.length > 0) setSuiteProperty(RESULT_PROPERTY, resultOf(judged));
  }, LIMIT);

  it(
    `leave no request of ${String(TRANSACTIONS)} lost, done twice, or different without a word to staff`,
    async () => {
      const driver = new OutageDriver(stack, await lenders(stack));
      const lives = Array.from({ length: TRANSACTIONS }, (_, at) => lifeOf(at));
      const troubles = new OutageTroubles(stack, new Dice(SEED), () => driver.moves);
      const working = inParallel(lives, AT_A_TIME, (life) =>
        driver.live(life, new Dice(SEED + Number(life.tag.slice(-4)))),
      );
      const begun = performance.now();
      await troubles.until(working);
      const worked = performance.now();
      await repeatUnanswered(stack, driver);
      await drained(stack);
      note(`worked for ${seconds(worked - begun)}, drained in ${seconds(performance.now() - worked)}`);
      await pressed(stack, driver, lives);
      judged = await Promise.all(lives.map((life) => judgedOf(stack, driver, life)));
      report(judged, stack);
      const wrong = judged.filter(
        ({ judgement: { is, twice, lost } }) => is === 'wrong' || twice.length + lost.length > 0,
      );
      const words = await Promise.all(wrong.map((each) => inWords(stack, each)));
      if (words.length > 0) fail(`${String(words.length)} transactions are wrong:\n${words.join('\n')}`);
      expect(countOf(judged, 'agrees')).toBeGreaterThan(TRANSACTIONS * AGREEING);
      for (const part of PARTS) expect(stack.outages[part]).withContext(part).toBeGreaterThan(0);
    },
    LIMIT,
  );
});

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1000))} s`;
}

function lifeOf(at: number): Life {
  const shape = KINDS[at % KINDS.length] ?? KINDS[0];
  return { ...shape, tag: `OUT${String(at).padStart(4, '0')}`, askedInApp: [], story: [] };
}

/** Libraries that lend, other than the first two, which use the gateway. */
async function lenders({ nacsis }: OutageStack): Promise<readonly string[]> {
  const accounts = await nacsis.accounts();
  return accounts.slice(2, 8).map(({ memberId }) => memberId);
}

/** Staff of Alma send again what nobody confirmed, with the old timestamp. */
async function repeatUnanswered({ alma }: OutageStack, driver: OutageDriver): Promise<void> {
  await alma.clearMessageFaults();
  await alma.release();
  for (const { life, which } of driver.unanswered)
    await alma.repeat(almaSide(life.side), life.almaId ?? '', 'same', which);
}

/** Reads NACSIS-ILL until the gateway has nothing to do any more. */
async function drained(stack: OutageStack): Promise<void> {
  let [before, quiet] = ['', 0];
  while (quiet < QUIET_LOOKS) {
    const isRead = await refresh(stack.librarian);
    const { counts } = await queueOf(stack.librarian);
    const now = JSON.stringify([counts, (await stack.alma.messages()).length, await historyEntries(stack)]);
    quiet = isRead && counts.waiting === 0 && now === before ? quiet + 1 : 0;
    before = now;
    await pause(LOOK_MS);
  }
}

/** Staff press in Alma, as often as it helps, the buttons that the panels name. */
async function pressed(stack: OutageStack, driver: OutageDriver, lives: readonly Life[]): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const presses = await Promise.all(lives.map((life) => pressOne(stack, driver, life)));
    if (!presses.includes(true)) return;
    await drained(stack);
  }
}

async function pressOne(stack: OutageStack, driver: OutageDriver, life: Life): Promise<boolean> {
  const { alma } = await driver.scene(life);
  if (life.id === undefined || alma === undefined) return false;
  const { contradiction } = await messagesAbout(stack.librarian, life.side, life.id);
  const button = contradiction?.buttons.find((each) => alma.actions.includes(each));
  if (button === undefined) return false;
  const input = inputOf(button, life.kind, true);
  const { how } = (await stack.alma.act(almaSide(life.side), alma.request.request_id, button, input)).result;
  life.story.push(`at the end: alma ${button} ${how}`);
  return true;
}

async function historyEntries({ nacsis }: OutageStack): Promise<number> {
  const records = [...(await nacsis.borrowed()), ...(await nacsis.lent())];
  return records.reduce((sum, record) => sum + historyIn(record).length, 0);
}

async function judgedOf(stack: OutageStack, driver: OutageDriver, life: Life): Promise<Judged> {
  const { record, alma } = await driver.scene(life);
  const cases = life.side === 'lender' ? await visitsOf(stack, life) : alma === undefined ? [] : [alma];
  const logs = await Promise.all(cases.map(({ request }) => stack.alma.messages({ requestId: request.request_id })));
  const records = life.side === 'borrower' ? await taggedRecords(stack, life) : record === undefined ? [] : [record];
  const { listed, shown } = await seenByStaff(
    stack,
    life,
    cases.map(({ request }) => request.external_id),
  );
  const evidence = { life, records, cases, log: logs.flat(), listed, shown, memberId: stack.memberId };
  return { life, judgement: judge(evidence), evidence };
}

async function taggedRecords({ nacsis }: OutageStack, { tag }: Life): Promise<Evidence['records']> {
  return (await nacsis.borrowed()).filter((record) => JSON.stringify(record).includes(tag));
}

async function seenByStaff(
  { librarian }: OutageStack,
  { side, id }: Life,
  externalIds: readonly string[],
): Promise<Pick<Evidence, 'listed' | 'shown'>> {
  const queued = (await wholeQueue(librarian)).filter((message) => externalIds.includes(message.externalId));
  const inQueue = queued.map(({ direction, name, state }) => `${direction} ${name} ${state}`);
  if (id === undefined) return { listed: inQueue, shown: queued };
  const { contradiction, items } = await messagesAbout(librarian, side, id);
  const what = contradiction === undefined ? [] : [`${contradiction.what} ${contradiction.buttons.join(' ')}`];
  return { listed: [...inQueue, ...what], shown: items };
}

async function wholeQueue(librarian: OutageStack['librarian']): Promise<readonly BridgeMessage[]> {
  const found: BridgeMessage[] = [];
  for (let page = 1; ; page += 1) {
    const { items, total } = await queueOf(librarian, `?page=${String(page)}`);
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}

function countOf(all: readonly Judged[], is: Judgement['is']): number {
  return all.filter(({ judgement }) => judgement.is === is).length;
}

function resultOf(all: readonly Judged[]): string {
  const twice = all.flatMap(({ judgement }) => judgement.twice).length;
  const lost = all.filter(({ judgement }) => judgement.is === 'wrong' || judgement.lost.length > 0).length;
  const [agree, listed] = [countOf(all, 'agrees'), countOf(all, 'listed')].map(String);
  return `${String(all.length)} transactions: ${agree} agree, ${listed} listed for staff, ${String(twice)} commands twice, ${String(lost)} lost`;
}

function report(all: readonly Judged[], { outages }: OutageStack): void {
  const listed = all.filter(({ judgement }) => judgement.is === 'listed');
  const kinds = new Map<string, number>();
  for (const { judgement, evidence } of listed) {
    const what = `${judgement.why} [${evidence.listed.join(', ')}]`;
    kinds.set(what, (kinds.get(what) ?? 0) + 1);
  }
  note(PARTS.map((part) => `${part} down ${String(outages[part])} times`).join(', '));
  for (const [what, times] of kinds) note(`listed ${String(times)}: ${what}`);
}

async function inWords({ librarian }: OutageStack, { life, judgement, evidence }: Judged): Promise<string> {
  const { why, twice, lost } = judgement;
  const messages = evidence.log.map(
    ({ direction, name, answer }) => `${direction} ${name} ${answer?.messageStatus ?? '-'}`,
  );
  const seen = life.id === undefined ? undefined : await librarian.read(life.side, life.id, false);
  const history = evidence.records.map((record) => JSON.stringify(record['SENDG'])).join(' ');
  return [
    `${life.tag} ${life.side} ${life.kind} ${life.id ?? ''} (${textIn(evidence.records[0], 'STAT')}): ${[why, ...twice, ...lost].join('; ')}`,
    `  listed: ${evidence.listed.join(', ')}`,
    `  story: ${life.story.join(' | ')}`,
    `  messages: ${messages.join(', ')}`,
    `  shown: ${evidence.shown.map(({ direction, name, state }) => `${direction} ${name} ${state}`).join(', ')}`,
    `  history: ${history}`,
    `  in the app: ${seen?.externalStatus ?? 'unknown'} ${seen?.gone ?? ''} version ${String(seen?.version)}`,
  ].join('\n');
}
