import { ACTIONS_OF_SIDE, type Action } from '../../domain/commands';
import { actionLabelKey } from '../../domain/labels';
import type { BatchRow } from './batch-row';

export interface ActionChoice {
  readonly action: Action;
  /** i18n key of its name. */
  readonly label: string;
  /** How many of the rows allow it. */
  readonly count: number;
}

/**
 * Whether the action says something of its own to each of them: in this state the lender's CLAIM answers a request for renewal (with
 * the due date of that loan) or asks about what came back, and which of both only the history of the request tells.
 */
export function isOneByOne(action: Action, { side, state }: BatchRow): boolean {
  return action === 'claim' && side === 'lender' && (state === 'RETURN_PROCESSING' || state === 'RENEW_REQUESTED');
}

/** What at least one row allows, in the order of the panel; the rows are all of one side. Saving again changes nothing and is left out. */
export function choicesOf(rows: readonly BatchRow[]): readonly ActionChoice[] {
  const [first] = rows;
  if (first === undefined) return [];
  const actions: readonly Action[] = ACTIONS_OF_SIDE[first.side];
  return actions.flatMap((action): readonly ActionChoice[] => {
    const able = rows.filter((row) => row.allowed.includes(action) && !isOneByOne(action, row));
    if (action === 'save' || able.length === 0) return [];
    return [{ action, label: labelOf(action, able), count: able.length }];
  });
}

/** The name that the action has for all of these rows, or its general one. */
export function labelOf(action: Action, rows: readonly BatchRow[]): string {
  const keys = new Set(rows.map(({ side, state, kind }) => actionLabelKey(action, side, state, kind)));
  const [key, other] = [...keys];
  if (key !== undefined && other === undefined) return key;
  return `action.${rows[0]?.side ?? 'borrower'}.${action}`;
}
