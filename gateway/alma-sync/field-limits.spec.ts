import type { HistoryEntry, RequestFields } from '#domain/ill/request';
import type { StoredRequest } from '../store/requests-store';
import { longField } from './field-limits';

describe('the limits of fields', () => {
  const long = (fields: RequestFields, history: readonly HistoryEntry[] = []) =>
    longField({ record: { fields, history } } as StoredRequest);

  it('count bytes, and the last one is allowed', () => {
    expect(long({ volume: 'a'.repeat(254), borrowerNumber: 'N123456789' })).toBeUndefined();
    expect(long({ volume: 'a'.repeat(255) })).toEqual({ field: 'volume', detail: '255 bytes of 254' });
    expect(long({ article: '論'.repeat(342) })).toEqual({ field: 'article', detail: '1026 bytes of 1024' });
  });

  it('hold in groups, too', () => {
    const lenders = [{ memberId: 'FA090018' }, { memberId: 'FA090029', location: 'x'.repeat(21) }];
    expect(long({ lenders })).toEqual({ field: 'lenders', detail: 'location of entry 2: 21 bytes of 20' });
    expect(long({ charges: [{ item: 'x'.repeat(65) }] })?.field).toBe('charges');
    expect(long({}, [{ comment: 'x'.repeat(1025) }])?.field).toBe('history');
  });
});
