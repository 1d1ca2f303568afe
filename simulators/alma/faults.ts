/**
 * What happens to matching calls. `omit-key` runs the call and removes a key from the answer. A fault is removed after
 * `times` uses.
 */
export const FAULT_KINDS = ['drop-before', 'drop-after', 'delay', 'status', 'save-then-timeout', 'omit-key'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

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

export class Faults {
  private list: { readonly fault: Fault; passing: number; left: number }[] = [];

  add(fault: Fault): void {
    this.list.push({ fault, passing: fault.after ?? 0, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.list = [];
  }

  all(): readonly Fault[] {
    return this.list.map((entry) => entry.fault);
  }

  forCall(method: string, path: string): Fault | undefined {
    return this.take(
      ({ match }) =>
        match.message === undefined &&
        (match.method === undefined || match.method.toUpperCase() === method.toUpperCase()) &&
        (match.path === undefined || path.startsWith(match.path)),
    );
  }

  forMessage(message: string): Fault | undefined {
    return this.take(({ match }) => match.message === message);
  }

  private take(matches: (fault: Fault) => boolean): Fault | undefined {
    const matching = this.list.filter((candidate) => matches(candidate.fault));
    const entry = matching.find(({ passing }) => passing === 0);
    // Only faults that come before the one applied count this call as passed.
    const passed = entry === undefined ? matching : matching.slice(0, matching.indexOf(entry));
    for (const candidate of passed) candidate.passing -= 1;
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.list = this.list.filter((candidate) => candidate !== entry);
    return entry.fault;
  }
}

/** Reads a fault from a request body; returns an error message when the body is invalid. */
export function readFault(body: unknown): Fault | string {
  if (typeof body !== 'object' || body === null)
    return 'The body must be an object {match, do, after, times, ms, code, errorCode, key}.';
  const { match = {}, do: kind, after, times, ms, code, errorCode, key } = body as Readonly<Record<string, unknown>>;
  if (typeof match !== 'object' || match === null) return 'match must be an object {method, path, message}.';
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  if (!known) return `do must be one of ${FAULT_KINDS.join(', ')}.`;
  for (const [name, value] of Object.entries(match)) {
    if (!['method', 'path', 'message'].includes(name) || typeof value !== 'string')
      return `match.${name} is not a text of method, path or message.`;
  }
  for (const [name, value] of Object.entries({ after, times, ms, code })) {
    if (value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      return `${name} must be a whole number.`;
  }
  if (code !== undefined && ((code as number) < 400 || (code as number) > 599))
    return 'code must be an HTTP status from 400 to 599.';
  if (times === 0) return 'times must be at least 1.';
  if (errorCode !== undefined && typeof errorCode !== 'string') return 'errorCode must be a text.';
  if ((known === 'omit-key') !== (typeof key === 'string')) return 'key must be a text with omit-key, and only there.';
  return { match, do: known, after, times, ms, code, errorCode, key } as Fault;
}
