import type { HistoryEntry, IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import { specStores } from '../testing/spec-stores';
import type { Store } from './open-store';
import { findRequest, markGone, saveSnapshot, saveSnapshots, type Snapshot } from './requests-store';

const OWN = 'FA090007';
const OTHER = 'FA090018';
const FIRST = new Date('2026-11-24T01:00:00Z');
const LATER = new Date('2026-11-24T02:00:00Z');
const LAST = new Date('2026-11-24T03:00:00Z');
const own = (...commands: readonly string[]): readonly HistoryEntry[] =>
  commands.map((command) => ({ command, memberId: OWN }));
const other = (...commands: readonly string[]): readonly HistoryEntry[] =>
  commands.map((command) => ({ command, memberId: OTHER }));
const ORDERED = own('ORDER');
const ACCEPTED = [...ORDERED, ...other('RECEIVE')];
const SHIPPED = [...ACCEPTED, ...other('SEND')];

const snapshot = (state: StateId, history: readonly HistoryEntry[], more: Partial<Snapshot> = {}): Snapshot => {
  const fields: IllRequest['fields'] = { borrowerId: OWN, lenderId: OTHER };
  const request = { id: 'LA1', kind: 'copy', state, externalStatus: STATES[state].wire, fields, history } as const;
  return { institution: 'A', library: 'MAIN', memberId: OWN, side: 'borrower', request, ...more };
};

for (const { name, open } of specStores()) {
  describe(`the snapshots on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;

    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      await store.db.deleteFrom('requests').execute();
    });

    const save = (each: Snapshot, at: Date) => saveSnapshot(store.db, each, at);

    it('tell when they were seen, when they changed, and when another changed them', async () => {
      const first = await save(snapshot('UNPROCESSED', ORDERED), FIRST);
      expect([first.changed_at, first.news_at, first.history_seen]).toEqual([FIRST, null, { 0: FIRST.toISOString() }]);
      const seen = await save(snapshot('UNPROCESSED', ORDERED), LATER);
      expect([seen.version, seen.seen_at, seen.changed_at, seen.news_at]).toEqual([1, LATER, FIRST, null]);
      const accepted = await save(snapshot('PROCESSING', ACCEPTED), LAST);
      expect([accepted.version, accepted.changed_at, accepted.news_at]).toEqual([2, LAST, LAST]);
      expect(accepted.history_seen).toEqual({ 0: FIRST.toISOString(), 1: LAST.toISOString() });
    });

    it('are no news when the library itself acted', async () => {
      await save(snapshot('UNPROCESSED', ORDERED), FIRST);
      const row = await save(snapshot('PREPARING', own('ORDER', 'CALLBACK')), LATER);
      expect([row.version, row.changed_at, row.news_at, row.jump]).toEqual([2, LATER, null, null]);
    });

    it('are no news any more once the library itself acted on them', async () => {
      await save(snapshot('UNPROCESSED', ORDERED), FIRST);
      await save(snapshot('SHIPPED', SHIPPED), LATER);
      const received = [...SHIPPED, ...own('RECEIVE')];
      const row = await save(snapshot('ARRIVED', received), LAST);
      expect([row.changed_at, row.news_at]).toEqual([LAST, null]);
    });

    it('are news when first seen after another acted, but not in the first reading of all', async () => {
      expect((await save(snapshot('PROCESSING', ACCEPTED), FIRST)).news_at).toEqual(FIRST);
      await store.db.deleteFrom('requests').execute();
      const row = await save(snapshot('PROCESSING', ACCEPTED, { isFirstReading: true }), FIRST);
      expect([row.news_at, row.history_seen]).toEqual([null, {}]);
    });

    it('do not go back to what was read before a command and arrived after it', async () => {
      await save(snapshot('UNPROCESSED', ORDERED), FIRST);
      const now = await save(snapshot('PREPARING', own('ORDER', 'CALLBACK')), LATER);
      for (const late of [{}, { askedAt: FIRST }, { askedAt: LATER }]) {
        const row = await save(snapshot('UNPROCESSED', ORDERED, late), LAST);
        expect([row.version, row.external_status, row.seen_at]).toEqual([now.version, '準備中', LATER]);
      }
    });

    it('are taken when NACSIS-ILL was asked after the stored one: it is right, also about a shorter history', async () => {
      await save(snapshot('PREPARING', own('ORDER', 'CALLBACK')), FIRST);
      const row = await save(snapshot('UNPROCESSED', ORDERED, { askedAt: LATER }), LAST);
      expect([row.version, row.external_status]).toEqual([2, '未処理']);
      expect(Object.keys(row.history_seen)).toEqual([]);
    });

    it('are taken with a shorter history that is no beginning of the stored one', async () => {
      await save(snapshot('PROCESSING', ACCEPTED), FIRST);
      const row = await save(snapshot('UNPROCESSED', own('SAVE')), FIRST);
      expect([row.version, row.external_status]).toEqual([2, '未処理']);
    });

    it('mark a jump, keep it while nothing happens, and forget it with the next regular change', async () => {
      await save(snapshot('UNPROCESSED', ORDERED), FIRST);
      const jump = { from: 'UNPROCESSED', to: 'PROCESSING', at: LATER.toISOString() } as const;
      const jumped = await save(snapshot('PROCESSING', ORDERED), LATER);
      expect([jumped.jump, jumped.news_at]).toEqual([jump, LATER]);
      expect((await save(snapshot('PROCESSING', ORDERED), LAST)).jump).toEqual(jump);
      expect((await save(snapshot('SHIPPED', [...ORDERED, ...other('SEND')]), LAST)).jump).toBeNull();
    });

    it('of a lender that has passed the request on wait for nobody, and are no news', async () => {
      const lender = { side: 'lender', memberId: OTHER } as const;
      const held = await save(snapshot('PROCESSING', ACCEPTED, lender), FIRST);
      expect([held.waits, held.open, held.gone]).toEqual([true, true, null]);
      const history = [...ACCEPTED, ...other('PARDON'), { command: 'PARDON', memberId: 'FA090029' }];
      const passed = snapshot('UNPROCESSED', history, lender);
      const fields = { ...passed.request.fields, lenderId: 'FA09003X' };
      const row = await save({ ...passed, request: { ...passed.request, fields } }, LATER);
      expect([row.waits, row.open, row.gone, row.version]).toEqual([false, false, 'passed-on', 2]);
      expect(row.news_at).toEqual(held.news_at);
    });

    it('that are gone, and come back when they are delivered, are new versions of the same', async () => {
      const row = await save(snapshot('SHIPPED', ACCEPTED), FIRST);
      const gone = await markGone(store.db, row, 'not-delivered');
      expect([gone.gone, gone.waits, gone.open, gone.external_status]).toEqual(['not-delivered', false, false, '発送']);
      expect([gone.version, gone.changed_at, gone.history_lengths]).toEqual([2, FIRST, { 1: 2, 2: 2 }]);
      const back = await save(snapshot('SHIPPED', ACCEPTED), LATER);
      expect([back.gone, back.waits, back.open, back.version, back.changed_at]).toEqual([null, true, true, 3, FIRST]);
    });

    it('are not called gone when they were heard of in the meantime', async () => {
      const row = await save(snapshot('SHIPPED', ACCEPTED), FIRST);
      await save(snapshot('SHIPPED', ACCEPTED), LATER);
      expect((await markGone(store.db, row, 'not-delivered')).gone).toBeNull();
      expect((await findRequest(store.db, 'A', 'borrower', 'LA1'))?.gone).toBeNull();
    });

    it('are stored once however many bring them at once, and count what changed', async () => {
      const requests = ['LA3', 'LA1', 'LA2'].map((id) => ({ ...snapshot('SHIPPED', ACCEPTED).request, id }));
      const page = requests.map((request) => snapshot('SHIPPED', ACCEPTED, { request }));
      const saved = await Promise.all([1, 2, 3].map(() => saveSnapshots(store.db, [...page, ...page], FIRST)));
      expect(saved.map(({ length }) => length)).toEqual([3, 3, 3]);
      expect(saved.flat().filter(({ isChanged }) => isChanged).length).toBe(3);
      expect(saved.flat().every(({ row }) => row.version === 1)).toBeTrue();
      expect(await saveSnapshots(store.db, [], FIRST)).toEqual([]);
    });
  });
}
