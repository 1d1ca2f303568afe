import { setTimeout } from 'node:timers/promises';
import type { AlmaPort } from '../alma/port';
import type { GatewayConfig, InstitutionConfig, LibraryConfig } from '../config';
import type { Store } from '../store/open-store';
import { importEngine, workThrough, type EngineParts, type ImportEngine } from './engine';
import { ImportQueue } from './import-queue';
import type { ImportJobs } from './import-jobs';
import { integrationOf } from './integration-of';
import { RequestImport } from './request-import';
import type { StatusMap } from './status-map';
import type { Upkeep } from '../upkeep/upkeep';

export interface JobParts {
  readonly config: Pick<GatewayConfig, 'alma' | 'imports' | 'institutions'>;
  readonly store: Store;
  readonly alma: AlmaPort;
  readonly statusMap: StatusMap;
  /** Shared with the routes, so that a reading under way is joined. */
  readonly readers: Pick<EngineParts, 'requests' | 'reading'>;
  /** The nightly upkeep. */
  readonly upkeep: Upkeep;
  readonly now: () => Date;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
}

/** The import job of this gateway, with the queue that drives its runs. */
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

  /** Resumes unfinished runs and works until `stop`. */
  start(): Promise<void> {
    const { db } = this.parts.store;
    return this.#queue.start({
      steps: this.#engine.steps,
      imports: this.imports,
      open: () => this.#engine.runs.openInstitutions(),
      integrationOf: (institution: InstitutionConfig, library: LibraryConfig) =>
        integrationOf(db, institution.code, library),
      upkeep: this.parts.upkeep,
    });
  }

  stop(): Promise<void> {
    return this.#queue.stop();
  }

  /** Works through the institution's runs in this process, for use when no gateway runs. */
  workThrough(institution: InstitutionConfig, stopping: AbortSignal): Promise<void> {
    const pause = (ms: number) => setTimeout(ms, undefined, { signal: stopping }).catch(() => undefined);
    return workThrough(this.#engine, institution, pause, stopping);
  }
}

/** Resolves to true on any answer, even when there is no such partner. */
async function isReachable(
  alma: AlmaPort,
  { code: institution, almaApiKey: apiKey }: InstitutionConfig,
): Promise<boolean> {
  return alma.partner({ institution, apiKey }, 'NACSIS').then(
    () => true,
    () => false,
  );
}
