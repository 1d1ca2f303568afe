import type { FieldError } from '#domain/errors';
import { checkText } from '#domain/field-text';
import { folded } from '../store/folded-text';

/** A name has at most 60 characters (schema), each of four bytes at most. */
const NAME = { form: 'text', maxBytes: 240 } as const;

/** What is wrong with the name of something shared; `before`: the names that others of its kind have already. */
export function checkName(field: string, name: string, before: readonly string[]): readonly FieldError[] {
  if (folded(name) === '') return [{ field, code: 'required' }];
  const form = checkText(field, name, NAME);
  // A reader cannot tell apart names that differ in case, width and blanks only. `memberId` is what the words of `duplicate` show.
  const isTaken = before.some((other) => folded(other) === folded(name));
  return isTaken ? [...form, { field, code: 'duplicate', params: { memberId: name } }] : form;
}
