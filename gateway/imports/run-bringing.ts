import type { Kysely } from 'kysely';
import type { ImportFault } from '#domain/import';
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { findRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { AlmaRecordsStore } from './alma-records-store';
import { haltFor } from './halt';
import type { ImportItemsStore, ItemRow } from './import-items-store';
import type { ImportRunsStore, RunRow } from './import-runs-store';
import { withConfiguration } from './import-steps';
import { integrationOf } from './integration-of';
import type { ItemContext, ItemImport, ItemResult, Postponed, PostponedReason, Settled } from './item';
import { wholeOutcome } from './whole-outcome';

/** After so many attempts a request has failed. */
const MAX_ATTEMPTS = 6;

export interface BringingParts {
  readonly db: Kysely<Schema>;
  readonly runs: ImportRunsStore;
  readonly items: ImportItemsStore;
  /** One for each library and step. */
  readonly importFor: (context: ItemContext) => ItemImport;
  /** Whether Alma answers anything at all. */
  readonly isReachable: (institution: InstitutionConfig) => Promise<boolean>;
  /** Requests that are brought at the same time. */
  readonly atATime: number;
  readonly now: () => Date;
}

/** The second part of a run: brings its requests to Alma, a few at a time. */
export class RunBringing {
  readonly #records: AlmaRecordsStore;

  constructor(private readonly parts: BringingParts) {
    this.#records = new AlmaRecordsStore(parts.db);
  }

  /**
   * Until then, or until `stopping`. When the next of those that wait may be tried: null for at once, undefined when none is left.
   * @throws RunWait, RunHalt where Alma cannot be asked
   */
  async bring(
    institution: InstitutionConfig,
    run: RunRow,
    until: Date,
    stopping: AbortSignal,
  ): Promise<Date | null | undefined> {
    const { items, runs, atATime, now } = this.parts;
    const imports = new Map<string, Promise<ItemImport | undefined>>();
    let hadWholeStep = true;
    while (now() < until && !stopping.aborted) {
      const ready = await items.ready(run, now(), atATime);
      if (ready.length === 0) break;
      const results = await Promise.all(ready.map((item) => this.#brought(institution, run, item, imports, until)));
      await this.#keepConfiguration(run, results);
      await this.#mustBeReachable(institution, results);
      await Promise.all(ready.map((item, at) => this.#postpone(item, results[at], hadWholeStep)));
      hadWholeStep = false;
      const { cancelling } = await runs.goOn(run);
      if (cancelling) return null;
    }
    return items.nextAt(run);
  }

  async #brought(
    institution: InstitutionConfig,
    run: RunRow,
    item: ItemRow,
    imports: Map<string, Promise<ItemImport | undefined>>,
    until: Date,
  ): Promise<ItemResult> {
    const { db } = this.parts;
    const known = imports.get(item.library) ?? this.#importFor(institution, run, item.library, until);
    imports.set(item.library, known);
    const [itemImport, row] = await Promise.all([known, findRequest(db, run.institution, item.side, item.id)]);
    if (itemImport === undefined) throw haltFor('library-not-configured', item.library);
    const result = row === undefined ? NOT_THERE : await itemImport.bring(row);
    if (!('outcome' in result)) return result;
    try {
      await this.#settle(item, result);
      return result;
    } catch (error) {
      // Another request was tied to the same one of Alma meanwhile: the next attempt sees it.
      if (!(error instanceof GatewayError) || error.code !== 'already-linked') throw error;
      return { notBefore: this.parts.now(), reason: 'overtaken', detail: error.message };
    }
  }

  async #importFor(
    institution: InstitutionConfig,
    { dry_run: dryRun, full, only }: RunRow,
    code: string,
    until: Date,
  ): Promise<ItemImport | undefined> {
    const library = institution.libraries.find((each) => each.code === code);
    if (library === undefined) return undefined;
    const integration = await integrationOf(this.parts.db, institution.code, library);
    const comparesAll = full || only !== null;
    return this.parts.importFor({
      institution,
      library,
      integration,
      dryRun,
      full: comparesAll,
      notAfter: until.getTime(),
    });
  }

  /** What was not settled is tried again later; tried often enough, it has failed. */
  async #postpone(item: ItemRow, result: ItemResult | undefined, hadWholeStep: boolean): Promise<void> {
    if (result === undefined || 'outcome' in result) return;
    const attempts = item.attempts + (isAttempt(result, hadWholeStep) ? 1 : 0);
    if (attempts >= MAX_ATTEMPTS) await this.#settle(item, await this.#givenUp(item, result));
    else await this.parts.items.postpone(item, result.notBefore, attempts);
  }

  /** Whatever came last: what became of a create that is not answered is not known. */
  async #givenUp(item: ItemRow, { reason, detail }: Postponed): Promise<Settled> {
    const record = reason === 'overtaken' ? undefined : await this.#records.find(item);
    const isClaimed = record !== undefined && record.claimed_at !== null;
    const said = reason === 'time-over' ? TOO_SLOW : detail;
    const code = isClaimed ? 'outcome-unknown' : GIVEN_UP[reason];
    return { outcome: 'failed', changes: [], failure: { code, ...(said === undefined ? {} : { detail: said }) } };
  }

  /** Writes the outcome together with what was learned. */
  async #settle(item: ItemRow, settled: Settled): Promise<void> {
    const { db, items, now } = this.parts;
    await db.transaction().execute(async (transaction) => {
      await settled.save?.(transaction);
      const whole = wholeOutcome(item.changes, settled);
      if (settled.isCut) await items.keep(transaction, item, whole.changes);
      else await items.settle(transaction, item, now(), whole);
    });
  }

  async #keepConfiguration(run: RunRow, results: readonly ItemResult[]): Promise<void> {
    const found = results.flatMap((result) =>
      'configuration' in result && result.configuration ? [result.configuration] : [],
    );
    if (found.length === 0) return;
    const { configuration } = (await this.parts.runs.find(run.institution, run.run_id)) ?? run;
    const all = withConfiguration(configuration, found);
    if (all.length > configuration.length) await this.parts.runs.change(run, { configuration: JSON.stringify(all) });
  }

  /** Where Alma does not answer at all, it is not for the requests to fail. */
  async #mustBeReachable(institution: InstitutionConfig, results: readonly ItemResult[]): Promise<void> {
    const unreached = results.filter(
      (result): result is Postponed => !('outcome' in result) && result.fault !== undefined,
    );
    const [first] = unreached;
    if (first?.fault === undefined || unreached.length < results.length) return;
    const isOfThese = first.fault === 'alma-unavailable' && (await this.parts.isReachable(institution));
    if (!isOfThese) throw haltFor(first.fault, first.detail);
  }
}

const NOT_THERE: Settled = {
  outcome: 'failed',
  changes: [],
  failure: { code: 'not-found', detail: 'NACSIS-ILL does not have it' },
};

/** What a request fails with that was tried often enough. */
const GIVEN_UP: Readonly<Record<PostponedReason, ImportFault>> = {
  'time-over': 'alma-unavailable',
  'claimed': 'outcome-unknown',
  'overtaken': 'already-linked',
  'unreached': 'alma-unavailable',
};
const TOO_SLOW = 'Alma was so slow that the time of several steps was not enough';

/**
 * Where the time of the step was over, nothing was tried, unless the request had the whole step and came no further in it: so would it in
 * every other, and the run would never end. It is the first of the next step, and has the whole of that.
 */
function isAttempt({ reason, isFurther }: Postponed, hadWholeStep: boolean): boolean {
  return reason !== 'time-over' || (hadWholeStep && isFurther === undefined);
}
