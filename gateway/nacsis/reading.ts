import { CatpError, type CatpErrorCode } from '#catp/errors';
import { NacsisError } from './port';

/** Runs a reader of an answer; an unreadable answer becomes `nacsis-malformed` with unknown effect. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CatpError)) throw error;
    throw new NacsisError('nacsis-malformed', 'unknown', `the answer of NACSIS-ILL cannot be read (${error.code})`, {
      how: 'malformed',
      cause: error,
    });
  }
}

/** Faults that a single record can cause; any other fault concerns the answer itself. */
const OF_A_RECORD: readonly CatpErrorCode[] = ['bad-record', 'bad-boundary', 'bad-encoding'];

/** True when an answer could not be read because of one of its records, so that the others can be read without it. */
export function isRecordsFault(error: unknown): error is NacsisError {
  if (!(error instanceof NacsisError)) return false;
  const { cause } = error;
  return cause instanceof CatpError && OF_A_RECORD.includes(cause.code);
}

/** The fault of a record, without any of its content. */
export function reasonOf({ cause, message }: Error): string {
  return cause instanceof CatpError ? cause.message : message;
}

export function unreadable(message: string): NacsisError {
  return new NacsisError('nacsis-malformed', 'unknown', message, { how: 'malformed' });
}
