import fc from 'fast-check';
import { MESSAGE_NAMES, type MessageName } from '#domain/api/bridge';
import type { Tariff } from '#domain/api/profile';
import { byteLength, COMMENT } from '#domain/ill/fields';
import { KINDS, SIDES, type Kind, type Side } from '#domain/ill/kinds';
import { stepFor } from '#domain/ill/machine';
import { situationOf as domainSituationOf } from '#domain/ill/request';
import { STATE_IDS, STATES, stateByWire, type StateId } from '#domain/ill/states';
import { illRequestOf } from '../store/stored-request';
import { loadBridgeMap, MESSAGES_OF_SIDE } from './bridge-map';
import type { Situation, Verdict } from './rules';
import { BRIDGE_DEFAULTS, type BridgeSettings } from './settings';
import {
  APPLICANT,
  NOW,
  plainHistory,
  requester,
  situationOf,
  storedRequest,
  supplier,
  type Entry,
} from './testing/bridge-requests';
import { CONFORMANCE } from './testing/conformance.fixture';
import { verdictOn } from './verdict';

const map = loadBridgeMap();
const judged = (situation: Situation, settings: Partial<BridgeSettings> = {}): Verdict =>
  verdictOn(situation, map, { ...BRIDGE_DEFAULTS, ...settings });
const inWords = (verdict: Verdict): string => {
  switch (verdict.do) {
    case 'commands':
      return verdict.commands.join('+');
    case 'hold':
      return `hold:${verdict.reason}`;
    case 'refuse':
      return `refuse:${verdict.why}`;
    case 'nothing':
      return verdict.why === 'note' ? 'note' : 'done';
    default:
      return verdict.do;
  }
};
const nameOf = (text: string): MessageName => {
  const name = MESSAGE_NAMES.find((each) => each === text);
  if (name === undefined) throw new Error(`no message ${text}`);
  return name;
};

/** The snapshot of a cell in plain circumstances. */
function snapshotIn(state: string, side: Side, kind: Kind) {
  if (state === 'none') return {};
  const gone = state === 'gone' ? 'not-delivered' : null;
  const id = state === 'gone' ? 'UNPROCESSED' : (stateByWire(state) ?? null);
  return { request: storedRequest({ side, kind, state: id, history: plainHistory(id), gone }) };
}

interface Circumstances {
  readonly history?: readonly Entry[];
  readonly fields?: Parameters<typeof storedRequest>[0]['fields'];
  readonly change?: Partial<Situation>;
  readonly settings?: Partial<BridgeSettings>;
  readonly kind?: Kind;
  readonly gone?: 'passed-on' | 'not-delivered';
}
function verdictIn(side: Side, name: MessageName, state: StateId, circumstances: Circumstances = {}): Verdict {
  const { history = plainHistory(state), fields = {}, change = {}, settings = {}, kind = 'loan', gone } = circumstances;
  const request = storedRequest({ side, kind, state, history, fields, gone: gone ?? null });
  return judged(situationOf(name, side, kind, { request, ...change }), settings);
}
const wordsIn = (side: Side, name: MessageName, state: StateId, circumstances: Circumstances = {}): string =>
  inWords(verdictIn(side, name, state, circumstances));

const RENEWED: readonly Entry[] = [...plainHistory('ON_LOAN'), ['B', 'RENEW'], ['L', 'RECEIVE']];
const REFUSED: readonly Entry[] = [
  ['B', 'ORDER'],
  ['L', 'RECEIVE'],
  ['L', 'PARDON', '未所蔵'],
];

describe('verdict on a message of Alma', () => {
  describe('in plain circumstances', () => {
    for (const { side, kind, message, state, expected } of CONFORMANCE) {
      it(`${side} ${kind}: ${message} in ${state}`, () => {
        const known = message === 'Request' && state !== 'none' ? { isSameBody: false } : {};
        const situation = situationOf(nameOf(message), side, kind, { ...snapshotIn(state, side, kind), ...known });
        expect(inWords(judged(situation))).toBe(expected);
      });
    }

    it('has every message, state, side and kind in the hand-typed table', () => {
      const typed = CONFORMANCE.map(({ side, kind, message, state }) => [side, kind, message, state].join(' '));
      const wanted = SIDES.flatMap((side) =>
        KINDS.flatMap((kind) =>
          [
            ...STATE_IDS.filter((id) => (STATES[id].kinds as readonly Kind[]).includes(kind)).map(
              (id) => STATES[id].wire,
            ),
            ...['unknown', 'gone', ...(side === 'borrower' ? ['none'] : [])],
          ].flatMap((state) => MESSAGES_OF_SIDE[side].map((message) => [side, kind, message, state].join(' '))),
        ),
      );
      expect([...typed].sort()).toEqual([...wanted].sort());
    });
  });

  describe('of a borrowing request', () => {
    it('answers a known id with OK when the body is the same', () => {
      expect(wordsIn('borrower', 'Request', 'PROCESSING', { change: { isSameBody: true } })).toBe('done');
      expect(inWords(judged(situationOf('Request', 'borrower', 'loan', { isSameBody: true })))).toBe('done');
      expect(inWords(judged(situationOf('Request', 'borrower', 'loan', { isSameBody: false })))).toBe(
        'refuse:id-known',
      );
    });

    it('saves the record again after RETRY or CALLBACK for a Retry', () => {
      expect(verdictIn('borrower', 'Retry', 'INQUIRY')).toEqual(jasmine.objectContaining({ then: 'save' }));
      expect(verdictIn('borrower', 'Retry', 'CANCELLED')).toEqual(jasmine.objectContaining({ then: 'save' }));
    });

    it('receives no loan without a due date', () => {
      for (const state of ['SHIPPED', 'ARRIVED', 'CLAIM_ANSWERED'] as const) {
        const fields = { dueDate: '' };
        expect(wordsIn('borrower', 'Received', state, { fields })).toBe('refuse:due-date-missing');
        expect(wordsIn('borrower', 'ShippedReturn', state, { fields })).toBe('refuse:due-date-missing');
      }
    });

    it('asks whether Receive settles a claim when the library wants it', () => {
      const settings = { receivedAnswersClaim: 'ask' } as const;
      for (const kind of KINDS)
        expect(wordsIn('borrower', 'Received', 'CLAIM_ANSWERED', { settings, kind })).toBe('hold:ask-claim');
      const change = { consented: true };
      expect(wordsIn('borrower', 'Received', 'CLAIM_ANSWERED', { settings, change })).toBe('RECEIVE+BORROW');
      expect(wordsIn('borrower', 'Received', 'SHIPPED', { settings })).toBe('RECEIVE+BORROW');
    });

    it('asks before an item goes back that was never lent, when the library wants it', () => {
      const settings = { returnWithoutLoan: 'ask' } as const;
      for (const state of ['SHIPPED', 'ARRIVED', 'CLAIM_ANSWERED'] as const)
        expect(wordsIn('borrower', 'ShippedReturn', state, { settings })).toBe('hold:ask-return');
      expect(wordsIn('borrower', 'ShippedReturn', 'ARRIVED', { settings, change: { consented: true } })).toBe(
        'BORROW+SENDBACK',
      );
      expect(wordsIn('borrower', 'ShippedReturn', 'ON_LOAN', { settings })).toBe('SENDBACK');
    });

    it('waits with a Return until the lender has answered the renewal on its desk', () => {
      expect(wordsIn('borrower', 'ShippedReturn', 'RETURN_PROCESSING', { history: RENEWED })).toBe('hold:answer-first');
      expect(wordsIn('borrower', 'Renew', 'RETURN_PROCESSING', { history: RENEWED })).toBe('done');
    });

    it('refuses what waited too long', () => {
      const since = (days: number) => ({ heldSince: new Date(NOW.getTime() - days * 86_400_000) });
      expect(wordsIn('borrower', 'Received', 'PROCESSING', { change: since(13) })).toBe('hold:partner-first');
      expect(wordsIn('borrower', 'Received', 'PROCESSING', { change: since(15) })).toBe('refuse:waited-too-long');
      expect(wordsIn('borrower', 'Received', 'PROCESSING', { change: since(3), settings: { holdDays: 2 } })).toBe(
        'refuse:waited-too-long',
      );
      const settings = { receivedAnswersClaim: 'ask' } as const;
      expect(wordsIn('borrower', 'Received', 'CLAIM_ANSWERED', { change: since(15), settings })).toBe('hold:ask-claim');
    });

    it('sends the note of a Renew as its comment, or asks for the usual extension', () => {
      expect(verdictIn('borrower', 'Renew', 'ON_LOAN')).toEqual(jasmine.objectContaining({ comment: 'メモ' }));
      const bare = verdictIn('borrower', 'Renew', 'ON_LOAN', { change: { message: requester('Renew') } });
      expect(bare).toEqual(
        jasmine.objectContaining({ comment: '返却期限の延長をお願いします。延長期間は貴館の規定に従います。' }),
      );
    });

    it('answers a total refusal only when the library wants it', () => {
      for (const [state, history] of [
        ['NEW_INQUIRY', REFUSED],
        ['INQUIRY', [...REFUSED, ['B', 'RECEIVE']]],
      ] as const) {
        expect(wordsIn('borrower', 'Notification', state, { history })).toBe('note');
        const settings = { answerAfterRefusal: true };
        expect(wordsIn('borrower', 'Notification', state, { history, settings })).toMatch(/ANSWER$/);
      }
    });

    it('sends no answer without a note', () => {
      const change = { message: requester('Notification', ' \n ') };
      expect(wordsIn('borrower', 'Notification', 'INQUIRY', { change })).toBe('note');
    });

    describe('with a keyword alone in a note', () => {
      const settings = { keywords: true };
      const words = (note: string, state: StateId, more: Circumstances = {}): string =>
        wordsIn('borrower', 'Notification', state, {
          settings,
          change: { message: requester('Notification', note) },
          ...more,
        });

      it('does what the keyword says', () => {
        expect(words('次館', 'INQUIRY')).toBe('FORWARD');
        expect(words('「次館」。', 'NEW_INQUIRY')).toBe('RECEIVE+FORWARD');
        expect(words('forward', 'INQUIRY')).toBe('FORWARD');
        expect(words('クレーム: 落丁があります', 'ARRIVED')).toBe('CLAIM');
        expect(words('クレーム 落丁があります', 'SHIPPED')).toBe('RECEIVE+CLAIM');
        expect(words('クレーム 落丁があります', 'CLAIM_ANSWERED')).toBe('RECEIVE+CLAIM');
        expect(words('受領', 'NEW_INQUIRY')).toBe('RECEIVE');
        expect(words('受領', 'SHIPPED')).toBe('RECEIVE');
        expect(words('受領', 'CLAIM_ANSWERED')).toBe('RECEIVE');
        expect(words('受領', 'RETURN_CLAIMED')).toBe('RECEIVE');
        for (const state of ['UNPROCESSED', 'ANSWERED', 'CLAIMED', 'ON_LOAN', 'RENEW_REQUESTED', 'SENT_BACK'] as const)
          expect(words('取戻', state)).withContext(state).toBe('CALLBACK');
        expect(words('取戻', 'CONFIRMED', { kind: 'copy' })).toBe('CALLBACK');
      });

      it('claims with the text after the keyword, and not without', () => {
        const message = requester('Notification', 'クレーム：３頁が\n読めません');
        const verdict = verdictIn('borrower', 'Notification', 'ARRIVED', { settings, change: { message } });
        expect(verdict).toEqual(jasmine.objectContaining({ comment: '3頁が 読めません' }));
        expect(words('クレーム', 'ARRIVED')).toBe('refuse:comment-required');
      });

      it('refuses a keyword where the table does not allow it', () => {
        expect(words('次館', 'PROCESSING')).toBe('refuse:wrong-state');
        expect(words('次館', 'INQUIRY', { fields: { lenderId: 'FA009999' } })).toBe('refuse:wrong-state');
        expect(words('取戻', 'ON_LOAN', { fields: { loanFlag: '1' } })).toBe('refuse:wrong-state');
        expect(words('取戻', 'CANCELLED')).toBe('refuse:ended');
      });

      it('takes other notes, and all notes by default, as they are', () => {
        expect(words('次館をお願いします', 'INQUIRY')).toBe('ANSWER');
        expect(words('次館', 'INQUIRY', { settings: {} })).toBe('ANSWER');
        expect(words('取戻', 'UNPROCESSED', { settings: {} })).toBe('note');
      });
    });

    it('asks before a CANCEL that waited for longer than a day', () => {
      const change = { heldSince: new Date(NOW.getTime() - 25 * 3_600_000) };
      expect(wordsIn('borrower', 'Cancel', 'INQUIRY', { change })).toBe('hold:ask-late');
      expect(wordsIn('borrower', 'Cancel', 'INQUIRY', { change, settings: { askAfterHours: 48 } })).toBe('CANCEL');
      expect(wordsIn('borrower', 'Cancel', 'INQUIRY', { change: { ...change, consented: true } })).toBe('CANCEL');
      expect(wordsIn('borrower', 'Received', 'SHIPPED', { change })).toBe('RECEIVE+BORROW');
    });

    it('cancels nothing that is being claimed, because it was shipped', () => {
      for (const state of ['NEW_INQUIRY', 'INQUIRY', 'ANSWERED'] as const)
        expect(wordsIn('borrower', 'Cancel', state, { fields: { claimFlag: '1' } })).toBe('refuse:shipped-already');
    });

    it('refuses when the history is full', () => {
      const history = Array.from({ length: 49 }, (): Entry => ['B', 'SAVE']);
      expect(wordsIn('borrower', 'Received', 'SHIPPED', { history })).toBe('refuse:history-full');
      expect(wordsIn('borrower', 'Received', 'ARRIVED', { history })).toBe('BORROW');
    });

    it('takes an ended request as ended although it is no longer delivered', () => {
      expect(wordsIn('borrower', 'Received', 'CONFIRMED', { kind: 'copy', gone: 'not-delivered' })).toBe('done');
    });

    it('follows strict mode', () => {
      expect(wordsIn('borrower', 'Retry', 'INQUIRY', { change: { mode: 'strict' } })).toBe('refuse:wrong-state');
      expect(wordsIn('borrower', 'Retry', 'INQUIRY', { change: { mode: 'strict' }, kind: 'copy' })).toBe('RETRY');
    });
  });

  describe('of a lending request', () => {
    const shipment = (amount: string | undefined, dueDate?: string, currency = 'JPY') =>
      supplier({
        status: { status: 'Loaned', ...(dueDate === undefined ? {} : { dueDate }) },
        ...(amount === undefined ? {} : { delivery: { deliveryCosts: { currency, amount } } }),
      });
    const DUE = '2027-01-31T14:59:59Z';
    const ship = (message: Situation['message'], more: Circumstances = {}) =>
      verdictIn('lender', 'Loaned', 'PROCESSING', { ...more, change: { message, ...more.change } });

    it('ships with the charge and the due date of the message', () => {
      expect(ship(shipment('1200', DUE))).toEqual(
        jasmine.objectContaining({ commands: ['SEND'], fields: { total: '1200', dueDate: '20270131' } }),
      );
      expect(ship(shipment('0.00', DUE))).toEqual(
        jasmine.objectContaining({ fields: { total: '0', dueDate: '20270131' } }),
      );
      expect(ship(shipment('500', '2027-01-31T23:59:59Z'))).toEqual(
        jasmine.objectContaining({ fields: { total: '500', dueDate: '20270131' } }),
      );
      expect(ship(shipment('500', '2027-01-31T15:00:00Z'))).toEqual(
        jasmine.objectContaining({ fields: { total: '500', dueDate: '20270201' } }),
      );
      expect(ship(shipment('500'), { kind: 'copy' })).toEqual(jasmine.objectContaining({ fields: { total: '500' } }));
    });

    it('replaces the lines of an earlier charge', () => {
      const fields = { fee: '100', postage: '200', total: '300' };
      expect(ship(shipment('500'), { kind: 'copy', fields })).toEqual(
        jasmine.objectContaining({ fields: { total: '500', fee: '', postage: '' } }),
      );
    });

    it('refuses a negative charge', () => {
      expect(inWords(ship(shipment('-5', DUE)))).toBe('refuse:charge-negative');
      expect(inWords(ship(shipment('-5', DUE, 'USD')))).toBe('refuse:charge-negative');
    });

    it('waits for a charge in whole yen, and for a due date that is to come', () => {
      for (const message of [
        shipment(undefined, DUE),
        shipment('12', DUE, 'USD'),
        shipment('12.5', DUE),
        shipment('x', DUE),
      ])
        expect(inWords(ship(message))).toBe('hold:needs-charge');
      expect(inWords(ship(shipment('123456789', DUE)))).toBe('hold:needs-charge');
      expect(inWords(ship(shipment('500')))).toBe('hold:needs-due-date');
      expect(inWords(ship(shipment('500', '2026-11-23T14:59:59Z')))).toBe('hold:needs-due-date');
      expect(inWords(ship(shipment('500', '2026-11-24T14:59:59Z')))).toBe('SEND');
    });

    it('takes the charge from the only price list of the kind', () => {
      const loan: Tariff = { name: '貸借', kind: 'loan', lines: [{ item: '送料', unitPrice: 800 }], postage: 70 };
      const copy: Tariff = { name: '複写', kind: 'copy', lines: [{ item: '白黒', unitPrice: 35 }] };
      const message = shipment(undefined, DUE);
      const by = (...tariffs: readonly Tariff[]) => ship(message, { change: { tariffs } });
      expect(by(loan, copy)).toEqual(
        jasmine.objectContaining({
          fields: {
            charges: [{ item: '送料', quantity: '1', unitPrice: '800', amount: '800' }],
            ...{ postage: '70', total: '870', dueDate: '20270131' },
          },
        }),
      );
      expect(by({ name: '一律', lines: [], fee: 0 })).toEqual(
        jasmine.objectContaining({ fields: { fee: '0', total: '0', dueDate: '20270131' } }),
      );
      expect(inWords(by(loan, loan))).toBe('hold:needs-charge');
      expect(inWords(by({ name: '空', lines: [] }))).toBe('hold:needs-charge');
      const pages = ship(message, { kind: 'copy', change: { tariffs: [copy] } });
      expect(inWords(pages)).toBe('hold:needs-charge');
    });

    it('answers an open claim with the shipment, with or without a new charge', () => {
      const fields = { claimFlag: '1' };
      expect(inWords(ship(shipment(undefined), { fields }))).toBe('SEND');
      expect(ship(shipment('300', DUE), { fields })).toEqual(
        jasmine.objectContaining({ fields: { total: '300', dueDate: '20270131' } }),
      );
      expect(
        wordsIn('lender', 'CopyCompleted', 'CLAIMED', {
          fields,
          kind: 'copy',
          change: { message: shipment(undefined) },
        }),
      ).toBe('RECEIVE+SEND');
    });

    it('rejects with the note, or with the reason in Japanese', () => {
      const rejected = (info: Parameters<typeof supplier>[0]['info']) =>
        verdictIn('lender', 'Unfilled', 'PROCESSING', {
          change: { message: supplier({ info, status: { status: 'Unfilled' } }) },
        });
      expect(rejected({ note: '製本中', reasonUnfilled: 'OnLoan' })).toEqual(
        jasmine.objectContaining({ comment: '製本中' }),
      );
      expect(rejected({ reasonUnfilled: 'onloan' })).toEqual(
        jasmine.objectContaining({ comment: '貸出中のため、提供できません。' }),
      );
      expect(rejected({ reasonUnfilled: 'Lacks' })).toEqual(
        jasmine.objectContaining({ comment: '提供できません（Lacks）。' }),
      );
    });

    it('rejects nothing with an open claim', () => {
      for (const state of ['PROCESSING', 'ANSWERED', 'CLAIMED'] as const)
        expect(wordsIn('lender', 'Unfilled', state, { fields: { claimFlag: '1' } })).toBe('refuse:claim-open');
    });

    it('takes a rejection that was done as done', () => {
      expect(wordsIn('lender', 'Unfilled', 'NEW_INQUIRY', { history: REFUSED })).toBe('done');
      expect(wordsIn('lender', 'Unfilled', 'UNPROCESSED', { gone: 'passed-on' })).toBe('done');
    });

    it('leaves it to staff whether an expired request is refused', () => {
      const expired = [
        supplier({ status: { status: 'Unfilled' } }),
        supplier({ info: { note: 'Expired.' }, status: { status: 'Unfilled' } }),
      ];
      for (const message of expired)
        for (const state of ['UNPROCESSED', 'PROCESSING', 'ANSWERED'] as const) {
          expect(wordsIn('lender', 'Unfilled', state, { change: { message } })).toBe('hold:expired');
          expect(wordsIn('lender', 'Unfilled', state, { change: { message, consented: true } })).toMatch(/PARDON$/);
          expect(
            wordsIn('lender', 'Unfilled', state, { change: { message }, settings: { expiredRejects: true } }),
          ).toMatch(/PARDON$/);
        }
      const [message] = expired;
      const late = { heldSince: new Date(NOW.getTime() - 30 * 3_600_000) };
      expect(
        wordsIn('lender', 'Unfilled', 'PROCESSING', {
          change: { ...late, ...(message && { message }), consented: true },
        }),
      ).toBe('PARDON');
    });

    it('asks before a PARDON that waited for longer than a day', () => {
      const change = { heldSince: new Date(NOW.getTime() - 25 * 3_600_000) };
      expect(wordsIn('lender', 'Unfilled', 'PROCESSING', { change })).toBe('hold:ask-late');
    });

    it('makes an inquiry of a General Message in 処理中, unless the library wants notes', () => {
      expect(verdictIn('lender', 'Notification', 'PROCESSING')).toEqual(
        jasmine.objectContaining({ commands: ['INQUIRE'], comment: 'メモ' }),
      );
      expect(wordsIn('lender', 'Notification', 'PROCESSING', { settings: { lenderMessage: 'note' } })).toBe('note');
      const without = { message: supplier({ info: { reasonForMessage: 'Notification' } }) };
      expect(wordsIn('lender', 'Notification', 'PROCESSING', { change: without })).toBe('note');
      const unfilled = {
        message: supplier({
          info: { reasonForMessage: 'Notification', note: "can't find it" },
          status: { status: 'Unfilled' },
        }),
      };
      expect(wordsIn('lender', 'Notification', 'PROCESSING', { change: unfilled })).toBe('note');
    });

    it('inquires with the reason when a Conditional has no note', () => {
      const conditional = (info: Parameters<typeof supplier>[0]['info']) =>
        verdictIn('lender', 'RetryPossible', 'PROCESSING', {
          change: { message: supplier({ info, status: { status: 'RetryPossible' } }) },
        });
      expect(conditional({ reasonRetry: 'AtBindery' })).toEqual(
        jasmine.objectContaining({ comment: '製本中です。後日あらためて依頼されますか。' }),
      );
      expect(inWords(conditional({}))).toBe('refuse:comment-required');
      expect(wordsIn('lender', 'RetryPossible', 'NEW_INQUIRY', { history: REFUSED })).toBe('refuse:wrong-state');
    });

    it('checks nothing in while the borrower waits for a renewal', () => {
      expect(wordsIn('lender', 'LoanCompleted', 'RETURN_PROCESSING', { history: RENEWED })).toBe('refuse:book-is-out');
      const history: readonly Entry[] = [...RENEWED, ['L', 'CLAIM']];
      expect(wordsIn('lender', 'LoanCompleted', 'RETURN_CLAIMED', { history })).toBe('refuse:book-is-out');
    });

    it('answers a renewal with the new due date, or leaves the old one', () => {
      const answer = (answerYesNo: string | undefined, dueDate?: string) =>
        verdictIn('lender', 'RenewResponse', 'RETURN_PROCESSING', {
          history: RENEWED,
          change: {
            message: supplier({
              info: { reasonForMessage: 'RenewResponse', ...(answerYesNo === undefined ? {} : { answerYesNo }) },
              status: { status: 'Loaned', ...(dueDate === undefined ? {} : { dueDate }) },
            }),
          },
        });
      expect(answer('Y', DUE)).toEqual(
        jasmine.objectContaining({ commands: ['CLAIM'], fields: { dueDate: '20270131' } }),
      );
      expect(inWords(answer('Y'))).toBe('hold:needs-due-date');
      expect(inWords(answer('Y', '2026-12-24T14:59:59Z'))).toBe('hold:needs-due-date');
      const no = answer('N', '2026-12-24T05:00:00Z');
      expect(no).toEqual(
        jasmine.objectContaining({ commands: ['CLAIM'], comment: '更新できません。返却期限は変わりません。' }),
      );
      expect('fields' in no).toBeFalse();
      expect(answer(undefined, DUE)).toEqual(jasmine.objectContaining({ fields: { dueDate: '20270131' } }));
      expect(inWords(answer(undefined))).toBe('hold:needs-due-date');
    });

    it('takes a renewal that was answered as done', () => {
      const answered: readonly Entry[] = [...RENEWED, ['L', 'CLAIM']];
      expect(wordsIn('lender', 'RenewResponse', 'RETURN_CLAIMED', { history: answered })).toBe('done');
      expect(wordsIn('lender', 'RenewResponse', 'ON_LOAN', { history: [...answered, ['B', 'RECEIVE']] })).toBe('done');
    });
  });

  it('sends a note as one line, within the bytes of a comment, without control characters and the patron', () => {
    const comment = (note: string): string => {
      const verdict = verdictIn('borrower', 'Notification', 'INQUIRY', {
        change: { message: requester('Notification', note) },
      });
      return verdict.do === 'commands' ? (verdict.comment ?? '') : '';
    };
    expect(comment('一行目\r\n二行目\u0007')).toBe('一行目 二行目');
    expect(comment(`${APPLICANT} さん、相川花子さん`)).toBe('＊＊＊ さん、＊＊＊さん');
    const long = comment('𠮷'.repeat(100_000));
    expect(long.endsWith('…')).toBeTrue();
    expect(byteLength(long)).toBeLessThanOrEqual(COMMENT.maxBytes);
    expect(byteLength(long)).toBeGreaterThan(COMMENT.maxBytes - 8);
    expect(long).toMatch(/^(?:𠮷)+…$/u);
  });

  it('names only commands that the transition table allows now', () => {
    const any = fc.record({
      side: fc.constantFrom(...SIDES),
      kind: fc.constantFrom(...KINDS),
      name: fc.constantFrom(...MESSAGE_NAMES),
      state: fc.constantFrom(...STATE_IDS),
      history: fc.array(
        fc.tuple(
          fc.constantFrom('B', 'L', 'O'),
          fc.constantFrom('RENEW', 'SENDBACK', 'PARDON', 'INQUIRE', 'CLAIM', 'RECEIVE'),
        ),
        { maxLength: 52 },
      ),
      flags: fc.record({
        claimFlag: fc.constantFrom('', '1'),
        loanFlag: fc.constantFrom('', '1'),
        lenderId: fc.constantFrom('FA005678', 'FA009999'),
      }),
      note: fc.constantFrom('メモ', '次館', '取戻', '受領', 'クレーム 落丁', ''),
      consented: fc.boolean(),
      mode: fc.constantFrom('lenient', 'strict'),
      settings: fc.record({
        receivedAnswersClaim: fc.constantFrom('do', 'ask'),
        returnWithoutLoan: fc.constantFrom('do', 'ask'),
        answerAfterRefusal: fc.boolean(),
        expiredRejects: fc.boolean(),
        lenderMessage: fc.constantFrom('inquiry', 'note'),
        keywords: fc.boolean(),
      }),
    });
    fc.assert(
      fc.property(any, ({ side, kind, name, state, history, flags, note, consented, mode, settings }) => {
        const request = storedRequest({ side, kind, state, history, fields: flags });
        const base = situationOf(name, side, kind, { request, consented, mode });
        const message = base.message.kind === 'requestingAgencyMessage' ? { ...base.message, note } : base.message;
        const verdict = judged({ ...base, message }, settings);
        if (verdict.do !== 'commands') return;
        let at = domainSituationOf(illRequestOf(request));
        for (const command of verdict.commands) {
          const step = stepFor(at, side, command, mode);
          expect(step.allowed)
            .withContext(`${name} ${state} ${verdict.commands.join('+')}`)
            .toBeTrue();
          if (step.allowed) at = { ...at, state: step.edge.to, historyLength: at.historyLength + 1 };
        }
      }),
      { numRuns: 3000 },
    );
  });
});
