/** The embedded database cannot be used; the message gives the cause and a remedy. */
export class EmbeddedFault extends Error {
  override readonly name = 'EmbeddedFault';
}

/** The remedy wherever the embedded database cannot run. */
export const OTHER_SERVER = 'set DATABASE_URL to a PostgreSQL server instead';

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
