import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { ordered } from '../testing/order-body';
import { MANAGER, specApp, type SpecApp } from '../testing/spec-app';
import { UpkeepStore } from '../store/upkeep-store';
import { UPKEEP_STEPS } from '#domain/imports/upkeep';
import type { Upkeep } from '#domain/api/upkeep';

describe('operation', () => {
  let store: Store;
  let spec: SpecApp;

  beforeEach(async () => {
    store = await specStore();
    spec = await specApp(store);
  });
  afterEach(async () => {
    await spec.app.close();
    await store.close();
  });

  const get = (path: string) => spec.call('GET', path, { as: null });
  const metrics = async () => (await spec.app.inject({ url: '/metrics' })).payload;

  it('answers without a token', async () => {
    expect((await get('/healthz')).json).toEqual({ alive: true });
    expect((await get('/readyz')).json).toEqual({ ready: true, parts: { store: true } });
  });

  it('is not ready without its store, and alive all the same', async () => {
    await store.close();
    const { status, json } = await get('/readyz');
    expect([status, json]).toEqual([503, { ready: false, parts: { store: false } }]);
    expect((await get('/healthz')).status).toBe(200);
    expect(await metrics()).toContain('gateway_http_seconds_count{method="GET",route="/readyz",status="503"} 1');
  });

  it('is ready while NACSIS-ILL is away', async () => {
    spec.nacsis.readable = false;
    expect((await get('/readyz')).status).toBe(200);
  });

  it('tells how the imports stand', async () => {
    const finished_at = new Date(spec.services.now().getTime() - 60_000);
    const about = { institution: '81SIM_INST', run_id: 'run-1', libraries: JSON.stringify(['RES_SHARE']) };
    const how = { trigger: 'schedule', full: false, dry_run: false, state: 'completed' } as const;
    await store.db
      .insertInto('import_runs')
      .values({ ...about, ...how, requested_at: finished_at, finished_at } as never)
      .execute();
    const text = await metrics();
    const of = '{institution="81SIM_INST",library="RES_SHARE"}';
    expect(text).toContain('gateway_import_runs{state="completed"} 1');
    expect(text).toContain('gateway_import_runs{state="running"} 0');
    expect(text).toContain(`gateway_import_failed_requests${of} 0`);
    const age = Number(text.split(`gateway_import_age_seconds${of} `)[1]?.split('\n')[0]);
    expect(age).toBeGreaterThanOrEqual(60);
  });

  it('tells how the nightly work stands, in the metrics and to a manager', async () => {
    const steps = async () => ((await spec.call('GET', '/api/v1/upkeep', { as: MANAGER })).json as Upkeep).steps;
    expect(await steps()).toEqual(UPKEEP_STEPS.map((step) => ({ step })));
    const rows = new UpkeepStore(store.db);
    await rows.expect(UPKEEP_STEPS, new Date());
    await rows.note('drafts', 'failed_at', new Date());
    expect((await steps()).flatMap(({ step, trouble }) => (trouble ? [[step, trouble]] : []))).toEqual([
      ['drafts', 'failed'],
    ]);
    spec.pass(49 * 3600);
    expect((await steps()).every(({ trouble }) => trouble !== undefined)).toBeTrue();
    expect((await spec.call('GET', '/api/v1/upkeep')).problem.code).toBe('forbidden');
    const text = await metrics();
    expect(text).toContain('gateway_upkeep_failures_total{step="drafts"} 0');
    expect(Number(/gateway_upkeep_age_seconds\{step="names"\} (\d+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(
      49 * 3600,
    );
  });

  it('counts answers by route, errors by code and commands by state', async () => {
    await ordered(spec);
    await get('/api/v1/me');
    await get('/api/v1/nothing');
    const text = await metrics();
    expect(text).toContain('gateway_http_seconds_count{method="POST",route="/api/v1/requests",status="201"} 1');
    expect(text).toContain('gateway_errors_total{code="unauthenticated"} 1');
    expect(text).toContain('gateway_errors_total{code="not-found"} 1');
    expect(text).toContain('gateway_journal_rows{state="applied"} 1');
  });
});
