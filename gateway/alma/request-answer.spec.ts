import { AlmaError } from './port';
import { requestFrom, taskListFrom } from './request-answer';

const JPY = { value: 'JPY', desc: 'Japanese Yen' };

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
    expect(requestFrom({ external_id: '', note: '', partner: '', status: { value: '', desc: 'x' } }, '1')).toEqual({
      ...empty,
      texts: { external_id: '', note: '', partner: '' },
    });
    expect(requestFrom({ status: { value: 'REJECT', desc: null }, partner: 'NACSIS' }, '1')).toEqual({
      requestId: '1',
      status: { code: 'REJECT' },
      partnerCode: 'NACSIS',
      texts: { partner: 'NACSIS' },
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

  it('has an id of its own, or the one that was asked for', () => {
    expect(requestFrom({}, '1').requestId).toBe('1');
    for (const request_id of [undefined, '', null, 35001, {}])
      expect(() => requestFrom({ request_id })).toThrowMatching(
        (error) => error instanceof AlmaError && error.fault === 'malformed',
      );
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
    // A total that stops at the limit would look the same.
    expect(list(100, 100)).toEqual([100, false]);
  });

  it('is not complete when it shows fewer, when Alma does not count, or when there is more than a list has', () => {
    expect(list(100, 101)).toEqual([100, false]);
    expect(list(2, 3)).toEqual([2, false]);
    expect(list(3, 2)).toEqual([3, false]);
    expect(list(3)).toEqual([3, false]);
    expect(list(3, '3')).toEqual([3, false]);
    expect(list(101, 101)).toEqual([101, false]);
    expect(taskListFrom({ total_record_count: 1 })).toEqual({ requests: [], isComplete: false });
  });

  it('leaves out what has no id, and is not complete then', () => {
    const rows = [{ request_id: '1' }, { external_id: 'LA0900000001' }, null, 'x'];
    const { requests, isComplete } = taskListFrom({ user_resource_sharing_request: rows, total_record_count: 4 });
    expect(requests.map(({ requestId }) => requestId)).toEqual(['1']);
    expect(isComplete).toBeFalse();
  });
});
