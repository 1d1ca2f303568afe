import assert from 'node:assert/strict';
import {
  historyIn,
  storedIn,
  textIn,
  type CatpAnswer,
  type CatpClient,
  type WireRecord,
} from '../catp-client/catp-client';
import type { FixtureRow } from '../fixtures/transitions.fixture';
import { BackDoor, type Account } from '../support/back-door';
import {
  attempt,
  completeAttempt,
  NEW_MODEL,
  type Attempt,
  type Entry,
  type Model,
  type ModelKind,
  type ModelOptions,
  type Serves,
} from './ill-model';

const DATABASE = { copy: { B: 'COPYO', L: 'COPYS' }, loan: { B: 'LOANO', L: 'LOANS' } } as const;
/** Values for the fields that the tables require. The server checks only the form of the dates. */
const VALUES: Readonly<Record<string, string>> = {
  ACCT: 'pb',
  TYPE: '電子複写',
  ODATE: '20260401',
  OSTAF: '担当 A',
  OADRS: '見本大学附属図書館',
  ADATE: '20260402',
  SDATE: '20260403',
  SUM: '500',
  DDATE: '20260501',
  BDATE: '20260420',
  KDATE: '20260422',
};
const BIBLIOGRAPHY = [{ BIBNT: '𠮷野の民家 / 髙山民俗資料研究会編' }];

/** A request on the server and its expected state. */
export interface Position {
  readonly model: Model;
  readonly record: WireRecord | undefined;
}
export const NOWHERE: Position = { model: NEW_MODEL, record: undefined };
export const ALL_SERVE: Serves = () => true;

/** Sends attempts to a running simulator and compares the result with the model. Throws when they differ. */
export class Driver {
  private readonly clients = new Map<string, CatpClient>();

  private constructor(
    readonly backDoor: BackDoor,
    /** The first twelve are ordinary libraries that serve copies and loans. */
    readonly accounts: readonly Account[],
  ) {}

  static async open(url: string): Promise<Driver> {
    const backDoor = new BackDoor(url);
    return new Driver(backDoor, await backDoor.accounts());
  }

  /** The first account is the borrower; the next `lenders` accounts are the candidates. */
  options(kind: ModelKind, lenders: number, strict = false): ModelOptions {
    const [borrower = '', ...others] = this.accounts.map(({ memberId }) => memberId);
    return { kind, borrower, lenders: others.slice(0, lenders), strict };
  }

  /** A library that is not involved in these requests. */
  get stranger(): string {
    return this.accounts[10]?.memberId ?? '';
  }

  /**
   * Makes the attempt. An allowed attempt must lead to the expected state; any other attempt must be refused and change
   * nothing.
   */
  async step(at: Position, tried: Attempt, options: ModelOptions, serves: Serves = ALL_SERVE): Promise<Position> {
    const expected = attempt(at.model, tried, options, serves);
    const known =
      expected === undefined && at.record === undefined ? await this.backDoor.recordIds(options.borrower) : [];
    const answer = await this.send(at, tried, options);
    const what = `${tried.side} ${tried.command} by ${tried.library} in ${at.model.state || '(none)'}: ${answer.status} ${answer.reason}`;
    if (expected !== undefined) return this.carriedOut(at, expected, answer, options, what);
    assert.match(answer.status, /^4\d\d$/, `not refused: ${what}`);
    assert.deepEqual(answer.records, [], what);
    if (at.record) assert.deepEqual(await this.backDoor.record(idOf(at.record)), at.record, `changed by ${what}`);
    else assert.deepEqual(await this.backDoor.recordIds(options.borrower), known, `created by ${what}`);
    return at;
  }

  /** Starts from nothing and follows these rows with complete commands. */
  async walk(rows: readonly FixtureRow[], options: ModelOptions): Promise<Position> {
    let at = NOWHERE;
    for (const row of rows) at = await this.step(at, completeAttempt(row, at.model, options), options);
    return at;
  }

  /** Sends the attempt without checking the answer. */
  async send({ record }: Position, { kind, side, ...tried }: Attempt, { lenders }: ModelOptions): Promise<CatpAnswer> {
    const client = await this.client(tried.library);
    return client.command(DATABASE[kind][side], tried.command, {
      ...(record ? { ID: idOf(record) } : {}),
      ...Object.fromEntries(tried.fills.map((name) => fieldOf(name, lenders))),
      ...(tried.comment === undefined ? {} : { _COMMENT_: tried.comment }),
    });
  }

  private async carriedOut(
    at: Position,
    expected: Model,
    answer: CatpAnswer,
    options: ModelOptions,
    what: string,
  ): Promise<Position> {
    assert.equal(answer.status, '200', `not carried out: ${what}`);
    assert.equal(answer.records.length, 1, what);
    const record = storedIn(answer.records[0]);
    if (at.record) assert.equal(idOf(record), idOf(at.record), what);
    const active = expected.active < 0 ? undefined : options.lenders[expected.active];
    assert.deepEqual(
      [record['STAT'], record['AMLID'], record['OMLID']],
      [expected.state, active, options.borrower],
      what,
    );
    assert.deepEqual(
      ['CLAIMFLG', 'LOANFLG'].map((name) => name in record),
      [expected.claim, expected.renewed],
      what,
    );
    assert.deepEqual(likeExpected(historyIn(record), expected.history), expected.history, what);
    const lost = [...expected.fields].filter((name) => !holds(record, fieldOf(name, options.lenders)));
    assert.deepEqual(lost, [], `${what}: fields that are not in the record`);
    assert.deepEqual(await this.backDoor.record(idOf(record)), record, `not what was stored: ${what}`);
    return { model: expected, record };
  }

  private async client(library: string): Promise<CatpClient> {
    const known = this.clients.get(library);
    if (known) return known;
    const account = this.accounts.find(({ memberId }) => memberId === library);
    if (account === undefined) throw new Error(`there is no library ${library}`);
    const client = await this.backDoor.logIn(account);
    this.clients.set(library, client);
    return client;
  }
}

export function idOf(record: WireRecord | undefined): string {
  return textIn(record, 'ID');
}

/** The value of a required field. BIBID stands for the bibliography, HMLID for the candidates. */
function fieldOf(name: string, lenders: readonly string[]): readonly [string, WireRecord[string]] {
  if (name === 'BIBID') return ['BIBG', BIBLIOGRAPHY];
  if (name === 'HMLID') return ['HMLG', lenders.map((HMLID) => ({ HMLID }))];
  return [name, VALUES[name] ?? ''];
}

function holds(record: WireRecord, [name, value]: readonly [string, WireRecord[string]]): boolean {
  return JSON.stringify(record[name]) === JSON.stringify(value);
}

/** Keeps only the expected parts of each entry. Entries without an expectation keep all parts. */
function likeExpected(entries: readonly Entry[], expected: readonly Entry[]): readonly Entry[] {
  return entries.map((entry, at) => {
    const wanted = expected[at];
    return wanted ? Object.fromEntries(Object.entries(entry).filter(([part]) => part in wanted)) : entry;
  });
}
