import type { RequestSummary } from '../../domain/api-list';
import type { Action } from '../../domain/commands';
import type { Side } from '../../domain/kinds';
import { actionLabelKey } from '../../domain/labels';

export interface CommonAction {
  readonly action: Action;
  /** i18n key: the name that the action has in the state of the rows, where they are all in the same. */
  readonly label: string;
}

/** The actions that every one of the rows allows, in the order of the panel; the rows are of one side. */
export function commonActions(rows: readonly RequestSummary[]): readonly CommonAction[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const state = others.every((row) => row.state === first.state) ? first.state : null;
  const hasOneKind = others.every(({ kind }) => kind === first.kind);
  return first.allowed
    .filter((action) => others.every(({ allowed }) => allowed.includes(action)))
    .map((action) => ({
      action,
      // Receiving has a name for each kind, and one for both.
      label:
        hasOneKind || action !== 'receive'
          ? actionLabelKey(action, first.side, state, first.kind)
          : `action.${first.side}.${action}`,
    }));
}

/** What can be printed for rows of each side; parts of the address /print/…. */
export const SLIPS = {
  borrower: ['return', 'label'],
  lender: ['pull', 'shipping', 'label'],
} as const satisfies Record<Side, readonly string[]>;
