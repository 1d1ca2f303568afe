import { contradictionsIn } from '#domain/ill/contradictions';
import type { FieldError } from '#domain/errors';
import type { RequestFields } from '#domain/ill/request';
import { onOneLine } from '#domain/ill/sendable-text';
import type { Transition } from '#domain/ill/transitions';
import { checkComment, checkFields, merge, missingFor, withDefaults, type FieldContext } from '#domain/ill/validation';
import { invalidFields } from '../gateway-error';
import { checkMarkFits } from './mark';

/** The fields of a command as the caller gave them. They are untrusted input. */
export interface GivenFields {
  readonly edge: Transition;
  readonly context: FieldContext;
  /** The record before the command; {} for a new one. */
  readonly stored: RequestFields;
  readonly given: RequestFields;
  readonly comment: string | undefined;
}

/** Every format error, missing field and contradiction, with one entry per field. */
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

/** Throws `invalid-fields` when there are any faults. */
export function refuseFaults(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw invalidFields(faults);
}

/** BIBG is replaced as a whole (SPC 3): a change of one part sends all three. */
function wholeBibliography(fields: RequestFields, stored: RequestFields): RequestFields {
  const parts = ['bibId', 'bibNote', 'standardNumber'] as const;
  if (!parts.some((part) => fields[part] !== undefined)) return fields;
  // Stored values come from NACSIS-ILL; their rules are weaker than those for values sent to it.
  const before = parts.flatMap((part) => (stored[part] === undefined ? [] : [[part, onOneLine(stored[part])]]));
  return { ...(Object.fromEntries(before) as RequestFields), ...fields };
}
