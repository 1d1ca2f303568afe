/** What NACSIS-ILL must do with a command, worked out from the fixture tables alone. Imports nothing from the product. */
import { COPY_TABLE, LOAN_TABLE, type FixtureRow, type FixtureSide } from '../fixtures/transitions.fixture';

export type ModelKind = 'copy' | 'loan';

export interface ModelOptions {
  readonly kind: ModelKind;
  /** Member ids in the order of the candidate list. */
  readonly lenders: readonly string[];
  readonly strict: boolean;
}

export interface Model {
  /** STAT; '' before there is a record. */
  readonly state: string;
  /** Place of the active lender; -1 = none. */
  readonly active: number;
  readonly claim: boolean;
  readonly renewed: boolean;
  readonly history: number;
  /** Wire names that have a value. */
  readonly fields: ReadonlySet<string>;
}

export interface Attempt {
  readonly side: FixtureSide;
  readonly command: string;
  /** The library that sends it; for a lender it must be the active one. */
  readonly library: string;
  /** Wire names that the command fills. */
  readonly fills: readonly string[];
  readonly comment: boolean;
}

export const NEW_MODEL: Model = { state: '', active: -1, claim: false, renewed: false, history: 0, fields: new Set() };

export function rowsOf({ kind, strict }: ModelOptions): readonly FixtureRow[] {
  return (kind === 'copy' ? COPY_TABLE : LOAN_TABLE).filter((row) => !(strict && row.lenientOnly));
}

/** The record after the attempt, or undefined when it must be refused. `serves`: whether a lender takes requests now. */
export function attempt(model: Model, { side, command, library, fills, comment }: Attempt, options: ModelOptions, serves: (id: string) => boolean): Model | undefined {
  if (side === 'L' && options.lenders[model.active] !== library) return undefined;
  const next = options.lenders.findIndex((id, at) => at > model.active && serves(id));
  const row = rowsOf(options).find((each) => each.state === model.state && each.side === side && each.command === command && isMet(each, model, next >= 0));
  if (row === undefined || (row.comment && !comment)) return undefined;
  const fields = new Set([...model.fields, ...fills]);
  if (!(row.req ?? []).every((need) => need.split('|').some((name) => fields.has(name)))) return undefined;
  if (command === 'ORDER' && !options.lenders.every(serves)) return undefined;
  return moved({ ...model, fields, state: row.next, ...flags(model, row) }, row, next, options.lenders.length);
}

/** Which candidates come next, and how many entries the history gains: the command, each lender passed over, and the word that all have refused. */
function moved(model: Model, row: FixtureRow, next: number, lenders: number): Model {
  const history = model.history + 1;
  if (row.command === 'ORDER') return { ...model, active: 0, history };
  if (row.next === '準備中') return { ...model, active: -1, history };
  if (row.command !== 'PARDON' && row.command !== 'FORWARD') return { ...model, history };
  const passed = (next >= 0 ? next : lenders) - model.active - 1;
  return { ...model, active: next >= 0 ? next : model.active, history: history + passed + (next >= 0 ? 0 : 1) };
}

/** The claim is over when the borrower has received the answer, or has taken the claim back. */
function flags(model: Model, { side, state, command }: FixtureRow): Pick<Model, 'claim' | 'renewed'> {
  const over = side === 'B' && ((state === 'クレーム回答待' && command === 'RECEIVE') || (state === 'クレーム未処理' && command === 'CALLBACK'));
  return {
    claim: !over && (model.claim || (command === 'CLAIM' && side === 'B')),
    renewed: model.renewed || command === 'RENEW' || command === 'SENDBACK',
  };
}

function isMet({ guard }: FixtureRow, model: Model, remains: boolean): boolean {
  switch (guard) {
    case undefined: return true;
    case 'open claim': return model.claim;
    case 'no open claim': return !model.claim;
    case 'candidate remains': return remains;
    case 'none remains': return !remains;
    case 'no RENEW/SENDBACK ever': return !model.renewed;
  }
}

/** A way to one edge of the machine: every row in every situation (state, active lender, flags) that complete commands lead to. */
export interface Chain {
  /** The last one is the edge. */
  readonly rows: readonly FixtureRow[];
  readonly after: Model;
}

export function chainsToEveryEdge(options: ModelOptions): readonly Chain[] {
  const chains: Chain[] = [];
  const seen = new Set([situationOf(NEW_MODEL)]);
  const queue: Chain[] = [{ rows: [], after: NEW_MODEL }];
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
    for (const row of rowsOf(options).filter(({ state }) => state === entry?.after.state)) {
      const after = attempt(entry.after, completeAttempt(row, entry.after, options), options, () => true);
      if (after === undefined || after.state !== row.next) continue;
      const chain = { rows: [...entry.rows, row], after };
      chains.push(chain);
      if (!seen.has(situationOf(after))) queue.push(chain);
      seen.add(situationOf(after));
    }
  }
  return chains;
}

/** What decides over the next command when every lender serves and nothing is missing. */
export function situationOf({ state, active, claim, renewed }: Model): string {
  return [state, active, claim, renewed].join();
}

/** The attempt that gives this row all that it needs. */
export function completeAttempt(row: FixtureRow, model: Model, { lenders }: ModelOptions): Attempt {
  const fills = (row.req ?? []).flatMap((need) => need.split('|')[0] ?? []);
  return { side: row.side, command: row.command, library: row.side === 'L' ? (lenders[model.active] ?? '') : '', fills, comment: true };
}
