import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostDocuments } from './documents';
import { LENDING, openTestAlma } from './testing/test-alma';

describe('data of the simulated Alma', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alma-sim-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is on disk when the answer is out, and there again after a restart, keys included', async () => {
    const alma = await openTestAlma({ dataFolder: folder });
    const { body } = await alma.rest('POST', '/partners/NACSIS/lending-requests', { body: LENDING });
    const keys = (await alma.inject({ url: '/auth/81SIM_INST/jwks.json' })).body;
    const stored = await readFile(join(folder, 'alma.json'), 'utf8');
    expect(stored).toContain(String(body['request_id']));

    const again = await openTestAlma({ dataFolder: folder });
    expect<object>(
      (await again.rest('GET', `/partners/NACSIS/lending-requests/${String(body['request_id'])}`)).body,
    ).toEqual(body);
    expect((await again.inject({ url: '/auth/81SIM_INST/jwks.json' })).body).toBe(keys);
    const next = await again.rest('POST', '/partners/NACSIS/lending-requests', { body: LENDING });
    expect(String(next.body['request_id'])).not.toBe(String(body['request_id']));
  });

  it('leaves no half-written file and no key that others may read', async () => {
    const alma = await openTestAlma({ dataFolder: folder });
    await alma.inject({ url: '/_sim/token' });
    expect((await readdir(folder)).sort()).toEqual(['alma.json', 'signing-keys.json']);
    expect((await stat(join(folder, 'signing-keys.json'))).mode & 0o077).toBe(0);
  });

  it('is not started with a damaged file', async () => {
    await writeFile(join(folder, 'alma.json'), '{"requests":');
    await expectAsync(openTestAlma({ dataFolder: folder })).toBeRejectedWithError(/alma\.json is not valid JSON/);
    await writeFile(join(folder, 'alma.json'), '{}');
    await expectAsync(openTestAlma({ dataFolder: folder })).toBeRejectedWithError(/not the data of this simulator/);
  });

  it('gives no number a second time, also after a reset', async () => {
    const alma = await openTestAlma({ dataFolder: folder });
    const create = async () =>
      String((await alma.rest('POST', '/partners/NACSIS/lending-requests', { body: LENDING })).body['request_id']);
    const before = await create();
    await alma.inject({ method: 'POST', url: '/_sim/reset' });
    expect(await create()).not.toBe(before);
  });

  it('is all seed again after a reset: requests, partners, documents, faults, counters, settings', async () => {
    const alma = await openTestAlma();
    const seeded = (await alma.inject({ url: '/_sim/requests' })).body;
    await alma.rest('POST', '/partners/NACSIS/lending-requests', { body: LENDING });
    await alma.rest('DELETE', '/partners/MAIL001');
    alma.world.documents.set(HostDocuments.configKey('81SIM_INST'), '{}');
    await alma.inject({ method: 'POST', url: '/_sim/faults', payload: { match: { path: '/x' }, do: 'delay', ms: 1 } });
    await alma.inject({ method: 'PUT', url: '/_sim/settings', payload: { checkDuplicates: true } });
    expect((await alma.inject({ url: '/_sim/requests' })).body).not.toBe(seeded);

    expect((await alma.inject({ method: 'POST', url: '/_sim/reset' })).statusCode).toBe(200);
    expect((await alma.inject({ url: '/_sim/requests' })).body).toBe(seeded);
    expect(alma.world.partners.find('81SIM_INST', 'MAIL001')).toBeDefined();
    expect(alma.world.documents.snapshot()).toEqual({});
    expect(alma.world.faults.all()).toEqual([]);
    expect((await alma.inject({ url: '/_sim/counters' })).json<object>()).toEqual({});
    expect(alma.world.settings.checkDuplicates).toBeFalse();
  });
});
