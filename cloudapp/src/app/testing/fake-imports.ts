import { NEVER, of } from 'rxjs';
import type { ImportedPage, ImportedRequest, ImportReport, ImportRun, Totals } from '../../domain/api/imports';
import { REPORT_PAGE } from '../../domain/imports/import';
import type { ImportClient } from '../imports/import.client';
import type { RunStream } from '../imports/run-stream';

const NOTHING = { processed: 0, succeeded: 0, failed: 0 };

export const aTotals = (changes: Partial<Totals> = {}): Totals => ({
  processed: 0,
  borrowing: NOTHING,
  lending: NOTHING,
  created: 0,
  updated: 0,
  statusChanged: 0,
  unchanged: 0,
  failed: 0,
  ...changes,
});

/** A completed run without requests. */
export const aRun = (changes: Partial<ImportRun> = {}): ImportRun => ({
  runId: 'run-1',
  state: 'completed',
  libraries: ['RES_SHARE'],
  trigger: 'staff',
  startedBy: 'staff001',
  full: false,
  dryRun: false,
  requestedAt: '2026-11-24T01:00:00.000Z',
  startedAt: '2026-11-24T01:00:01.000Z',
  finishedAt: '2026-11-24T01:01:31.000Z',
  resumed: 0,
  isCancelling: false,
  progress: { read: 0, due: 0, done: 0 },
  totals: aTotals(),
  configuration: [],
  ...changes,
});

export const anImportedRequest = (changes: Partial<ImportedRequest> = {}): ImportedRequest => ({
  library: 'RES_SHARE',
  side: 'borrower',
  id: 'LA0012345671',
  kind: 'copy',
  title: '心理学研究',
  outcome: 'created',
  changes: [],
  ...changes,
});

export const anImportedPage = (items: readonly ImportedRequest[] = []): ImportedPage => ({
  total: items.length,
  page: 1,
  pageSize: REPORT_PAGE,
  items: [...items],
});

export const aReport = (changes: Partial<ImportReport> = {}): ImportReport => ({ ...aRun(), failures: [], ...changes });

/** An import job without runs. */
export function fakeImports(): jasmine.SpyObj<ImportClient> {
  return jasmine.createSpyObj<ImportClient>('ImportClient', {
    upkeep: of({ steps: [] }),
    start: of({ runId: 'run-1' }),
    runs: of({ total: 0, items: [] }),
    report: of(aReport()),
    requests: of(anImportedPage()),
    file: of(new Blob(['\uFEFFid'])),
    cancel: of(aRun({ state: 'cancelled' })),
    retry: of({ runId: 'run-2' }),
    statusMap: of([]),
  });
}

/** A stream without events so far. */
export function fakeRunStream(): jasmine.SpyObj<RunStream> {
  return jasmine.createSpyObj<RunStream>('RunStream', { follow: NEVER });
}
