import { ACTIONS, actionOf, CHAINED_CANCEL, STATE_ID } from '../fixtures/actions.fixture';
import { COPY_TABLE, LOAN_TABLE, type FixtureRow, type FixtureSide } from '../fixtures/transitions.fixture';
import { WIRE_STATES } from '../support/wire-request';

export type CellKind = 'copy' | 'loan';

/** One cell of the tables: kind, state and side, with the conditions of the guards. */
export interface Cell {
  readonly kind: CellKind;
  readonly state: string;
  readonly side: FixtureSide;
  readonly claim: boolean;
  /** True when a serving lender follows in the candidate list. */
  readonly remains: boolean;
  readonly renewed: boolean;
}

/** An action that the gateway offers: its commands and the id of the resulting state. */
export interface Offered {
  readonly action: string;
  readonly commands: readonly string[];
  readonly to: string;
}

export const KINDS = ['copy', 'loan'] as const;
export const SIDES = ['B', 'L'] as const;
/** Every ILL command. */
export const COMMANDS: readonly string[] = [...new Set([...COPY_TABLE, ...LOAN_TABLE].map(({ command }) => command))];
export const EVERY_ACTION: readonly string[] = [...new Set([...ACTIONS.B, ...ACTIONS.L])];

/** All states and sides of a kind, with every combination of guard conditions that matters there. */
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

/** The rows for this cell: the commands that NACSIS-ILL accepts from this side, and their results. */
export function rowsAt(cell: Cell, isStrict: boolean): readonly FixtureRow[] {
  return table(cell.kind).filter(
    (row) =>
      row.state === cell.state && row.side === cell.side && !(isStrict && row.lenientOnly) && isMet(row.guard, cell),
  );
}

/**
 * The actions that the gateway must offer here, sorted. The gateway understands ANSWER as the answer to a claim, but
 * never sends it.
 */
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

/** Lenders do not see 準備中 (dossier 10). */
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
