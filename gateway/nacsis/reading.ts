import { CatpError } from '#catp/errors';
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

export function unreadable(message: string): NacsisError {
  return new NacsisError('nacsis-malformed', 'unknown', message, { how: 'malformed' });
}
