import { sql } from 'kysely';
import type { Sort } from '#domain/api/work-list';
import type { Side } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import { specStores } from '../testing/spec-stores';
import type { RequestFilter } from './list-filter';
import { updateDueLoans } from './due-loans';
import { countWaiting } from './list-facets';
import type { Store } from './open-store';
import { sumUpCounts } from './request-counts';
import { countNews, listRequests } from './request-list';
import { markGone, saveSnapshot } from './requests-store';

const OWN = 'FA090007';
const OTHER = 'FA090018';
const NOW = new Date('2026-11-24T01:00:00Z');
const ALL = { institution: 'A', libraries: ['MAIN', 'BRANCH'] };

for (const { name, open } of specStores()) {
  describe(`the list of requests on ${name}`, () => {
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

    const put = async (
      id: string,
      state: StateId,
      fields: IllRequest['fields'] = {},
      more: {
        readonly side?: Side;
        readonly library?: string;
        readonly kind?: IllRequest['kind'];
        readonly at?: Date;
      } = {},
    ) => {
      const { side = 'borrower', library = 'MAIN', kind = 'copy', at = NOW } = more;
      const [borrowerId, lenderId] = side === 'borrower' ? [OWN, OTHER] : [OTHER, OWN];
      const all = { borrowerId, lenderId, lenderName: '北海見大学', updatedOn: '20261101', ...fields };
      const history = [{ command: 'ORDER', memberId: OTHER }];
      const request = { id, kind, state, externalStatus: STATES[state].wire, fields: all, history };
      return saveSnapshot(store.db, { institution: 'A', library, memberId: OWN, side, request }, at);
    };
    const list = (filter: Partial<RequestFilter>, sort: Sort = 'oldest', page = 1, pageSize = 10) =>
      listRequests(store.db, { ...ALL, ...filter }, { page, pageSize, sort });
    const idsOf = async (filter: Partial<RequestFilter>, sort?: Sort) =>
      (await list(filter, sort)).rows.map(({ id }) => id);

    it('is filtered by everything that it shows', async () => {
      await put('LA1', 'SHIPPED', { updatedOn: '20261110', bibId: 'BA90000012' });
      await put('LA2', 'UNPROCESSED', { lenderId: 'FA090029' }, { kind: 'loan' });
      await put('LA3', 'CONFIRMED', {}, { library: 'BRANCH' });
      await put('LA4', 'UNPROCESSED', {}, { side: 'lender' });
      const cases: readonly (readonly [Partial<RequestFilter>, string[]])[] = [
        [{}, ['LA2', 'LA3', 'LA4', 'LA1']],
        [{ libraries: ['BRANCH'] }, ['LA3']],
        [{ libraries: [] }, []],
        [{ institution: 'B' }, []],
        [{ side: 'lender' }, ['LA4']],
        [{ kind: 'loan' }, ['LA2']],
        [{ state: 'UNPROCESSED' }, ['LA2', 'LA4']],
        [{ status: ['未処理', '発送', '未処理'] }, ['LA2', 'LA4', 'LA1']],
        [{ status: ['未処理'], state: 'SHIPPED' }, []],
        [{ partner: 'FA090029' }, ['LA2']],
        [{ needsAction: true }, ['LA4', 'LA1']],
        [{ needsAction: false }, ['LA2', 'LA3', 'LA4', 'LA1']],
        [{ open: true }, ['LA2', 'LA4', 'LA1']],
        [{ from: '20261102' }, ['LA1']],
        [{ from: '20261101', to: '20261101', side: 'borrower' }, ['LA2', 'LA3']],
        [{ ids: ['LA4', 'LA1', 'LA9'] }, ['LA4', 'LA1']],
        [{ bibId: 'BA90000012' }, ['LA1']],
        [{ almaRequestId: '4711' }, []],
      ];
      for (const [filter, ids] of cases) {
        const { rows, total } = await list(filter);
        expect([JSON.stringify(filter), rows.map(({ id }) => id), total]).toEqual([
          JSON.stringify(filter),
          ids,
          ids.length,
        ]);
      }
    });

    it('is searched in ids, title, partner, both numbers and the applicant, whatever the width and case', async () => {
      const fields = { bibNote: '100%_の\\本', borrowerNumber: 'ＡＢ-1', lenderNumber: 'x9', applicant: '利用者 001' };
      await put('LA1', 'SHIPPED', fields);
      await put('LA2', 'SHIPPED', { bibNote: '別の本' });
      for (const q of ['la1', '0%_の', '\\本', 'ab-1', 'Ｘ９', ' 利用者　001 '])
        expect([q, await idsOf({ q })]).toEqual([q, ['LA1']]);
      expect(await idsOf({ q: '北海' })).toEqual(['LA1', 'LA2']);
      expect(await idsOf({ q: '  ' })).toEqual(['LA1', 'LA2']);
      for (const q of ['_別', '本\nla', '%別%']) expect([q, await idsOf({ q })]).toEqual([q, []]);
    });

    it('is found by any form of a character and by either kana', async () => {
      await put('LA1', 'SHIPPED', { bibNote: '髙山と𠮷野の民俗誌 / 山﨑國男', lenderName: 'ニイガタ大学' });
      await put('LA2', 'SHIPPED', { bibNote: '高山図書館年報', lenderName: '新潟大学' });
      const cases: readonly (readonly [string, string[]])[] = [
        ['高山', ['LA1', 'LA2']],
        ['髙山', ['LA1', 'LA2']],
        ['吉野', ['LA1']],
        ['山崎国男', ['LA1']],
        ['にいがた', ['LA1']],
        ['ﾆｲｶﾞﾀ', ['LA1']],
        ['圖書館', ['LA2']],
      ];
      for (const [q, ids] of cases) expect([q, await idsOf({ q })]).toEqual([q, ids]);
    });

    it('needs action on a loan in use only when its due date is near, and that changes with the day', async () => {
      await put('LA1', 'ON_LOAN', { dueDate: '20261202' }, { kind: 'loan' });
      await put('LA2', 'ON_LOAN', { dueDate: '20261201' }, { kind: 'loan' });
      await put('LA3', 'ON_LOAN', {}, { kind: 'loan' });
      const told = async () => {
        const { rows, statuses } = await list({ needsAction: true });
        const waiting = await countWaiting(store.db, ALL);
        return [rows.map(({ id }) => id), statuses.map((each) => each.waiting), waiting];
      };
      expect(await told()).toEqual([['LA2', 'LA3'], [2], { borrower: 2, lender: 0 }]);
      await updateDueLoans(store.db, 'A', 'MAIN', new Date('2026-11-25T01:00:00Z'));
      expect(await told()).toEqual([['LA1', 'LA2', 'LA3'], [3], { borrower: 3, lender: 0 }]);
      await updateDueLoans(store.db, 'A', 'MAIN', NOW);
      expect(await told()).toEqual([['LA2', 'LA3'], [2], { borrower: 2, lender: 0 }]);
    });

    it('counts what has ended in its status, too, when only open requests are listed', async () => {
      await put('LA1', 'SHIPPED');
      await put('LA2', 'CONFIRMED');
      for (const more of [{}, { q: 'la' }]) {
        const { total, statuses, kinds } = await list({ open: true, ...more });
        expect([total, statuses.map(({ count }) => count), kinds]).toEqual([1, [1, 1], [{ value: 'copy', count: 1 }]]);
      }
    });

    it('is ordered in six ways, ties by id', async () => {
      await put('LA1', 'UNPROCESSED', { updatedOn: '20261103', dueDate: '20261203', bibNote: 'ろ', lenderName: 'は' });
      await put('LA2', 'SHIPPED', { updatedOn: '20261102', bibNote: 'い', lenderName: 'ろ' });
      await put('LA3', 'SHIPPED', { updatedOn: '20261101', dueDate: '20261201', lenderName: 'い' });
      await put('LA4', 'SHIPPED', { updatedOn: '', dueDate: '20261201', bibNote: 'い', lenderName: '', lenderId: '' });
      const orders: Readonly<Record<Sort, string[]>> = {
        needs: ['LA4', 'LA3', 'LA2', 'LA1'],
        oldest: ['LA4', 'LA3', 'LA2', 'LA1'],
        newest: ['LA1', 'LA2', 'LA3', 'LA4'],
        due: ['LA3', 'LA4', 'LA1', 'LA2'],
        title: ['LA2', 'LA4', 'LA1', 'LA3'],
        partner: ['LA3', 'LA1', 'LA2', 'LA4'],
      };
      for (const [sort, ids] of Object.entries(orders) as [Sort, string[]][])
        expect([sort, await idsOf({ side: 'borrower' }, sort)]).toEqual([sort, ids]);
    });

    it('begins with what waits, over libraries, sides and pages', async () => {
      for (let at = 0; at < 6; at += 1) {
        const side = at % 2 === 0 ? 'borrower' : 'lender';
        const day = { updatedOn: `2026110${String(at)}` };
        await put(`LA${String(at)}`, at < 3 ? 'CONFIRMED' : 'SHIPPED', day, {
          side,
          library: at < 2 ? 'BRANCH' : 'MAIN',
        });
      }
      const pages = [1, 2, 3, 4].map(async (page) => (await list({}, 'needs', page, 2)).rows.map(({ id }) => id));
      // 発送 waits for the borrower only: LA4.
      expect(await Promise.all(pages)).toEqual([['LA4', 'LA0'], ['LA1', 'LA2'], ['LA3', 'LA5'], []]);
    });

    it('counts in each facet what the other filters leave', async () => {
      await put('LA1', 'SHIPPED');
      await put('LA2', 'SHIPPED', {}, { kind: 'loan' });
      await put('LA3', 'UNPROCESSED', { lenderId: 'FA090029', lenderName: '' });
      for (const more of [{}, { from: '20260101' }] as const) {
        const of = async (filter: Partial<RequestFilter>) => {
          const { total, statuses, kinds, partners } = await list({ ...filter, ...more });
          const counts = (each: readonly { readonly value: string; readonly count: number }[]) =>
            Object.fromEntries(each.map(({ value, count }) => [value, count]));
          return [total, counts(statuses), counts(kinds), counts(partners)];
        };
        expect(await of({})).toEqual([3, { 発送: 2, 未処理: 1 }, { copy: 2, loan: 1 }, { [OTHER]: 2, FA090029: 1 }]);
        expect(await of({ status: ['発送'] })).toEqual([
          2,
          { 発送: 2, 未処理: 1 },
          { copy: 1, loan: 1 },
          { [OTHER]: 2 },
        ]);
        expect(await of({ kind: 'loan' })).toEqual([1, { 発送: 1 }, { copy: 2, loan: 1 }, { [OTHER]: 1 }]);
        expect(await of({ partner: 'FA090029' })).toEqual([1, { 未処理: 1 }, { copy: 1 }, { [OTHER]: 2, FA090029: 1 }]);
      }
      const { partners, statuses } = await list({});
      expect(partners[0]).toEqual({ value: OTHER, name: '北海見大学', count: 2 });
      expect(partners[1]).toEqual({ value: 'FA090029', count: 1 });
      expect(statuses.find(({ value }) => value === '発送')).toEqual({
        value: '発送',
        state: 'SHIPPED',
        count: 2,
        waiting: 2,
      });
    });

    describe('with requests that are not delivered any more', () => {
      beforeEach(async () => {
        await put('LA1', 'SHIPPED');
        await put('LA2', 'UNPROCESSED', { updatedOn: '20261103' });
        await put('LA3', 'CONFIRMED');
        for (const [id, state, updatedOn] of [
          ['LB1', 'SHIPPED', '20261102'],
          ['LB2', 'CONFIRMED', ''],
          ['LB3', 'UNPROCESSED', '20261104'],
        ] as const)
          await markGone(store.db, await put(id, state, { updatedOn }), id === 'LB3' ? 'passed-on' : 'not-delivered');
        await markGone(
          store.db,
          await put('LC1', 'SHIPPED', { borrowerName: '北海見大学' }, { side: 'lender', kind: 'loan' }),
          'passed-on',
        );
      });

      const statusesOf = ({ statuses }: Awaited<ReturnType<typeof list>>) =>
        Object.fromEntries(statuses.map(({ value, count }) => [value, count]));

      // The first filter counts from the stored counts, the second from the requests themselves.
      for (const more of [{}, { q: '北海' }] as const)
        it(`counts these in no status, but by themselves (${JSON.stringify(more)})`, async () => {
          const cases: readonly (readonly [Partial<RequestFilter>, ids: string[], gone: number])[] = [
            [{}, ['LB2', 'LA1', 'LA3', 'LC1', 'LB1', 'LA2', 'LB3'], 4],
            [{ side: 'borrower' }, ['LB2', 'LA1', 'LA3', 'LB1', 'LA2', 'LB3'], 3],
            [{ open: true }, ['LA1', 'LA2'], 4],
            [{ needsAction: true }, ['LA1'], 0],
            [{ kind: 'loan' }, ['LC1'], 1],
            [{ partner: OTHER }, ['LB2', 'LA1', 'LA3', 'LC1', 'LB1', 'LA2', 'LB3'], 4],
            [{ status: ['発送'] }, ['LA1'], 4],
            [{ status: ['発送', '確認'], open: true }, ['LA1'], 4],
            [{ state: 'SHIPPED' }, ['LA1'], 4],
            [{ gone: true }, ['LB2', 'LC1', 'LB1', 'LB3'], 4],
            [{ gone: true, open: true }, ['LB2', 'LC1', 'LB1', 'LB3'], 4],
            [{ gone: true, needsAction: true }, [], 0],
            [{ gone: true, kind: 'copy' }, ['LB2', 'LB1', 'LB3'], 3],
            [{ gone: true, status: ['発送'] }, ['LB2', 'LA1', 'LC1', 'LB1', 'LB3'], 4],
            [{ gone: true, state: 'CONFIRMED', open: true }, ['LB2', 'LC1', 'LB1', 'LB3'], 4],
            [{ gone: false }, ['LB2', 'LA1', 'LA3', 'LC1', 'LB1', 'LA2', 'LB3'], 4],
          ];
          for (const [filter, ids, gone] of cases) {
            const listed = await list({ ...filter, ...more });
            const told = [listed.rows.map(({ id }) => id), listed.total, listed.gone];
            expect([JSON.stringify(filter), ...told]).toEqual([JSON.stringify(filter), ids, ids.length, gone]);
          }
          const all = await list({ ...more });
          expect(statusesOf(all)).toEqual({ 発送: 1, 未処理: 1, 確認: 1 });
          expect(statusesOf(await list({ gone: true, ...more }))).toEqual({ 発送: 1, 未処理: 1, 確認: 1 });
          for (const { value, count } of all.statuses)
            expect((await list({ status: [value], ...more })).total).toBe(count);
          expect((await list({ gone: true, ...more })).kinds).toEqual([
            { value: 'copy', count: 3 },
            { value: 'loan', count: 1 },
          ]);
        });

      it('pages them beside others in every order', async () => {
        const wanted = { gone: true, status: ['発送', '未処理'] };
        for (const sort of ['needs', 'oldest', 'newest', 'due', 'title', 'partner'] as const) {
          const whole = await idsOf(wanted, sort);
          const pages = await Promise.all([1, 2, 3].map((page) => list(wanted, sort, page, 2)));
          expect([sort, ...pages.flatMap(({ rows }) => rows.map(({ id }) => id))]).toEqual([sort, ...whole]);
          expect([...whole].sort()).toEqual(['LA1', 'LA2', 'LB1', 'LB2', 'LB3', 'LC1']);
        }
      });

      it('counts one that comes back in its status again', async () => {
        await put('LB1', 'ARRIVED');
        await put('LB2', 'CONFIRMED');
        for (const isSummedUp of [false, true]) {
          if (isSummedUp) await sumUpCounts(store.db, 'A', 'MAIN');
          const listed = await list({ side: 'borrower' });
          expect([listed.total, listed.gone, statusesOf(listed)]).toEqual([
            6,
            1,
            { 発送: 1, 未処理: 1, 到着処理中: 1, 確認: 2 },
          ]);
        }
      });
    });

    it('shows the twenty partners with the most requests', async () => {
      for (let at = 0; at < 22; at += 1)
        await put(`LA${String(at)}`, 'SHIPPED', { lenderId: `FA1${String(at).padStart(4, '0')}` });
      await put('LB1', 'SHIPPED', { lenderId: 'FA10021' });
      const { partners } = await list({});
      expect([partners.length, partners[0]]).toEqual([20, { value: 'FA10021', name: '北海見大学', count: 2 }]);
    });

    it('counts rightly after every kind of change, summed up or not', async () => {
      const counts = async () => {
        const { total, statuses } = await list({ open: true });
        return [total, ...statuses.map(({ value, count }) => `${value} ${String(count)}`).sort()];
      };
      const row = await put('LA1', 'UNPROCESSED');
      await put('LA2', 'UNPROCESSED');
      expect(await counts()).toEqual([2, '未処理 2']);
      await put('LA2', 'SHIPPED');
      expect(await counts()).toEqual([2, '未処理 1', '発送 1']);
      await markGone(store.db, row, 'not-delivered');
      await Promise.all([1, 2].map(() => sumUpCounts(store.db, 'A', 'MAIN')));
      expect(await counts()).toEqual([1, '発送 1']);
      const rows = await sql<{
        readonly number: number;
      }>`select number from request_counts where library = 'MAIN'`.execute(store.db);
      // There is one row for the gone and one for the open request: by status, by partner and by both.
      expect(rows.rows.map(({ number }) => number)).toEqual([1, 1, 1, 1, 1, 1]);
      await store.db.deleteFrom('requests').execute();
      expect(await counts()).toEqual([0]);
    });

    it('counts and shows what others did since', async () => {
      await put('LA1', 'SHIPPED');
      const since = new Date(NOW.getTime() + 1000);
      await put('LA2', 'SHIPPED', {}, { at: new Date(NOW.getTime() + 2000) });
      expect(await countNews(store.db, ALL, since)).toBe(1);
      expect(await countNews(store.db, { ...ALL, kind: 'loan' }, since)).toBe(0);
      expect(await idsOf({ newsAfter: since })).toEqual(['LA2']);
      expect((await list({ newsAfter: since })).statuses).toEqual([
        { value: '発送', state: 'SHIPPED', count: 1, waiting: 1 },
      ]);
    });
  });
}
