import type { InstitutionConfig, LibraryConfig } from '../config';
import type { ReadingsStore } from '../store/readings-store';
import type { RequestReading } from './request-reading';

/** Older than this, in milliseconds, the list is read again while it is looked at. */
const FRESH_MS = 60_000;

/** Sees to it that who looks at the list sees what NACSIS-ILL has, as far as that can be had without waiting for long. */
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
   * A library that was never read is read first; one whose reading is old is read behind the answer. false: not everything is there
   * yet. A fault of a reading that nobody waits for is given to `failed`.
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
    if (isOld) this.#reading.refresh(institution, library).catch(failed);
    return true;
  }
}
