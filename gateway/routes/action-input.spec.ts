import { addDays, today } from '#domain/ill/dates';
import { MAX_CHARGES } from '#domain/ill/fields';
import type { RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { LENDER } from '../testing/order-body';
import { OWN_ID, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const ID = 'LA0000000066';
const YESTERDAY = addDays(today(), -1);
const SOON = addDays(today(), 14);
const LINE = { item: 'A4 白黒', quantity: '10', unitPrice: '35', amount: '350' } as const;

describe('what a lender enters with an action', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal'], (started) => ({ spec } = started));

  const loanIn = (state: StateId, externalStatus: string, fields: RequestFields = {}) => {
    const both = { borrowerId: LENDER, lenderId: OWN_ID, ...fields };
    spec.nacsis.stored.set(ID, { id: ID, kind: 'loan', state, externalStatus, fields: both, history: [] });
  };
  const act = (action: string, params: object) =>
    spec.call('POST', `/api/v1/requests/${ID}/actions`, {
      key: spec.newKey(),
      body: { side: 'lender', action, version: 1, params },
    });
  /** The faults, each with the path of its field; [] on success. */
  const faults = async (action: string, params: object) => {
    const { status, problem } = await act(action, params);
    if (status === 200) return [];
    expect([status, problem.code]).toEqual([422, 'invalid-fields']);
    return (problem.errors ?? []).map(({ field, code }) => `${field} ${code}`);
  };
  const nothingSent = () => {
    expect(spec.nacsis.calls).toEqual([]);
  };

  describe('to ship', () => {
    beforeEach(() => {
      loanIn('PROCESSING', '処理中');
    });
    const ship = (params: object) => faults('ship', { total: '0', dueDate: SOON, ...params });

    it('is done when it is in order', async () => {
      expect(await ship({ charges: [LINE], fee: '50', postage: '100', total: '500', lenderNumber: '26-1' })).toEqual(
        [],
      );
      expect(spec.nacsis.calls[0]?.fields).toEqual({
        charges: [LINE],
        fee: '50',
        postage: '100',
        total: '500',
        dueDate: SOON,
        lenderNumber: '26-1',
        shipDate: today(),
      });
    });

    it('must not be due in the past', async () => {
      const { problem } = await act('ship', { total: '0', dueDate: YESTERDAY });
      const day = today().replace(/^(....)(..)(..)$/, '$1-$2-$3');
      expect(problem.errors).toEqual([{ field: 'dueDate', code: 'date-past', params: { today: day } }]);
      expect(await ship({ dueDate: '20260231' })).toEqual(['dueDate bad-date']);
      expect(await ship({ dueDate: '' })).toEqual(['dueDate required']);
      nothingSent();
    });

    it('must add up', async () => {
      const { problem } = await act('ship', { dueDate: SOON, charges: [LINE], postage: '100', total: '500' });
      expect(problem.errors).toEqual([{ field: 'total', code: 'total-differs', params: { sum: 450 } }]);
      const wrong = { ...LINE, item: 'A3', amount: '360' };
      const reply = await act('ship', { dueDate: SOON, charges: [LINE, wrong], total: '710' });
      expect(reply.problem.errors).toEqual([
        { field: 'charges[1].amount', code: 'amount-differs', params: { sum: 350 } },
      ]);
      nothingSent();
    });

    it('must name each line where there are several, of which there may be ten', async () => {
      expect(await ship({ charges: [LINE, { ...LINE, item: '' }], total: '700' })).toEqual([
        'charges[1].item required',
      ]);
      const many = Array.from({ length: MAX_CHARGES + 1 }, () => LINE);
      expect(await ship({ charges: many, total: String(350 * many.length) })).toEqual(['charges too-many']);
      nothingSent();
    });

    it('must be written as NACSIS-ILL takes it', async () => {
      expect(
        await ship({
          shipDate: '20261131',
          total: '1,000',
          lenderNumber: '12345678901',
          lenderStaff: 'x'.repeat(255),
          payment: 'pb',
          charges: [{ ...LINE, quantity: '十', colour: 'blue' }],
          comment: '長'.repeat(342),
        }),
      ).toEqual([
        'total bad-number',
        'shipDate bad-date',
        'lenderNumber too-long',
        'lenderStaff too-long',
        'payment not-editable-now',
        'charges[0].quantity bad-number',
        'charges[0].colour unknown-field',
        'comment too-long',
      ]);
      nothingSent();
    });

    it('says how many bytes a comment has and may have', async () => {
      const { problem } = await act('ship', { total: '0', dueDate: SOON, comment: '長'.repeat(342) });
      expect(problem.errors).toEqual([{ field: 'comment', code: 'too-long', params: { bytes: 1026, maxBytes: 1024 } }]);
      nothingSent();
    });
  });

  it('asks for a due date that lies ahead where the stored one has passed', async () => {
    loanIn('PROCESSING', '処理中', { dueDate: YESTERDAY });
    expect(await faults('ship', { total: '0' })).toEqual(['dueDate date-past']);
    nothingSent();
    expect(await faults('ship', { total: '0', dueDate: SOON })).toEqual([]);
  });

  it('answers a renewal with the old due date, passed or not, or with a new one that lies ahead', async () => {
    loanIn('RETURN_PROCESSING', '返却処理中', { dueDate: YESTERDAY });
    expect(await faults('claim', { dueDate: addDays(YESTERDAY, -7) })).toEqual(['dueDate date-past']);
    nothingSent();
    expect(await faults('claim', { dueDate: YESTERDAY, comment: '延長はできません' })).toEqual([]);
    expect(spec.nacsis.calls.length).toBe(1);
  });

  it('needs a comment to inquire and to refuse', async () => {
    loanIn('PROCESSING', '処理中');
    expect(await faults('inquiry', { comment: '  ' })).toEqual(['comment required']);
    expect(await faults('reject', {})).toEqual(['comment required']);
    nothingSent();
    expect(await faults('inquiry', { comment: '料金をご確認ください', total: '1200' })).toEqual([]);
  });

  it('may be own number, staff and address when a request is accepted', async () => {
    loanIn('UNPROCESSED', '未処理');
    const own = { lenderNumber: '26-0001', lenderStaff: '担当 A', lenderAddress: '東京都' };
    expect(await faults('accept', own)).toEqual([]);
    expect(spec.nacsis.calls[0]?.fields).toEqual({ ...own, acceptDate: today() });
  });
});
