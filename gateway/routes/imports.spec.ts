import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportedPage, ImportReport, ImportRun, Runs } from '#domain/api/imports';
import { operatorAuthorization, readOperatorKey } from '../auth/operator-key';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import {
  MANAGER,
  READER,
  specApp,
  STAFF,
  STATUS_MAP,
  STRANGER,
  type CallOptions,
  type SpecApp,
} from '../testing/spec-app';
import { anItem } from '../testing/prepared-runs';

const IMPORTS = '/api/v1/imports';
const HOME = '81SIM_INST';

describe('imports', () => {
  let store: Store;
  let spec: SpecApp;
  let dataDir: string;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'imports-'));
    spec = await specApp(store, { dataDir });
  });
  afterEach(async () => {
    await spec.app.close();
    await rm(dataDir, { recursive: true });
  });

  const post = (path: string, options: CallOptions = {}) =>
    spec.call('POST', `${IMPORTS}${path}`, { as: MANAGER, key: spec.newKey(), body: {}, ...options });
  const get = (path: string, as: string = READER) => spec.call('GET', `${IMPORTS}${path}`, { as });
  const failing = anItem({ id: 'LA1', outcome: 'failed', failure: { code: 'alma-refused' } });

  describe('run now', () => {
    it('orders a run for one library, as it is asked for', async () => {
      const body = { library: 'BRANCH', full: true, dryRun: true };
      const { status, json } = await post('', { key: 'key-of-this-run', body });
      expect([status, json]).toEqual([202, { runId: 'run-1' }]);
      expect(spec.imports.orders).toEqual([
        {
          institution: HOME,
          libraries: ['BRANCH'],
          full: true,
          dryRun: true,
          trigger: 'staff',
          startedBy: 'manager001',
          key: 'key-of-this-run',
        },
      ]);
    });

    it('is for every library where none is named, and joins what goes on', async () => {
      expect((await post('')).json).toEqual({ runId: 'run-1' });
      expect((await post('')).json).toEqual({ runId: 'run-1', joined: true });
      expect(spec.imports.orders[0]?.libraries).toBeUndefined();
    });

    it('needs a key, the right to manage and a library of the institution', async () => {
      const keyless = await spec.call('POST', IMPORTS, { as: MANAGER, body: {} });
      expect(keyless.problem.code).toBe('missing-idempotency-key');
      for (const as of [STAFF, READER]) expect((await post('', { as })).problem.code).toBe('forbidden');
      expect((await post('', { body: { library: 'ELSEWHERE' } })).problem.code).toBe('forbidden');
      expect((await post('', { body: { libary: 'BRANCH' } })).problem.code).toBe('invalid-request');
      expect((await post('', { as: null })).problem.code).toBe('unauthenticated');
      expect(spec.imports.orders).toEqual([]);
    });
  });

  describe('reading', () => {
    it('lists the runs of the institution, newest first, without retries', async () => {
      spec.imports.add(HOME);
      spec.imports.add(HOME, { libraries: ['BRANCH'] });
      spec.imports.add(HOME, { retryOf: 'run-1' });
      spec.imports.add('81SIM2_INST');
      const idsOf = async (query: string) => ((await get(query)).json as Runs).items.map(({ runId }) => runId);
      expect(await idsOf('')).toEqual(['run-2', 'run-1']);
      expect(await idsOf('?retries=true')).toEqual(['run-3', 'run-2', 'run-1']);
      expect(await idsOf('?library=BRANCH')).toEqual(['run-2']);
      expect((await get('?library=ELSEWHERE')).problem.code).toBe('forbidden');
      expect((await get('?page=0')).problem.code).toBe('invalid-request');
    });

    it('gives a run with everything that is known of it', async () => {
      const known: Partial<ImportRun> = {
        state: 'failed',
        phase: 'waiting',
        startedBy: 'staff001',
        startedAt: '2026-11-24T01:00:01.000Z',
        finishedAt: '2026-11-24T01:01:31.000Z',
        retryOf: 'run-0',
        waiting: { code: 'alma-daily-threshold', until: '2026-11-25T00:00:00.000Z' },
        progress: { read: 5, due: 4, done: 1 },
        failure: { code: 'alma-unavailable', detail: '502' },
        configuration: [{ library: 'RES_SHARE', code: 'partner-missing', name: 'NACSIS' }],
      };
      const runId = spec.imports.add(HOME, known, [
        anItem(),
        anItem({
          id: 'LA1',
          outcome: 'failed',
          changes: [{ what: 'kept', field: 'title', from: 'a', to: 'b' }],
          failure: { code: 'alma-refused', detail: 'd', field: 'title', name: 'n', almaCode: '401', almaMessage: 'm' },
          retriedIn: 'run-9',
        }),
      ]);
      const report = (await get(`/${runId}`)).json as ImportReport;
      expect(report).toEqual(await spec.imports.report(HOME, runId));
      expect(report.failures.map(({ id }) => id)).toEqual(['LA1']);
    });

    it('pages through the requests of a run', async () => {
      const items = Array.from({ length: 101 }, (_, at) => anItem({ id: `LA${String(at)}` }));
      const runId = spec.imports.add(HOME, {}, [failing, ...items]);
      const page = async (query: string) => (await get(`/${runId}/requests${query}`)).json as ImportedPage;
      expect(await page('?page=2')).toEqual({ total: 102, page: 2, pageSize: 100, items: items.slice(99) });
      expect((await page('?outcome=failed')).items).toEqual([failing]);
      expect((await page('?side=lender')).total).toBe(0);
      expect((await get(`/${runId}/requests?outcome=lost`)).problem.code).toBe('invalid-request');
    });

    it('tells the status map', async () => {
      expect((await get('/status-map')).json).toEqual({ rows: STATUS_MAP });
    });

    it('knows no run of another institution', async () => {
      const runId = spec.imports.add(HOME, {}, [failing]);
      for (const path of ['', '/requests', '/events', '/report.json', '/report.csv'])
        expect([path, (await get(`/${runId}${path}`, STRANGER)).problem.code]).toEqual([path, 'not-found']);
      // The stranger has no right to manage; a user with this right gets not-found.
      const manager = 'Bearer 81SIM2_INST.manager001';
      expect((await post(`/${runId}/cancel`, { as: manager })).problem.code).toBe('not-found');
      expect((await post(`/${runId}/retry`, { as: manager, body: { id: 'LA1' } })).problem.code).toBe('not-found');
    });
  });

  it('cancels a run', async () => {
    const runId = spec.imports.add(HOME, { state: 'running' });
    expect((await post(`/${runId}/cancel`, { as: STAFF })).problem.code).toBe('forbidden');
    const { status, json } = await post(`/${runId}/cancel`);
    expect([status, (json as ImportRun).isCancelling]).toEqual([200, true]);
    const keyless = await spec.call('POST', `${IMPORTS}/${runId}/cancel`, { as: MANAGER });
    expect(keyless.problem.code).toBe('missing-idempotency-key');
  });

  it('takes a key for the end of one run only', async () => {
    const [one, other] = [spec.imports.add(HOME, { state: 'running' }), spec.imports.add(HOME, { state: 'running' })];
    const key = spec.newKey();
    const cancel = async (runId: string) => (await post(`/${runId}/cancel`, { key })).status;
    expect([await cancel(one), await cancel(one), await cancel(other)]).toEqual([200, 200, 422]);
  });

  it('tries a failed request again', async () => {
    const runId = spec.imports.add(HOME, {}, [failing, anItem({ id: 'LA2' })]);
    const body = { id: 'LA1', side: 'borrower' };
    expect((await post(`/${runId}/retry`, { as: STAFF, body })).problem.code).toBe('forbidden');
    const { status, json } = await post(`/${runId}/retry`, { key: 'key-of-the-retry', body });
    expect([status, json]).toEqual([202, { runId: 'run-2' }]);
    expect(spec.imports.retries as unknown).toEqual([
      { runId, which: body, startedBy: 'manager001', key: 'key-of-the-retry' },
    ]);
    expect((await post(`/${runId}/retry`, { body: { id: 'LA2' } })).problem.code).toBe('not-found');
    expect((await post(`/${runId}/retry`)).problem.code).toBe('invalid-request');
  });

  describe('from the command line', () => {
    const operator = async (code = HOME) => operatorAuthorization(code, (await readOperatorKey(dataDir)) ?? '');

    it('may do all of this, as the operator', async () => {
      const as = await operator();
      expect((await post('', { as, body: { library: 'RES_SHARE' } })).status).toBe(202);
      expect(spec.imports.orders[0]).toEqual(
        jasmine.objectContaining({ trigger: 'command-line', startedBy: 'operator', institution: HOME }),
      );
      for (const path of ['', '/status-map', '/run-1', '/run-1/requests', '/run-1/report.json'])
        expect([path, (await get(path, as)).status]).toEqual([path, 200]);
      expect((await post('/run-1/cancel', { as })).status).toBe(200);
      expect((await get('/run-1', await operator('81SIM2_INST'))).problem.code).toBe('not-found');
    });

    it('may do nothing else', async () => {
      const as = await operator();
      for (const path of ['me', 'requests', 'drafts', 'profiles/RES_SHARE', 'members']) {
        const { problem } = await spec.call('GET', `/api/v1/${path}`, { as });
        expect([path, problem.code]).toEqual([path, 'unauthenticated']);
      }
      const body = { library: 'RES_SHARE', full: false };
      expect((await spec.call('POST', '/api/v1/requests/refresh', { as, body })).problem.code).toBe('unauthenticated');
    });

    it('is nobody with another key', async () => {
      const as = operatorAuthorization(HOME, 'A'.repeat(43));
      expect((await get('', as)).problem.code).toBe('unauthenticated');
      expect((await get('', await operator('81ELSE_INST'))).problem.code).toBe('unauthenticated');
    });

    it('is nobody for a gateway that has no key', async () => {
      const keyless = await specApp(store);
      const { problem } = await keyless.call('GET', IMPORTS, { as: await operator() });
      expect(problem.code).toBe('unauthenticated');
      await keyless.app.close();
    });

    it('does not show its key in the log', async () => {
      const key = (await readOperatorKey(dataDir)) ?? '';
      await post('', { as: await operator() });
      await get('', `Operator ${HOME}x:${key}`);
      const log = spec.log.join('');
      expect(log).toContain('"user":"operator"');
      expect(log).not.toContain(key);
    });
  });
});
