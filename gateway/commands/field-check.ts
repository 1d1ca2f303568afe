import { contradictionsIn } from '#domain/contradictions';
import type { FieldError } from '#domain/errors';
import type { RequestFields } from '#domain/request';
import type { Transition } from '#domain/transitions';
import { checkComment, checkFields, merge, missingFor, withDefaults, type FieldContext } from '#domain/validation';
import { invalidFields } from '../gateway-error';
import { checkMarkFits } from './mark';

/** The fields of a command as the caller gave them; they come from outside and may hold anything. */
export interface GivenFields {
  readonly edge: Transition;
  readonly context: FieldContext;
  /** The record before the command; {} for a new one. */
  readonly stored: RequestFields;
  readonly given: RequestFields;
  readonly comment: string | undefined;
}

/** Every fault of form, every field that is missing and what contradicts itself, one entry for a field. */
export function faultsIn({ edge, context, stored, given, comment }: GivenFields): readonly FieldError[] {
  const form = [...checkFields(given, context), ...checkComment(comment)];
  const missing = missingFor(edge, merge(stored, withDefaults(edge, given, stored)), comment);
  const mark = edge.from === null ? checkMarkFits(given) : [];
  const contradictions = contradictionsIn(edge, given, stored);
  const named = new Set(form.map(({ field }) => field));
  return [...form, ...[...missing, ...mark, ...contradictions].filter(({ field }) => !named.has(field))];
}

/** The fields with their defaults, as they are sent. */
export function completed({ edge, stored, given }: GivenFields): RequestFields {
  return wholeBibliography(withDefaults(edge, given, stored), stored);
}

/** Throws `invalid-fields` when there are any. */
export function refuseFaults(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw invalidFields(faults);
}

/** BIBG is replaced as a whole (SPC 3): whoever changes one of its parts sends all three. */
function wholeBibliography(fields: RequestFields, stored: RequestFields): RequestFields {
  const parts = ['bibId', 'bibNote', 'standardNumber'] as const;
  if (!parts.some((part) => fields[part] !== undefined)) return fields;
  const before = parts.flatMap((part) => (stored[part] === undefined ? [] : [[part, stored[part]]]));
  return { ...(Object.fromEntries(before) as RequestFields), ...fields };
}
