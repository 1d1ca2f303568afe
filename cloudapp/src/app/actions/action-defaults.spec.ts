import type { RequestView } from '../../domain/api/requests';
import { addressLine, staffLine } from '../../domain/ill/member';
import { OWN_MEMBER } from '../testing/records';
import { requestIn } from '../testing/offers';
import { defaultOf, type DefaultsContext } from './action-defaults';

const TODAY = '20261124';
const context = (request: RequestView, changes: Partial<DefaultsContext> = {}): DefaultsContext => ({
  request,
  many: false,
  today: TODAY,
  shipDate: TODAY,
  member: OWN_MEMBER,
  ...changes,
});
const LOAN = requestIn('PROCESSING', 'lender', 'loan');
const MONTH = { days: 30, origin: 'member-period' } as const;

describe('defaultOf', () => {
  it('is today where the offer says so, whatever an earlier time left in the record', () => {
    const request = requestIn('UNPROCESSED', 'lender', 'copy', { fields: { acceptDate: '20261001' } });
    expect(defaultOf('acceptDate', 'today', context(request))).toEqual({ value: TODAY, origin: 'today' });
  });

  it('is what the record says, and says so', () => {
    const request = requestIn('PROCESSING', 'lender', 'copy', { fields: { lenderNumber: 'L-1' } });
    expect(defaultOf('lenderNumber', undefined, context(request))).toEqual({ value: 'L-1', origin: 'stored' });
    expect(defaultOf('lenderNumber', undefined, context(LOAN))).toEqual({ value: '' });
    expect(defaultOf('made-up', undefined, context(LOAN))).toEqual({ value: '' });
  });

  it('is nothing of the one request where it is for many', () => {
    const request = requestIn('PROCESSING', 'lender', 'copy', { fields: { lenderNumber: 'L-1' } });
    expect(defaultOf('lenderNumber', undefined, context(request, { many: true })).value).toBe('');
  });

  it('is today for the return of what came back after a renewal was asked for', () => {
    const named = (checkInDate: string) =>
      defaultOf(
        'checkInDate',
        undefined,
        context(requestIn('RETURN_PROCESSING', 'lender', 'loan', { fields: { checkInDate } })),
      );
    expect([named('').value, named('20261120').value]).toEqual([TODAY, '20261120']);
  });

  describe('staff and address', () => {
    it('are those of the own member record', () => {
      const request = requestIn('UNPROCESSED', 'lender');
      expect(defaultOf('lenderStaff', undefined, context(request))).toEqual({
        value: staffLine(OWN_MEMBER),
        origin: 'own-member',
      });
      expect(defaultOf('lenderAddress', undefined, context(request)).value).toBe(addressLine(OWN_MEMBER));
    });

    it('are not those of a lender that passed the request on', () => {
      const fields = { lenderStaff: '前の館の担当' };
      const inState = (state: 'UNPROCESSED' | 'PROCESSING') =>
        defaultOf('lenderStaff', undefined, context(requestIn(state, 'lender', 'copy', { fields }))).value;
      expect([inState('UNPROCESSED'), inState('PROCESSING')]).toEqual([staffLine(OWN_MEMBER), '前の館の担当']);
    });

    it('are empty while the member record is not there', () => {
      const request = requestIn('UNPROCESSED', 'lender');
      expect(defaultOf('lenderStaff', undefined, context(request, { member: undefined }))).toEqual({ value: '' });
    });
  });

  describe('the due date', () => {
    it('follows the day of shipping by the days that are lent', () => {
      const due = defaultOf('dueDate', undefined, context(LOAN, { shipDate: '20261201', loanDays: MONTH }));
      expect(due).toEqual({ value: '20261231', origin: 'member-period', days: 30 });
    });

    it('is not guessed', () => {
      expect(defaultOf('dueDate', undefined, context(LOAN)).value).toBe('');
      expect(defaultOf('dueDate', undefined, context(LOAN, { loanDays: MONTH, shipDate: '' })).value).toBe('');
    });

    it('is that of the record where there is one: a claim is answered', () => {
      const request = requestIn('PROCESSING', 'lender', 'loan', { fields: { dueDate: '20261220' } });
      expect(defaultOf('dueDate', undefined, context(request, { loanDays: MONTH }))).toEqual({
        value: '20261220',
        origin: 'stored',
      });
    });

    const renewal = (comment: string) =>
      requestIn('RETURN_PROCESSING', 'lender', 'loan', {
        fields: { dueDate: '20261201' },
        history: [{ command: 'RENEW', comment }, { command: 'RECEIVE' }],
      });

    it('of a granted renewal is the one that was wished for', () => {
      const granted = context(renewal('更新希望: 2026-12-24'), { reply: 'grant', loanDays: MONTH });
      expect(defaultOf('dueDate', undefined, granted)).toEqual({ value: '20261224', origin: 'wished' });
    });

    it('of a granted renewal without a wish is counted from the old one', () => {
      const due = (changes: Partial<DefaultsContext>, request = renewal('お願いします')) =>
        defaultOf('dueDate', undefined, context(request, { reply: 'grant', ...changes }));
      expect(due({ loanDays: MONTH })).toEqual({ value: '20261231', origin: 'renewed-days', days: 30 });
      expect(due({}).value).toBe('');
      expect(due({ loanDays: MONTH }, requestIn('RETURN_PROCESSING', 'lender', 'loan')).value).toBe('20261224');
      expect(due({}, renewal('更新希望: 2026-13-40')).value).toBe('');
    });

    it('of a refused renewal stays', () => {
      const refused = context(renewal('更新希望: 2026-12-24'), { reply: 'refuse', loanDays: MONTH });
      expect(defaultOf('dueDate', undefined, refused).value).toBe('20261201');
    });
  });

  it('of the wish is two weeks after the due date', () => {
    const request = requestIn('ON_LOAN', 'borrower', 'loan', { fields: { dueDate: '20261220' } });
    expect(defaultOf('wishedDate', undefined, context(request))).toEqual({ value: '20270103', origin: 'two-weeks' });
    expect(defaultOf('wishedDate', undefined, context(requestIn('ON_LOAN', 'borrower', 'loan'))).value).toBe('');
    expect(defaultOf('wishedDate', undefined, context(request, { many: true })).value).toBe('');
  });
});
