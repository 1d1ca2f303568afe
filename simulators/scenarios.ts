/**
 * Named things that go wrong, for the README, for people who try the app, and for the end-to-end tests.
 * `POST /_sim/scenarios/{name}` of the simulator begins one; `DELETE /_sim/faults` ends it.
 */

interface NacsisFault {
  readonly match: { readonly method?: string; readonly command?: string };
  readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status';
  readonly times?: number;
  /** Milliseconds. */
  readonly ms?: number;
  /** CATP status code. */
  readonly code?: number;
}
interface AlmaFault {
  readonly match: { readonly message: string };
  readonly do: 'drop-before' | 'delay' | 'status';
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
}

/** Longer than the end-to-end tests' gateway waits; the gateway of `npm start` waits 20 s. */
const LATE = 8_000;
/** Longer than a test tries again. */
const FOR_A_WHILE = 20;
const ORDER = { command: 'ORDER' } as const;

export const NACSIS_SCENARIOS = {
  'order-answered-late': [{ match: ORDER, do: 'delay', ms: LATE }],
  'outcome-unreadable': [
    { match: ORDER, do: 'delay', ms: LATE },
    { match: { method: 'SEARCH' }, do: 'delay', ms: LATE, times: 2 },
  ],
  'order-cut-before': [{ match: ORDER, do: 'drop-before' }],
  'order-answer-lost': [{ match: ORDER, do: 'drop-after' }],
  'password-refused': [{ match: { method: 'GETHANDLE' }, do: 'status', code: 401, times: FOR_A_WHILE }],
  'order-refused': [{ match: ORDER, do: 'status', code: 422 }],
  'order-fails': [{ match: ORDER, do: 'status', code: 500 }],
  'catalogue-fails': [{ match: { method: 'SEARCH' }, do: 'status', code: 500, times: FOR_A_WHILE }],
} as const satisfies Readonly<Record<string, readonly NacsisFault[]>>;
export type NacsisScenario = keyof typeof NACSIS_SCENARIOS;

export const ALMA_SCENARIOS = {
  'record-late': [{ match: { message: 'CALL_REST_API' }, do: 'delay', ms: LATE }],
  'record-never': [{ match: { message: 'CALL_REST_API' }, do: 'drop-before' }],
  'record-refused': [{ match: { message: 'CALL_REST_API' }, do: 'status', code: 401 }],
  'token-refused': [{ match: { message: 'JWT_AUTH_TOKEN' }, do: 'status', code: 403 }],
} as const satisfies Readonly<Record<string, readonly AlmaFault[]>>;

/** The faults of a scenario; undefined where the simulator has none of this name. */
export function scenarioOf<T>(
  scenarios: Readonly<Record<string, readonly T[]>>,
  name: string,
): readonly T[] | undefined {
  return Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
}
