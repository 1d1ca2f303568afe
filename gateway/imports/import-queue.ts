import PgBoss from 'pg-boss';
import type { Integration } from '#domain/api-profile';
import type { InstitutionConfig, LibraryConfig } from '../config';
import type { JobsDatabase } from '../store/open-store';
import type { ImportJobs } from './import-jobs';
import type { RunPush } from './imports';
import type { ImportSteps } from './import-steps';
import { cronOf } from './schedule-times';

/** Seconds between two looks for work, where nobody says that there is some. */
const POLL_SECONDS = 2;
/** Schedules are told to the minute. */
const SCHEDULE_POLL_SECONDS = 5;
/** How often it is looked for steps whose gateway died, in seconds. */
const SUPERVISE_SECONDS = 5;
/** When the gateway ends, the requests that are on their way may come to an end for so long. */
const STOP_MS = 8_000;
/** Beside the calls themselves. */
const SPARE_SECONDS = 10;
const TIDY_QUEUE = 'tidy';
/** At night in Japan, after the daily imports of most. */
const TIDY_AT = { cron: '23 3 * * *', tz: 'Asia/Tokyo' };

export interface QueueParts {
  readonly database: JobsDatabase;
  /** One process owns the store, so that what it finds active at its start was left by a killed one. */
  readonly embedded: boolean;
  readonly institutions: readonly InstitutionConfig[];
  readonly stepSeconds: number;
  /** Longest time that a call to Alma may take, in milliseconds. */
  readonly callTimeoutMs: number;
  readonly failed: (error: unknown) => void;
}

/** What the queue works on. */
export interface QueueWork {
  readonly steps: Pick<ImportSteps, 'step'>;
  readonly imports: Pick<ImportJobs, 'start'>;
  /** Institutions with a run that has not ended. */
  readonly open: () => Promise<readonly string[]>;
  readonly integrationOf: (institution: InstitutionConfig, library: LibraryConfig) => Promise<Integration>;
  /** What is done once a day. */
  readonly tidy: () => Promise<void>;
}

/**
 * The job queue (pg-boss, in the same store). A run is a chain of short jobs in the queue of its institution, of which one at most is
 * active and one waits (policy `stately`), however many gateways there are: a job whose gateway died is taken over by another one when its
 * time is over.
 */
export class ImportQueue implements RunPush {
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  readonly #workers = new Map<string, string>();
  #work?: QueueWork;

  constructor(private readonly parts: QueueParts) {
    const { schema, executeSql } = parts.database;
    this.#boss = new PgBoss({
      db: { executeSql },
      schema,
      maintenanceIntervalSeconds: SUPERVISE_SECONDS,
      cronMonitorIntervalSeconds: SCHEDULE_POLL_SECONDS,
      cronWorkerIntervalSeconds: SCHEDULE_POLL_SECONDS,
    });
    this.#boss.on('error', parts.failed);
  }

  /** Takes up what was left, and works until `stop`. */
  async start(work: QueueWork): Promise<void> {
    this.#work = work;
    await this.#boss.start();
    // Jobs are only the push that the runs need; what was active belonged to a process that is gone.
    if (this.parts.embedded) await this.#boss.clearStorage();
    for (const institution of this.parts.institutions) await this.#serve(institution, work);
    await this.#boss.createQueue(TIDY_QUEUE);
    await this.#boss.work(TIDY_QUEUE, { pollingIntervalSeconds: 30 }, () => work.tidy());
    await this.#boss.schedule(TIDY_QUEUE, TIDY_AT.cron, {}, { tz: TIDY_AT.tz });
    for (const institution of await work.open()) await this.kick(institution);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#boss.stop({ graceful: true, wait: true, timeout: STOP_MS, close: false });
  }

  /** The institution's runs are worked through, from now or after so many milliseconds on. */
  readonly kick = async (institution: string, afterMs = 0): Promise<void> => {
    const later = afterMs > 0 ? { startAfter: new Date(Date.now() + afterMs) } : {};
    if (!this.parts.institutions.some(({ code }) => code === institution)) return;
    await this.#boss.send(stepQueue(institution), {}, later);
    const worker = this.#workers.get(institution);
    if (worker !== undefined && afterMs === 0) this.#boss.notifyWorker(worker);
  };

  /** From now on the library's imports run as its profile says. */
  readonly schedule = async (institution: string, library: string, { schedule }: Integration): Promise<void> => {
    const [queue, cron] = [scheduleQueue(institution, library), cronOf(schedule)];
    if (cron === undefined) await this.#boss.unschedule(queue);
    else await this.#boss.schedule(queue, cron, {}, { tz: schedule.timeZone });
  };

  async #serve(institution: InstitutionConfig, work: QueueWork): Promise<void> {
    const { stepSeconds, callTimeoutMs } = this.parts;
    const queue = stepQueue(institution.code);
    await this.#boss.createQueue(queue, {
      name: queue,
      policy: 'stately',
      // A dead gateway is no fault of the job.
      retryLimit: 1_000,
      retryDelay: 1,
      expireInSeconds: Math.ceil(stepSeconds + callTimeoutMs / 1000 + SPARE_SECONDS),
    });
    const worker = await this.#boss.work(queue, { pollingIntervalSeconds: POLL_SECONDS }, () =>
      this.#step(institution),
    );
    this.#workers.set(institution.code, worker);
    for (const library of institution.libraries) await this.#serveSchedule(institution, library, work);
  }

  async #serveSchedule(institution: InstitutionConfig, library: LibraryConfig, work: QueueWork): Promise<void> {
    const queue = scheduleQueue(institution.code, library.code);
    await this.#boss.createQueue(queue);
    await this.#boss.work(queue, { pollingIntervalSeconds: SCHEDULE_POLL_SECONDS }, async ([job]) => {
      await work.imports.start(institution, {
        libraries: [library.code],
        trigger: 'schedule',
        key: `schedule-${job?.id ?? ''}`,
      });
    });
    await this.schedule(institution.code, library.code, await work.integrationOf(institution, library));
  }

  async #step(institution: InstitutionConfig): Promise<void> {
    const next = await this.#work?.steps.step(institution, this.#stopping.signal);
    if (next !== undefined && next !== 'nothing') await this.kick(institution.code, next.afterMs);
  }
}

function stepQueue(institution: string): string {
  return `import-steps_${institution}`;
}

function scheduleQueue(institution: string, library: string): string {
  return `import-schedule_${institution}_${library}`;
}
