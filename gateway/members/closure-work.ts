import type { Kysely, Updateable } from 'kysely';
import type { ErrorCode } from '#domain/errors';
import type { ClosedHow } from '#domain/ill/closure';
import { today } from '#domain/ill/dates';
import type { ServiceFlag } from '#domain/catalog/catalog';
import { partKey } from '../commands/command-request';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { growingPause } from '../jobs/growing-pause';
import { stepsFor, type Jobs } from '../jobs/jobs';
import { NacsisError } from '../nacsis/port';
import type { Schema } from '../store/schema';
import type { ClosureRow } from './closures';
import type { MemberChanges } from './member-changes';

interface WorkParts {
  readonly db: Kysely<Schema>;
  readonly changes: MemberChanges;
  readonly institutions: readonly InstitutionConfig[];
  readonly now: () => Date;
  readonly failed: (error: unknown) => void;
}

/** A closure, and whose it is. */
interface Place {
  readonly institution: InstitutionConfig;
  readonly library: LibraryConfig;
}

/** The user of changes that a closure makes. */
const CLOSURE_USER = 'closure';
const OPEN = ['planned', 'running'] as const;
/** Longest pause between two attempts, in milliseconds. A refusal does not pass by itself, and may lock an account. */
const LONGEST_PAUSE_MS = 300_000;
const LONGEST_AFTER_REFUSAL_MS = 3_600_000;
const REFUSALS: readonly ErrorCode[] = ['nacsis-rejected', 'nacsis-login-refused', 'invalid-fields', 'not-found'];

/**
 * Carries out planned closures: the master switch (STAT) off on the first day, and on again after the last (ADR 0019).
 * Everything that was done is in the store, so that any gateway can continue.
 */
export class ClosureWork {
  constructor(private readonly parts: WorkParts) {}

  async isDue(): Promise<boolean> {
    return (await this.#due()).length > 0;
  }

  /** Carries out what is due. A library whose closure fails does not stop the others. */
  async carryOut(stopping?: AbortSignal): Promise<void> {
    for (const row of await this.#due()) {
      if (stopping?.aborted === true) return;
      await this.#carry(row).catch((error: unknown) => this.#failed(row, error));
    }
  }

  /** The first closure of each record that has something to do: a later one begins when the earlier one has ended. */
  async #due(): Promise<readonly ClosureRow[]> {
    const now = this.parts.now();
    const day = today(() => now);
    const rows = await this.parts.db
      .selectFrom('closures')
      .selectAll()
      .where('state', 'in', OPEN)
      .where('from_day', '<=', day)
      .orderBy('from_day')
      .orderBy('created_at')
      .execute();
    const first = new Map<string, ClosureRow>();
    for (const row of rows) if (!first.has(row.member_id)) first.set(row.member_id, row);
    return [...first.values()].filter(
      (row) =>
        this.#placeOf(row) !== undefined &&
        (row.next_at === null || row.next_at <= now) &&
        (row.closed === null || isOver(row, day)),
    );
  }

  async #carry(row: ClosureRow): Promise<void> {
    const place = this.#placeOf(row);
    // From here on the closure can be ended, but no longer cancelled: the switch may be on its way.
    const running = row.state === 'planned' ? await this.#save(row, { state: 'running' }) : row;
    if (place === undefined || running === undefined) return;
    const day = today(this.parts.now);
    const closed = running.closed === null ? await this.#close(place, running, day) : running;
    if (closed !== undefined && isOver(closed, day)) await this.#reopen(place, closed);
  }

  async #close(place: Place, row: ClosureRow, day: string): Promise<ClosureRow | undefined> {
    const closed = await this.#switched<ClosedHow>(place, row, 'close', ['A', 'N'], {
      isWanted: () => Promise.resolve(!isOver(row, day)),
      otherwise: 'missed',
      differs: 'was-off',
    });
    return this.#save(row, { closed, closed_at: this.parts.now() });
  }

  async #reopen(place: Place, row: ClosureRow): Promise<void> {
    const ofClosing = keyOf(row, 'close');
    const reopened =
      row.closed === 'switched'
        ? await this.#switched(place, row, 'reopen', ['N', 'A'], {
            // Somebody who changed the service during the closure is not overruled.
            isWanted: async () => isOfClosing(await this.parts.changes.lastOfService(place.library), ofClosing),
            otherwise: 'left',
            differs: 'left',
          })
        : ('nothing' as const);
    await this.#save(row, { state: 'ended', reopened, reopened_at: this.parts.now() });
  }

  /**
   * Switches the service, unless that was done, is not wanted any more, or the record differs from what is expected.
   * Reads the outcome of an earlier attempt first.
   */
  async #switched<Else extends string>(
    { institution, library }: Place,
    row: ClosureRow,
    step: 'close' | 'reopen',
    [before, after]: readonly [ServiceFlag, ServiceFlag],
    otherwise: { readonly isWanted: () => Promise<boolean>; readonly otherwise: Else; readonly differs: Else },
  ): Promise<Else | 'switched'> {
    const { changes } = this.parts;
    const key = partKey(keyOf(row, step), String(row.attempt));
    if (await changes.isDone({ institution: institution.code, key }, library)) return 'switched';
    if (!(await otherwise.isWanted())) return otherwise.otherwise;
    if ((await changes.read(library)).service !== before) return otherwise.differs;
    const actor = { institution, userId: CLOSURE_USER, key };
    await changes.change({ actor, library, before: { service: before }, changes: { service: after } });
    return 'switched';
  }

  /** Undefined when the closure was changed meanwhile; the next look continues. */
  #save(
    row: ClosureRow,
    columns: Omit<Updateable<Schema['closures']>, 'version' | 'updated_at'>,
  ): Promise<ClosureRow | undefined> {
    return this.parts.db
      .updateTable('closures')
      .set({
        failures: 0,
        failure: null,
        next_at: null,
        ...columns,
        version: row.version + 1,
        updated_at: this.parts.now(),
      })
      .where('closure_id', '=', row.closure_id)
      .where('version', '=', row.version)
      .returningAll()
      .executeTakeFirst();
  }

  /** Keeps the failure for the page, and tries again later. A fault of the gateway itself is only reported. */
  async #failed(row: ClosureRow, error: unknown): Promise<void> {
    const code = error instanceof GatewayError || error instanceof NacsisError ? error.code : undefined;
    // Something else changed the record between reading and sending; the next look reads it again.
    if (code === 'stale-version' || code === 'command-in-progress') return;
    this.parts.failed(new Error(`the closure of ${row.library} could not be carried out`, { cause: error }));
    if (code === undefined || code === 'store-unavailable') return;
    const now = this.parts.now();
    const isRefused = REFUSALS.includes(code);
    const failures = row.failures + 1;
    const pause = growingPause(failures, isRefused ? LONGEST_AFTER_REFUSAL_MS : LONGEST_PAUSE_MS);
    const nacsis = (error as GatewayError | NacsisError).details.nacsis?.message;
    const failure = { code, at: now.toISOString(), ...(nacsis === undefined ? {} : { nacsis }) };
    await this.parts.db
      .updateTable('closures')
      .set({
        failures,
        failure: JSON.stringify(failure),
        next_at: new Date(now.getTime() + pause),
        // A refused change is settled under its key; the next attempt needs another.
        ...(code === 'nacsis-rejected' ? { attempt: row.attempt + 1 } : {}),
      })
      .where('closure_id', '=', row.closure_id)
      .where('state', 'in', OPEN)
      .execute();
  }

  #placeOf(row: ClosureRow): Place | undefined {
    const institution = this.parts.institutions.find(({ code }) => code === row.institution);
    const library = institution?.libraries.find(({ code }) => code === row.library);
    if (institution === undefined || library?.account.memberId !== row.member_id) return undefined;
    return { institution, library };
  }
}

/** True from the day after the last one, or when the user ended it. */
function isOver({ to_day: to, ends_early: isEnded }: ClosureRow, day: string): boolean {
  return isEnded || to < day;
}

function keyOf({ closure_id: id }: ClosureRow, step: 'close' | 'reopen'): string {
  return `closure ${id} ${step}`;
}

/** Any attempt to close, since a refused one has changed nothing. */
function isOfClosing(key: string | undefined, ofClosing: string): boolean {
  return key?.startsWith(`${ofClosing} `) === true;
}

const QUEUE = 'closures';
/** Milliseconds between two looks for work. A look is one query; only work makes a job. */
const LOOK_MS = 20_000;
const POLL_SECONDS = 2;
/** Time for the closures of all libraries that are due at the same moment. */
const STEP_SECONDS = 240;

/** The queue of the closures: one job at a time, whichever gateway does it. */
export class ClosureQueue {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: Jobs,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Works until the jobs stop. The jobs are started. */
  async start(work: Pick<ClosureWork, 'isDue' | 'carryOut'>): Promise<void> {
    const { jobs } = this;
    await jobs.serve(QUEUE, {
      pollSeconds: POLL_SECONDS,
      options: stepsFor(STEP_SECONDS),
      work: () => work.carryOut(jobs.stopping),
    });
    const look = () => {
      void this.#look(work).catch((error: unknown) => {
        if (!jobs.stopping.aborted) this.failed(error);
      });
    };
    look();
    this.#timer = setInterval(look, LOOK_MS);
    this.#timer.unref();
    jobs.stopping.addEventListener('abort', () => {
      clearInterval(this.#timer);
    });
  }

  readonly kick = (): Promise<void> => this.jobs.send(QUEUE);

  async #look(work: Pick<ClosureWork, 'isDue'>): Promise<void> {
    if (await work.isDue()) await this.kick();
  }
}
