import type { RequestView } from '#domain/api/requests';
import type { Store } from '../store/open-store';
import { ordered } from '../testing/order-body';
import type { SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';
import { AlmaRecordsStore } from './alma-records';

const AT = new Date('2026-11-27T01:00:00Z');

describe('what GET /requests/{id} tells of Alma', () => {
  let store: Store;
  let spec: SpecApp;
  useSpecApp(['requests', 'journal', 'alma_records'], (started) => ({ spec, store } = started));

  const almaRecord = async (id: string) => {
    const { status, json } = await spec.call('GET', `/api/v1/requests/${id}?fresh=false`);
    expect(status).toBe(200);
    return (json as { readonly request: RequestView }).request.almaRecord;
  };
  const key = (id: string) => ({ institution: '81SIM_INST', side: 'borrower', id }) as const;

  it('is what the import saw, what the map names, and what Alma cannot be told', async () => {
    const { id } = await ordered(spec);
    const kept = [{ field: 'author', value: '著者 001' }];
    await store.db.transaction().execute((transaction) =>
      new AlmaRecordsStore(store.db).save(transaction, key(id), {
        ...{ version: 1, externalStatus: '未処理', wantedStatus: 'REQUEST_SENT', kept, at: AT, leftTo: null },
        status: { code: 'READY_TO_SEND', name: 'Ready to be sent' },
      }),
    );
    expect(await almaRecord(id)).toEqual({
      status: { code: 'READY_TO_SEND', name: 'Ready to be sent' },
      wantedStatus: 'REQUEST_SENT',
      kept,
      seenAt: AT.toISOString(),
    });
  });

  it('is nothing before the first import and while one is at it; then that the outcome is unknown', async () => {
    const { id } = await ordered(spec);
    expect(await almaRecord(id)).toBeUndefined();
    const records = new AlmaRecordsStore(store.db);
    expect(await records.claim(key(id), { at: AT, for: 'U-001', instead: undefined })).toBeTrue();
    expect(await almaRecord(id)).toBeUndefined();
    await store.db.transaction().execute((transaction) => records.markUnknown(transaction, key(id)));
    expect(await almaRecord(id)).toEqual({ kept: [], isUnknown: true });
  });
});
