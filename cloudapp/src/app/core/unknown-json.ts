import { AppError } from './app-error';

type Properties = Readonly<Record<string, unknown>>;

/** The properties of a JSON value from Alma or from settings; none when it is no object. */
export function objectOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};
}

/**
 * The list with this name in an answer of Alma, which leaves it out when nothing was found. Throws `internal` when the
 * answer has neither list nor a count of 0, because it is then unknown what Alma has.
 */
export function listIn(answer: unknown, name: string): readonly unknown[] {
  const { [name]: list, total_record_count: count } = objectOf(answer);
  if (Array.isArray(list)) return list as readonly unknown[];
  if (count === 0) return [];
  throw new AppError('internal', {}, { cause: `a list (${name}) cannot be read` });
}
