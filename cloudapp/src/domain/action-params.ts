import type { Command } from './commands';
import { FIELDS, fieldSpec, type FieldName } from './fields';
import type { Kind, Side } from './kinds';
import type { StateId } from './states';
import type { Transition } from './transitions';

/** What may usefully be entered with a command, required or not, in the order in which it is asked. */
interface OfferedFields {
  readonly from: StateId;
  readonly side: Side;
  readonly command: Command;
  /** Only for the edge that leads there. */
  readonly to?: StateId;
  readonly fields: readonly FieldName[];
  /** Where the fact stands (source keys of the NACSIS-ILL dossier). */
  readonly source: string;
}

const CHARGES: readonly FieldName[] = ['charges', 'fee', 'postage', 'total'];

/** The edges that ask for more than they require. A field of the other kind (the due date of a copy) is left out. */
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
  // The costs that the borrower is asked to agree to
  { from: 'PROCESSING', side: 'lender', command: 'INQUIRE', fields: ['total'], source: 'M8-5_10' },
  // The new due date, or the old one where a renewal is refused
  { from: 'RETURN_PROCESSING', side: 'lender', command: 'CLAIM', fields: ['dueDate'], source: 'CARIN-L J, M7 6.12' },
  // What came back after a renewal was asked for has no day of return yet
  { from: 'RETURN_PROCESSING', side: 'lender', command: 'OK', fields: ['checkInDate'], source: 'ISO-4.5' },
];

/** A field of the request, or `comment`. */
export interface AskedField {
  readonly name: FieldName | 'comment';
  readonly required: boolean;
  /** today: the day in Asia/Tokyo. */
  readonly default?: 'today';
}

/** What the librarian is asked for by these edges, each once, the comment last. ORDER asks for nothing: its fields are edited in the request itself. */
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
