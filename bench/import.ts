import { sql } from 'kysely';
import { today } from '#domain/ill/dates';
import type { IllRequest } from '#domain/ill/request';
import type { ImportService } from '../gateway/runs/import-service';
import type { Store } from '../gateway/store/open-store';
import { ReadingsStore } from '../gateway/store/readings-store';
import { lookAtRequests } from '../gateway/store/request-counts';
import { SpecImports } from '../gateway/testing/spec-imports';
import { filledStore, sideOf } from './filled-store';
import { madeUpRequest } from './made-up-requests';
import { judged, ratioOf } from './ratio';

const FEW = 500;
const MANY = 10_000;
const CHANGED = 100;
/** Time at which the requests were read, before the start of the specs' clock. */
const READ_AT = new Date('2026-11-23T01:00:00Z');
/** Rounds of the benchmark. Each round is a run of the import. */
const ROUNDS = { warmUp: 1, runs: 5 };
/** Maximum cost of a run with 100 changed requests among many requests, as a multiple of the same run among few. */
const LIMIT = 3;

interface Library {
  readonly spec: SpecImports;
  readonly imports: ImportService;
  readonly store: Store;
}

/**
 * Compares runs of the import with 100 changed requests, among few and among many that Alma already has. Excludes
 * Alma's time, which is the same per changed request. Returns true when it is fast enough.
 */
export async function benchImport(): Promise<boolean> {
  const [few, many] = [await imported(FEW), await imported(MANY)];
  const ratio = await ratioOf(changeAndImport, few, many, ROUNDS);
  for (const { store } of [few, many]) await store.close();
  return judged(`import of ${String(CHANGED)} changed, ${String(MANY)} / ${String(FEW)} requests`, ratio, LIMIT);
}

/** Prepares a store as after a run: every request is known and is in Alma unchanged. */
async function imported(number: number): Promise<Library> {
  const store = await filledStore({ institution: 'A', library: 'RES_SHARE' }, number, READ_AT);
  const spec = new SpecImports(store.db);
  for (let at = 0; at < number; at += 1) {
    const request = madeUpRequest(at, sideOf(at));
    spec.nacsis.stored.set(request.id, request);
  }
  await sql`insert into alma_records (institution, side, id, unknown, kept, imported_version, imported_status, imported_at)
    select institution, side, id, false, '[]'::jsonb, version, external_status, ${spec.now()}::timestamptz from requests`.execute(
    store.db,
  );
  await lookAtRequests(store.db);
  await new ReadingsStore(store.db).complete('A', 'RES_SHARE', spec.now(), true);
  return { spec, imports: spec.service(), store };
}

/** Adds a comment of another library to some requests, and runs the import, which brings them to Alma. */
async function changeAndImport({ spec, imports }: Library): Promise<void> {
  const changed = [...spec.nacsis.stored.values()].slice(0, CHANGED).map(commented);
  for (const request of changed) spec.nacsis.stored.set(request.id, request);
  spec.synced.length = 0;
  const { runId } = await imports.start(spec.institution, { trigger: 'staff' });
  await spec.work(imports);
  const { state, totals } = await imports.run('A', runId);
  if (state !== 'completed' || totals.processed !== CHANGED || spec.synced.length !== CHANGED)
    throw new Error(
      `the run ended as ${state}, processed ${String(totals.processed)}, brought ${String(spec.synced.length)}`,
    );
}

function commented(request: IllRequest): IllRequest {
  const entry = { command: 'COMMENT', memberId: 'FA100000', comment: `第${String(request.history.length)}報` };
  return { ...request, fields: { ...request.fields, updatedOn: today() }, history: [...request.history, entry] };
}
