import type { InstitutionConfig, LibraryConfig } from '../config';
import type { ReadingsStore } from '../store/readings-store';
import type { RequestReading } from './request-reading';

/** Milliseconds after which the list is read again while somebody looks at it. */
const FRESH_MS = 60_000;

/** Keeps the list up to date with NACSIS-ILL, as far as that needs no long wait. */
export class ListFreshness {
  readonly #reading: RequestReading;
  readonly #readings: ReadingsStore;
  readonly #now: () => Date;

  constructor(reading: RequestReading, readings: ReadingsStore, now: () => Date) {
    this.#reading = reading;
    this.#readings = readings;
    this.#now = now;
  }

  /**
   * Waits for the reading of a library that was never read. Reads a library with an old reading in the background.
   * Resolves to false when data are still missing. Errors of background readings go to `failed`.
   */
  async ensure(
    institution: InstitutionConfig,
    libraries: readonly LibraryConfig[],
    failed: (error: unknown) => void,
  ): Promise<boolean> {
    const seen = await Promise.all(libraries.map((library) => this.#ensure(institution, library, failed)));
    return seen.every(Boolean);
  }

  async #ensure(
    institution: InstitutionConfig,
    library: LibraryConfig,
    failed: (error: unknown) => void,
  ): Promise<boolean> {
    const { read_at: readAt } = await this.#readings.find(institution.code, library.code);
    if (readAt === null) {
      const { failure, isReading } = await this.#reading.refreshOrTell(institution, library, undefined, failed);
      return failure === undefined && isReading !== true;
    }
    const isOld = this.#now().getTime() - readAt.getTime() > FRESH_MS;
    if (isOld) this.#reading.refreshOrTell(institution, library, undefined, failed).catch(failed);
    return true;
  }
}
