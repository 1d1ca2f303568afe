import type { FieldError } from '../../domain/errors';
import { byteLength, fieldSpec, SCALAR_NAMES, type ScalarName } from '../../domain/ill/fields';
import type { Default } from './action-defaults';

/** A field of the form. */
export interface FieldView extends Default {
  readonly name: string;
  readonly form: 'date' | 'yen' | 'text';
  readonly required: boolean;
  /** Byte count of the value. */
  readonly bytes: number;
  readonly maxBytes: number;
  readonly errors: readonly FieldError[];
}

/** Pseudo field of a renewal; NACSIS-ILL takes the wished date as part of the comment. */
export const WISHED_DATE = 'wishedDate';
const DAY_BYTES = 8;

export function fieldView(name: string, required: boolean, current: Default, errors: readonly FieldError[]): FieldView {
  const spec = isScalarName(name) ? fieldSpec(name) : undefined;
  const own = spec?.form === 'date' || spec?.form === 'yen' ? spec.form : 'text';
  return {
    ...current,
    name,
    form: name === WISHED_DATE ? 'date' : own,
    required,
    bytes: byteLength(current.value),
    maxBytes: spec?.maxBytes ?? DAY_BYTES,
    errors,
  };
}

/** `charges[1].item` → `charges` */
export function rootOf(path: string): string {
  return path.split(/[[.]/, 1)[0] ?? path;
}

/** `20261124` → `2026-11-24`, the form of date inputs and comments; any other text is returned unchanged. */
export function dashed(day: string): string {
  return day.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function isScalarName(name: string): name is ScalarName {
  return (SCALAR_NAMES as readonly string[]).includes(name);
}
