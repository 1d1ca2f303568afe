import { sql } from 'kysely';
import type { IllRequest } from '#domain/ill/request';
import { DraftsStore } from './drafts-store';
import { JournalStore, type NewEntry } from './journal-store';
import { migrate, MIGRATIONS } from './migrate';
import type { Store } from './open-store';
import { ReadingsStore } from './readings-store';
import { listRequests } from './request-list';
import { findRequest, illRequestOf, saveSnapshot, type Snapshot } from './requests-store';
import { UsedKeys } from './used-keys';
import { specStores } from '../testing/spec-stores';

const NOW = new Date('2026-11-24T01:00:00Z');
const request = (id: string, changes: Partial<IllRequest> = {}): IllRequest => ({
  id,
  kind: 'copy',
  state: 'UNPROCESSED',
  externalStatus: '未処理',
  history: [{ command: 'ORDER', memberId: 'FA090007' }],
  fields: { bibNote: '髙𠮷の研究', lenderId: 'FA090018', lenderName: '北海見大学', updatedOn: '20261124' },
  ...changes,
});
const snapshot = (id: string, changes: Partial<IllRequest> = {}, more: Partial<Snapshot> = {}): Snapshot => ({
  institution: 'A',
  library: 'RES_SHARE',
  memberId: 'FA090007',
  side: 'borrower',
  request: request(id, changes),
  ...more,
});
const entry = (key: string, more: Partial<NewEntry> = {}): NewEntry => ({
  institution: 'A',
  idempotency_key: key,
  payload_hash: 'h',
  library: 'RES_SHARE',
  member_id: 'FA090007',
  user_id: 'staff001',
  kind: 'copy',
  side: 'borrower',
  command: 'ORDER',
  request_id: null,
  mark: null,
  history_length: 0,
  state_before: null,
  sent: null,
  alma_user_id: null,
  alma_request_id: null,
  ...more,
});
const UNTIL = new Date(NOW.getTime() + 25_000);
const LEASE = { now: NOW, until: UNTIL };

for (const { name, open } of specStores()) {
  describe(`the store on ${name}`, () => {
    let store: Store;
    let again: (() => Promise<Store>) | undefined;
    let drop: () => Promise<void>;

    beforeAll(async () => {
      ({ store, again, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      for (const table of ['requests', 'journal', 'drafts'] as const) await store.db.deleteFrom(table).execute();
    });

    it('migrates once, however often and by however many it is asked', async () => {
      await Promise.all([migrate(store.db), migrate(store.db)]);
      const second = await again?.();
      await second?.close();
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from kysely_migration`.execute(
        store.db,
      );
      expect(rows[0]?.count).toBe(Object.keys(MIGRATIONS).length);
    });

    it('keeps a request as it came, beyond JIS X 0208, too', async () => {
      await saveSnapshot(store.db, snapshot('LA1'), NOW);
      const row = await findRequest(store.db, 'A', 'borrower', 'LA1');
      expect(row === undefined ? undefined : illRequestOf(row)).toEqual(request('LA1'));
    });

    it('counts a version up only when the record differs', async () => {
      const versions = [];
      for (const changes of [
        {},
        {},
        { fields: { bibNote: '髙𠮷の研究 改' } },
        { externalStatus: '処理中', state: 'PROCESSING' as const },
        { externalStatus: '処理中', state: 'PROCESSING' as const },
      ]) {
        versions.push((await saveSnapshot(store.db, snapshot('LA2', changes), NOW)).version);
      }
      expect(versions).toEqual([1, 1, 2, 3, 3]);
    });

    it('remembers how long the history was at each version', async () => {
      const history = (length: number) => ({ history: Array.from({ length }, () => ({ command: 'RECEIVE' })) });
      await saveSnapshot(store.db, snapshot('LA6', history(1)), NOW);
      await saveSnapshot(store.db, snapshot('LA6', { ...history(1), externalStatus: '処理中' }), NOW);
      await saveSnapshot(store.db, snapshot('LA6', { ...history(1), externalStatus: '処理中' }), NOW);
      const row = await saveSnapshot(store.db, snapshot('LA6', history(3)), NOW);
      expect([row.version, row.history_lengths]).toEqual([3, { 1: 1, 2: 1, 3: 3 }]);
    });

    it('keeps the link to the request of the ILS when a later snapshot brings none', async () => {
      await saveSnapshot(store.db, snapshot('LA3', {}, { almaRequest: { userId: 'patron001', requestId: '1' } }), NOW);
      const row = await saveSnapshot(store.db, snapshot('LA3', { externalStatus: '処理中' }), NOW);
      expect(row.alma_request_id).toBe('1');
    });

    it('shows neither the other side nor another institution', async () => {
      await saveSnapshot(store.db, snapshot('LA4'), NOW);
      await saveSnapshot(store.db, snapshot('LA4', { externalStatus: '処理中' }, { institution: 'B' }), NOW);
      expect(await findRequest(store.db, 'A', 'lender', 'LA4')).toBeUndefined();
      expect((await findRequest(store.db, 'A', 'borrower', 'LA4'))?.external_status).toBe('未処理');
      expect(
        (
          await listRequests(
            store.db,
            { institution: 'C', libraries: ['RES_SHARE'] },
            { page: 1, pageSize: 10, sort: 'newest' },
          )
        ).total,
      ).toBe(0);
    });

    it('lists by page and filter, with the facet over all states', async () => {
      for (let at = 0; at < 5; at += 1) await saveSnapshot(store.db, snapshot(`LB${String(at)}`), NOW);
      await saveSnapshot(
        store.db,
        snapshot('LC1', { state: 'SHIPPED', externalStatus: '発送', kind: 'loan', fields: { bibNote: '100%_の本' } }),
        NOW,
      );
      const all = { institution: 'A', libraries: ['RES_SHARE'] };
      const page = { page: 1, pageSize: 2, sort: 'newest' } as const;
      const listed = await listRequests(store.db, { ...all, state: 'UNPROCESSED' }, page);
      expect([listed.total, listed.rows.length]).toEqual([5, 2]);
      expect(listed.statuses).toEqual(
        jasmine.arrayWithExactContents([
          { value: '未処理', state: 'UNPROCESSED', count: 5, waiting: 0 },
          { value: '発送', state: 'SHIPPED', count: 1, waiting: 1 },
        ]),
      );
      expect((await listRequests(store.db, { ...all, needsAction: true }, page)).rows.map(({ id }) => id)).toEqual([
        'LC1',
      ]);
      expect((await listRequests(store.db, { ...all, kind: 'loan' }, page)).total).toBe(1);
      expect((await listRequests(store.db, { ...all, q: '𠮷' }, page)).total).toBe(5);
      expect((await listRequests(store.db, { ...all, q: '0%_' }, page)).total).toBe(1);
      expect((await listRequests(store.db, { ...all, libraries: [] }, page)).total).toBe(0);
    });

    it('gives drafts to their own user only', async () => {
      const staff = new DraftsStore(store.db, { userId: 'staff001', institution: { code: 'A' } });
      const other = new DraftsStore(store.db, { userId: 'staff002', institution: { code: 'A' } });
      const draft = { draftId: 'draft-0001', library: 'RES_SHARE', content: { title: '髙𠮷' } };
      await staff.put(draft, NOW);
      expect((await staff.find('draft-0001'))?.content).toEqual({ title: '髙𠮷' });
      expect(await other.find('draft-0001')).toBeUndefined();
      expect(await other.put(draft, NOW)).toBeUndefined();
      expect(await other.remove('draft-0001')).toBeFalse();
      expect((await staff.list(['RES_SHARE'])).length).toBe(1);
      expect(await staff.remove('draft-0001')).toBeTrue();
    });

    it('begins a command once per key, and one open command per request', async () => {
      const journal = new JournalStore(store.db);
      const begun = await Promise.all(Array.from({ length: 5 }, () => journal.begin(entry('key-1'), LEASE)));
      expect(begun.filter((each) => typeof each === 'object').length).toBe(1);
      expect(await journal.begin(entry('key-2', { request_id: 'LA1' }), LEASE)).toEqual(
        jasmine.objectContaining({ attempt: 1 }),
      );
      expect(await journal.begin(entry('key-3', { request_id: 'LA1' }), LEASE)).toBe('known');
      await journal.settle({ institution: 'A', key: 'key-2', attempt: 1 }, { state: 'applied' }, NOW);
      expect(await journal.begin(entry('key-3', { request_id: 'LA1' }), LEASE)).toEqual(
        jasmine.objectContaining({ attempt: 1 }),
      );
    });

    it('knows everything about a key and a request at once', async () => {
      const journal = new JournalStore(store.db);
      const row = await saveSnapshot(store.db, snapshot('AA1'), NOW);
      await saveSnapshot(store.db, snapshot('AA2'), NOW);
      await new ReadingsStore(store.db).complete('A', 'RES_SHARE', NOW, true);
      const sent = { total: 'hash' };
      await journal.begin(entry('k1', { request_id: 'AA1', history_length: 1, sent }), LEASE);
      await journal.begin(entry('k2', { request_id: 'AA2' }), LEASE);
      const mine = await journal.known({ institution: 'A', key: 'k1' }, 'borrower', 'AA1');
      const own = await journal.find({ institution: 'A', key: 'k1' });
      expect(own?.sent).toEqual(sent);
      expect(mine).toEqual({ own, open: undefined, isUsed: false, request: row, readAt: NOW });
      const other = await journal.known({ institution: 'A', key: 'k3' }, 'borrower', 'AA1');
      expect(other).toEqual({ ...mine, own: undefined, open: own });
      await journal.settle({ institution: 'A', key: 'k1', attempt: 1 }, { state: 'applied' }, NOW);
      expect((await journal.known({ institution: 'A', key: 'k3' }, 'borrower', 'AA1')).open).toBeUndefined();
    });

    it('knows nothing of another side, another institution and a new record, but whether the key was used', async () => {
      const journal = new JournalStore(store.db);
      await saveSnapshot(store.db, snapshot('AA1'), NOW);
      await journal.begin(entry('k1', { request_id: 'AA1' }), LEASE);
      const nothing = { own: undefined, open: undefined, isUsed: false, request: undefined, readAt: null };
      expect(await journal.known({ institution: 'B', key: 'k1' }, 'borrower', 'AA1')).toEqual(nothing);
      expect(await journal.known({ institution: 'A', key: 'k3' }, 'lender', 'AA1')).toEqual(nothing);
      const used = { institution: 'A', key: 'k4' };
      await new UsedKeys(store.db).claim(used, { payloadHash: 'h' }, NOW);
      expect(await journal.known(used, 'borrower')).toEqual({ ...nothing, isUsed: true });
      expect(await journal.known({ ...used, institution: 'B' }, 'borrower')).toEqual(nothing);
    });

    it('does not begin on a snapshot that has changed', async () => {
      const journal = new JournalStore(store.db);
      await saveSnapshot(store.db, snapshot('LA5'), NOW);
      await saveSnapshot(store.db, snapshot('LA5', { externalStatus: '処理中' }), NOW);
      expect(await journal.begin(entry('key-1', { request_id: 'LA5' }), { ...LEASE, version: 1 })).toBe('changed');
      expect(await journal.begin(entry('key-1', { request_id: 'LA5' }), { ...LEASE, version: 2 })).toEqual(
        jasmine.objectContaining({ attempt: 1 }),
      );
    });

    it('resumes what was certainly not done, and nothing else', async () => {
      const journal = new JournalStore(store.db);
      for (const state of ['pending', 'unknown', 'applied', 'rejected', 'unsent'] as const) {
        await journal.begin(entry(state), LEASE);
        if (state !== 'pending') await journal.settle({ institution: 'A', key: state, attempt: 1 }, { state }, NOW);
        const isNotDone = state === 'rejected' || state === 'unsent';
        const resumed = await journal.resume(entry(state), LEASE);
        expect([state, typeof resumed === 'object' && resumed.attempt]).toEqual([state, isNotDone && 2]);
      }
    });

    it('lets nothing that is learned of an attempt change another one, or what is known already', async () => {
      const journal = new JournalStore(store.db);
      const of = (attempt: number) => ({ institution: 'A', key: 'key-1', attempt });
      const state = async () => (await journal.find(of(1)))?.state;
      await journal.begin(entry('key-1'), LEASE);
      expect(await journal.settle(of(1), { state: 'unknown' }, NOW)).toBeTrue();
      expect(await journal.settle(of(1), { state: 'unsent' }, NOW)).toBeTrue();
      await journal.resume(entry('key-1'), LEASE);
      for (const late of ['unsent', 'unknown', 'applied', 'rejected'] as const)
        expect(await journal.settle(of(1), { state: late }, NOW)).toBeFalse();
      expect(await state()).toBe('pending');
      expect(await journal.settle(of(2), { state: 'applied' }, NOW)).toBeTrue();
      expect(await journal.settle(of(2), { state: 'unsent' }, NOW)).toBeFalse();
      expect(await state()).toBe('applied');
    });

    it('does not resume while another command on the request is open', async () => {
      const journal = new JournalStore(store.db);
      const on = (key: string) => entry(key, { request_id: 'LA1' });
      await journal.begin(on('key-1'), LEASE);
      await journal.settle({ institution: 'A', key: 'key-1', attempt: 1 }, { state: 'unsent' }, NOW);
      await journal.begin(on('key-2'), LEASE);
      expect(await journal.resume(on('key-1'), LEASE)).toBe('known');
      expect((await journal.find({ institution: 'A', key: 'key-1' }))?.state).toBe('unsent');
      await journal.settle({ institution: 'A', key: 'key-2', attempt: 1 }, { state: 'applied' }, NOW);
      expect(await journal.resume(on('key-1'), LEASE)).toEqual(jasmine.objectContaining({ attempt: 2 }));
    });

    it('resumes once, however many try', async () => {
      const journal = new JournalStore(store.db);
      await journal.begin(entry('key-1'), LEASE);
      await journal.settle({ institution: 'A', key: 'key-1', attempt: 1 }, { state: 'unsent' }, NOW);
      const resumed = await Promise.all([1, 2, 3].map(() => journal.resume(entry('key-1'), LEASE)));
      expect(resumed.filter((each) => typeof each === 'object').length).toBe(1);
    });

    it('expires a pending command only when its lease is over', async () => {
      const journal = new JournalStore(store.db);
      const key = { institution: 'A', key: 'key-1' };
      await journal.begin(entry('key-1'), LEASE);
      await journal.expire(key, NOW);
      expect((await journal.find(key))?.state).toBe('pending');
      await journal.expire(key, UNTIL);
      expect((await journal.find(key))?.state).toBe('unknown');
      expect((await journal.countsByState()).map(({ state, count }) => [state, count])).toEqual([['unknown', 1]]);
    });

    it('does not let transactions see into one another, and undoes a failed one whole', async () => {
      const journal = new JournalStore(store.db);
      const failed = store.db.transaction().execute(async (transaction) => {
        await saveSnapshot(transaction, snapshot('LD1'), NOW);
        await new Promise((resolve) => setImmediate(resolve));
        throw new Error('undone');
      });
      const begun = journal.begin(entry('key-9'), LEASE);
      await expectAsync(failed).toBeRejectedWithError('undone');
      expect(await begun).toEqual(jasmine.objectContaining({ attempt: 1 }));
      expect(await findRequest(store.db, 'A', 'borrower', 'LD1')).toBeUndefined();
      expect(await journal.find({ institution: 'A', key: 'key-9' })).toBeDefined();
    });
  });
}
