import { CODE_TABLES, type CodeTable } from '../../domain/ill/codes';
import { fieldSpec, type ScalarName } from '../../domain/ill/fields';

/** A field for display: i18n key of its label, and its formatted value. */
export interface FieldLine {
  readonly label: string;
  readonly value?: string;
  /** i18n key of the value, when it is a code. */
  readonly code?: string;
}

/** Lines of the fields that have a value, in this order. Dates get hyphens, codes become labels. */
export function fieldLines(
  names: readonly ScalarName[],
  fields: { readonly [name in ScalarName]?: string },
): readonly FieldLine[] {
  return names.flatMap((name) => lineOf(name, fields[name] ?? ''));
}

function lineOf(name: ScalarName, value: string): readonly FieldLine[] {
  if (value === '') return [];
  const label = `field.${name}`;
  const { form } = fieldSpec(name);
  if (form === 'date') return [{ label, value: value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') }];
  const code = form in CODE_TABLES ? CODE_TABLES[form as CodeTable].find(({ wire }) => wire === value) : undefined;
  return [{ label, value, ...(code && { code: `code.${form}.${code.id}` }) }];
}
