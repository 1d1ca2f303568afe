import type { FixtureSide } from '../fixtures/transitions.fixture';
import { ALL_SERVE } from './driver';
import {
  attempt,
  completeAttempt,
  rowsOf,
  type Attempt,
  type Model,
  type ModelKind,
  type ModelOptions,
} from './ill-model';

/** Every ILL command of both tables. */
export const COMMANDS: readonly string[] = [
  ...['SAVE', 'ORDER', 'CANCEL', 'ANSWER', 'FORWARD', 'RETRY', 'RECEIVE', 'OK', 'BORROW', 'CLAIM', 'SENDBACK', 'RENEW'],
  ...['INQUIRE', 'PARDON', 'SEND', 'CALLBACK'],
];

/**
 * Fields that a side's commands require in addition to those of the order. With these fields, no command is refused
 * because a field is missing.
 */
const FILLS: Readonly<Record<ModelKind, Readonly<Record<FixtureSide, readonly string[]>>>> = {
  copy: { B: [], L: ['ADATE', 'SDATE', 'SUM'] },
  loan: { B: ['BDATE'], L: ['ADATE', 'SDATE', 'SUM', 'DDATE', 'KDATE'] },
};

/**
 * Attempts that must be refused in this situation although they are complete: wrong commands, and right commands from
 * or to the wrong library.
 */
export function impossible(model: Model, options: ModelOptions, stranger: string): readonly Attempt[] {
  return [...anyCommand(model, options), ...misdirected(model, options, stranger)].filter(
    (tried) => attempt(model, tried, options, ALL_SERVE) === undefined,
  );
}

/** Every command of each side, sent by the library of that side. */
export function anyCommand(model: Model, { kind, borrower, lenders }: ModelOptions): readonly Attempt[] {
  const library = { B: borrower, L: lenders[model.active] ?? lenders[0] ?? '' };
  return (['B', 'L'] as const).flatMap((side) =>
    COMMANDS.map((command) => ({
      kind,
      side,
      command,
      library: library[side],
      fills: FILLS[kind][side],
      comment: 'よろしくお願いいたします。',
    })),
  );
}

/**
 * The allowed commands, but sent by other libraries, to the files of the other side or kind, without fields, or without
 * comment.
 */
function misdirected(model: Model, options: ModelOptions, stranger: string): readonly Attempt[] {
  const libraries = [options.borrower, ...options.lenders, stranger];
  const right = rowsOf(options)
    .filter(({ state }) => state === model.state)
    .map((row) => completeAttempt(row, model, options));
  return right.flatMap((each): readonly Attempt[] => [
    ...libraries.map((library) => ({ ...each, library })),
    { ...each, kind: each.kind === 'copy' ? 'loan' : 'copy' },
    { ...each, side: each.side === 'B' ? 'L' : 'B' },
    { ...each, fills: [] },
    { ...each, comment: undefined },
  ]);
}
