import type { Template } from '#domain/api/profile';
import type { FieldError } from '#domain/errors';
import { FIELDS, fieldSpec, PATRON_FIELDS, type ScalarName } from '#domain/ill/fields';
import { checkComment, checkScalar } from '#domain/ill/validation';
import { checkMarkFits } from '../commands/mark';
import { checkName } from './name-check';

/**
 * Faults of shared templates, one entry each, with paths like `templates[0].values.payment`. A template may hold what
 * the borrower of a new request writes, in a form that may be sent, and nothing about the patron.
 */
export function checkTemplates(templates: readonly Template[]): readonly FieldError[] {
  return templates.flatMap((template, at) => {
    const path = `templates[${String(at)}]`;
    return [
      ...checkName(
        `${path}.name`,
        template.name,
        templates.slice(0, at).map(({ name }) => name),
      ),
      ...Object.entries(template.values).flatMap(([name, value]) =>
        checkValue(name, value, template.kind).map((fault) => ({ ...fault, field: `${path}.values.${name}` })),
      ),
    ];
  });
}

function checkValue(name: string, value: string, kind: Template['kind']): readonly FieldError[] {
  if (name === 'comment') return checkComment(value);
  if (!isScalar(name)) return [{ field: name, code: 'unknown-field' }];
  if (PATRON_FIELDS.some((patron) => patron === name)) return [{ field: name, code: 'not-editable-now' }];
  // A template for both kinds may hold fields of one kind; the form of the other omits them.
  const context = { kind: kind ?? fieldSpec(name).kind ?? 'copy', side: 'borrower', preparing: true } as const;
  const faults = checkScalar(name, value, context);
  return faults.length === 0 && name === 'borrowerLocalData' ? checkMarkFits({ borrowerLocalData: value }) : faults;
}

function isScalar(name: string): name is ScalarName {
  return Object.hasOwn(FIELDS, name);
}
