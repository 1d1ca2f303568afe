import { setTimeout as pause } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import type { JobsDatabase } from '../store/open-store';
import { StoreUnavailable } from '../store/store-unavailable';

/** Seconds between checks for jobs whose gateway died. */
const SUPERVISE_SECONDS = 5;
/** Seconds between polls for due schedules. Schedules have a resolution of one minute. */
const SCHEDULE_POLL_SECONDS = 5;
/** Milliseconds for jobs in progress to finish when the gateway shuts down. */
const STOP_MS = 8_000;

interface JobsParts {
  readonly database: JobsDatabase;
  /** True when one process owns the store; jobs that are active at its start were then left by a killed process. */
  readonly embedded: boolean;
  readonly failed: (error: unknown) => void;
}

/** Milliseconds before the end of a job is written again that the store could not take. */
const END_AGAIN_MS = 500;
/** The statements of pg-boss that write the end of jobs: their values are the queue, the ids and the output. */
const ENDS = /^\s*WITH (?:results|deleted_jobs) AS/;
const VALUES_OF_END = 3;

/** A queue and the work of its jobs. */
interface Served {
  readonly pollSeconds: number;
  /** Limits and repeats of the jobs; those of pg-boss when absent. */
  readonly options?: Omit<PgBoss.Queue, 'name'>;
  readonly work: (job: PgBoss.Job | undefined) => Promise<unknown>;
  /** True for an error that was reported already. */
  readonly isReported?: (error: unknown) => boolean;
}

/** The job queues of a gateway (pg-boss, in the same store). Several gateways on one store share the work. */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  readonly #workers = new Map<string, string>();
  #isStopped = false;

  constructor(private readonly parts: JobsParts) {
    const { schema } = parts.database;
    this.#boss = new PgBoss({
      db: { executeSql: (...call) => this.#execute(...call) },
      schema,
      maintenanceIntervalSeconds: SUPERVISE_SECONDS,
      cronMonitorIntervalSeconds: SCHEDULE_POLL_SECONDS,
      cronWorkerIntervalSeconds: SCHEDULE_POLL_SECONDS,
    });
    this.#boss.on('error', parts.failed);
  }

  /** Aborted when the gateway shuts down: jobs in progress end soon. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  async start(): Promise<void> {
    await this.#boss.start();
    // Deletes all jobs: they only trigger work that is in the store, and an active job belonged to a process that is
    // gone.
    if (this.parts.embedded) await this.#boss.clearStorage();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#boss.stop({ graceful: true, wait: true, timeout: STOP_MS, close: false });
    this.#isStopped = true;
  }

  /** Creates the queue and works on its jobs, one at a time. */
  async serve(queue: string, { pollSeconds, options, work, isReported }: Served): Promise<void> {
    await this.#boss.createQueue(queue, ...(options === undefined ? [] : [{ ...options, name: queue }]));
    const told = async ([job]: readonly PgBoss.Job[]) => {
      try {
        await work(job);
      } catch (error) {
        if (isReported?.(error) !== true) this.parts.failed(error);
        // pg-boss does not log an error, and stores it with all its properties for days; PostgreSQL errors contain the
        // failing row.
        throw new Error('the job failed; the log of the gateway says why');
      }
    };
    this.#workers.set(queue, await this.#boss.work(queue, { pollingIntervalSeconds: pollSeconds }, told));
  }

  /** Adds a job, to begin now or after `afterMs` milliseconds. A queue with the policy `stately` has one waiting job. */
  async send(queue: string, afterMs = 0, options: PgBoss.SendOptions = {}): Promise<void> {
    const later = afterMs > 0 ? { startAfter: new Date(Date.now() + afterMs) } : {};
    await this.#boss.send(queue, {}, { ...options, ...later });
    const worker = this.#workers.get(queue);
    if (worker !== undefined && afterMs === 0) this.#boss.notifyWorker(worker);
  }

  /**
   * pg-boss does not wait for the write of a job's end: its failure would be a fault that nobody catches. So it is written
   * again when the store is back. After the stop, when the store may be closed, writes get no answer.
   */
  async #execute(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    const isEnd = values?.length === VALUES_OF_END && ENDS.test(text);
    for (;;) {
      if (this.#isStopped) return new Promise(() => undefined);
      try {
        return await this.parts.database.executeSql(text, values);
      } catch (error) {
        if (!isEnd || !(error instanceof StoreUnavailable)) throw error;
        await pause(END_AGAIN_MS, undefined, { ref: false });
      }
    }
  }

  async schedule(queue: string, cron: string, options: PgBoss.ScheduleOptions): Promise<void> {
    await this.#boss.schedule(queue, cron, {}, options);
  }

  async unschedule(queue: string): Promise<void> {
    await this.#boss.unschedule(queue);
  }
}

/**
 * Options of a queue of short steps: one active and one waiting job, for any number of gateways. When a gateway dies,
 * another one takes over its step once the job expires.
 */
export function stepsFor(seconds: number): Omit<PgBoss.Queue, 'name'> {
  return {
    policy: 'stately',
    // High, because the death of a gateway is not a failure of the job.
    retryLimit: 1_000,
    retryDelay: 1,
    expireInSeconds: Math.ceil(seconds),
  };
}
