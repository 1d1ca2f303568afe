import type { ActionParam } from '../../domain/api';
import { today } from '../../domain/dates';
import type { FieldError } from '../../domain/errors';
import { fieldSpec, SCALAR_NAMES, type ScalarName } from '../../domain/fields';
import type { Kind, Side } from '../../domain/kinds';
import { plausibilityOf, type Warning } from '../../domain/plausibility';
import { checkComment, checkScalar } from '../../domain/validation';

/** Texts by the name of the field, or `comment`. */
export type ParamValues = Readonly<Record<string, string>>;

/** With what is known already; what was typed before stays. */
export function startOf(asked: readonly ActionParam[], typed: ParamValues = {}): ParamValues {
  return Object.fromEntries(
    asked.map(({ name, default: first }) => [name, typed[name] ?? (first === 'today' ? today() : (first ?? ''))]),
  );
}

/** What keeps it from being sent: missing, wrong, or a due date that has passed (the gateway refuses that, too). */
export function faultsOf(
  asked: readonly ActionParam[],
  values: ParamValues,
  context: { readonly side: Side; readonly kind: Kind },
): readonly FieldError[] {
  return asked.flatMap(({ name, required }): readonly FieldError[] => {
    const value = (values[name] ?? '').trim();
    if (value === '') return required ? [{ field: name, code: 'required' }] : [];
    if (name === 'comment') return checkComment(value);
    return isScalar(name) ? checkScalar(name, value, { ...context, preparing: false }) : [];
  });
}

export function warningsOf(values: ParamValues): readonly Warning[] {
  const { comment: _comment, ...fields } = filled(values);
  return plausibilityOf(fields);
}

/** Without what was left empty. */
export function filled(values: ParamValues): ParamValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
}

export function formOfParam(name: string): 'comment' | 'date' | 'yen' | 'text' {
  if (name === 'comment') return 'comment';
  const form = isScalar(name) ? fieldSpec(name).form : 'text';
  return form === 'date' || form === 'yen' ? form : 'text';
}

/** Something that one value says for all. */
export function isAsked(name: string): boolean {
  return name === 'comment' || isScalar(name);
}

function isScalar(name: string): name is ScalarName {
  return (SCALAR_NAMES as readonly string[]).includes(name);
}
