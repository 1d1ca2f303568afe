import type { CatpCall } from '../service/catp-call';

/**
 * Effects on a CATP call. drop-before: cut before execution; drop-after: execute, then cut without an answer; delay:
 * execute, answer `ms` later; status: do not execute, answer with the CATP status `code`.
 */
export const FAULT_KINDS = ['drop-before', 'drop-after', 'delay', 'status'] as const;

export interface Fault {
  /**
   * Every given key must match; no keys match any CATP call. `command` is an ILL command. `id` is the record in its
   * body or the one that a SEARCH by ID requests.
   */
  readonly match: { readonly method?: string; readonly command?: string; readonly id?: string };
  readonly do: (typeof FAULT_KINDS)[number];
  /** Number of calls to affect before the fault is removed. */
  readonly times: number;
  /** Delay in milliseconds. */
  readonly ms: number;
  /** CATP status code. */
  readonly code: string;
}

const DEFAULTS = { times: 1, ms: 1000, code: '500' } as const;
const KEYS: readonly string[] = ['method', 'command', 'id'];
/** CATP has three-digit codes in these classes. 2xx is excluded because the call does not succeed. */
const STATUS_CODE = /^[345]\d\d$/;

export class Faults {
  private list: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.list.push({ fault, left: fault.times });
  }

  clear(): void {
    this.list = [];
  }

  all(): readonly Fault[] {
    return this.list.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** The first fault that matches the call. Consumes one use of it. */
  take({ echo, command, id }: CatpCall): Fault | undefined {
    const call: Readonly<Record<string, string | undefined>> = { method: echo.method, command, id };
    const entry = this.list.find(({ fault }) =>
      Object.entries(fault.match).every(([key, value]) => call[key] === value),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.list = this.list.filter((other) => other !== entry);
    return entry.fault;
  }
}

/** Reads a fault from a JSON body. Throws a TypeError that explains an invalid body. */
export function readFault(body: unknown): Fault {
  const {
    match = {},
    do: kind,
    times = DEFAULTS.times,
    ms = DEFAULTS.ms,
    code = DEFAULTS.code,
  } = objectOf(body, 'the body');
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  if (known === undefined) throw new TypeError(`do must be one of ${FAULT_KINDS.join(', ')}`);
  const entries = Object.entries(objectOf(match, 'match'));
  const wrong = entries.find(([key, value]) => !KEYS.includes(key) || typeof value !== 'string');
  if (wrong !== undefined) throw new TypeError(`match.${wrong[0]} is not a text of ${KEYS.join(', ')}`);
  if (!STATUS_CODE.test(String(code))) throw new TypeError('code must be a CATP status code from 300 to 599');
  return {
    match: Object.fromEntries(entries),
    do: known,
    times: whole(times, 'times', 1),
    ms: whole(ms, 'ms', 0),
    code: String(code),
  };
}

function objectOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${name} must be an object`);
  return value as Readonly<Record<string, unknown>>;
}

function whole(value: unknown, name: string, least: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > 600_000)
    throw new TypeError(`${name} must be a whole number of at least ${String(least)}`);
  return value;
}
