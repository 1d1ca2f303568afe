/**
 * The expected effect of a command in NACSIS-ILL, derived from the fixture tables alone. Imports nothing from the
 * product.
 */
import { COPY_TABLE, LOAN_TABLE, type FixtureRow, type FixtureSide } from '../fixtures/transitions.fixture';

export type ModelKind = 'copy' | 'loan';

/** The two comments of the system, verbatim (M8-6_1_3). */
export const SKIPPED = 'サービス休止中につきシステムが転送しました。';
export const ALL_REFUSED = '指定した全ての受付館で謝絶されました。';
/** Maximum number of SENDG entries in a record (NL2-28). */
export const MAX_HISTORY = 50;

export interface ModelOptions {
  readonly kind: ModelKind;
  readonly borrower: string;
  /** Member ids in the order of the candidate list. */
  readonly lenders: readonly string[];
  readonly strict: boolean;
}

/** The known parts of a SENDG entry. Parts that no document describes are left out. */
export interface Entry {
  readonly SENDCMND?: string;
  readonly SENDMLID?: string;
  readonly SENDCMNT?: string;
}

export interface Model {
  /** STAT; empty before there is a record. */
  readonly state: string;
  /** Index of the active lender; -1 when there is none. */
  readonly active: number;
  readonly claim: boolean;
  readonly renewed: boolean;
  readonly history: readonly Entry[];
  /** Wire names of the fields with a value. */
  readonly fields: ReadonlySet<string>;
}

export interface Attempt {
  /** Kind and side determine the database of the command. */
  readonly kind: ModelKind;
  readonly side: FixtureSide;
  readonly command: string;
  /** The sending library. */
  readonly library: string;
  /** Wire names of the fields that the command fills. */
  readonly fills: readonly string[];
  readonly comment?: string;
}

export type Serves = (memberId: string) => boolean;

export const NEW_MODEL: Model = {
  state: '',
  active: -1,
  claim: false,
  renewed: false,
  history: [],
  fields: new Set(),
};

export function rowsOf({ kind, strict }: Pick<ModelOptions, 'kind' | 'strict'>): readonly FixtureRow[] {
  return (kind === 'copy' ? COPY_TABLE : LOAN_TABLE).filter((row) => !(strict && row.lenientOnly));
}

/**
 * Returns the model after the attempt, or undefined when NACSIS-ILL must refuse the attempt. `serves` tells whether a
 * lender accepts requests now.
 */
export function attempt(model: Model, tried: Attempt, options: ModelOptions, serves: Serves): Model | undefined {
  const { side, command, library, fills, comment } = tried;
  const party = side === 'B' ? options.borrower : options.lenders[model.active];
  if (library !== party || tried.kind !== options.kind) return undefined;
  const next = options.lenders.findIndex((id, at) => at > model.active && serves(id));
  const row = rowsOf(options).find(
    (each) =>
      each.state === model.state && each.side === side && each.command === command && isMet(each, model, next >= 0),
  );
  if (row === undefined || (row.comment && !comment)) return undefined;
  const fields = new Set([...model.fields, ...fills]);
  if (!(row.req ?? []).every((need) => need.split('|').some((name) => fields.has(name)))) return undefined;
  if (command === 'ORDER' && !options.lenders.every(serves)) return undefined;
  const own: Entry = { SENDCMND: command, SENDMLID: library, ...(comment === undefined ? {} : { SENDCMNT: comment }) };
  const after = moved({ ...model, ...flags(model, row), state: row.next, fields }, row, next, own, options.lenders);
  return after.history.length > MAX_HISTORY ? undefined : after;
}

/**
 * Determines the next lender and the new history entries: the command, each skipped lender, and the notice that all
 * have refused.
 */
function moved(model: Model, row: FixtureRow, next: number, own: Entry, lenders: readonly string[]): Model {
  const history = [...model.history, own];
  if (row.command === 'ORDER') return { ...model, active: 0, history };
  if (row.next === '準備中') return { ...model, active: -1, history };
  if (row.command !== 'PARDON' && row.command !== 'FORWARD') return { ...model, history };
  const passed = lenders.slice(model.active + 1, next >= 0 ? next : undefined);
  const skipped = passed.map((id): Entry => ({ SENDMLID: id, SENDCMNT: SKIPPED }));
  if (next >= 0) return { ...model, active: next, history: [...history, ...skipped] };
  return { ...model, history: [...history, ...skipped, { SENDCMNT: ALL_REFUSED }] };
}

/** The claim ends when the borrower has received the answer or withdrawn the claim. */
function flags(model: Model, { side, state, command }: FixtureRow): Pick<Model, 'claim' | 'renewed'> {
  const received = state === 'クレーム回答待' && command === 'RECEIVE';
  const takenBack = state === 'クレーム未処理' && command === 'CALLBACK';
  const over = side === 'B' && (received || takenBack);
  return {
    claim: !over && (model.claim || (command === 'CLAIM' && side === 'B')),
    renewed: model.renewed || command === 'RENEW' || command === 'SENDBACK',
  };
}

function isMet({ guard }: FixtureRow, model: Model, remains: boolean): boolean {
  switch (guard) {
    case undefined:
      return true;
    case 'open claim':
      return model.claim;
    case 'no open claim':
      return !model.claim;
    case 'candidate remains':
      return remains;
    case 'none remains':
      return !remains;
    case 'no RENEW/SENDBACK ever':
      return !model.renewed;
  }
}

/** A complete attempt for this row. */
export function completeAttempt(row: FixtureRow, model: Model, options: ModelOptions): Attempt {
  return {
    kind: options.kind,
    side: row.side,
    command: row.command,
    library: row.side === 'B' ? options.borrower : (options.lenders[model.active] ?? options.lenders[0] ?? ''),
    fills: (row.req ?? []).flatMap((need) => need.split('|')[0] ?? []),
    comment: 'よろしくお願いいたします。髙𠮷',
  };
}
