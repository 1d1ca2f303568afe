import type { Kysely } from 'kysely';
import { databaseOf, type Side } from '#domain/ill/kinds';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import { findRequest, markGone, saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

/**
 * - stored: the last snapshot; NACSIS-ILL is asked only for an unknown request
 * - now: the record as NACSIS-ILL has it now
 * - if-possible: like `now`, or the last snapshot when NACSIS-ILL cannot be asked; `seen_at` gives its age
 */
export type Freshness = 'stored' | 'now' | 'if-possible';

/** Reads requests from the last snapshot or from NACSIS-ILL. */
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
   * A request that its library no longer sees keeps its last snapshot and is gone, in any state. Throws `not-found`
   * when no library of the institution sees it on this side.
   */
  async read(
    institution: InstitutionConfig,
    side: Side,
    id: string,
    freshness: Freshness = 'stored',
  ): Promise<StoredRequest> {
    const stored = await findRequest(this.#db, institution.code, side, id);
    if (stored !== undefined && freshness === 'stored') return stored;
    return this.readNow(institution, side, id, stored).catch((error: unknown) => {
      if (stored === undefined || freshness !== 'if-possible' || !(error instanceof NacsisError)) throw error;
      return stored;
    });
  }

  /** The record as NACSIS-ILL has it now, for a request whose last snapshot is known; throws as `read`. */
  async readNow(
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
      return stored.delivered && owners.length > 0 ? markGone(this.#db, stored, 'not-delivered') : stored;
    const files = `${databaseOf('copy', side)} or ${databaseOf('loan', side)}`;
    throw new GatewayError('not-found', { detail: `none of the libraries sees a request ${id} in ${files}` });
  }
}

/** The library with this code, which works with the request. Throws `forbidden` when it is no longer configured. */
export function libraryIn({ libraries }: InstitutionConfig, code: string | undefined): LibraryConfig {
  const library = libraries.find((each) => each.code === code);
  if (library !== undefined) return library;
  throw new GatewayError('forbidden', { detail: 'the library of this request is not configured any more' });
}
