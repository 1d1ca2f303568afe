import type { RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import { addDays, formatDay, today } from '../../domain/ill/dates';
import { memberIdOf } from '../testing/records';
import { CLAIM_OPEN, offerOf, PARTNER, requestIn } from '../testing/offers';
import { notesFor } from './action-notes';
import { stepsOf } from './action-steps';
import { usual } from './chain-memory.service';

const notes = (action: Action, request: RequestView, many = false) => {
  const offer = offerOf(request, action);
  return notesFor(stepsOf(offer, usual(offer)), request, many);
};
const keys = (...given: Parameters<typeof notes>) => notes(...given).map(({ key }) => key.replace('actions.note.', ''));
const LENDERS = [{ memberId: PARTNER.id }, { memberId: memberIdOf(11), memberName: '館11' }];

describe('notesFor', () => {
  it('says of a refusal whom it passes the request on to, and when to ask instead', () => {
    const [own, next] = [memberIdOf(1), memberIdOf(11)];
    const withNext = requestIn('PROCESSING', 'lender', 'copy', {
      fields: { lenders: [{ memberId: own }, { memberId: next, memberName: '館11' }] },
    });
    const last = requestIn('PROCESSING', 'lender', 'copy', { fields: { lenders: [{ memberId: own }] } });
    expect(keys('reject', withNext)).toEqual(['rejectOrInquire', 'reject']);
    expect(notes('reject', withNext)[1]).toEqual(
      jasmine.objectContaining({ isWarning: true, params: { name: '館11' } }),
    );
    expect(keys('reject', last)).toEqual(['rejectOrInquire', 'rejectLast']);
    expect(keys('reject', withNext, true)).toEqual(['rejectOrInquire', 'rejectMany']);
  });

  it('says of a callback what it returns to', () => {
    expect(notes('callback', requestIn('SHIPPED', 'lender'))[0]?.words).toEqual({
      from: 'state.SHIPPED',
      to: 'state.PROCESSING',
    });
  });

  it('says of Reactivate what it returns to', () => {
    expect([keys('reactivate', requestIn('INQUIRY')), keys('reactivate', requestIn('CANCELLED'))]).toEqual([
      ['reactivate'],
      ['reactivateCancelled'],
    ]);
    expect(notes('reactivate', requestIn('CANCELLED'))[0]?.words).toEqual({ to: 'state.PREPARING' });
  });

  it('says of Cancel which commands it takes', () => {
    expect(keys('cancel', requestIn('PREPARING'))).toEqual(['cancel']);
    expect(notes('cancel', requestIn('UNPROCESSED'))[0]?.params).toEqual({ commands: 'CALLBACK → CANCEL' });
    expect(notes('cancel', requestIn('NEW_INQUIRY'))[0]?.params).toEqual({ commands: 'RECEIVE → CANCEL' });
  });

  it('says of Forward to whom', () => {
    const request = requestIn('INQUIRY', 'borrower', 'copy', { fields: { lenders: LENDERS } });
    expect(keys('forward', request)).toEqual(['forwardWaiting', 'forward']);
    expect(notes('forward', request)[1]?.params).toEqual({ name: '館11' });
  });

  it('shows what is answered', () => {
    const asked = (...history: { command: string; comment?: string }[]) =>
      keys('answer', requestIn('INQUIRY', 'borrower', 'copy', { history }));
    expect(asked({ command: 'INQUIRE', comment: '巻号は？' })).toEqual(['inquiry']);
    expect(asked({ command: 'INQUIRE', comment: '巻号は？' }, { command: 'PARDON', comment: '欠号' })).toEqual([
      'inquiry',
      'answerRefused',
    ]);
    expect(asked({ command: 'INQUIRE' })).toEqual([]);
  });

  describe('the due date', () => {
    const due = (dueDate: string) =>
      notes('receive', requestIn('ARRIVED', 'borrower', 'loan', { fields: { dueDate } }));

    it('comes before what is borrowed', () => {
      const later = addDays(today(), 3);
      expect(due(later)).toEqual([{ key: 'actions.note.due', isWarning: false, params: { date: formatDay(later) } }]);
    });

    it('warns when it has passed, or is not there', () => {
      expect(due(addDays(today(), -1))[0]).toEqual(
        jasmine.objectContaining({ key: 'actions.note.duePast', isWarning: true }),
      );
      expect(due('')[0]).toEqual(jasmine.objectContaining({ key: 'actions.note.noDueDate', isWarning: true }));
    });

    it('comes in the chain, too, and only for loans', () => {
      expect(keys('accept', requestIn('SHIPPED', 'borrower', 'loan'))).toEqual(['noDueDate']);
      expect(keys('accept', requestIn('SHIPPED'))).toEqual([]);
    });

    it('is shown for a renewal, and with a return only when it has passed', () => {
      const onLoan = requestIn('ON_LOAN', 'borrower', 'loan', { fields: { dueDate: addDays(today(), 3) } });
      const late = requestIn('ON_LOAN', 'borrower', 'loan', { fields: { dueDate: addDays(today(), -3) } });
      expect([keys('renew', onLoan), keys('return', onLoan), keys('return', late)]).toEqual([['due'], [], ['duePast']]);
    });
  });

  it('shows the wish that a renewal answers, and warns of a check-in before that', () => {
    const history = [{ command: 'RENEW', comment: '更新希望: 2026-12-24' }, { command: 'RECEIVE' }];
    const request = requestIn('RETURN_PROCESSING', 'lender', 'loan', { history });
    expect([keys('claim', request), keys('check-in', request)]).toEqual([['renewal'], ['checkInRenewal']]);
    expect(keys('check-in', requestIn('RETURN_PROCESSING', 'lender', 'loan'))).toEqual([]);
  });

  it('shows the claim that is answered', () => {
    const history = [{ command: 'CLAIM', comment: '落丁' }, { command: 'RECEIVE' }];
    const request = (fields: object) => requestIn('PROCESSING', 'lender', 'copy', { history, fields });
    expect([keys('ship', request(CLAIM_OPEN)), keys('ship', request({}))]).toEqual([['claim'], []]);
  });

  it('says of many that return to different states only that each does', () => {
    const request = requestIn('PROCESSING', 'lender');
    const { to: _to, ...offer } = offerOf(request, 'callback');
    expect(notesFor(stepsOf(offer), request, true).map(({ key }) => key)).toEqual(['actions.note.callbackMany']);
    expect(notesFor([{ action: 'reactivate', command: [], params: [] }], request, true)).toEqual([]);
  });

  it('says nothing of the one request where it is for many', () => {
    expect(keys('receive', requestIn('ARRIVED', 'borrower', 'loan'), true)).toEqual([]);
  });
});
