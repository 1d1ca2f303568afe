import type { RunFault } from '#domain/imports/import';
import type { NacsisErrorCode } from '../nacsis/port';

/** Why a run cannot continue now: it waits and tries again, or it fails. */
export interface RunStop {
  readonly how: 'wait' | 'fail';
  readonly code: RunFault;
  readonly detail?: string;
}

/** Faults that waiting does not fix: somebody must change an account or a key. */
const MUST_BE_MENDED: readonly RunFault[] = [
  'nacsis-login-refused',
  'nacsis-rejected',
  'alma-key-refused',
  'library-not-configured',
];

export function stopFor(code: RunFault | NacsisErrorCode, detail?: string): RunStop {
  const how = MUST_BE_MENDED.includes(code) ? 'fail' : 'wait';
  return { how, code, ...(detail === undefined ? {} : { detail }) };
}
