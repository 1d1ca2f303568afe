import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import { specStores } from '../testing/spec-stores';
import type { Store } from '../store/open-store';
import { ProfilesStore } from './profiles-store';

const AT = new Date('2026-11-24T01:00:00Z');
const MAIN = { code: 'MAIN', integration: DEFAULT_INTEGRATION };
const BRANCH = { code: 'BRANCH', integration: DEFAULT_INTEGRATION };
const named = (name: string) => [{ name, values: { payment: 'pb' } }];
const change = (version: number, name: string) => ({ version, templates: named(name), by: 'manager001', at: AT });

for (const { name, open } of specStores()) {
  describe(`the profiles on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let profiles: ProfilesStore;

    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      await store.db.deleteFrom('profiles').execute();
      profiles = new ProfilesStore(store.db, 'A');
    });

    it('begin at version 0, without templates', async () => {
      expect(await profiles.read(MAIN)).toEqual({
        library: 'MAIN',
        version: 0,
        templates: [],
        views: [],
        tariffs: [],
        integration: DEFAULT_INTEGRATION,
      });
    });

    it('count up with each change, and keep who made it when', async () => {
      await profiles.put(MAIN, change(0, '髙𠮷'));
      const second = await profiles.put(MAIN, change(1, 'second'));
      const shared = { templates: named('second'), views: [], tariffs: [], integration: DEFAULT_INTEGRATION };
      const expected = { library: 'MAIN', version: 2, ...shared, updatedBy: 'manager001' };
      expect(second).toEqual({ ...expected, updatedAt: AT.toISOString() });
      expect(await profiles.read(MAIN)).toEqual({ ...expected, updatedAt: AT.toISOString() });
    });

    it('are left alone by a change of another version', async () => {
      expect(await profiles.put(MAIN, change(1, 'of nothing'))).toBeUndefined();
      await profiles.put(MAIN, change(0, 'first'));
      for (const version of [0, 2, 2_147_483_646])
        expect(await profiles.put(MAIN, change(version, 'stale'))).toBeUndefined();
      expect((await profiles.read(MAIN)).templates).toEqual(named('first'));
    });

    it('take one of several changes at once, the first and a later one', async () => {
      for (const version of [0, 1]) {
        const put = await Promise.all(['a', 'b', 'c'].map((each) => profiles.put(MAIN, change(version, each))));
        const won = put.filter((profile) => profile !== undefined);
        expect(won.map((profile) => profile.version)).toEqual([version + 1]);
        expect(await profiles.read(MAIN)).toEqual(won[0]!);
      }
    });

    it('belong to one library of one institution', async () => {
      await profiles.put(MAIN, change(0, 'ours'));
      for (const other of [profiles.read(BRANCH), new ProfilesStore(store.db, 'B').read(MAIN)])
        expect((await other).version).toBe(0);
      await new ProfilesStore(store.db, 'B').put(MAIN, change(0, 'theirs'));
      expect((await profiles.read(MAIN)).templates).toEqual(named('ours'));
    });
  });
}
