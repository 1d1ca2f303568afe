import type { CatpCall } from '../service/catp-call';
import { objectOf } from './answers';

/**
 * Effects on a CATP call. drop-before: cut before execution; drop-after: execute, then cut without an answer; delay:
 * execute, answer `ms` later; status: do not execute, answer with the CATP status `code`.
 */
const FAULT_KINDS = ['drop-before', 'drop-after', 'delay', 'status'] as const;

export interface Fault {
  /**
   * A call must match every given key. Without keys, every CATP call matches. `command` is an ILL command. `id` is the
   * id of the record in the body of the command, or of the record that a SEARCH by ID requests.
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
/** Matches the three-digit codes of CATP in these classes. Excludes 2xx, because the call does not succeed. */
const STATUS_CODE = /^[345]\d\d$/;

export function meets({ match }: Fault, { echo, command, id }: CatpCall): boolean {
  const call: Readonly<Record<string, string | undefined>> = { method: echo.method, command, id };
  return Object.entries(match).every(([key, value]) => call[key] === value);
}

/** Reads a fault from a JSON body. Throws a TypeError that explains an invalid body. */
export function readFault(body: unknown): Fault {
  const { match = {}, do: kind, times = DEFAULTS.times, ms = DEFAULTS.ms, code = DEFAULTS.code } = objectOf(body);
  const known = FAULT_KINDS.find((candidate) => candidate === kind);
  if (known === undefined) throw new TypeError(`do must be one of ${FAULT_KINDS.join(', ')}`);
  const entries = Object.entries(objectOf(match, 'match must be an object'));
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

function whole(value: unknown, name: string, least: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > 600_000)
    throw new TypeError(`${name} must be a whole number of at least ${String(least)}`);
  return value;
}
