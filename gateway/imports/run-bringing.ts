import type { Kysely } from 'kysely';
import type { ConfigurationError } from '#domain/api/imports';
import type { ImportFault } from '#domain/imports/import';
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { findRequest, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { AlmaRecordsStore } from './alma-records-store';
import { doubledIn } from './doubled';
import { haltFor } from './halt';
import type { ImportItemsStore, ItemRow } from './import-items-store';
import type { ImportRunsStore } from './import-runs-store';
import type { RunRow } from './queued-run';
import { integrationOf } from './integration-of';
import type { ItemContext, ItemImport, ItemResult, Postponed, PostponedReason, Settled } from './item';
import { wholeOutcome } from './whole-outcome';

/** A request fails after this many attempts. */
const MAX_ATTEMPTS = 6;

export interface BringingParts {
  readonly db: Kysely<Schema>;
  readonly runs: ImportRunsStore;
  readonly items: ImportItemsStore;
  /** One per library and step. */
  readonly importFor: (context: ItemContext) => ItemImport;
  /** Resolves to true when Alma answers anything at all. */
  readonly isReachable: (institution: InstitutionConfig) => Promise<boolean>;
  /** Requests processed in parallel. */
  readonly atATime: number;
  readonly now: () => Date;
}

/** Second part of a run: brings its requests to Alma, a few at a time. */
export class RunBringing {
  readonly #records: AlmaRecordsStore;

  constructor(private readonly parts: BringingParts) {
    this.#records = new AlmaRecordsStore(parts.db);
  }

  /**
   * Works until `until` or `stopping`. Resolves to the time of the next attempt of a waiting request: null for at once,
   * undefined when none is left.
   * @throws RunWait, RunHalt when Alma cannot be asked
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

  /**
   * Ends a run: looks at Alma once more and saves the ids that occur there twice. Resolves to false when it needs
   * another step.
   */
  async check(institution: InstitutionConfig, run: RunRow, until: Date): Promise<boolean> {
    const { db, runs } = this.parts;
    let isComplete = true;
    for (const code of run.only === null ? run.libraries : [run.only.library]) {
      const hasShown = await (await this.#importFor(institution, run, code, until))?.lookAround();
      if (hasShown === undefined) return false;
      isComplete &&= hasShown;
    }
    await runs.change(run, { checked: JSON.stringify({ doubled: await doubledIn(db, run), isComplete }) });
    return true;
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

  async #importFor(
    institution: InstitutionConfig,
    { run_id: runId, dry_run: dryRun, full, only }: RunRow,
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
      runId,
      dryRun,
      full: comparesAll,
      notAfter: until.getTime(),
    });
  }

  /** Postpones a request that is not settled; after enough attempts it fails. */
  async #postpone(item: ItemRow, result: ItemResult | undefined, hadWholeStep: boolean): Promise<void> {
    if (result === undefined || 'outcome' in result) return;
    const attempts = item.attempts + (isAttempt(result, hadWholeStep) ? 1 : 0);
    if (attempts >= MAX_ATTEMPTS) await this.#settle(item, await this.#givenUp(item, result));
    else await this.parts.items.postpone(item, result.notBefore, attempts);
  }

  /** The outcome of a create without an answer is unknown, whatever the last attempt reported. */
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

  async #keepConfiguration(run: RunRow, results: readonly ItemResult[]): Promise<void> {
    const found = results.flatMap((result) =>
      'configuration' in result && result.configuration ? [result.configuration] : [],
    );
    if (found.length === 0) return;
    const { configuration } = (await this.parts.runs.find(run.institution, run.run_id)) ?? run;
    const all = withConfiguration(configuration, found);
    if (all.length > configuration.length) await this.parts.runs.change(run, { configuration: JSON.stringify(all) });
  }

  /** Throws when Alma does not answer at all, so that the run waits and the requests do not fail. */
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

/** The request may have moved to another library of the institution since it was read; that library brings it. */
async function resultOf(item: ItemRow, row: StoredRequest | undefined, itemImport: ItemImport): Promise<ItemResult> {
  if (row === undefined) return NOT_THERE;
  return row.library === item.library ? itemImport.bring(row) : { outcome: 'unchanged', changes: [] };
}

/** Failure codes of requests that used up their attempts. */
const GIVEN_UP: Readonly<Record<PostponedReason, ImportFault>> = {
  'time-over': 'alma-unavailable',
  'claimed': 'outcome-unknown',
  'overtaken': 'already-linked',
  'unreached': 'alma-unavailable',
};
const TOO_SLOW = 'Alma was so slow that the time of several steps was not enough';

/**
 * When the step ran out of time, the attempt does not count, unless the request had the whole step and made no
 * progress. It would do the same in every step, and the run would never end. Such a request comes first in the next
 * step and has all of it.
 */
function isAttempt({ reason, isFurther }: Postponed, hadWholeStep: boolean): boolean {
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
