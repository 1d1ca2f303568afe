/**
 * What happens to matching calls. `omit-key` runs the call and removes a key from the answer. A fault is removed after
 * `times` uses.
 */
const FAULT_KINDS = ['drop-before', 'drop-after', 'delay', 'status', 'save-then-timeout', 'omit-key'] as const;
type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly match: {
    /** HTTP method. */
    readonly method?: string;
    /** Prefix of the path without the query. */
    readonly path?: string;
    /** Name of a host message, for example `CALL_REST_API`. Such a fault does not affect HTTP calls. */
    readonly message?: string;
  };
  readonly do: FaultKind;
  /** Number of matching calls that pass before the fault takes effect. */
  readonly after?: number;
  /** Number of uses. Unlimited until the next reset when absent. */
  readonly times?: number;
  /** Milliseconds for `delay` and `save-then-timeout`. */
  readonly ms?: number;
  /** HTTP status for `status`; default 500. */
  readonly code?: number;
  /** Alma's error code for `status`. */
  readonly errorCode?: string;
  /** For `omit-key`: the key to remove from the answered object. */
  readonly key?: string;
}

/** Longer than the 30 s timeout of the Cloud App library. */
export const TIMEOUT_MS = 35_000;

export function meetsCall({ match }: Fault, method: string, path: string): boolean {
  return (
    match.message === undefined &&
    (match.method === undefined || match.method.toUpperCase() === method.toUpperCase()) &&
    (match.path === undefined || path.startsWith(match.path))
  );
}

export function meetsMessage({ match }: Fault, message: string): boolean {
  return match.message === message;
}

/** Reads a fault from a request body; returns an error message when the body is invalid. */
export function readFault(body: unknown): Fault | string {
  if (typeof body !== 'object' || body === null)
    return 'The body must be an object {match, do, after, times, ms, code, errorCode, key}.';
  const { match = {}, do: kind, after, times, ms, code, errorCode, key } = body as Readonly<Record<string, unknown>>;
  if (typeof match !== 'object' || match === null) return 'match must be an object {method, path, message}.';
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  if (!known) return `do must be one of ${FAULT_KINDS.join(', ')}.`;
  const wrong = wrongMatch(match) ?? wrongNumber({ after, times, ms, code });
  if (wrong !== undefined) return wrong;
  if (errorCode !== undefined && typeof errorCode !== 'string') return 'errorCode must be a text.';
  if ((known === 'omit-key') !== (typeof key === 'string')) return 'key must be a text with omit-key, and only there.';
  return { match, do: known, after, times, ms, code, errorCode, key } as Fault;
}

function wrongMatch(match: object): string | undefined {
  for (const [name, value] of Object.entries(match))
    if (!['method', 'path', 'message'].includes(name) || typeof value !== 'string')
      return `match.${name} is not a text of method, path or message.`;
  return undefined;
}

function wrongNumber(numbers: Readonly<Record<'after' | 'times' | 'ms' | 'code', unknown>>): string | undefined {
  for (const [name, value] of Object.entries(numbers))
    if (value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      return `${name} must be a whole number.`;
  const { code, times } = numbers;
  if (code !== undefined && ((code as number) < 400 || (code as number) > 599))
    return 'code must be an HTTP status from 400 to 599.';
  return times === 0 ? 'times must be at least 1.' : undefined;
}
