import { AlmaError } from './errors';

/** Alma's page size: 10 by default, 100 at most. */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

export type Query = Readonly<Record<string, string | undefined>>;

/** Query parameters as strings. For a repeated parameter the last value counts. */
export function queryOf(raw: unknown): Query {
  if (typeof raw !== 'object' || raw === null) return {};
  const entries = Object.entries(raw).map(
    ([name, value]) => [name, Array.isArray(value) ? String(value.at(-1)) : String(value)] as const,
  );
  return Object.fromEntries(entries);
}

/** One page of the rows, selected by `limit` and `offset`. */
export function pageOf<T>(rows: readonly T[], query: Query): readonly T[] {
  const limit = wholeNumber(query, 'limit', DEFAULT_LIMIT);
  const offset = wholeNumber(query, 'offset', 0);
  if (limit > MAX_LIMIT) throw new AlmaError('40166411', `limit ${limit}`);
  return rows.slice(offset, offset + limit);
}

/** The value; undefined when absent or empty. Throws when it is not one of the allowed values. */
export function oneOf<T extends string>(query: Query, name: string, allowed: readonly T[]): T | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new AlmaError('40166411', `${name} ${value}`);
  return found;
}

export function flag(query: Query, name: string, fallback: boolean): boolean {
  const value = oneOf(query, name, ['true', 'false']);
  return value === undefined ? fallback : value === 'true';
}

function wholeNumber(query: Query, name: string, fallback: number): number {
  const value = query[name];
  if (value === undefined || value === '') return fallback;
  if (!/^\d{1,9}$/.test(value)) throw new AlmaError('40166411', `${name} ${value}`);
  return Number(value);
}
