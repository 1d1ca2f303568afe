import type { Integration } from '#domain/api/profile';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { stepsFor, type Jobs } from '../jobs/jobs';
import type { ImportService, RunPush } from './import-service';
import { cronOf } from './schedule-times';
import { UpkeepFailed, type Upkeep } from '../upkeep/upkeep';

/** Seconds between polls for work when there is no notification. */
const POLL_SECONDS = 2;
/** Seconds between polls for jobs of a schedule. */
const SCHEDULE_POLL_SECONDS = 5;
/** Seconds a job may take beyond its step and one call to Alma. */
const SPARE_SECONDS = 10;
const TIDY_QUEUE = 'tidy';
const TIDY_POLL_SECONDS = 30;
/** 03:23 in Japan, after most daily imports. */
const TIDY_AT = '23 3 * * *';
/** The upkeep may take 4 hours. When it fails, it is retried three times, 15 minutes apart. */
const TIDY_JOB = { tz: 'Asia/Tokyo', expireInHours: 4, retryLimit: 3, retryDelay: 900 } as const;

interface QueueParts {
  readonly jobs: Jobs;
  readonly institutions: readonly InstitutionConfig[];
  readonly stepSeconds: number;
  /** Longest duration of a call to Alma, in milliseconds. */
  readonly callTimeoutMs: number;
}

/** The work that the queue drives. */
export interface QueueWork {
  readonly imports: Pick<ImportService, 'start' | 'step' | 'unfinished'>;
  readonly integrationOf: (institution: InstitutionConfig, library: LibraryConfig) => Promise<Integration>;
  /** The nightly upkeep. */
  readonly upkeep: Pick<Upkeep, 'expect' | 'isDue' | 'run'>;
}

/** The queues of the import. A run is a chain of short jobs in the queue of its institution. */
export class ImportQueue implements RunPush {
  #work?: QueueWork;

  constructor(private readonly parts: QueueParts) {}

  /** Resumes unfinished runs and works until the jobs stop. The jobs are started. */
  async start(work: QueueWork): Promise<void> {
    this.#work = work;
    for (const institution of this.parts.institutions) await this.#serve(institution, work);
    await this.#serveUpkeep(work.upkeep);
    for (const institution of await work.imports.unfinished()) await this.kick(institution);
  }

  /** Triggers the institution's runs, now or after `afterMs` milliseconds. */
  readonly kick = async (institution: string, afterMs = 0): Promise<void> => {
    if (!this.parts.institutions.some(({ code }) => code === institution)) return;
    await this.parts.jobs.send(stepQueue(institution), afterMs);
  };

  /** Applies the library's schedule from now on. */
  readonly schedule = async (institution: string, library: string, { schedule }: Integration): Promise<void> => {
    const [queue, cron] = [scheduleQueue(institution, library), cronOf(schedule)];
    if (cron === undefined) await this.parts.jobs.unschedule(queue);
    else await this.parts.jobs.schedule(queue, cron, { tz: schedule.timeZone });
  };

  async #serve(institution: InstitutionConfig, work: QueueWork): Promise<void> {
    const { jobs, stepSeconds, callTimeoutMs } = this.parts;
    await jobs.serve(stepQueue(institution.code), {
      pollSeconds: POLL_SECONDS,
      options: stepsFor(stepSeconds + callTimeoutMs / 1000 + SPARE_SECONDS),
      work: () => this.#step(institution),
    });
    for (const library of institution.libraries) await this.#serveSchedule(institution, library, work);
  }

  async #serveSchedule(institution: InstitutionConfig, library: LibraryConfig, work: QueueWork): Promise<void> {
    await this.parts.jobs.serve(scheduleQueue(institution.code, library.code), {
      pollSeconds: SCHEDULE_POLL_SECONDS,
      work: async (job) => {
        const how = { trigger: 'schedule', key: `schedule-${job?.id ?? ''}` } as const;
        await work.imports.start(institution, { libraries: [library.code], ...how });
      },
    });
    await this.schedule(institution.code, library.code, await work.integrationOf(institution, library));
  }

  /** Runs the upkeep every night, and at once when a night was missed. */
  async #serveUpkeep(upkeep: QueueWork['upkeep']): Promise<void> {
    const { jobs } = this.parts;
    await upkeep.expect();
    await jobs.serve(TIDY_QUEUE, {
      pollSeconds: TIDY_POLL_SECONDS,
      work: () => upkeep.run(jobs.stopping),
      isReported: (error) => error instanceof UpkeepFailed,
    });
    await jobs.schedule(TIDY_QUEUE, TIDY_AT, TIDY_JOB);
    const { tz: _tz, ...job } = TIDY_JOB;
    if (await upkeep.isDue()) await jobs.send(TIDY_QUEUE, 0, job);
  }

  async #step(institution: InstitutionConfig): Promise<void> {
    const next = await this.#work?.imports.step(institution, this.parts.jobs.stopping);
    if (next !== undefined && next !== 'nothing') await this.kick(institution.code, next.afterMs);
  }
}

function stepQueue(institution: string): string {
  return `import-steps_${institution}`;
}

function scheduleQueue(institution: string, library: string): string {
  return `import-schedule_${institution}_${library}`;
}
