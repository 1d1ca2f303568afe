import type { Kysely } from 'kysely';
import { databaseOf, type Side } from '#domain/kinds';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { findRequest, markGone, saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { goneAs } from './gone';

/**
 * - stored: the last snapshot; NACSIS-ILL is asked only for a request that is not known yet
 * - now: as NACSIS-ILL has it now
 * - if-possible: the same, or the last snapshot where NACSIS-ILL cannot be asked; `seen_at` tells its age
 */
export type Freshness = 'stored' | 'now' | 'if-possible';

/** Reads requests: the last snapshot, or NACSIS-ILL itself. */
export class RequestReader {
  readonly #db: Kysely<Schema>;
  readonly #nacsis: NacsisPort;
  readonly #now: () => Date;

  constructor(db: Kysely<Schema>, nacsis: NacsisPort, now: () => Date = () => new Date()) {
    this.#db = db;
    this.#nacsis = nacsis;
    this.#now = now;
  }

  /**
   * A request that its library does not see any
   * more keeps its last snapshot, and is gone where it was open. Throws `not-found` when no library of the institution sees it on this side.
   */
  async read(
    institution: InstitutionConfig,
    side: Side,
    id: string,
    freshness: Freshness = 'stored',
  ): Promise<StoredRequest> {
    const stored = await findRequest(this.#db, institution.code, side, id);
    if (stored !== undefined && freshness === 'stored') return stored;
    return this.#ask(institution, side, id, stored).catch((error: unknown) => {
      if (stored === undefined || freshness === 'now' || !(error instanceof NacsisError)) throw error;
      return stored;
    });
  }

  async #ask(
    institution: InstitutionConfig,
    side: Side,
    id: string,
    stored: StoredRequest | undefined,
  ): Promise<StoredRequest> {
    const owners = institution.libraries.filter(({ code }) => stored === undefined || code === stored.library);
    for (const { account, code: library, memberId } of owners) {
      const askedAt = this.#now();
      const request = await this.#nacsis.readRequest(account, side, id, stored?.kind);
      if (request === undefined) continue;
      const snapshot = { institution: institution.code, library, memberId, side, request, askedAt };
      return saveSnapshot(this.#db, snapshot, this.#now());
    }
    if (stored !== undefined)
      return stored.open && owners.length > 0 ? markGone(this.#db, stored, goneAs(stored.state, side)) : stored;
    const files = `${databaseOf('copy', side)} or ${databaseOf('loan', side)}`;
    throw new GatewayError('not-found', { detail: `none of the libraries sees a request ${id} in ${files}` });
  }
}

/** The library whose account the request is worked with. Throws `forbidden` when it is not configured any more. */
export function libraryIn(institution: InstitutionConfig, { library: code }: StoredRequest): LibraryConfig {
  const library = institution.libraries.find((each) => each.code === code);
  if (library !== undefined) return library;
  throw new GatewayError('forbidden', { detail: 'the library of this request is not configured any more' });
}
