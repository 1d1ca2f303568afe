import type { Kysely } from 'kysely';
import type { RunFault } from '#domain/imports/import';
import { STATES, type StateId } from '#domain/ill/states';
import type { IllRequest } from '#domain/ill/request';
import { RequestReader } from '../commands/request-reader';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { ImportService, type RunPush } from '../runs/import-service';
import type { ItemContext, ItemImport, ItemResult, Postponed, Settled } from '../alma-sync/item';
import { IMPORT_DEFAULTS, type ImportSettings } from '../runs/settings';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { RequestReading } from '../worklist/request-reading';
import { SpecNacsis } from './spec-nacsis';
import type { SpecStore } from './spec-stores';

const START = Date.parse('2026-11-24T01:00:00Z');

/** Does nothing, because the spec works through the runs itself. */
const NO_PUSH: RunPush = { kick: () => Promise.resolve(), schedule: () => Promise.resolve() };

/** The import's result for one request. */
type Sync = (row: StoredRequest, context: ItemContext) => Promise<ItemResult>;

/**
 * The import job on a store, with a NACSIS-ILL of the specs and an import of single requests that a spec can replace.
 * The spec controls the clock.
 */
export class SpecImports {
  readonly nacsis = new SpecNacsis();
  readonly library: LibraryConfig = libraryNamed('RES_SHARE', 'FA090007');
  readonly institution: InstitutionConfig = { code: 'A', almaApiKey: 'key', libraries: [this.library] };
  readonly synced: string[] = [];
  readonly contexts: ItemContext[] = [];
  readonly failures: unknown[] = [];
  readonly pauses: number[] = [];
  isReachable = true;
  sync: Sync = (row) => Promise.resolve(this.done(row));
  lookAround: (context: ItemContext) => Promise<boolean | undefined> = () => Promise.resolve(true);
  #time = START;

  constructor(
    readonly db: Kysely<Schema>,
    private readonly settings: Partial<ImportSettings> = {},
  ) {}

  readonly now = (): Date => new Date((this.#time += 1));

  pass(ms: number): void {
    this.#time += ms;
  }

  /** A gateway; several may share the store. */
  service(push: RunPush = NO_PUSH): ImportService {
    const reading = new RequestReading(this.db, this.nacsis, this.now);
    const requests = new RequestReader(this.db, this.nacsis, this.now);
    return new ImportService({
      ...{ db: this.db, reading, requests, push, atATime: 2, now: this.now },
      settings: { ...IMPORT_DEFAULTS, ...this.settings },
      alma: {
        importFor: (context) => this.#importFor(context),
        isReachable: () => Promise.resolve(this.isReachable),
      },
      failed: (error) => void this.failures.push(error),
    });
  }

  #importFor(context: ItemContext): ItemImport {
    return {
      sync: (row) => {
        if (!this.contexts.includes(context)) this.contexts.push(context);
        this.synced.push(row.id);
        return this.sync(row, context);
      },
      lookAround: () => this.lookAround(context),
    };
  }

  /** Works until nothing is left; pauses pass at once. */
  async work(imports: Pick<ImportService, 'step'>): Promise<void> {
    for (;;) {
      const next = await imports.step(this.institution, new AbortController().signal);
      if (next === 'nothing') return;
      this.pauses.push(next.afterMs);
      this.pass(next.afterMs);
    }
  }

  /** The result for a request that was brought to Alma in its current version. */
  done({ side, id, version, external_status: status }: StoredRequest): Settled {
    return {
      outcome: 'created',
      changes: [{ what: 'created' }],
      save: async (db) => {
        const synced = { imported_version: version, imported_status: status, imported_at: this.now() };
        await db
          .insertInto('alma_records')
          .values({ institution: 'A', side, id, unknown: false, kept: '[]', ...synced })
          .onConflict((conflict) => conflict.columns(['institution', 'side', 'id']).doUpdateSet(synced))
          .execute();
      },
    };
  }

  /** The result when Alma cannot be asked; the next attempt is after a second. */
  unreached(fault: RunFault): Postponed {
    return { notBefore: new Date(this.now().getTime() + 1000), reason: 'unreached', fault };
  }

  put(
    id: string,
    state: StateId = 'UNPROCESSED',
    changes: Partial<IllRequest> = {},
    fields: IllRequest['fields'] = {},
  ): void {
    const history = [{ command: 'ORDER', memberId: 'FA090007' }];
    const own = { id, borrowerId: 'FA090007', lenderId: 'FA090018', updatedOn: '20261124', ...fields };
    const externalStatus = STATES[state].wire;
    this.nacsis.stored.set(id, { id, kind: 'copy', state, externalStatus, fields: own, history, ...changes });
  }

  async clear(): Promise<void> {
    for (const table of ['import_runs', 'alma_records', 'unreadable_records', 'requests', 'readings'] as const)
      await this.db.deleteFrom(table).execute();
  }
}

/**
 * Call once in a `describe`: its specs share a store of this kind. Each spec has its own import job on the emptied
 * store.
 */
export function useSpecImports(
  open: SpecStore['open'],
  take: (started: { readonly spec: SpecImports; readonly imports: ImportService }) => void,
): void {
  let opened: Awaited<ReturnType<SpecStore['open']>>;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    const spec = new SpecImports(opened.store.db);
    await spec.clear();
    take({ spec, imports: spec.service() });
  });
}

function libraryNamed(code: string, memberId: string): LibraryConfig {
  return { code, name: code, memberId, account: { memberId, user: 'spec', password: 'spec-password' } };
}
