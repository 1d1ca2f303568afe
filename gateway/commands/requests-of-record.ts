import type { Kysely } from 'kysely';
import { KINDS, type Kind } from '#domain/ill/kinds';
import type { LibraryConfig } from '../config';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { saveSnapshot } from '../store/requests-store';
import type { Schema } from '../store/schema';

export interface Wanted {
  readonly institution: string;
  readonly libraries: readonly LibraryConfig[];
  /** Both when absent. */
  readonly kind?: Kind;
  readonly bibId: string;
}

/**
 * Updates the borrowing requests of one bibliographic record, so that the store can answer whether it was ordered
 * already.
 */
export class RequestsOfRecord {
  readonly #db: Kysely<Schema>;
  readonly #nacsis: NacsisPort;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, nacsis: NacsisPort, now: () => Date) {
    this.#db = db;
    this.#nacsis = nacsis;
    this.#now = now;
  }

  /**
   * Resolves to the failures of NACSIS-ILL, none when it returned everything. Does not throw them: the answer only
   * warns of a second order, and must not block the first.
   */
  async refresh({ institution, libraries, kind, bibId }: Wanted): Promise<{
    readonly isComplete: boolean;
    readonly failures: readonly NacsisError[];
  }> {
    const kinds = kind === undefined ? KINDS : [kind];
    const asked = libraries.flatMap((library) => kinds.map((each) => this.#save(institution, library, each, bibId)));
    const outcomes = await Promise.all(asked);
    return {
      isComplete: outcomes.every((outcome) => outcome === true),
      failures: outcomes.filter((outcome) => outcome instanceof NacsisError),
    };
  }

  async #save(institution: string, library: LibraryConfig, kind: Kind, bibId: string): Promise<boolean | NacsisError> {
    const { account, code, memberId } = library;
    const found = await this.#nacsis.requestsOfRecord(account, kind, bibId).catch(failureOf);
    if (found instanceof NacsisError) return found;
    for (const request of found.requests) {
      const snapshot = { institution, library: code, memberId, side: 'borrower', request } as const;
      await saveSnapshot(this.#db, snapshot, this.#now());
    }
    return found.isComplete;
  }
}

function failureOf(error: unknown): NacsisError {
  if (error instanceof NacsisError) return error;
  throw error;
}
