import { CatpError, type CatpErrorCode } from '#catp/errors';
import { NacsisError } from './port';

/** Runs a reader of an answer; what cannot be read becomes a `nacsis-malformed` whose outcome is unknown. */
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

/** What a single record can do to the answer that it stands in; anything else is wrong with the answer itself. */
const OF_A_RECORD: readonly CatpErrorCode[] = ['bad-record', 'bad-boundary', 'bad-encoding'];

/** Whether an answer could not be read because of a record in it, so that the others may be had without it. */
export function isRecordsFault(error: unknown): error is NacsisError {
  if (!(error instanceof NacsisError)) return false;
  const { cause } = error;
  return cause instanceof CatpError && OF_A_RECORD.includes(cause.code);
}

/** What is wrong with a record, without anything of its content. */
export function reasonOf({ cause, message }: Error): string {
  return cause instanceof CatpError ? cause.message : message;
}

export function unreadable(message: string): NacsisError {
  return new NacsisError('nacsis-malformed', 'unknown', message, { how: 'malformed' });
}
