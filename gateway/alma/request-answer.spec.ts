import { AlmaError } from './port';
import { requestFrom, taskListFrom } from './request-answer';

const JPY = { value: 'JPY', desc: 'Japanese Yen' };

const isMalformed = (error: unknown) => error instanceof AlmaError && error.fault === 'malformed';

describe('a request in an answer of Alma', () => {
  it('is read with all its keys', () => {
    const answer = {
      request_id: '35001',
      external_id: 'LA0900000001',
      status: { value: 'SHIPPED_PHYSICALLY', desc: 'Shipped Physically' },
      note: '注記',
      partner: { value: 'NACSIS', desc: 'NACSIS-ILL', link: 'https://alma.example/almaws/v1/partners/NACSIS' },
      shipping_cost: { sum: 540, currency: JPY },
      title: '髙橋と𠮷野の見本',
      printed: false,
      rs_note: [],
      copyright_status: {},
    };
    expect(requestFrom(answer)).toEqual({
      requestId: '35001',
      externalId: 'LA0900000001',
      status: { code: 'SHIPPED_PHYSICALLY', name: 'Shipped Physically' },
      note: '注記',
      partnerCode: 'NACSIS',
      shippingCost: 540,
      texts: { request_id: '35001', external_id: 'LA0900000001', note: '注記', title: '髙橋と𠮷野の見本' },
    });
  });

  it('lacks what is missing, empty or of another shape', () => {
    const empty = { requestId: '1', texts: {} };
    for (const value of [null, {}, [], 7, true])
      expect(
        requestFrom({
          request_id: '1',
          external_id: value,
          status: value,
          note: value,
          partner: value,
          shipping_cost: value,
        }),
      )
        .withContext(JSON.stringify(value))
        .toEqual({ ...empty, texts: { request_id: '1' } });
    const request_id = '1';
    const blank = { external_id: '', note: '', partner: '', status: { value: '', desc: 'x' } };
    expect(requestFrom({ request_id, ...blank })).toEqual({
      ...empty,
      texts: { request_id, external_id: '', note: '', partner: '' },
    });
    expect(requestFrom({ request_id, status: { value: 'REJECT', desc: null }, partner: 'NACSIS' })).toEqual({
      requestId: '1',
      status: { code: 'REJECT' },
      partnerCode: 'NACSIS',
      texts: { request_id, partner: 'NACSIS' },
    });
  });

  it('has a cost only where that is in yen', () => {
    const cost = (shipping_cost: unknown) => requestFrom({ request_id: '1', shipping_cost }).shippingCost;
    expect(cost({ sum: 0, currency: JPY })).toBe(0);
    expect(cost({ sum: 5, currency: { value: 'USD' } })).toBeUndefined();
    expect(cost({ sum: '5', currency: JPY })).toBeUndefined();
    expect(cost({ sum: 5 })).toBeUndefined();
    expect(cost({ currency: JPY })).toBeUndefined();
  });

  it('has an id of its own, the one that was asked for', () => {
    expect(requestFrom({ request_id: '1' }, '1').requestId).toBe('1');
    expect(() => requestFrom({ request_id: '2' }, '1')).toThrowMatching(isMalformed);
    for (const request_id of [undefined, '', null, 35001, {}])
      for (const askedFor of [undefined, '1'])
        expect(() => requestFrom({ request_id }, askedFor)).toThrowMatching(isMalformed);
  });
});

describe('the task list in an answer of Alma', () => {
  const list = (count: number, total?: unknown) => {
    const user_request = Array.from({ length: count }, (_, at) => ({ request_id: String(at) }));
    const { requests, isComplete } = taskListFrom({
      user_resource_sharing_request: user_request,
      total_record_count: total,
    });
    return [requests.length, isComplete];
  };

  it('is complete when it shows as many as Alma counts', () => {
    expect(list(0, 0)).toEqual([0, true]);
    expect(list(3, 3)).toEqual([3, true]);
    expect(list(99, 99)).toEqual([99, true]);
    // 100 may also be the number at which Alma stops counting.
    expect(list(100, 100)).toEqual([100, false]);
  });

  it('is not complete when it shows fewer or more, and when there is more than a list has', () => {
    expect(list(100, 101)).toEqual([100, false]);
    expect(list(2, 3)).toEqual([2, false]);
    expect(list(3, 2)).toEqual([3, false]);
    expect(list(101, 101)).toEqual([101, false]);
    expect(taskListFrom({ total_record_count: 1 })).toEqual({ requests: [], total: 1, isComplete: false });
  });

  it('is counted also in a text, and counts a request that is shown twice once', () => {
    expect(list(3, '3')).toEqual([3, true]);
    const rows = [{ request_id: '1' }, { request_id: '2' }, { request_id: '1' }];
    const { requests, isComplete } = taskListFrom({ user_resource_sharing_request: rows, total_record_count: 3 });
    expect([requests.length, isComplete]).toEqual([2, false]);
  });

  it('is none without its count, with something else instead of its rows, and with a row that has no id', () => {
    for (const total of [undefined, null, '', 'many', '-1', 1.5, {}])
      expect(() => list(3, total)).toThrowMatching(isMalformed);
    for (const rows of [null, {}, 'x', 0, false])
      for (const total_record_count of [0, 3])
        expect(() => taskListFrom({ user_resource_sharing_request: rows, total_record_count })).toThrowMatching(
          isMalformed,
        );
    for (const row of [{ external_id: 'LA0900000001' }, { request_id: null }, { request_id: 1 }, null, 'x', []]) {
      const rows = [{ request_id: '1' }, row];
      expect(() => taskListFrom({ user_resource_sharing_request: rows, total_record_count: 2 })).toThrowMatching(
        isMalformed,
      );
    }
    expect(() => list(1, 0)).toThrowMatching(isMalformed);
    expect(() => taskListFrom({})).toThrowMatching(isMalformed);
  });
});
