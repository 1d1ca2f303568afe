import type { Kysely, Transaction, Updateable } from 'kysely';
import type { ErrorCode } from '#domain/errors';
import type { ClosedHow, ReopenedHow } from '#domain/ill/closure';
import { today } from '#domain/ill/dates';
import type { ServiceFlag } from '#domain/catalog/catalog';
import { partKey } from '../commands/command-request';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { growingPause } from '../jobs/growing-pause';
import { stepsFor, type Jobs } from '../jobs/jobs';
import { NacsisError } from '../nacsis/port';
import type { Db, Schema } from '../store/schema';
import { OPEN, type ClosureRow } from './closures';
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

/** One of the two changes of the service that a closure makes. */
interface Switching<Found extends string> {
  readonly step: 'close' | 'reopen';
  readonly before: ServiceFlag;
  readonly after: ServiceFlag;
  readonly isWanted: (db?: Db) => Promise<boolean>;
  /** What the closure keeps when the change is not wanted, or when the service is not as it was before. */
  readonly unwanted: Found;
  readonly differs: Found;
}

/** The user of changes that a closure makes. */
const CLOSURE_USER = 'closure';
/** Longest pause after a refusal, in milliseconds. A refusal does not pass by itself, and may lock an account. */
const LONGEST_AFTER_REFUSAL_MS = 3_600_000;
const REFUSALS: readonly ErrorCode[] = ['nacsis-rejected', 'nacsis-login-refused', 'invalid-fields', 'not-found'];
/** Time for the closures of all libraries that are due at the same moment. */
const STEP_SECONDS = 240;
/** Milliseconds within which a job begins with a library, so that the calls end before the job expires. */
const BEGIN_WITHIN_MS = (STEP_SECONDS * 1_000) / 2;

/**
 * Carries out planned closures: the master switch (STAT) off on the first day, and on again after the last (ADR 0019).
 * Everything that was done is in the store, so that any gateway can continue.
 */
export class ClosureWork {
  constructor(private readonly parts: WorkParts) {}

  async isDue(): Promise<boolean> {
    return (await this.#due()).length > 0;
  }

  /** Carries out what is due. A library whose closure fails does not stop the others. The next look begins what is left. */
  async carryOut(stopping?: AbortSignal): Promise<void> {
    const beginUntil = this.parts.now().getTime() + BEGIN_WITHIN_MS;
    for (const row of await this.#due()) {
      if (stopping?.aborted === true || this.parts.now().getTime() > beginUntil) return;
      await this.#carry(row);
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
    const lost: ClosureRow[] = [];
    for (const row of rows) {
      if (this.#placeOf(row) === undefined) lost.push(row);
      else if (!first.has(row.member_id)) first.set(row.member_id, row);
    }
    const due = [...first.values()].filter(
      (row) => (row.next_at === null || row.next_at <= now) && (row.closed === null || isOver(row, day)),
    );
    return [...lost.filter((row) => !isReported(row)), ...due];
  }

  async #carry(due: ClosureRow): Promise<void> {
    for (let row: ClosureRow | undefined = due; row !== undefined;) {
      const current: ClosureRow = row;
      row = await this.#step(current).catch((error: unknown) => this.#failed(current, error));
    }
  }

  /** Does the next thing. Resolves to the closure when something is left to do now. */
  async #step(row: ClosureRow): Promise<ClosureRow | undefined> {
    const place = this.#placeOf(row);
    if (place === undefined) return this.#lost(row);
    // From here on the closure can be ended, but no longer cancelled: the switch may be on its way.
    if (row.state === 'planned') return this.#save(row, { state: 'running' });
    const day = today(this.parts.now);
    const closed = row.closed === null ? await this.#close(place, row) : row;
    if (closed === undefined || !isOver(closed, day)) return undefined;
    if (closed !== row) return closed;
    await this.#reopen(place, row, day);
    return undefined;
  }

  async #close(place: Place, row: ClosureRow): Promise<ClosureRow | undefined> {
    const switching: Switching<ClosedHow> = {
      ...{ step: 'close', before: 'A', after: 'N', unwanted: 'missed', differs: 'was-off' },
      isWanted: () => Promise.resolve(!isOver(row, today(this.parts.now))),
    };
    const found = await this.#found(place, row, switching);
    const closed = found ?? (await this.#switch(place, row, switching));
    return this.#save(row, { closed, closed_at: this.parts.now() });
  }

  async #reopen(place: Place, row: ClosureRow, day: string): Promise<void> {
    const at = this.parts.now();
    if (row.closed !== 'switched') {
      await this.#save(row, { state: 'ended', reopened: 'nothing', reopened_at: at });
      return;
    }
    const switching: Switching<ReopenedHow> = {
      ...{ step: 'reopen', before: 'N', after: 'A', unwanted: 'left', differs: 'left' },
      // Somebody who changed the service during the closure is not overruled.
      isWanted: async (db = this.parts.db) =>
        this.#isOfClosing(row, await this.parts.changes.lastOfService(place.library, db), db),
    };
    const found = await this.#found(place, row, switching);
    const next = found === undefined ? await this.#next(row, day) : undefined;
    if (next !== undefined) return this.#handOver(row, next);
    const reopened = found ?? (await this.#switch(place, row, switching));
    await this.#save(row, { state: 'ended', reopened, reopened_at: this.parts.now() });
  }

  /**
   * What is certain already: the service was switched, or need not be. Undefined when it has to be. Reads the outcome of
   * an earlier attempt first.
   */
  async #found<Found extends string>(
    { institution, library }: Place,
    row: ClosureRow,
    { step, before, isWanted, unwanted, differs }: Switching<Found>,
  ): Promise<Found | 'switched' | undefined> {
    const { changes } = this.parts;
    if (await changes.isDone({ institution: institution.code, key: attemptKey(row, step) }, library)) return 'switched';
    if (!(await isWanted())) return unwanted;
    return (await changes.read(library)).service === before ? undefined : differs;
  }

  /** Sends nothing when the closure was changed since it was read, by a user or by a job that took over. */
  async #switch(
    { institution, library }: Place,
    row: ClosureRow,
    { step, before, after, isWanted }: Switching<string>,
  ): Promise<'switched'> {
    const { service } = await this.parts.changes.change({
      actor: { institution, userId: CLOSURE_USER, key: attemptKey(row, step) },
      ...{ library, before: { service: before }, changes: { service: after } },
      mustHold: async (db) => {
        if (!(await isUnchanged(db, row)) || !(await isWanted(db)))
          throw new GatewayError('stale-version', { detail: 'the closure has changed' });
      },
    });
    if (service !== after)
      throw new GatewayError('nacsis-rejected', { detail: `NACSIS-ILL took the change, and STAT is still ${service}` });
    return 'switched';
  }

  /** True when the last change of the service was the closing by this closure, or by one that handed over to it. */
  async #isOfClosing(row: ClosureRow, key: string | undefined, db: Db): Promise<boolean> {
    if (key?.startsWith(`${keyOf(row, 'close')} `) === true) return true;
    const earlier = await db
      .selectFrom('closures')
      .select('closure_id')
      .where('institution', '=', row.institution)
      .where('member_id', '=', row.member_id)
      .where('closed', '=', 'switched')
      .where('reopened', '=', 'nothing')
      .execute();
    return earlier.some((each) => key?.startsWith(`${keyOf(each, 'close')} `));
  }

  /** Another closure of the record that includes this day. */
  async #next(row: ClosureRow, day: string): Promise<ClosureRow | undefined> {
    return this.parts.db
      .selectFrom('closures')
      .selectAll()
      .where('institution', '=', row.institution)
      .where('member_id', '=', row.member_id)
      .where('closure_id', '<>', row.closure_id)
      .where('state', 'in', OPEN)
      .where('closed', 'is', null)
      .where('ends_early', '=', false)
      .where('from_day', '<=', day)
      .where('to_day', '>=', day)
      .orderBy('from_day')
      .executeTakeFirst();
  }

  /** Ends the closure without opening the library; the next one opens it. No effect when one of them was changed. */
  async #handOver(row: ClosureRow, next: ClosureRow): Promise<void> {
    const at = this.parts.now();
    await this.parts.db.transaction().execute(async (db) => {
      const ended = await this.#save(row, { state: 'ended', reopened: 'nothing', reopened_at: at }, db);
      const taken = await this.#save(next, { state: 'running', closed: 'switched', closed_at: at }, db);
      if (ended === undefined || taken === undefined)
        throw new GatewayError('stale-version', { detail: 'a closure has changed' });
    });
  }

  /** Undefined when the closure was changed meanwhile; the next look continues. */
  #save(
    row: ClosureRow,
    columns: Omit<Updateable<Schema['closures']>, 'version' | 'updated_at'>,
    db: Db = this.parts.db,
  ): Promise<ClosureRow | undefined> {
    return db
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
  async #failed(row: ClosureRow, error: unknown): Promise<undefined> {
    const code = error instanceof GatewayError || error instanceof NacsisError ? error.code : undefined;
    // Something else changed the record or the closure before the sending; the next look reads both again.
    if (code === 'stale-version' || code === 'command-in-progress') return;
    this.parts.failed(new Error(`the closure of ${row.library} could not be carried out`, { cause: error }));
    if (code === undefined) return;
    const failures = row.failures + 1;
    const pause = growingPause(failures, REFUSALS.includes(code) ? LONGEST_AFTER_REFUSAL_MS : undefined);
    const nacsis = (error as GatewayError | NacsisError).details.nacsis?.message;
    await this.#keep(row, code, {
      failures,
      next_at: new Date(this.parts.now().getTime() + pause),
      // A refused change is settled under its key; the next attempt needs another.
      ...(code === 'nacsis-rejected' ? { attempt: row.attempt + 1 } : {}),
      ...(nacsis === undefined ? {} : { nacsis }),
    });
  }

  /** Reports once that no library has the member of the closure any more. It goes on when one has it again. */
  async #lost(row: ClosureRow): Promise<undefined> {
    const { library, member_id: member } = row;
    this.parts.failed(
      new Error(`the closure of ${library} cannot be carried out: no library of the configuration has ${member}`),
    );
    await this.#keep(row, 'not-found', { failures: row.failures, next_at: null });
  }

  /** Without a new version: what a user sees and decides does not depend on it. */
  async #keep(
    { closure_id: id, version }: ClosureRow,
    code: ErrorCode,
    {
      nacsis,
      ...columns
    }: Pick<ClosureRow, 'failures' | 'next_at'> & {
      readonly attempt?: number;
      readonly nacsis?: string;
    },
  ): Promise<void> {
    const failure = { code, at: this.parts.now().toISOString(), ...(nacsis === undefined ? {} : { nacsis }) };
    await this.parts.db
      .updateTable('closures')
      .set({ ...columns, failure: JSON.stringify(failure) })
      .where('closure_id', '=', id)
      .where('version', '=', version)
      .where('state', 'in', OPEN)
      .execute();
  }

  #placeOf(row: ClosureRow): Place | undefined {
    const institution = this.parts.institutions.find(({ code }) => code === row.institution);
    const library = institution?.libraries.find(({ account }) => account.memberId === row.member_id);
    return institution === undefined || library === undefined ? undefined : { institution, library };
  }
}

/** True from the day after the last one, or when the user ended it. */
function isOver({ to_day: to, ends_early: isEnded }: ClosureRow, day: string): boolean {
  return isEnded || to < day;
}

/** True for a failure that only the configuration can mend: no next attempt is planned. */
function isReported({ failure, next_at: next }: ClosureRow): boolean {
  return failure !== null && next === null;
}

/** Locks the closure until the transaction ends. */
async function isUnchanged(db: Transaction<Schema>, { closure_id: id, version }: ClosureRow): Promise<boolean> {
  const row = await db
    .selectFrom('closures')
    .select('version')
    .where('closure_id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.version === version;
}

function keyOf({ closure_id: id }: Pick<ClosureRow, 'closure_id'>, step: 'close' | 'reopen'): string {
  return `closure ${id} ${step}`;
}

/** A refused attempt has changed nothing, and its key is used up. */
function attemptKey(row: ClosureRow, step: 'close' | 'reopen'): string {
  return partKey(keyOf(row, step), String(row.attempt));
}

const QUEUE = 'closures';
/** Milliseconds between two looks for work. A look is one query; only work makes a job. */
const LOOK_MS = 20_000;
const POLL_SECONDS = 2;

/** The queue of the closures: one job at a time, whichever gateway does it. */
export class ClosureQueue {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: Pick<Jobs, 'send' | 'serve' | 'stopping'>,
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
    const look = () => void this.#look(work).catch(this.#report);
    look();
    this.#timer = setInterval(look, LOOK_MS);
    this.#timer.unref();
    jobs.stopping.addEventListener('abort', () => {
      clearInterval(this.#timer);
    });
  }

  /** Never fails: what the job is for is in the store already, and the next look finds it. */
  readonly kick = (): Promise<void> => this.jobs.send(QUEUE).catch(this.#report);

  readonly #report = (error: unknown): void => {
    if (!this.jobs.stopping.aborted) this.failed(error);
  };

  async #look(work: Pick<ClosureWork, 'isDue'>): Promise<void> {
    if (await work.isDue()) await this.kick();
  }
}
