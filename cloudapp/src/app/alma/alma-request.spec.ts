import { almaRequestFrom } from './alma-request';

const WHOLE = {
  title: '図書館情報学入門',
  external_id: 'LA1234567890',
  note: '急ぎません。',
  rs_note: [{ content: 'NACSIS LA1234567891' }, {}],
  status: { value: 'REQUEST_SENT', desc: 'Request sent to partner' },
  last_modified_time: '2026-11-24T01:42:00.000Z',
  created_time: '2026-11-01T01:42:00.000Z',
  shipping_cost: { sum: 450, currency: { value: 'JPY' } },
};

describe('almaRequestFrom', () => {
  it('takes what the app shows', () => {
    expect(almaRequestFrom(WHOLE)).toEqual({
      title: '図書館情報学入門',
      externalId: 'LA1234567890',
      notes: '急ぎません。 NACSIS LA1234567891',
      status: { code: 'REQUEST_SENT', words: 'Request sent to partner' },
      changedAt: '2026-11-24T01:42:00.000Z',
      shippingCost: 450,
    });
  });

  it('names the journal of an article', () => {
    expect(almaRequestFrom({ title: '論文', journal_title: '紀要' }).title).toBe('紀要');
  });

  it('bears with what is missing, empty or of another kind', () => {
    const nothing = { title: '', externalId: '', notes: '', status: { code: '', words: '' }, shippingCost: 0 };
    for (const raw of [undefined, null, 'text', [], {}, { status: {}, shipping_cost: {}, rs_note: 7, note: {} }])
      expect(almaRequestFrom(raw)).toEqual(nothing);
    expect(almaRequestFrom({ status: { value: 'X' } }).status).toEqual({ code: 'X', words: 'X' });
  });

  it('takes the day where there is no time, and the creation where there was no change', () => {
    expect(almaRequestFrom({ last_modified_date: '2026-11-24Z' }).changedAt).toBe('2026-11-24');
    expect(almaRequestFrom({ created_time: '2026-11-01T01:42:00.000Z' }).changedAt).toBe('2026-11-01T01:42:00.000Z');
    expect(almaRequestFrom({ last_modified_time: 'yesterday' }).changedAt).toBeUndefined();
  });

  it('knows no cost in yen where Alma counts in another currency', () => {
    expect(almaRequestFrom({ shipping_cost: { sum: 3, currency: { value: 'USD' } } }).shippingCost).toBeUndefined();
    expect(almaRequestFrom({ shipping_cost: { sum: 'three' } }).shippingCost).toBeUndefined();
  });
});
