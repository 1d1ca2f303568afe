import { fieldSpec, SCALAR_NAMES, type ScalarName } from '../../domain/ill/fields';
import { fieldLines, type FieldLine } from '../ui/field-line';
import { yen } from '../ui/yen';
import type { Params } from './batch-plan';

/** Params for confirmation: the fields in order, then charge lines, amounts and the comment. */
export function linesOfParams({ comment, charges = [], lenders: _lenders, ...fields }: Params): readonly FieldLine[] {
  const amounts = SCALAR_NAMES.filter(isYen);
  const others = SCALAR_NAMES.filter((name) => !isYen(name));
  return [
    ...fieldLines(others, fields),
    ...charges.map(({ item = '', quantity = '', unitPrice = '' }) => ({
      label: 'field.charges',
      value: `${item} ${quantity} × ${yen(unitPrice)}`.trim(),
    })),
    ...fieldLines(amounts, fields).map(({ label, value = '' }) => ({ label, value: yen(value) })),
    ...(comment === undefined ? [] : [{ label: 'field.comment', value: comment }]),
  ];
}

function isYen(name: ScalarName): boolean {
  return fieldSpec(name).form === 'yen';
}
