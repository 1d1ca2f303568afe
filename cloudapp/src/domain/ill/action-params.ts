import type { Command } from './commands';
import { FIELDS, fieldSpec, type FieldName } from './fields';
import type { Kind, Side } from './kinds';
import type { StateId } from './states';
import type { Transition } from './transitions';

/** Fields that the form offers for a command, required or not, in display order. */
interface OfferedFields {
  readonly from: StateId;
  readonly side: Side;
  readonly command: Command;
  /** Set when only the edge to this state offers the fields. */
  readonly to?: StateId;
  readonly fields: readonly FieldName[];
  /** Source keys of the NACSIS-ILL dossier. */
  readonly source: string;
}

const CHARGES: readonly FieldName[] = ['charges', 'fee', 'postage', 'total'];

/** Edges that offer more fields than they require. Fields of the other kind (the due date of a copy) are left out. */
export const OFFERED_FIELDS: readonly OfferedFields[] = [
  {
    from: 'UNPROCESSED',
    side: 'lender',
    command: 'RECEIVE',
    fields: ['acceptDate', 'lenderNumber', 'lenderStaff', 'lenderAddress'],
    source: 'ISO-4.2, 10.1',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'SEND',
    to: 'SHIPPED',
    fields: ['shipDate', ...CHARGES, 'dueDate', 'lenderNumber'],
    source: 'M8-6_3',
  },
  {
    from: 'PROCESSING',
    side: 'lender',
    command: 'SEND',
    to: 'CLAIM_ANSWERED',
    fields: [...CHARGES, 'dueDate'],
    source: 'M7-6_13, furoku_a_3',
  },
  // The cost that the borrower is asked to approve.
  { from: 'PROCESSING', side: 'lender', command: 'INQUIRE', fields: ['total'], source: 'M8-5_10' },
  // The new due date; the old one when a renewal is refused.
  { from: 'RETURN_PROCESSING', side: 'lender', command: 'CLAIM', fields: ['dueDate'], source: 'CARIN-L J, M7 6.12' },
  // After a renewal request, a returned item has no check-in date yet.
  { from: 'RETURN_PROCESSING', side: 'lender', command: 'OK', fields: ['checkInDate'], source: 'ISO-4.5' },
];

/** A field of the request, or `comment`. */
interface AskedField {
  readonly name: FieldName | 'comment';
  readonly required: boolean;
  /** today: the day in Asia/Tokyo. */
  readonly default?: 'today';
}

/**
 * Fields that the form shows for these edges, without duplicates, the comment last. ORDER has none: its fields are
 * edited in the request itself.
 */
export function askedFields(edges: readonly Transition[], kind: Kind): readonly AskedField[] {
  const fields = edges.flatMap((edge) => (edge.command === 'ORDER' ? [] : fieldsOf(edge, kind)));
  const names = [...new Set(fields.map(({ name }) => name))];
  const each = names.map((name): AskedField => {
    const same = fields.filter((field) => field.name === name);
    const isToday = same.some((field) => field.default === 'today');
    return { name, required: same.some(({ required }) => required), ...(isToday ? { default: 'today' } : {}) };
  });
  return [...each, { name: 'comment', required: edges.some(({ comment }) => comment === 'required') }];
}

function fieldsOf(edge: Transition, kind: Kind): readonly AskedField[] {
  const offered = OFFERED_FIELDS.find((each) => isOf(each, edge))?.fields ?? [];
  const required = (edge.required ?? []).flatMap((requirement): readonly FieldName[] =>
    typeof requirement === 'string' ? [requirement] : requirement.oneOf,
  );
  const defaulted = edge.defaultsToToday ?? [];
  const names = [...new Set([...offered, ...required, ...defaulted])].filter((name) => isForKind(name, kind));
  return names.map((name) => ({
    name,
    required: required.includes(name),
    ...(defaulted.includes(name) ? { default: 'today' } : {}),
  }));
}

function isOf({ from, side, command, to }: OfferedFields, edge: Transition): boolean {
  return edge.from === from && edge.side === side && edge.command === command && (to === undefined || edge.to === to);
}

function isForKind(name: FieldName, kind: Kind): boolean {
  if (name === 'lenders' || name === 'charges') return true;
  const only = Object.hasOwn(FIELDS, name) ? fieldSpec(name).kind : undefined;
  return only === undefined || only === kind;
}
