import type { FieldError } from '#domain/errors';
import { checkText } from '#domain/ill/field-text';
import { folded } from '../store/folded-text';

/** A name has at most 60 characters (schema) of at most four bytes each. */
const NAME = { form: 'text', maxBytes: 240 } as const;

/** Faults in the name of a shared item. `before`: existing names of the same kind. */
export function checkName(field: string, name: string, before: readonly string[]): readonly FieldError[] {
  if (folded(name) === '') return [{ field, code: 'required' }];
  const form = checkText(field, name, NAME);
  // Readers cannot distinguish names that differ only in case, width or blanks. The message of `duplicate` shows
  // `memberId`.
  const isTaken = before.some((other) => folded(other) === folded(name));
  return isTaken ? [...form, { field, code: 'duplicate', params: { memberId: name } }] : form;
}
