import { ACTIONS_OF_SIDE, type Action } from '../../domain/ill/commands';
import { actionLabelKey } from '../../domain/ill/labels';
import type { BatchRow } from './batch-row';

interface ActionChoice {
  readonly action: Action;
  /** i18n key of the action's name. */
  readonly label: string;
  /** Number of rows that allow the action. */
  readonly count: number;
}

/**
 * True when the action differs per request: in these states the lender's CLAIM either answers a renewal request (with
 * that loan's due date) or asks about a returned item. Only the request's history tells which.
 */
export function isOneByOne(action: Action, { side, state }: BatchRow): boolean {
  return action === 'claim' && side === 'lender' && (state === 'RETURN_PROCESSING' || state === 'RENEW_REQUESTED');
}

/**
 * Actions that at least one row allows, in the order of the panel. All rows are of one side. Omits save, which changes
 * nothing.
 */
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

/** The action's name if it is the same for all rows, otherwise its general name. */
export function labelOf(action: Action, rows: readonly BatchRow[]): string {
  const keys = new Set(rows.map(({ side, state, kind }) => actionLabelKey(action, side, state, kind)));
  const [key, other] = [...keys];
  if (key !== undefined && other === undefined) return key;
  return `action.${rows[0]?.side ?? 'borrower'}.${action}`;
}
