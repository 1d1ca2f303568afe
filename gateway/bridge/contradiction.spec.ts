import type { MessageName, MessageState } from '#domain/api/bridge';
import { STATES, type StateId } from '#domain/ill/states';
import type { RequestFields } from '#domain/ill/request';
import type { Kind, Side } from '#domain/ill/kinds';
import type { StoredRequest } from '../store/stored-request';
import { contradictionOf } from './contradiction';

const BORROWER = 'FA090007';
const LENDER = 'FA090018';
const SEEN = '2026-11-27T01:00:00.000Z';

interface Given {
  readonly side?: Side;
  readonly kind?: Kind;
  readonly state: StateId;
  /** `b:RECEIVE` of the borrower, `l:SEND` of the lender. */
  readonly history?: string;
  readonly fields?: RequestFields;
  readonly gone?: StoredRequest['gone'];
}
/** `>Loaned`: told to Alma; `<Received`: from Alma, with its state or its answer (Y, N) behind a slash. */
const exchanged = (texts: string) =>
  texts
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => {
      const [name = '', state = 'done'] = text.slice(1).split('/');
      const direction = text.startsWith('<') ? ('in' as const) : ('out' as const);
      const answer: 'Y' | 'N' | undefined = state === 'Y' || state === 'N' ? state : undefined;
      return {
        ...{ direction, name: name as MessageName, answer },
        state: answer === undefined ? (state as MessageState) : ('done' as const),
      };
    });
const request = ({ side = 'borrower', kind = 'loan', state, history = '', fields = {}, gone = null }: Given) => {
  const entries = history
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => ({ command: text.slice(2), memberId: text.startsWith('b') ? BORROWER : LENDER }));
  const record = { fields: { borrowerId: BORROWER, lenderId: LENDER, ...fields }, history: entries };
  return {
    ...{ institution: 'A', id: 'LA1', side, kind, state, external_status: STATES[state].wire, record, gone },
    ...{ member_id: side === 'borrower' ? BORROWER : LENDER, changed_at: new Date(SEEN), history_seen: {} },
  } as unknown as StoredRequest;
};
const found = (given: Given, messages: string): string | undefined => {
  const contradiction = contradictionOf(request(given), exchanged(messages));
  return contradiction && [contradiction.what, ...contradiction.buttons].join(' ');
};

describe('a contradiction between Alma and NACSIS-ILL', () => {
  const CASES: readonly (readonly [what: string, given: Given, messages: string, expected: string | undefined])[] = [
    ['none while both agree', { state: 'ON_LOAN' }, '>WillSupply >Loaned <Received', undefined],
    ['received in the app', { state: 'ON_LOAN' }, '>Loaned', 'press receive'],
    ['returned in the app', { state: 'SENT_BACK' }, '>Loaned <Received', 'press return'],
    ['both in the app', { state: 'SENT_BACK' }, '>Loaned', 'press receive return'],
    ['a held message is still to come', { state: 'SHIPPED' }, '>Loaned <Received/held', undefined],
    ['Alma received what NACSIS-ILL refused', { state: 'SHIPPED' }, '>Loaned <Received/refused', 'ahead'],
    ['the lender took it back', { state: 'PROCESSING' }, '>Loaned', 'ahead'],
    ['the lender sent it again', { state: 'SHIPPED' }, '>Loaned >Notification', undefined],
    ['cancelled after the shipment was told', { state: 'CANCELLED' }, '<Cancel >Loaned >CancelResponse', 'ahead'],
    ['cancelled in the app after the shipment', { state: 'CANCELLED' }, '>Loaned >Cancelled', undefined],
    ['cancelled before it was shipped', { state: 'CANCELLED' }, '<Cancel >CancelResponse', undefined],
    ['a claim is no step back', { state: 'PROCESSING', fields: { claimFlag: '1' } }, '>Loaned', undefined],
    ['a dropped status did not arrive', { state: 'PROCESSING' }, '>Loaned/dropped', undefined],
    ['own CALLBACK after Alma received', { state: 'ARRIVED' }, '>Loaned <Received', 'ahead'],
    ['own CALLBACK after Alma returned', { state: 'ON_LOAN' }, '>Loaned <Received <ShippedReturn', 'ahead'],
    [
      ...(['renewed in the app', { state: 'RENEW_REQUESTED', history: 'b:BORROW b:RENEW' }] as const),
      ...(['>Loaned <Received', 'press renew'] as const),
    ],
    [
      ...(['renewed in Alma', { state: 'RENEW_REQUESTED', history: 'b:BORROW b:RENEW' }] as const),
      ...(['>Loaned <Received <Renew', undefined] as const),
    ],
    [
      ...([
        'no second renewal once answered',
        { state: 'ON_LOAN', history: 'b:RENEW l:RECEIVE l:CLAIM b:RECEIVE' },
      ] as const),
      ...(['>Loaned <Received >RenewResponse', undefined] as const),
    ],
    [
      ...([
        'a renewal on the desk is no return',
        { state: 'RETURN_PROCESSING', history: 'b:RENEW l:RECEIVE' },
      ] as const),
      ...(['>Loaned <Received <Renew', undefined] as const),
    ],
    ['a paper copy received in the app', { kind: 'copy', state: 'CONFIRMED' }, '>CopyCompleted', 'press receive'],
    [
      ...([
        'a digital copy arrives by itself',
        { kind: 'copy', state: 'CONFIRMED', fields: { sendingMethod: 'eDDS' } },
      ] as const),
      ...(['>CopyCompleted', undefined] as const),
    ],
    ['completed', { state: 'RETURN_CONFIRMED' }, '>Loaned >LoanCompleted', undefined],
    ['completed and taken back', { state: 'RETURN_PROCESSING' }, '>Loaned >LoanCompleted', 'ahead'],
    ['cancelled and reactivated', { state: 'PREPARING' }, '>Cancelled', 'ahead'],
    ['lender: shipped in the app', { side: 'lender', state: 'SHIPPED' }, '>Request', 'press ship'],
    ['lender: shipped in Alma', { side: 'lender', state: 'ARRIVED' }, '>Request <Loaned >Received', undefined],
    [
      ...(['lender: all in the app', { side: 'lender', state: 'RETURN_CONFIRMED' }] as const),
      ...(['>Request >Received >ShippedReturn', 'press ship check-in'] as const),
    ],
    [
      ...([
        'lender: rejected in the app',
        { side: 'lender', state: 'NEW_INQUIRY', history: 'l:RECEIVE l:PARDON' },
      ] as const),
      ...(['>Request', 'press reject'] as const),
    ],
    [
      ...([
        'lender: rejected and gone',
        { side: 'lender', state: 'PROCESSING', history: 'l:PARDON', gone: 'passed-on' },
      ] as const),
      ...(['>Request <Unfilled', undefined] as const),
    ],
    [
      ...([
        'lender: back for another visit',
        { side: 'lender', state: 'UNPROCESSED', history: 'l:PARDON b:RETRY b:ORDER' },
      ] as const),
      ...(['>Request', undefined] as const),
    ],
    [
      'lender: withdrawn',
      { side: 'lender', state: 'UNPROCESSED', gone: 'not-delivered' },
      '>Request >Cancel',
      undefined,
    ],
    [
      'lender: withdrawn, and Alma too',
      { side: 'lender', state: 'CANCELLED' },
      '>Request >Cancel <CancelResponse/Y',
      undefined,
    ],
    [
      'lender: withdrawn after Alma shipped',
      { side: 'lender', state: 'CANCELLED' },
      '>Request <Loaned >Cancel <CancelResponse/N',
      'ahead',
    ],
    [
      'lender: withdrawn, and ended in Alma by hand',
      { side: 'lender', state: 'CANCELLED' },
      '>Request <Loaned >Cancel <CancelResponse/N <LoanCompleted',
      undefined,
    ],
    [
      'lender: the borrower took its receipt back',
      { side: 'lender', state: 'SHIPPED' },
      '>Request <Loaned >Received',
      'ahead',
    ],
    [
      'lender: the borrower took its return back',
      { side: 'lender', state: 'ON_LOAN' },
      '>Request <Loaned >Received >ShippedReturn',
      'ahead',
    ],
    ['lender: received before Alma shipped', { side: 'lender', state: 'SHIPPED' }, '>Request >Received', 'press ship'],
    [
      'lender: a claim takes no receipt back',
      { side: 'lender', kind: 'copy', state: 'PROCESSING', fields: { claimFlag: '1' } },
      '>Request <CopyCompleted >Received',
      undefined,
    ],
    [
      'lender: withdrawn after Alma shipped, no answer',
      { side: 'lender', state: 'CANCELLED' },
      '>Request <Loaned >Cancel',
      'ahead',
    ],
    ['lender: own CALLBACK of SEND', { side: 'lender', state: 'PROCESSING' }, '>Request <Loaned', 'ahead'],
    ['lender: own CALLBACK of PARDON', { side: 'lender', state: 'PROCESSING' }, '>Request <Unfilled', 'ahead'],
    [
      ...([
        'lender: renewal answered in the app',
        { side: 'lender', state: 'RETURN_CLAIMED', history: 'b:RENEW l:RECEIVE l:CLAIM' },
      ] as const),
      ...(['>Request <Loaned >Renew', 'press renew-answer'] as const),
    ],
    [
      ...([
        'lender: renewal answered in Alma',
        { side: 'lender', state: 'RETURN_CLAIMED', history: 'b:RENEW l:RECEIVE l:CLAIM' },
      ] as const),
      ...(['>Request <Loaned >Renew <RenewResponse', undefined] as const),
    ],
  ];

  for (const [what, given, messages, expected] of CASES)
    it(`is found: ${what}`, () => {
      expect(found(given, messages)).toBe(expected);
    });

  it('is as old as the last step', () => {
    const row = request({ state: 'ON_LOAN', history: 'b:ORDER b:BORROW' });
    const seen = '2026-11-26T01:00:00.000Z';
    expect(contradictionOf({ ...row, history_seen: { 1: seen } }, [])?.since).toBe(seen);
    expect(contradictionOf(row, [])?.since).toBe(SEEN);
  });
});
