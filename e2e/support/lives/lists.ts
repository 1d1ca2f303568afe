import { setTimeout as pause } from 'node:timers/promises';
import type { Counts, RefreshAnswer, RequestList } from '#domain/api/work-list';
import { textIn, type WireRecord } from '../../../test/catp-client/catp-client';
import type { Dice } from './dice';
import { actionsWithRoom, isSeenBy, type Life } from './life';
import { SIDE_NAME, type Seat } from './screens';
import type { World } from './world';

type Row = RequestList['items'][number];
type Wrong = (kind: string, found: string, expected: string) => void;
const PAGE_SIZE = 200;
/** Pause in milliseconds, longer than the 5 seconds for which the gateway repeats the same counts. */
const COUNTS_AGAIN_MS = 6_000;
const LIBRARY = 'RES_SHARE';
const PAUSE_MS = 300;

/**
 * Checks the work lists of the libraries that use the gateway right after a refresh: they must contain everything that
 * NACSIS-ILL delivers, and nothing else.
 */
export class Lists {
  readonly #countedAt = new Map<string, number>();

  constructor(private readonly world: World) {}

  /** `lives`: the requests with a known history. Nothing else may be running. */
  async check(step: string, dice: Dice, lives: readonly Life[]): Promise<void> {
    for (const { institution, library } of this.world.members) {
      await readList(this.world, institution, dice.chance(35));
      for (const side of ['B', 'L'] as const) await this.#checkSide(step, { institution, library, side }, lives);
      await this.#checkCounts(step, { institution, library, side: 'B' });
    }
  }

  async #checkSide(step: string, seat: Seat, lives: readonly Life[]): Promise<void> {
    const side = SIDE_NAME[seat.side];
    const { rows, facets } = await this.#list(seat);
    const records = await this.#records(seat);
    const wrong = (id: string, kind: string, found: string, expected: string): void =>
      this.world.chronicle.violation(step, id, kind, found, expected);
    const statusOf = new Map(records.map((record) => [textIn(record, 'ID'), textIn(record, 'STAT')]));
    const there = rows.filter(({ gone }) => gone === undefined);
    for (const { id, externalStatus } of there) {
      const status = statusOf.get(id);
      if (status === externalStatus) continue;
      const kind = status === undefined ? 'a list shows what is not delivered any more' : 'a list shows an old state';
      wrong(id, kind, `${side}: ${externalStatus}`, status ?? 'gone');
    }
    const listed = new Set(there.map(({ id }) => id));
    for (const [id, status] of statusOf)
      if (!listed.has(id)) wrong(id, 'a list lacks what NACSIS-ILL delivers', `${side}: not there, or gone`, status);
    const counts = countsOf(records.map((record) => textIn(record, 'STAT')));
    if (facets.join() !== counts.join())
      wrong(side, 'facets are not the counts of NACSIS-ILL', ...onlyDifferent(facets, counts));
    for (const life of lives)
      this.#checkRow(
        step,
        seat,
        life,
        rows.find(({ id }) => id === life.id),
      );
  }

  /** Checks the row of a request with a known history. */
  #checkRow(step: string, seat: Seat, life: Life, row: Row | undefined): void {
    if (row === undefined) return;
    const { id } = life;
    const wrong: Wrong = (kind, found, expected) => this.world.chronicle.violation(step, id, kind, found, expected);
    if (!isSeenBy(life, seat.library, seat.side)) return this.#checkGone(seat, life, row, wrong);
    if (row.gone !== undefined) return;
    // Only the single view checks whether a candidate accepts the request now.
    const counted = (actions: readonly string[]): string =>
      [...actions]
        .filter((each) => each !== 'forward')
        .sort()
        .join();
    const expected = counted(actionsWithRoom(life, seat.side, this.world.takes));
    if (counted(row.allowed) !== expected) wrong('a row offers wrong actions', counted(row.allowed), expected);
  }

  /** Checks the label of a row that NACSIS-ILL no longer delivers. */
  #checkGone({ library }: Seat, { model }: Life, row: Row, wrong: Wrong): void {
    const gone: string = row.gone ?? 'not gone';
    this.world.chronicle.count(`seen: a row that is ${gone}`);
    const isLive = !['確認', '返却確認', 'CANCEL', '準備中'].includes(model.state);
    if (gone === 'ended' && isLive)
      wrong(
        'a request that was passed on is called ended',
        `gone: ended, last seen in ${row.externalStatus}`,
        model.state,
      );
    const wasPassedOn = model.history.some(
      ({ SENDCMND, SENDMLID }) => SENDCMND === 'FORWARD' || (SENDCMND === 'PARDON' && SENDMLID === library),
    );
    if (gone === 'passed-on' && !wasPassedOn)
      wrong('a request that was not passed on is called so', `last seen in ${row.externalStatus}`, model.state);
  }

  async #checkCounts(step: string, seat: Seat): Promise<void> {
    const now = performance.now();
    if (now - (this.#countedAt.get(seat.institution) ?? -COUNTS_AGAIN_MS) < COUNTS_AGAIN_MS) return;
    this.#countedAt.set(seat.institution, now);
    const call = { method: 'GET', path: `/requests/counts?library=${LIBRARY}` } as const;
    const { answer, told } = await this.world.user(seat).known<Counts>(call);
    if (answer?.status !== 200) throw new Error(`the counts were answered with ${told.join(', ')}`);
    for (const side of ['B', 'L'] as const) {
      const own = answer.body.counts.filter((each) => each.side === SIDE_NAME[side]);
      const found = countsOf(own.flatMap(({ externalStatus, count }) => Array<string>(count).fill(externalStatus)));
      const records = await this.#records({ ...seat, side });
      const expected = countsOf(records.map((record) => textIn(record, 'STAT')));
      const kind = 'counts are not those of NACSIS-ILL';
      if (found.join() !== expected.join())
        this.world.chronicle.violation(step, SIDE_NAME[side], kind, ...onlyDifferent(found, expected));
    }
  }

  async #list(seat: Seat): Promise<{ readonly rows: readonly Row[]; readonly facets: readonly string[] }> {
    const rows: Row[] = [];
    for (let page = 1; ; page += 1) {
      const path = `/requests?side=${SIDE_NAME[seat.side]}&page=${page}&pageSize=${PAGE_SIZE}`;
      const { answer, told } = await this.world.user(seat).known<RequestList>({ method: 'GET', path });
      if (answer?.status !== 200) throw new Error(`the list was answered with ${told.join(', ')}`);
      const { items, total, facets } = answer.body;
      rows.push(...items);
      if (items.length > 0 && rows.length < total) continue;
      const statuses = facets.externalStatus.flatMap(({ value, count }) => Array<string>(count).fill(value));
      return { rows, facets: countsOf(statuses) };
    }
  }

  async #records({ library, side }: Seat): Promise<readonly WireRecord[]> {
    const response = await fetch(`${this.world.backDoor.url}/_sim/records?member=${library}&side=${SIDE_NAME[side]}`);
    return (await response.json()) as readonly WireRecord[];
  }
}

/** Makes the gateway read all files of a library. */
export async function readList(world: World, institution: string, full: boolean): Promise<void> {
  world.chronicle.count(full ? 'readings, full' : 'readings of changes');
  const user = world.user({ institution });
  let body: { readonly full?: boolean } = full ? { full } : {};
  for (let tries = 0; tries < 20; tries += 1) {
    const { answer, told } = await user.known<RefreshAnswer>({ method: 'POST', path: '/requests/refresh', body });
    const [read] = answer?.body.libraries ?? [];
    if (read !== undefined && read.failure === undefined && read.isReading !== true) return;
    // Full readings are rate-limited; changes may always be read.
    if (read === undefined && body.full === undefined)
      throw new Error(`the reading was answered with ${told.join(', ')}`);
    body = {};
    await pause(PAUSE_MS);
  }
  throw new Error('no reading comes to its end');
}

/** Example: `発送 3`, `照会 1`; sorted. */
function countsOf(statuses: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${status} ${count}`).sort();
}

/** The items that occur in only one of the lists, as texts. */
function onlyDifferent(found: readonly string[], expected: readonly string[]): [string, string] {
  const without = (one: readonly string[], other: readonly string[]): string =>
    one.filter((each) => !other.includes(each)).join(', ') || 'none';
  return [without(found, expected), without(expected, found)];
}
