import type { RequestSummary } from '../../domain/api/work-list';
import type { Action } from '../../domain/ill/commands';
import type { Side } from '../../domain/ill/kinds';
import { actionLabelKey } from '../../domain/ill/labels';

export interface CommonAction {
  readonly action: Action;
  /** i18n key: the action's name in the rows' state, when all rows have the same. */
  readonly label: string;
}

/** The actions that all rows allow, in the order of the panel. The rows must be of one side. */
export function commonActions(rows: readonly RequestSummary[]): readonly CommonAction[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const state = others.every((row) => row.state === first.state) ? first.state : null;
  const hasOneKind = others.every(({ kind }) => kind === first.kind);
  return first.allowed
    .filter((action) => others.every(({ allowed }) => allowed.includes(action)))
    .map((action) => ({
      action,
      // Receiving has a name per kind, and a common one.
      label:
        hasOneKind || action !== 'receive'
          ? actionLabelKey(action, first.side, state, first.kind)
          : `action.${first.side}.${action}`,
    }));
}

/** Slips that can be printed for each side; path segments of /print/…. */
export const SLIPS = {
  borrower: ['return', 'label'],
  lender: ['pull', 'shipping', 'label'],
} as const satisfies Record<Side, readonly string[]>;
