import type { IllRequest } from '#domain/ill/request';
import { specStores } from '../testing/spec-stores';
import type { Store } from './open-store';
import { countRecentLenders } from './recent-lenders';
import { saveSnapshot, type Snapshot } from './requests-store';

const [FIRST, SECOND, THIRD] = ['FA090018', 'FA090029', 'FA09003X'] as const;
const SINCE = '20261025';

for (const { name, open } of specStores()) {
  describe(`the lenders asked lately on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let saved = 0;

    beforeAll(async () => {
      ({ store, drop } = await open());
    });
    afterAll(async () => {
      await drop();
    });
    beforeEach(async () => {
      await store.db.deleteFrom('requests').execute();
    });

    const save = (fields: IllRequest['fields'], more: Partial<IllRequest> = {}, snapshot: Partial<Snapshot> = {}) => {
      const id = `LA${String((saved += 1))}`;
      const state = { state: 'UNPROCESSED', externalStatus: '未処理' } as const;
      const days = { orderDate: '20261120', createdOn: '20261120' };
      const request: IllRequest = { id, kind: 'copy', ...state, history: [], fields: { ...days, ...fields }, ...more };
      const owner = { institution: 'A', library: 'MAIN', memberId: 'FA090007', side: 'borrower' } as const;
      return saveSnapshot(store.db, { ...owner, request, ...snapshot }, new Date());
    };
    const to = (...ids: readonly string[]) => ({ lenders: ids.map((memberId) => ({ memberId })) });
    const counted = () => countRecentLenders(store.db, { institution: 'A', library: 'MAIN', since: SINCE });

    it('are the first candidate and the one that has the request now, each once for a request', async () => {
      await save({ ...to(FIRST, SECOND, THIRD), lenderId: SECOND });
      await save({ ...to(FIRST, THIRD), lenderId: FIRST }, { kind: 'loan' });
      await save({ lenderId: SECOND });
      await save({});
      expect(await counted()).toEqual({ [FIRST]: 2, [SECOND]: 2 });
    });

    it('are counted from that day on, by the order, and by the record where there is no date of an order', async () => {
      await save({ ...to(FIRST), orderDate: SINCE, createdOn: '20260101' });
      await save({ ...to(FIRST), orderDate: '20261024', createdOn: '20261120' });
      await save({ ...to(SECOND), orderDate: '', createdOn: SINCE });
      await save({ ...to(SECOND), orderDate: '', createdOn: '20261024' });
      expect(await counted()).toEqual({ [FIRST]: 1, [SECOND]: 1 });
    });

    it('are not counted for what was saved and not sent, but for what came back', async () => {
      const saving = { history: [{ command: 'SAVE' }] };
      const sent = { history: [{ command: 'ORDER' }, { command: 'CALLBACK' }] };
      await save(to(THIRD), { state: 'PREPARING', ...saving });
      await save(to(THIRD), { state: 'CANCELLED', ...saving });
      await save(to(FIRST), { state: 'PREPARING', ...sent });
      await save(to(FIRST), { state: 'CANCELLED', ...sent });
      await save(to(SECOND), { state: null, externalStatus: '外部依頼中' });
      expect(await counted()).toEqual({ [FIRST]: 2, [SECOND]: 1 });
    });

    it('are those of this library as the borrower', async () => {
      await save(to(FIRST), {}, { institution: 'B' });
      await save(to(FIRST), {}, { library: 'BRANCH' });
      await save(to(FIRST), {}, { side: 'lender' });
      expect(await counted()).toEqual({});
    });
  });
}
