import type { RunFault } from '#domain/imports/import';
import type { NacsisErrorCode } from '../nacsis/port';

/** The run cannot continue now; it waits and tries again. */
export class RunWait extends Error {
  override readonly name = 'RunWait';
  constructor(
    readonly code: RunFault,
    readonly detail?: string,
  ) {
    super(code);
  }
}

/** The run cannot continue at all. */
export class RunHalt extends Error {
  override readonly name = 'RunHalt';
  constructor(readonly failure: { readonly code: RunFault; readonly detail?: string }) {
    super(failure.code);
  }
}

/** Faults that waiting does not fix: somebody must change an account or a key. */
const MUST_BE_MENDED: readonly RunFault[] = [
  'nacsis-login-refused',
  'nacsis-rejected',
  'alma-key-refused',
  'library-not-configured',
];

export function haltFor(code: RunFault | NacsisErrorCode, detail?: string): RunWait | RunHalt {
  const said = detail === undefined ? {} : { detail };
  return MUST_BE_MENDED.includes(code) ? new RunHalt({ code, ...said }) : new RunWait(code, detail);
}
