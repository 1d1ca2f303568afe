import { fieldSpec, type FieldForm, type ScalarName } from '../../../domain/ill/fields';
import type { Kind } from '../../../domain/ill/kinds';
import { MARK_BYTES } from '../../../domain/ill/order-mark';

/** The fields of a new order by form group. A spec compares this list with the field specs. */
export const FIELD_GROUPS = {
  part: ['volume', 'year', 'pages', 'article'],
  terms: ['payment', 'copyType', 'sendingMethod'],
  bibliography: ['bibNote', 'standardNumber', 'bibId', 'bibSource', 'holdingSource'],
  applicant: ['applicant', 'applicantAffiliation'],
  staff: ['orderDate', 'borrowerStaff', 'borrowerAddress', 'electronicAddress'],
  numbers: ['borrowerNumber', 'permitNumber', 'borrowerLocalData', 'borrowerAccountData'],
} as const satisfies Record<string, readonly ScalarName[]>;

export type FieldGroup = keyof typeof FIELD_GROUPS;
export type OrderField = (typeof FIELD_GROUPS)[FieldGroup][number];
export const ORDER_FIELDS: readonly OrderField[] = Object.values(FIELD_GROUPS).flat();

/** Fields allowed in a template: no patron data and nothing specific to one request. */
export const TEMPLATE_FIELDS = [
  'payment',
  'copyType',
  'sendingMethod',
  'borrowerStaff',
  'borrowerAddress',
  'electronicAddress',
  'permitNumber',
  'borrowerLocalData',
  'borrowerAccountData',
] as const satisfies readonly OrderField[];

/** Fields with a multi-line control; on the wire they are one line. */
const LONG: ReadonlySet<OrderField> = new Set<OrderField>([
  'article',
  'bibNote',
  'borrowerAddress',
  'borrowerStaff',
  'borrowerLocalData',
]);

/** i18n key of the label of a field that a fault names, such as `lenders[0].memberId`. */
export function labelOf(field: string): string {
  return `field.${field.startsWith('lenders') ? 'lenders' : field}`;
}

export function isLong(name: OrderField): boolean {
  return LONG.has(name);
}

export function formOf(name: OrderField): FieldForm {
  return fieldSpec(name).form;
}

export function isForKind(name: OrderField, kind: Kind): boolean {
  const only = fieldSpec(name).kind;
  return only === undefined || only === kind;
}

/** Returns the field's limit in bytes. The limit of the local data leaves room for the gateway's mark. */
export function roomFor(name: OrderField): number {
  return fieldSpec(name).maxBytes - (name === 'borrowerLocalData' ? MARK_BYTES : 0);
}
