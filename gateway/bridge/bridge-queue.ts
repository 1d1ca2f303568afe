import type { InstitutionConfig } from '../config';
import { stepsFor, type Jobs } from '../jobs/jobs';
import type { BridgeWorker } from './bridge-worker';

/** Milliseconds between two looks for work. A look is a few queries; only work makes a job. */
const LOOK_MS = 3_000;
/** Seconds between polls for jobs when there is no notification. */
const POLL_SECONDS = 2;
/** A step ends soon after this time. */
const STEP_MS = 15_000;
/** Seconds that a job may take beyond its step: one command with its lookups, or one message to Alma. */
const SPARE_SECONDS = 75;

interface QueueParts {
  readonly jobs: Jobs;
  /** Institutions with a library that is a partner of Alma. */
  readonly institutions: readonly InstitutionConfig[];
  readonly failed: (error: unknown) => void;
}

/** Makes the bridge of an institution work soon. */
export type BridgeKick = (institution: string) => Promise<void>;

/** The queues of the bridge: short steps, one at a time for each institution, whichever gateway does them. */
export class BridgeQueue {
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(private readonly parts: QueueParts) {}

  /** Works until the jobs stop. The jobs are started. */
  async start(worker: Pick<BridgeWorker, 'step' | 'isDue'>): Promise<void> {
    const { jobs, institutions } = this.parts;
    for (const institution of institutions)
      await jobs.serve(queueOf(institution.code), {
        pollSeconds: POLL_SECONDS,
        options: stepsFor(STEP_MS / 1000 + SPARE_SECONDS),
        work: async () => {
          const stopping = AbortSignal.any([jobs.stopping, AbortSignal.timeout(STEP_MS)]);
          const isMore = await worker.step(institution, stopping);
          if (isMore && !jobs.stopping.aborted) await this.kick(institution.code);
        },
      });
    if (institutions.length === 0) return;
    this.#timer = setInterval(() => void this.#look(worker), LOOK_MS);
    this.#timer.unref();
    jobs.stopping.addEventListener('abort', () => {
      clearInterval(this.#timer);
    });
  }

  readonly kick: BridgeKick = async (institution) => {
    if (this.parts.institutions.some(({ code }) => code === institution))
      await this.parts.jobs.send(queueOf(institution));
  };

  async #look(worker: Pick<BridgeWorker, 'isDue'>): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (const institution of this.parts.institutions) {
      // A fault of one institution is no matter of the next.
      await this.#lookAt(institution, worker).catch((error: unknown) => {
        if (!this.parts.jobs.stopping.aborted) this.parts.failed(error);
      });
    }
    this.#isLooking = false;
  }

  async #lookAt(institution: InstitutionConfig, worker: Pick<BridgeWorker, 'isDue'>): Promise<void> {
    if (await worker.isDue(institution)) await this.kick(institution.code);
  }
}

function queueOf(institution: string): string {
  return `bridge-steps_${institution}`;
}
