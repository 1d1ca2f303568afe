import type { CatpError } from '#catp/errors';
import type { CatpRequest } from '#catp/types';

/** The parts of a call that could be read, for counters and faults. */
export interface CatpCall {
  readonly request: CatpRequest | undefined;
  readonly error?: CatpError;
  /** The line to echo when the request could not be read. */
  readonly echo: Pick<CatpRequest, 'method' | 'handle' | 'frame' | 'version'>;
  /** The ILL command. */
  readonly command?: string;
  /** The id of the record concerned. */
  readonly id?: string;
}
