import type { Kysely } from 'kysely';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { ProfilesStore } from '../profiles/profiles-store';
import type { ReadingsStore } from '../store/readings-store';
import type { Schema } from '../store/schema';
import { StoreUnavailable } from '../store/store-unavailable';
import type { RequestReading } from '../worklist/request-reading';
import type { DeliveryWork } from './delivery';
import type { Inbox } from './inbox';
import { MOST_NEWS, type BridgedLibrary, type Due, type NewsLook } from './news-look';
import type { OwedCommands } from './owed-commands';

const MINUTE_MS = 60_000;
/** A request whose news cannot be written, for a fault of ours, is tried again after this time. */
const STUCK_MS = 300_000;
/** Shortest time between two readings that the bridge begins for a library. */
const READ_AGAIN_MS = 60_000;

interface WorkerParts {
  readonly db: Kysely<Schema>;
  readonly inbox: Pick<Inbox, 'isDue' | 'step'>;
  readonly look: NewsLook;
  readonly owed: OwedCommands;
  readonly delivery: DeliveryWork;
  readonly reading: Pick<RequestReading, 'refreshOrTell'>;
  readonly readings: Pick<ReadingsStore, 'oldest'>;
  /** Age of the requests at which the bridge reads them; 0: never. */
  readonly readingMinutes: number;
  readonly now: () => Date;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
}

/**
 * The bridge's work for an institution, in short steps: what Alma sent, what Alma must be told, what the gateway owes
 * NACSIS-ILL, and the delivery. All results are in the store, so any gateway can continue. One step of an institution
 * runs at a time; two would do no harm.
 */
export class BridgeWorker {
  readonly #stuck = new Map<string, number>();
  readonly #readAt = new Map<string, number>();

  constructor(private readonly parts: WorkerParts) {}

  /** True when a step has something to do. Begins the reading of requests that are too old. */
  async isDue(institution: InstitutionConfig): Promise<boolean> {
    const { inbox, look, owed, delivery } = this.parts;
    const libraries = await this.#librariesOf(institution);
    const codes = libraries.map(({ code }) => code);
    await look.keepLibraries(institution.code, codes);
    await this.#readOld(institution, codes);
    return (
      (await inbox.isDue(institution.code)) ||
      (await this.#news(institution.code, codes, 1)).length > 0 ||
      (await owed.isDue(institution.code)) ||
      (await delivery.isDue(institution.code, codes))
    );
  }

  /** Performs a step. `stopping`: it ends soon. Resolves to true when there is more to do at once. */
  async step(institution: InstitutionConfig, stopping: AbortSignal): Promise<boolean> {
    const { inbox, look, owed, delivery } = this.parts;
    const libraries = await this.#librariesOf(institution);
    const codes = libraries.map(({ code }) => code);
    await look.keepLibraries(institution.code, codes);
    const { isMore } = await inbox.step(institution, stopping);
    const due = await this.#news(institution.code, codes);
    for (const each of due) {
      if (stopping.aborted) return true;
      await this.#tell(institution.code, each, libraries);
    }
    await owed.work(institution, stopping);
    return (await delivery.deliver(institution.code, codes, stopping)) || isMore || due.length > 0;
  }

  /** Libraries that are partners of Alma and whose profile chose the bridge. */
  async #librariesOf({ code: institution, libraries }: InstitutionConfig): Promise<readonly BridgedLibrary[]> {
    const partners = libraries.filter(isPartner);
    if (partners.length === 0) return [];
    const integrations = await new ProfilesStore(this.parts.db, institution).integrations(partners);
    return partners
      .filter(({ code }) => integrations.get(code)?.writer === 'iso18626')
      .map(({ code, iso18626 }) => ({ code, partner: iso18626 }));
  }

  async #news(institution: string, libraries: readonly string[], limit = MOST_NEWS): Promise<readonly Due[]> {
    const now = this.parts.now().getTime();
    for (const [key, until] of this.#stuck) if (until <= now) this.#stuck.delete(key);
    // Those that are left out must not take the places of others.
    const due = await this.parts.look.due(institution, libraries, limit + this.#stuck.size);
    return due.filter((each) => !this.#stuck.has(stuckKey(institution, each)));
  }

  async #tell(institution: string, due: Due, libraries: readonly BridgedLibrary[]): Promise<void> {
    const library = libraries.find(({ code }) => code === due.library);
    if (library === undefined) return;
    try {
      await this.parts.look.tell(institution, due, library);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      this.#stuck.set(stuckKey(institution, due), this.parts.now().getTime() + STUCK_MS);
      this.parts.failed(error);
    }
  }

  /** Nobody may look at the list for hours, and the schedule of the import may be off. */
  async #readOld(institution: InstitutionConfig, codes: readonly string[]): Promise<void> {
    const { reading, readings, readingMinutes, now, failed } = this.parts;
    if (readingMinutes === 0) return;
    const at = now().getTime();
    for (const library of institution.libraries.filter(({ code }) => codes.includes(code))) {
      const key = `${institution.code}\n${library.code}`;
      if (at - (this.#readAt.get(key) ?? -Infinity) < READ_AGAIN_MS) continue;
      this.#readAt.set(key, at);
      const readAt = await readings.oldest(institution.code, [library.code]);
      if (readAt !== undefined && at - readAt.getTime() < readingMinutes * MINUTE_MS) continue;
      // Not waited for: a full reading may take minutes.
      void reading.refreshOrTell(institution, library, undefined, failed, () => Promise.resolve()).catch(failed);
    }
  }
}

type Partner = LibraryConfig & Required<Pick<LibraryConfig, 'iso18626'>>;

function isPartner(library: LibraryConfig): library is Partner {
  return library.iso18626 !== undefined;
}

function stuckKey(institution: string, { transactionId, id }: Due): string {
  return `${institution}\n${transactionId ?? id}`;
}
