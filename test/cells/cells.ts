import { ACTIONS, actionOf, CHAINED_CANCEL, STATE_ID } from '../fixtures/actions.fixture';
import { COPY_TABLE, LOAN_TABLE, type FixtureRow, type FixtureSide } from '../fixtures/transitions.fixture';
import { WIRE_STATES } from '../support/wire-request';

export type CellKind = 'copy' | 'loan';

/** One cell of the tables: a state of a kind with what the guards look at, seen from one side. */
export interface Cell {
  readonly kind: CellKind;
  readonly state: string;
  readonly side: FixtureSide;
  readonly claim: boolean;
  /** A lender that serves follows in the candidate list. */
  readonly remains: boolean;
  readonly renewed: boolean;
}

/** What the gateway offers as one action: the commands behind it and the id of the state that it leads to. */
export interface Offered {
  readonly action: string;
  readonly commands: readonly string[];
  readonly to: string;
}

export const KINDS = ['copy', 'loan'] as const;
export const SIDES = ['B', 'L'] as const;
/** Every ILL-command. */
export const COMMANDS: readonly string[] = [...new Set([...COPY_TABLE, ...LOAN_TABLE].map(({ command }) => command))];
export const EVERY_ACTION: readonly string[] = [...new Set([...ACTIONS.B, ...ACTIONS.L])];

/** Every state × side of a kind, each with every way in which a guard of the tables can be met there or not. */
export function cellsOf(kind: CellKind): readonly Cell[] {
  return WIRE_STATES[kind].flatMap((state) => {
    const guards = new Set(table(kind).flatMap((row) => (row.state === state ? (row.guard ?? []) : [])));
    const claims = guards.has('open claim') ? [true, false] : [state.startsWith('クレーム')];
    const remaining = guards.has('candidate remains') ? [true, false] : [true];
    const renewals = guards.has('no RENEW/SENDBACK ever') ? [true, false] : [/^(更新請求|返)/.test(state)];
    return SIDES.flatMap((side) =>
      claims.flatMap((claim) =>
        remaining.flatMap((remains) =>
          renewals.map((renewed): Cell => ({ kind, state, side, claim, remains, renewed })),
        ),
      ),
    );
  });
}

/** The rows that stand for this cell: what NACSIS-ILL takes from this side, and where it leads. */
export function rowsAt(cell: Cell, isStrict: boolean): readonly FixtureRow[] {
  return table(cell.kind).filter(
    (row) =>
      row.state === cell.state && row.side === cell.side && !(isStrict && row.lenientOnly) && isMet(row.guard, cell),
  );
}

/** What the gateway must offer here, sorted by action. The claim answer by ANSWER is understood and never sent. */
export function offersAt(cell: Cell, isStrict: boolean): readonly Offered[] {
  const rows = rowsAt(cell, isStrict).filter((row) => !(row.side === 'L' && row.command === 'ANSWER'));
  const single = rows.map(({ side, state, command, next }) => ({
    action: actionOf(side, state, command),
    commands: [command],
    to: STATE_ID[next] ?? '',
  }));
  const chain = cell.side === 'B' ? CHAINED_CANCEL[cell.state] : undefined;
  const chained = chain ? [{ action: 'cancel', commands: chain, to: 'CANCELLED' }] : [];
  return [...single, ...chained].sort((left, right) => (left.action < right.action ? -1 : 1));
}

/** 準備中 is invisible to lenders (dossier 10). */
export function isVisible({ state, side }: Cell): boolean {
  return !(side === 'L' && state === '準備中');
}

export function nameOf({ kind, state, side, claim, remains, renewed }: Cell): string {
  const marks = [claim && 'claim open', !remains && 'no candidate', renewed && 'renewed or returned'];
  return [kind, state, side, ...marks.filter((mark) => mark !== false)].join(' ');
}

function table(kind: CellKind): readonly FixtureRow[] {
  return kind === 'copy' ? COPY_TABLE : LOAN_TABLE;
}

function isMet(guard: FixtureRow['guard'], { claim, remains, renewed }: Cell): boolean {
  switch (guard) {
    case undefined:
      return true;
    case 'open claim':
      return claim;
    case 'no open claim':
      return !claim;
    case 'candidate remains':
      return remains;
    case 'none remains':
      return !remains;
    case 'no RENEW/SENDBACK ever':
      return !renewed;
  }
}
