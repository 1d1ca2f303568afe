import type { Template } from '#domain/api-profile';
import type { FieldError } from '#domain/errors';
import { FIELDS, fieldSpec, PATRON_FIELDS, type ScalarName } from '#domain/fields';
import { checkText } from '#domain/field-text';
import { checkComment, checkScalar } from '#domain/validation';
import { checkMarkFits } from './mark';

/** A name has at most 60 characters (schema), each of four bytes at most. */
const NAME = { form: 'text', maxBytes: 240 } as const;

/**
 * What is wrong with shared templates, one entry for each fault, under paths like `templates[0].values.payment`. A template may hold
 * what the borrower of a new request writes, in the form in which it may be sent, and nothing about the patron.
 */
export function checkTemplates(templates: readonly Template[]): readonly FieldError[] {
  return templates.flatMap((template, at) => {
    const path = `templates[${String(at)}]`;
    return [
      ...checkName(`${path}.name`, template.name, templates.slice(0, at)),
      ...Object.entries(template.values).flatMap(([name, value]) =>
        checkValue(name, value, template.kind).map((fault) => ({ ...fault, field: `${path}.values.${name}` })),
      ),
    ];
  });
}

function checkName(field: string, name: string, before: readonly Template[]): readonly FieldError[] {
  if (folded(name) === '') return [{ field, code: 'required' }];
  const form = checkText(field, name, NAME);
  const isTaken = before.some((other) => folded(other.name) === folded(name));
  // `memberId` is what the words of `duplicate` show.
  return isTaken ? [...form, { field, code: 'duplicate', params: { memberId: name } }] : form;
}

/** Names that a reader cannot tell apart: case, width and blanks do not count. */
function folded(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

function checkValue(name: string, value: string, kind: Template['kind']): readonly FieldError[] {
  if (name === 'comment') return checkComment(value);
  if (!isScalar(name)) return [{ field: name, code: 'unknown-field' }];
  if (PATRON_FIELDS.some((patron) => patron === name)) return [{ field: name, code: 'not-editable-now' }];
  // A template for both kinds may hold fields of one: the form of the other leaves them out.
  const context = { kind: kind ?? fieldSpec(name).kind ?? 'copy', side: 'borrower', preparing: true } as const;
  const faults = checkScalar(name, value, context);
  return faults.length === 0 && name === 'borrowerLocalData' ? checkMarkFits({ borrowerLocalData: value }) : faults;
}

function isScalar(name: string): name is ScalarName {
  return Object.hasOwn(FIELDS, name);
}
