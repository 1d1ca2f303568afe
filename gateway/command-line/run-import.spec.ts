import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import type { ImportRun } from '#domain/api/imports';
import type { GatewayConfig, InstitutionConfig } from '../config';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { specApp, type SpecApp } from '../testing/spec-app';
import { anItem, NO_TOTALS, PreparedRuns } from '../testing/prepared-runs';
import { GatewayRunner } from './gateway-runner';
import { EngineRunner } from './engine-runner';
import { WrongUsage } from './import-arguments';
import { NotNow, type ImportRunner } from './import-runner';
import { institutionFor, openRunner } from './open-runner';
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
const INSTITUTION: InstitutionConfig = {
  code: HOME,
  almaApiKey: 'key',
  libraries: LIBRARIES.map((library) => ({
    ...library,
    memberId: 'FA090007',
    account: { memberId: 'FA090007', user: '', password: '' },
  })),
};

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
const run = (runner: ImportRunner, args = {}) => runImport(runner, { ...ARGS, ...args }, terminal, LIBRARIES);
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

/** Both runners behave the same. */
const RUNNERS: readonly (readonly [name: string, runner: () => ImportRunner])[] = [
  ['the gateway that runs', () => new GatewayRunner({ url, dataDir, institution: HOME })],
  ['this process', () => new EngineRunner({ jobs: imports, close: () => Promise.resolve() }, INSTITUTION)],
];
for (const [name, runnerOf] of RUNNERS)
  describe(`an import from the command line, by ${name}`, () => {
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
      expect(await run(runnerOf())).toBe(1);
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
      expect(await run(runnerOf())).toBe(0);
      willEnd({ ...DONE, state: 'cancelled', progress: { read: 3, due: 3, done: 1 } }, []);
      expect(await run(runnerOf())).toBe(1);
      expect(written).toContain('Progress of the import: Requests brought to Alma: 1 of 3.\n');
    });

    it('says of a dry run what would be done', async () => {
      const created = anItem({ id: 'LA8', outcome: 'created', changes: [{ what: 'created' }] });
      willEnd(DONE, [created, anItem({ id: 'LA9' }), FAILED]);
      await run(runnerOf(), { dryRun: true, full: true });
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
      await run(runnerOf(), { form: 'json' });
      expect((JSON.parse(written) as { requests: unknown[] }).requests).toEqual([FAILED]);
      written = '';
      await run(runnerOf(), { form: 'csv', lang: 'ja' });
      expect(written).toContain('実行番号,run-2');
    });

    it('does not wait where it need not', async () => {
      expect(await run(runnerOf(), { wait: false })).toBe(0);
      expect(written).toBe('run-1\n');
      expect(await run(runnerOf(), { wait: false })).toBe(0);
      expect(noted).toEqual(['a run that does the same goes on already: run-1']);
    });

    it('reads more failed requests than stand on a page', async () => {
      willEnd(
        DONE,
        Array.from({ length: 201 }, (_, at) => ({ ...FAILED, id: `LA${String(at)}` })),
      );
      await run(runnerOf());
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
      const runner = new GatewayRunner({ url, dataDir, institution: HOME }, { retryMs: 20 });
      for await (const each of runner.follow(runId)) runs.push(each);
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
    const runner = new GatewayRunner({ url, dataDir, institution: HOME }, { retryMs: 5, patienceMs: 50 });
    await expectAsync(runner.start({})).toBeRejectedWithError(NotNow, /does not answer/);
    await expectAsync(run({ ...withStart(runner), follow: (id) => runner.follow(id) })).toBeRejectedWithError(
      NotNow,
      /run-1 goes on when it is started again/,
    );
  });

  it('says what it refuses', async () => {
    const runner = (institution: string, folder = dataDir) => new GatewayRunner({ url, dataDir: folder, institution });
    await expectAsync(runner(HOME, tmpdir()).start({})).toBeRejectedWithError(NotNow, /does not take the key in/);
    await expectAsync(runner(HOME).start({ library: 'X' })).toBeRejectedWithError(NotNow, /403 forbidden/);
    imports.fault = new Error('the store is away');
    await expectAsync(runner(HOME).file('run-1', 'csv', 'ja').next()).toBeRejectedWithError(NotNow, /500 internal/);
  });

  const withStart = (runner: GatewayRunner): ImportRunner => ({
    start: () => Promise.resolve({ runId: 'run-1' }),
    follow: (id) => runner.follow(id),
    requests: (id, query) => runner.requests(id, query),
    file: (id, form, lang) => runner.file(id, form, lang),
    close: () => runner.close(),
  });

  describe('is chosen', () => {
    const engine = { jobs: new PreparedRuns(), close: () => Promise.resolve() };
    const openEngine = jasmine.createSpy('openEngine').and.resolveTo(engine);
    const config = (port: number, host = '127.0.0.1', databaseUrl?: string) =>
      ({
        listen: { host, port },
        store: databaseUrl === undefined ? { dataDir } : { databaseUrl },
      }) as GatewayConfig;
    const port = () => Number(new URL(url).port);
    beforeEach(() => openEngine.calls.reset());

    it('where it answers', async () => {
      for (const host of ['127.0.0.1', '0.0.0.0']) {
        const runner = await openRunner(config(port(), host), INSTITUTION, { wait: true, openEngine });
        expect(runner).toBeInstanceOf(GatewayRunner);
      }
      expect(openEngine).not.toHaveBeenCalled();
    });

    it('and else the work is done here, which must be waited for', async () => {
      const nowhere = config(await getPort());
      expect(await openRunner(nowhere, INSTITUTION, { wait: true, openEngine })).toBeInstanceOf(EngineRunner);
      await expectAsync(openRunner(nowhere, INSTITUTION, { wait: false, openEngine })).toBeRejectedWithError(
        WrongUsage,
      );
    });

    it('never on a PostgreSQL server, where the work can be done here', async () => {
      const server = config(port(), '127.0.0.1', 'postgres://server');
      expect(await openRunner(server, INSTITUTION, { wait: false, openEngine })).toBeInstanceOf(EngineRunner);
    });
  });
});

describe('institutionFor', () => {
  const of = (code: string, ...libraries: readonly string[]) =>
    ({ code, libraries: libraries.map((each) => ({ code: each })) }) as unknown as InstitutionConfig;
  const institutions = [of('A', 'MAIN'), of('B', 'MAIN', 'BRANCH')];
  const found = (institution?: string, library?: string) =>
    institutionFor({ institutions }, { institution, library }).code;

  it('is the one that is named, else the first that has the library', () => {
    expect([found(), found(undefined, 'BRANCH'), found('B'), found('B', 'MAIN')]).toEqual(['A', 'B', 'B', 'B']);
  });

  it('is none where the configuration has none', () => {
    for (const [institution, library] of [
      ['C', undefined],
      ['A', 'BRANCH'],
      [undefined, 'X'],
    ] as const)
      expect(() => found(institution, library)).toThrowError(WrongUsage);
  });
});
