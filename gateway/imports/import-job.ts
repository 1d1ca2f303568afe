import { setTimeout } from 'node:timers/promises';
import type { AlmaPort } from '../alma/port';
import type { GatewayConfig, InstitutionConfig, LibraryConfig } from '../config';
import type { Readers } from '../services';
import type { Store } from '../store/open-store';
import { importEngine, workThrough, type ImportEngine } from './engine';
import { ImportQueue } from './import-queue';
import type { ImportJobs } from './import-jobs';
import { integrationOf } from './integration-of';
import { RequestImport } from './request-import';
import type { StatusMap } from './status-map';

const DAY_MS = 86_400_000;

export interface JobParts {
  readonly config: Pick<GatewayConfig, 'alma' | 'imports' | 'institutions'>;
  readonly store: Store;
  readonly alma: AlmaPort;
  readonly statusMap: StatusMap;
  readonly readers: Readers;
  /** Erases what is held of patrons of requests that ended before then; how many. */
  readonly eraseNames: (before: Date) => Promise<number>;
  readonly now: () => Date;
  /** What is not of the catalogue. */
  readonly failed: (error: unknown) => void;
}

/** The import job of this gateway, with the queue that makes its runs go on. */
export class ImportJob {
  readonly imports: ImportJobs;
  readonly #engine: ImportEngine;
  readonly #queue: ImportQueue;

  constructor(private readonly parts: JobParts) {
    const { config, store, alma, failed } = parts;
    const { stepSeconds } = config.imports;
    const { callTimeoutMs } = config.alma;
    const { jobs: database, embedded } = store;
    this.#queue = new ImportQueue({
      database,
      embedded,
      institutions: config.institutions,
      stepSeconds,
      callTimeoutMs,
      failed,
    });
    this.#engine = importEngine({
      ...{ db: store.db, ...parts.readers, now: parts.now, failed },
      settings: config.imports,
      atATime: config.alma.atATime,
      push: this.#queue,
      isReachable: (institution) => isReachable(alma, institution),
      importFor: (context) =>
        new RequestImport({
          db: store.db,
          alma,
          statusMap: parts.statusMap,
          settings: config.alma,
          now: parts.now,
          context,
        }),
    });
    this.imports = this.#engine.imports;
  }

  /** Takes up what was left, and works until `stop`. */
  start(): Promise<void> {
    const { db } = this.parts.store;
    return this.#queue.start({
      steps: this.#engine.steps,
      imports: this.imports,
      open: () => this.#engine.runs.openInstitutions(),
      integrationOf: (institution: InstitutionConfig, library: LibraryConfig) =>
        integrationOf(db, institution.code, library),
      tidy: () => this.#tidy(),
    });
  }

  stop(): Promise<void> {
    return this.#queue.stop();
  }

  /** Works the institution's runs through here and now, where no gateway runs. */
  workThrough(institution: InstitutionConfig, stopping: AbortSignal): Promise<void> {
    const pause = (ms: number) => setTimeout(ms, undefined, { signal: stopping }).catch(() => undefined);
    return workThrough(this.#engine, institution, pause, stopping);
  }

  async #tidy(): Promise<void> {
    const { config, eraseNames, now } = this.parts;
    const { keepDays, eraseNamesDays } = config.imports;
    const daysAgo = (days: number) => new Date(now().getTime() - days * DAY_MS);
    await this.#engine.runs.deleteBefore(daysAgo(keepDays));
    if (eraseNamesDays > 0) await eraseNames(daysAgo(eraseNamesDays));
  }
}

/** Any answer will do, also that there is no such partner. */
async function isReachable(
  alma: AlmaPort,
  { code: institution, almaApiKey: apiKey }: InstitutionConfig,
): Promise<boolean> {
  return alma.partner({ institution, apiKey }, 'NACSIS').then(
    () => true,
    () => false,
  );
}
