import { stepFor } from './machine';
import { NEW_RECORD, type IllRequest, type RequestFields } from './request';
import type { FieldName } from './fields';
import type { Kind, Side } from './kinds';
import { missingFor, merge, withDefaults } from './validation';

/** What a copy cannot be found without. The table does not require them, because NACSIS-ILL takes an ORDER without. */
const LOCATING_A_COPY = ['volume', 'pages'] as const satisfies readonly FieldName[];

/**
 * The fields that an order with these fields still needs, by domain name: those that the table requires of ORDER, and
 * volume and pages of a copy. `bibId` stands for a bibliographic id, note or number (iso18626.md 4.1).
 */
export function orderLacks(kind: Kind, fields: RequestFields): readonly string[] {
  const step = stepFor({ ...NEW_RECORD(kind), state: 'PREPARING' }, 'borrower', 'ORDER');
  if (!step.allowed) throw new Error(`the table does not let a saved request be ordered: ${step.refusal}`);
  const whole = merge(fields, withDefaults(step.edge, {}, fields));
  const missing = missingFor(step.edge, whole).map(({ field }) => field);
  const unlocated = kind === 'copy' ? LOCATING_A_COPY.filter((name) => (whole[name] ?? '').trim() === '') : [];
  return [...missing, ...unlocated];
}

/** The same for a request in 準備中 on the borrowing side; undefined for every other request. */
export function lacksOf(
  request: Pick<IllRequest, 'kind' | 'state' | 'fields'>,
  side: Side,
): readonly string[] | undefined {
  return side === 'borrower' && request.state === 'PREPARING' ? orderLacks(request.kind, request.fields) : undefined;
}
