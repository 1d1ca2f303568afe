import type { Kysely } from 'kysely';
import type { Change, ConfigurationError } from '#domain/api/imports';
import type { Writer } from '#domain/api/profile';
import type { ImportFault } from '#domain/imports/import';
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { findRequest, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { AlmaRecordsStore } from '../alma-sync/alma-records';
import { StockStore } from '../alma-sync/stock-store';
import type { ImportItemsStore, ItemRow } from './items-store';
import { stopFor, type RunStop } from './run-stop';
import type { ImportRunsStore, RunRow } from './runs-store';
import { ProfilesStore } from '../profiles/profiles-store';
import type { AlmaSync, ItemImport, ItemResult, Postponed, PostponedReason, Settled } from '../alma-sync/item';

/** A request fails after this many attempts. */
const MAX_ATTEMPTS = 6;

interface SyncParts {
  readonly db: Kysely<Schema>;
  readonly runs: ImportRunsStore;
  readonly items: ImportItemsStore;
  readonly alma: AlmaSync;
  /** Requests processed in parallel. */
  readonly atATime: number;
  readonly now: () => Date;
}

/** The next attempt of a waiting request. */
interface SyncNext {
  readonly next: Date | 'at-once' | 'none';
}

/** The import of a library during a step. */
interface Importing {
  readonly itemImport: ItemImport;
  readonly writer: Writer;
}

interface Worked {
  readonly item: ItemRow;
  readonly result: ItemResult;
}

/** Second part of a run: brings its requests to Alma, a few at a time. */
export class RunSync {
  readonly #records: AlmaRecordsStore;

  constructor(private readonly parts: SyncParts) {
    this.#records = new AlmaRecordsStore(parts.db);
  }

  /** Works until `until` or `stopping`, or until the run cannot continue. */
  async sync(
    institution: InstitutionConfig,
    run: RunRow,
    until: Date,
    stopping: AbortSignal,
  ): Promise<SyncNext | RunStop> {
    const { items, runs, atATime, now } = this.parts;
    const imports = new Map<string, Importing>();
    let hadWholeStep = true;
    while (now() < until && !stopping.aborted) {
      const ready: { readonly item: ItemRow; readonly itemImport: ItemImport }[] = [];
      const batch = await items.ready(run, now(), atATime);
      for (const code of new Set(batch.map(({ library }) => library))) {
        const importing = await this.#importFor(institution, run, { code, until, before: imports.get(code) });
        if (importing === undefined) return stopFor('library-not-configured', code);
        imports.set(code, importing);
      }
      for (const item of batch) {
        const importing = imports.get(item.library);
        if (importing !== undefined) ready.push({ item, itemImport: importing.itemImport });
      }
      if (ready.length === 0) break;
      const worked = await Promise.all(ready.map(async (each) => ({ ...each, result: await this.#synced(each) })));
      await this.#keepConfiguration(run, worked);
      const stop = await this.#stopOf(institution, worked);
      if (stop !== undefined) return stop;
      await Promise.all(worked.map((each) => this.#postpone(each, hadWholeStep)));
      hadWholeStep = false;
      const { cancelling } = await runs.goOn(run);
      if (cancelling) return { next: 'at-once' };
    }
    const at = await items.nextAt(run);
    return { next: at === undefined ? 'none' : (at ?? 'at-once') };
  }

  /**
   * Ends a run: looks at Alma once more and saves the ids that occur there twice. Resolves to false when it needs
   * another step.
   */
  async check(institution: InstitutionConfig, run: RunRow, until: Date): Promise<boolean> {
    const { db, runs } = this.parts;
    let isComplete = true;
    for (const code of run.only === null ? run.libraries : [run.only.library]) {
      const importing = await this.#importFor(institution, run, { code, until });
      // A library that left the configuration meanwhile cannot be looked at any more.
      const hasShown = importing === undefined ? false : await importing.itemImport.lookAround();
      if (hasShown === undefined) return false;
      isComplete &&= hasShown;
    }
    const stock = new StockStore(db, { institution: run.institution, runId: run.run_id });
    const doubled = await stock.doubled(run.libraries[0] ?? '');
    await runs.change(run, { checked: JSON.stringify({ doubled, isComplete }) });
    return true;
  }

  async #synced({ item, itemImport }: { item: ItemRow; itemImport: ItemImport }): Promise<ItemResult> {
    const row = await findRequest(this.parts.db, item.institution, item.side, item.id);
    const result = await resultOf(item, row, itemImport);
    if (!('outcome' in result)) return result;
    try {
      await this.#settle(item, result);
      return result;
    } catch (error) {
      // Another request was linked to the same Alma request meanwhile; the next attempt sees it.
      if (!(error instanceof GatewayError) || error.code !== 'already-linked') throw error;
      return { notBefore: this.parts.now(), reason: 'overtaken', detail: error.message };
    }
  }

  /** The import of the library as its profile is now: that of the step until now, unless the writer has changed. */
  async #importFor(
    institution: InstitutionConfig,
    { run_id: runId, dry_run: dryRun, full, only }: RunRow,
    { code, until, before }: { readonly code: string; readonly until: Date; readonly before?: Importing | undefined },
  ): Promise<Importing | undefined> {
    const library = institution.libraries.find((each) => each.code === code);
    if (library === undefined) return undefined;
    const profiles = new ProfilesStore(this.parts.db, institution.code);
    const integration = await profiles.integration(library);
    if (before?.writer === integration.writer) return before;
    const comparesAll = full || only !== null;
    const itemImport = this.parts.alma.importFor({
      institution,
      library,
      integration,
      runId,
      dryRun,
      full: comparesAll,
      notAfter: until.getTime(),
      writerNow: async () => (await profiles.integration(library)).writer,
    });
    return { itemImport, writer: integration.writer };
  }

  /** Postpones a request that is not settled; after enough attempts it fails. */
  async #postpone({ item, result }: Worked, hadWholeStep: boolean): Promise<void> {
    if ('outcome' in result) return;
    const attempts = item.attempts + (isAttempt(result, hadWholeStep) ? 1 : 0);
    if (attempts >= MAX_ATTEMPTS) await this.#settle(item, await this.#givenUp(item, result));
    else await this.parts.items.postpone(item, result.notBefore, attempts);
  }

  /**
   * Returns the failure of a request that used up its attempts. The outcome of a create without an answer is unknown,
   * whatever the last attempt reported.
   */
  async #givenUp(item: ItemRow, { reason, detail }: Postponed): Promise<Settled> {
    const record = reason === 'overtaken' ? undefined : await this.#records.find(item);
    const isClaimed = record !== undefined && record.claimed_at !== null;
    const said = reason === 'time-over' ? TOO_SLOW : detail;
    const code = isClaimed ? 'outcome-unknown' : GIVEN_UP[reason];
    return { outcome: 'failed', changes: [], failure: { code, ...(said === undefined ? {} : { detail: said }) } };
  }

  /** Saves the outcome together with what was learned. */
  async #settle(item: ItemRow, settled: Settled): Promise<void> {
    const { db, items, now } = this.parts;
    await db.transaction().execute(async (transaction) => {
      await settled.save?.(transaction);
      const whole = wholeOutcome(item.changes, settled);
      if (settled.isCut) await items.keep(transaction, item, whole.changes);
      else await items.settle(transaction, item, now(), whole);
    });
  }

  async #keepConfiguration(run: RunRow, worked: readonly Worked[]): Promise<void> {
    const found = worked.flatMap(({ result }) =>
      'configuration' in result && result.configuration ? [result.configuration] : [],
    );
    if (found.length === 0) return;
    const { configuration } = (await this.parts.runs.find(run.institution, run.run_id)) ?? run;
    const all = withConfiguration(configuration, found);
    if (all.length > configuration.length) await this.parts.runs.change(run, { configuration: JSON.stringify(all) });
  }

  /**
   * Resolves to the reason to stop when Alma does not answer at all: the run then waits and the requests do not fail.
   */
  async #stopOf(institution: InstitutionConfig, worked: readonly Worked[]): Promise<RunStop | undefined> {
    const unreached = worked.flatMap(({ result }) => ('fault' in result ? [result] : []));
    const [first] = unreached;
    if (first?.fault === undefined || unreached.length < worked.length) return undefined;
    const isOfThese = first.fault === 'alma-unavailable' && (await this.parts.alma.isReachable(institution));
    return isOfThese ? undefined : stopFor(first.fault, first.detail);
  }
}

const NOT_THERE: Settled = {
  outcome: 'failed',
  changes: [],
  failure: { code: 'not-found', detail: 'NACSIS-ILL does not have it' },
};

/**
 * Brings the request to Alma, unless it has moved to another library of the institution since it was read; that library
 * then brings it.
 */
async function resultOf(item: ItemRow, row: StoredRequest | undefined, itemImport: ItemImport): Promise<ItemResult> {
  if (row === undefined) return NOT_THERE;
  return row.library === item.library ? itemImport.sync(row) : { outcome: 'unchanged', changes: [] };
}

/** Failure codes of requests that used up their attempts. */
const GIVEN_UP: Readonly<Record<PostponedReason, ImportFault>> = {
  'time-over': 'alma-unavailable',
  'claimed': 'outcome-unknown',
  'overtaken': 'already-linked',
  'unreached': 'alma-unavailable',
  'other-writer': 'alma-unavailable',
};
const TOO_SLOW = 'Alma was so slow that the time of several steps was not enough';

/**
 * True when the attempt counts. When the step ran out of time, the attempt counts only if the request had the whole
 * step and made no progress: it would do the same in every step, and the run would never end. A request that ran out of
 * time comes first in the next step and has all of it.
 */
function isAttempt({ reason, isFurther }: Postponed, hadWholeStep: boolean): boolean {
  if (reason === 'other-writer') return false;
  return reason !== 'time-over' || (hadWholeStep && isFurther === undefined);
}

/** Merges faults of the settings, each once. */
function withConfiguration(
  known: readonly ConfigurationError[],
  found: readonly ConfigurationError[],
): readonly ConfigurationError[] {
  const all = [...known, ...found];
  return [...new Map(all.map((each) => [`${each.library}\n${each.code}\n${each.name ?? ''}`, each])).values()];
}

type Told = Pick<Settled, 'outcome' | 'changes' | 'failure'>;

/**
 * The reported outcome of a request that took several attempts in one run. `before`: changes of the earlier attempts.
 * What was done is reported even when the rest fails; the next run reports the cause.
 */
export function wholeOutcome(before: readonly Change[], { outcome, changes, failure }: Told): Told {
  if (before.length === 0) return { outcome, changes, ...(failure === undefined ? {} : { failure }) };
  const all = [...before, ...changes];
  return { outcome: all.some(({ what }) => what === 'created') ? 'created' : 'updated', changes: all };
}
