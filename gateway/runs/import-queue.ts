import PgBoss from 'pg-boss';
import type { Integration } from '#domain/api/profile';
import type { InstitutionConfig, LibraryConfig } from '../config';
import type { JobsDatabase } from '../store/open-store';
import type { ImportService, RunPush } from './import-service';
import { cronOf } from './schedule-times';
import { UpkeepFailed, type Upkeep } from '../upkeep/upkeep';

/** Seconds between polls for work when there is no notification. */
const POLL_SECONDS = 2;
/** Seconds between polls for due schedules. Schedules have a resolution of one minute. */
const SCHEDULE_POLL_SECONDS = 5;
/** Seconds between checks for steps whose gateway died. */
const SUPERVISE_SECONDS = 5;
/** Milliseconds for requests in progress to finish when the gateway shuts down. */
const STOP_MS = 8_000;
/** Seconds a job may take beyond its step and one call to Alma. */
const SPARE_SECONDS = 10;
const TIDY_QUEUE = 'tidy';
const TIDY_POLL_SECONDS = 30;
/** 03:23 in Japan, after most daily imports. */
const TIDY_AT = '23 3 * * *';
/** The upkeep may take 4 hours. When it fails, it is retried three times, 15 minutes apart. */
const TIDY_JOB = { tz: 'Asia/Tokyo', expireInHours: 4, retryLimit: 3, retryDelay: 900 } as const;

interface QueueParts {
  readonly database: JobsDatabase;
  /** True when one process owns the store; jobs that are active at its start were then left by a killed process. */
  readonly embedded: boolean;
  readonly institutions: readonly InstitutionConfig[];
  readonly stepSeconds: number;
  /** Longest duration of a call to Alma, in milliseconds. */
  readonly callTimeoutMs: number;
  readonly failed: (error: unknown) => void;
}

/** The work that the queue drives. */
export interface QueueWork {
  readonly imports: Pick<ImportService, 'start' | 'step' | 'unfinished'>;
  readonly integrationOf: (institution: InstitutionConfig, library: LibraryConfig) => Promise<Integration>;
  /** The nightly upkeep. */
  readonly upkeep: Pick<Upkeep, 'expect' | 'isDue' | 'run'>;
}

/**
 * The job queue (pg-boss, in the same store). A run is a chain of short jobs in the queue of its institution. The
 * policy `stately` allows one active and one waiting job, for any number of gateways. When a gateway dies, another one
 * takes over its job once the job expires.
 */
export class ImportQueue implements RunPush {
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  readonly #workers = new Map<string, string>();
  #work?: QueueWork;
  #isStopped = false;

  constructor(private readonly parts: QueueParts) {
    const { schema, executeSql } = parts.database;
    this.#boss = new PgBoss({
      // pg-boss does not wait for all its writes when it stops. The store may be closed by then, so late writes get no
      // answer.
      db: { executeSql: (...call) => (this.#isStopped ? new Promise(() => undefined) : executeSql(...call)) },
      schema,
      maintenanceIntervalSeconds: SUPERVISE_SECONDS,
      cronMonitorIntervalSeconds: SCHEDULE_POLL_SECONDS,
      cronWorkerIntervalSeconds: SCHEDULE_POLL_SECONDS,
    });
    this.#boss.on('error', parts.failed);
  }

  /** Resumes unfinished runs and works until `stop`. */
  async start(work: QueueWork): Promise<void> {
    this.#work = work;
    await this.#boss.start();
    // Deletes all jobs: they only trigger the runs, and an active job belonged to a process that is gone.
    if (this.parts.embedded) await this.#boss.clearStorage();
    for (const institution of this.parts.institutions) await this.#serve(institution, work);
    await this.#serveUpkeep(work.upkeep);
    for (const institution of await work.imports.unfinished()) await this.kick(institution);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#boss.stop({ graceful: true, wait: true, timeout: STOP_MS, close: false });
    this.#isStopped = true;
  }

  /** Triggers the institution's runs, now or after `afterMs` milliseconds. */
  readonly kick = async (institution: string, afterMs = 0): Promise<void> => {
    const later = afterMs > 0 ? { startAfter: new Date(Date.now() + afterMs) } : {};
    if (!this.parts.institutions.some(({ code }) => code === institution)) return;
    await this.#boss.send(stepQueue(institution), {}, later);
    const worker = this.#workers.get(institution);
    if (worker !== undefined && afterMs === 0) this.#boss.notifyWorker(worker);
  };

  /** Applies the library's schedule from now on. */
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
      // High, because the death of a gateway is not a failure of the job.
      retryLimit: 1_000,
      retryDelay: 1,
      expireInSeconds: Math.ceil(stepSeconds + callTimeoutMs / 1000 + SPARE_SECONDS),
    });
    const worker = await this.#boss.work(
      queue,
      { pollingIntervalSeconds: POLL_SECONDS },
      this.#told(() => this.#step(institution)),
    );
    this.#workers.set(institution.code, worker);
    for (const library of institution.libraries) await this.#serveSchedule(institution, library, work);
  }

  async #serveSchedule(institution: InstitutionConfig, library: LibraryConfig, work: QueueWork): Promise<void> {
    const queue = scheduleQueue(institution.code, library.code);
    await this.#boss.createQueue(queue);
    const start = async ([job]: readonly PgBoss.Job[]) => {
      const how = { trigger: 'schedule', key: `schedule-${job?.id ?? ''}` } as const;
      await work.imports.start(institution, { libraries: [library.code], ...how });
    };
    await this.#boss.work(queue, { pollingIntervalSeconds: SCHEDULE_POLL_SECONDS }, this.#told(start));
    await this.schedule(institution.code, library.code, await work.integrationOf(institution, library));
  }

  /** Runs the upkeep every night, and at once when a night was missed. */
  async #serveUpkeep(upkeep: QueueWork['upkeep']): Promise<void> {
    await upkeep.expect();
    await this.#boss.createQueue(TIDY_QUEUE);
    await this.#boss.work(
      TIDY_QUEUE,
      { pollingIntervalSeconds: TIDY_POLL_SECONDS },
      this.#told(() => upkeep.run(this.#stopping.signal)),
    );
    await this.#boss.schedule(TIDY_QUEUE, TIDY_AT, {}, TIDY_JOB);
    const { tz: _tz, ...job } = TIDY_JOB;
    if (await upkeep.isDue()) await this.#boss.send(TIDY_QUEUE, {}, job);
  }

  /**
   * Reports the error of a failed job here and gives the queue only a generic one. pg-boss does not log it, and stores
   * an error with all its properties for days; PostgreSQL errors contain the failing row.
   */
  #told(work: (jobs: readonly PgBoss.Job[]) => Promise<unknown>): (jobs: readonly PgBoss.Job[]) => Promise<void> {
    return async (jobs) => {
      try {
        await work(jobs);
      } catch (error) {
        if (!(error instanceof UpkeepFailed)) this.parts.failed(error);
        throw new Error('the job failed; the log of the gateway says why');
      }
    };
  }

  async #step(institution: InstitutionConfig): Promise<void> {
    const next = await this.#work?.imports.step(institution, this.#stopping.signal);
    if (next !== undefined && next !== 'nothing') await this.kick(institution.code, next.afterMs);
  }
}

function stepQueue(institution: string): string {
  return `import-steps_${institution}`;
}

function scheduleQueue(institution: string, library: string): string {
  return `import-schedule_${institution}_${library}`;
}
