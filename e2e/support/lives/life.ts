/** The expected state of one request by the hand-written fixture. Uses no code of the product. */
import { historyIn, textIn, type WireRecord } from '../../../test/catp-client/catp-client';
import { actionOf, CHAINED_CANCEL } from '../../../test/fixtures/actions.fixture';
import type { FixtureSide } from '../../../test/fixtures/transitions.fixture';
import {
  attempt,
  completeAttempt,
  MAX_HISTORY,
  NEW_MODEL,
  rowsOf,
  type Entry,
  type Model,
  type ModelKind,
  type ModelOptions,
} from '../../../test/model/ill-model';

export interface Life {
  /** Empty until NACSIS-ILL assigns one. */
  readonly id: string;
  readonly kind: ModelKind;
  readonly borrower: string;
  /** Member ids of the candidates in order. */
  readonly lenders: readonly string[];
  readonly model: Model;
  /** Wire fields whose values are tracked. */
  readonly values: Readonly<Record<string, string>>;
}

/** A command on the wire. */
export interface Sent {
  readonly side: FixtureSide;
  readonly library: string;
  readonly command: string;
  readonly comment?: string;
  readonly values: Readonly<Record<string, string>>;
  /** A new list of candidates. */
  readonly lenders?: readonly string[];
}

/** True when a library currently accepts requests of this kind. */
export type Takes = (memberId: string, kind: ModelKind) => boolean;

/** The wire fields whose values identify a command: total, due date, both libraries' numbers, volume. */
const FOLLOWED = ['SUM', 'DDATE', 'ANO', 'ONO', 'VLNO'] as const;

/**
 * Maximum number of entries that NACSIS-ILL itself adds to the entry of a command: one per candidate, and one when all
 * have refused.
 */
const MOST_OF_SYSTEM = 5;

export function unborn(kind: ModelKind, borrower: string, lenders: readonly string[]): Life {
  return { id: '', kind, borrower, lenders, model: NEW_MODEL, values: {} };
}

function optionsOf({ kind, borrower, lenders }: Life): ModelOptions {
  return { kind, borrower, lenders, strict: false };
}

/** The request after the command; undefined when the fixture refuses it. */
export function after(life: Life, sent: Sent, takes: Takes): Life | undefined {
  const { side, library, command, comment } = sent;
  const lenders = sent.lenders ?? life.lenders;
  const fills = [...Object.keys(sent.values), ...(sent.lenders === undefined ? [] : ['HMLID'])];
  const tried = { kind: life.kind, side, command, library, fills, ...(comment === undefined ? {} : { comment }) };
  const moved = { ...life, lenders };
  const model = attempt(life.model, tried, optionsOf(moved), (id) => takes(id, life.kind));
  if (model === undefined) return undefined;
  const followed = Object.entries(sent.values).filter(([name]) => (FOLLOWED as readonly string[]).includes(name));
  return { ...moved, model, values: { ...life.values, ...Object.fromEntries(followed) } };
}

/** A command that the fixture allows here, with the library that may send it. */
export interface Possible {
  readonly side: FixtureSide;
  readonly library: string;
  readonly command: string;
  /** The gateway's name for the command; empty for a command that the gateway never sends. */
  readonly action: string;
}

export function possibleIn(life: Life, takes: Takes): readonly Possible[] {
  const options = optionsOf(life);
  const here = rowsOf(options).filter(({ state }) => state === life.model.state);
  const possible = here.flatMap((row): readonly Possible[] => {
    const complete = completeAttempt(row, life.model, options);
    const next = attempt(life.model, complete, options, (id) => takes(id, life.kind));
    if (next?.state !== row.next) return [];
    const { side, library, command } = complete;
    return [{ side, library, command, action: actionOf(side, row.state, command) }];
  });
  return possible.filter(
    (each, at) => !possible.slice(0, at).some(({ side, command }) => side === each.side && command === each.command),
  );
}

/**
 * Returns the actions that the gateway must offer to this side, sorted. Includes an order even when candidates do not
 * serve now, because the answer to the order names those candidates.
 */
export function actionsIn(life: Life, side: FixtureSide, takes: Takes): readonly string[] {
  const isOrder = life.model.state === '準備中';
  const single = possibleIn(life, isOrder ? () => true : takes).flatMap((each) =>
    each.side === side && each.action !== '' ? [each.action] : [],
  );
  const hasRoom = life.model.history.length + 2 <= MAX_HISTORY;
  const chained = side === 'B' && hasRoom && CHAINED_CANCEL[life.model.state] !== undefined ? ['cancel'] : [];
  return [...new Set([...single, ...chained])].sort();
}

/**
 * Like `actionsIn`, but includes actions that NACSIS-ILL refuses only because the history has no room for the entries
 * that NACSIS-ILL itself adds. The gateway cannot know how many these will be.
 */
export function actionsWithRoom(life: Life, side: FixtureSide, takes: Takes): readonly string[] {
  const { model } = life;
  if (model.history.length >= MAX_HISTORY) return [];
  const shorter = { ...life, model: { ...model, history: model.history.slice(MOST_OF_SYSTEM) } };
  const all = actionsIn(shorter, side, takes);
  const isChain = side === 'B' && CHAINED_CANCEL[model.state] !== undefined;
  return isChain && model.history.length + 2 > MAX_HISTORY ? all.filter((action) => action !== 'cancel') : all;
}

/** True when NACSIS-ILL shows the request to this library on this side. */
export function isSeenBy({ borrower, lenders, model }: Life, library: string, side: FixtureSide): boolean {
  if (side === 'B') return library === borrower;
  return model.active >= 0 && lenders[model.active] === library && model.state !== '準備中';
}

/** The request as NACSIS-ILL has it, regardless of how it came about. */
export function lifeOf(record: WireRecord): Life {
  const lenders = groupIn(record, 'HMLG').map(({ HMLID = '' }) => HMLID);
  const active = record['AMLID'] === undefined ? -1 : lenders.indexOf(textIn(record, 'AMLID'));
  const groups = [...(lenders.length > 0 ? ['HMLID'] : []), ...(record['BIBG'] === undefined ? [] : ['BIBID'])];
  const followed = FOLLOWED.filter((name) => record[name] !== undefined).map((name) => [name, textIn(record, name)]);
  return {
    id: textIn(record, 'ID'),
    kind: record['SRVCE'] === 'L' ? 'loan' : 'copy',
    borrower: textIn(record, 'OMLID'),
    lenders,
    model: {
      state: textIn(record, 'STAT'),
      active,
      claim: record['CLAIMFLG'] !== undefined,
      renewed: record['LOANFLG'] !== undefined,
      history: historyIn(record),
      fields: new Set([...Object.keys(record), ...groups]),
    },
    values: Object.fromEntries(followed) as Readonly<Record<string, string>>,
  };
}

/** True when the SENDG entry matches. For the system's own entries only the given parts are compared. */
export function isEntry(entry: Entry | undefined, expected: Entry): boolean {
  if (entry === undefined) return false;
  const isOwn = expected.SENDCMND !== undefined;
  const parts = isOwn ? (['SENDCMND', 'SENDMLID', 'SENDCMNT'] as const) : (Object.keys(expected) as (keyof Entry)[]);
  return parts.every((part) => entry[part] === expected[part]);
}

/** Differences between NACSIS-ILL and the expected state, as texts; empty without differences. */
export function differences(life: Life, record: WireRecord): readonly string[] {
  const { model } = life;
  const history = historyIn(record);
  const lender = model.active < 0 ? undefined : life.lenders[model.active];
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['STAT', model.state, record['STAT']],
    ['AMLID', lender, record['AMLID']],
    ['OMLID', life.borrower, record['OMLID']],
    ['CLAIMFLG', model.claim, record['CLAIMFLG'] !== undefined],
    ['LOANFLG', model.renewed, record['LOANFLG'] !== undefined],
    [
      'HMLG',
      life.lenders.join(),
      groupIn(record, 'HMLG')
        .map(({ HMLID }) => HMLID)
        .join(),
    ],
    ['entries of the history', model.history.length, history.length],
    ...Object.entries(life.values).map(([name, value]) => [name, value, record[name]] as const),
  ];
  const wrong = facts.filter(([, expected, actual]) => expected !== actual);
  const entry = model.history.findIndex((expected, at) => !isEntry(history[at], expected));
  return [
    ...wrong.map(
      ([name, expected, actual]) => `${name}: ${String(expected)} expected, NACSIS-ILL has ${String(actual)}`,
    ),
    ...(entry < 0 ? [] : [`entry ${String(entry + 1)} of the history differs`]),
  ];
}

/** The entry as text: `SEND FA090018 "…"`. */
export function entryInWords({ SENDCMND = '(system)', SENDMLID = '', SENDCMNT }: Entry): string {
  return `${SENDCMND} ${SENDMLID}${SENDCMNT === undefined ? '' : ` "${SENDCMNT}"`}`;
}

function groupIn(record: WireRecord, name: string): readonly Readonly<Record<string, string>>[] {
  const value = record[name];
  return Array.isArray(value) ? (value as readonly Readonly<Record<string, string>>[]) : [];
}
