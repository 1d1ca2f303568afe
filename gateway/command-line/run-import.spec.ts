import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import type { ImportRun } from '#domain/api/imports';
import type { GatewayConfig } from '../config';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { specApp, type SpecApp } from '../testing/spec-app';
import { anItem, NO_TOTALS, type PreparedRuns } from '../testing/prepared-runs';
import { GatewayClient, NotNow } from './gateway-client';
import { WrongUsage } from './import-arguments';
import { findGateway } from './find-gateway';
import { runImport } from './run-import';

const HOME = '81SIM_INST';
const LIBRARIES = [{ code: 'RES_SHARE', name: '相互利用係' }];
const ARGS = { library: 'RES_SHARE', full: false, dryRun: false, wait: true, form: 'words', lang: 'en' } as const;
const DONE: Partial<ImportRun> = {
  state: 'completed',
  startedAt: '2026-11-24T01:00:01.000Z',
  finishedAt: '2026-11-24T01:00:03.000Z',
};
const FAILED = anItem({
  id: 'LA7',
  outcome: 'failed',
  failure: { code: 'alma-refused', almaCode: '401652', almaMessage: 'General Error' },
});
let store: Store;
let spec: SpecApp;
let dataDir: string;
let url: string;
let imports: PreparedRuns;
let written: string;
let noted: string[];
let shown: string[];

const terminal = {
  write: (part: Uint8Array | string) => void (written += Buffer.from(part).toString('utf8')),
  note: (line: string) => void noted.push(line),
  progress: (line: string) => void shown.push(line),
};
const client = (patience = {}, folder = dataDir, institution = HOME) =>
  new GatewayClient({ url, key: { dataDir: folder } }, institution, patience);
const run = (gateway: Parameters<typeof runImport>[0], args = {}) =>
  runImport(gateway, { ...ARGS, ...args }, terminal, LIBRARIES);
/** Ends the run that is started next, with these requests in its report. */
const willEnd = (changes: Partial<ImportRun> = DONE, items = [FAILED]) => {
  const start = imports.start.bind(imports);
  imports.start = async (institution, order) => {
    const { runId } = await start(institution, order);
    imports.fill(runId, items);
    setTimeout(() => imports.change(runId, { state: 'running', phase: 'reading', progress: { read: 3, done: 0 } }), 50);
    setTimeout(() => imports.change(runId, changes), 1_200);
    return { runId };
  };
};

beforeEach(() => {
  written = '';
  noted = [];
  shown = [];
});

describe('an import from the command line', () => {
  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'command-'));
    spec = await specApp(store, { dataDir });
    ({ imports } = spec);
    url = await spec.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await spec.app.close();
    await rm(dataDir, { recursive: true });
  });

  it('prints the report in words, and tells by its exit code of failed requests', async () => {
    willEnd({ ...DONE, totals: { ...NO_TOTALS, processed: 1, failed: 1 } });
    expect(await run(client())).toBe(1);
    for (const line of [
      'Job: Import Resource Sharing Requests',
      'Integration profile: RES_SHARE 相互利用係',
      'Started by: Command line, operator',
      'Duration: 2 s',
      'Total records processed: 1',
      'Import of Borrowing Requests - Details',
      '  RES_SHARE Borrowing LA7 Copy 心理学研究',
      '    Reason: Alma refused it',
      '    Alma says: General Error (401652)',
      "    Way out: Follow Alma's message, then try again.",
      'Import of Lending Requests - Details\n  No request failed.',
    ])
      expect(written).toContain(`${line}\n`);
    expect(shown).toContain('Requests read from NACSIS-ILL: 3');
    expect(shown.at(-1)).toBe('');
    expect(imports.orders).toEqual([
      jasmine.objectContaining({ trigger: 'command-line', startedBy: 'operator', libraries: ['RES_SHARE'] }),
    ]);
  });

  it('ends with 0 where all went well, and with 1 where the run did not come to its end', async () => {
    willEnd(DONE, []);
    expect(await run(client())).toBe(0);
    willEnd({ ...DONE, state: 'cancelled', progress: { read: 3, due: 3, done: 1 } }, []);
    expect(await run(client())).toBe(1);
    expect(written).toContain('Progress of the import: Requests brought to Alma: 1 of 3.\n');
  });

  it('says of a dry run what would be done', async () => {
    const created = anItem({ id: 'LA8', outcome: 'created', changes: [{ what: 'created' }] });
    willEnd(DONE, [created, anItem({ id: 'LA9' }), FAILED]);
    await run(client(), { dryRun: true, full: true });
    expect(imports.orders[0]).toEqual(jasmine.objectContaining({ dryRun: true, full: true }));
    expect(written).toContain('Dry run: Nothing has been changed in Alma. This is what an import would do.\n');
    expect(written).toContain(
      'What an import would change\n  RES_SHARE Borrowing LA8 Copy 心理学研究\n    A request would be created in Alma\n',
    );
    expect(written).not.toContain('LA9');
    expect(written).toContain('Import of Lending Requests - Details\n  No request would fail.\n');
  });

  it('gives the files of the API', async () => {
    willEnd();
    await run(client(), { form: 'json' });
    expect((JSON.parse(written) as { requests: unknown[] }).requests).toEqual([FAILED]);
    written = '';
    await run(client(), { form: 'csv', lang: 'ja' });
    expect(written).toContain('実行番号,run-2');
  });

  it('does not wait where it need not', async () => {
    expect(await run(client(), { wait: false })).toBe(0);
    expect(written).toBe('run-1\n');
    expect(await run(client(), { wait: false })).toBe(0);
    expect(noted).toEqual(['a run that does the same goes on already: run-1']);
  });

  it('reads more failed requests than stand on a page', async () => {
    willEnd(
      DONE,
      Array.from({ length: 201 }, (_, at) => ({ ...FAILED, id: `LA${String(at)}` })),
    );
    await run(client());
    expect(written.match(/Alma refused it/g)?.length).toBe(201);
  });
});

describe('the gateway that runs', () => {
  beforeEach(async () => {
    store = await specStore();
    dataDir = await mkdtemp(join(tmpdir(), 'command-'));
    spec = await specApp(store, { dataDir });
    ({ imports } = spec);
    url = await spec.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await spec.app.close();
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  it('is followed over its end and a new start, with the key of the new one', async () => {
    const runId = imports.add(HOME, { state: 'running' });
    const runs: ImportRun[] = [];
    const followed = (async () => {
      for await (const each of client({ retryMs: 20 }).follow(runId)) runs.push(each);
    })();
    while (runs.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await spec.app.close();
    spec = await specApp(store, { dataDir });
    spec.imports.add(HOME, { state: 'running' });
    spec.imports.change(runId, DONE);
    await spec.app.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
    await followed;
    expect(runs.map(({ state }) => state)).toEqual(['running', 'completed']);
  });

  it('is not waited for for ever', async () => {
    await spec.app.close();
    const gone = client({ retryMs: 5, patienceMs: 50 });
    await expectAsync(gone.start({})).toBeRejectedWithError(NotNow, /does not answer/);
    spyOn(gone, 'start').and.resolveTo({ runId: 'run-1' });
    await expectAsync(run(gone)).toBeRejectedWithError(NotNow, /run-1 goes on when it is started again/);
  });

  it('says what it refuses', async () => {
    await expectAsync(client({}, tmpdir()).start({})).toBeRejectedWithError(NotNow, /does not take the key in/);
    await expectAsync(client().start({ library: 'X' })).toBeRejectedWithError(NotNow, /403 forbidden/);
    imports.fault = new Error('the store is away');
    await expectAsync(client().file('run-1', 'csv', 'ja').next()).toBeRejectedWithError(NotNow, /500 internal/);
  });

  describe('is chosen', () => {
    const own = { url: 'http://127.0.0.1:1', key: 'own-key', close: () => Promise.resolve() };
    const openOwn = jasmine.createSpy('openOwn').and.resolveTo(own);
    const configured = (store: object, at: number, host = '127.0.0.1') =>
      ({ listen: { host, port: at }, store }) as GatewayConfig;
    const port = () => Number(new URL(url).port);
    beforeEach(() => openOwn.calls.reset());

    it('where it answers', async () => {
      for (const host of ['127.0.0.1', '0.0.0.0']) {
        const config = configured({ dataDir }, port(), host);
        const found = await findGateway(config, { wait: true, openOwn });
        expect(found).toEqual(jasmine.objectContaining({ url, key: { dataDir } }));
      }
      expect(openOwn).not.toHaveBeenCalled();
    });

    it('and else the work is done here, which must be waited for', async () => {
      const nowhere = configured({ dataDir }, await getPort());
      expect(await findGateway(nowhere, { wait: true, openOwn })).toBe(own);
      await expectAsync(findGateway(nowhere, { wait: false, openOwn })).toBeRejectedWithError(WrongUsage);
    });

    it('never on a PostgreSQL server, where the work can be done here', async () => {
      const server = configured({ databaseUrl: 'postgres://server' }, port());
      expect(await findGateway(server, { wait: false, openOwn })).toBe(own);
    });
  });
});
