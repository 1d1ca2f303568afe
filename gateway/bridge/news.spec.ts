import fc from 'fast-check';
import type { MessageName } from '#domain/api/bridge';
import { COMMANDS, type Command } from '#domain/ill/commands';
import { KINDS, SIDES, type Kind, type Side } from '#domain/ill/kinds';
import { NEW_RECORD, type RequestFields } from '#domain/ill/request';
import { after, holds, rowsOf } from '#domain/ill/situations.fixture';
import { stateByWire, type StateId } from '#domain/ill/states';
import type { SupplyingAgencyMessage } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';
import type { StoredRequest } from '../store/stored-request';
import { loadBridgeMap } from './bridge-map';
import { newsOf } from './news';
import type { News, Outgoing } from './rules';
import { BRIDGE_DEFAULTS, type BridgeSettings } from './settings';
import { APPLICANT, plainHistory, storedRequest, type Entry } from './testing/bridge-requests';
import { EVENTS_OF_BORROWER, EVENTS_OF_LENDER } from './testing/conformance.fixture';

const map = loadBridgeMap();
const nobody = (): undefined => undefined;
const NOTHING_TOLD: Told = { historyLength: 0, sent: [] };
const ASKED: Told = { historyLength: 1, arrival: 0, sent: ['Request'], last: 'Request', state: '未処理' };

interface LookOptions {
  readonly causedBy?: (index: number) => MessageName | undefined;
  readonly settings?: Partial<BridgeSettings>;
}
const look = (row: StoredRequest, told: Told, { causedBy = nobody, settings = {} }: LookOptions = {}): News =>
  newsOf(row, told, causedBy, map, { ...BRIDGE_DEFAULTS, ...settings });
const namesOf = ({ messages }: News): readonly string[] => messages.map(({ name }) => name);
const supplierOf = (
  news: News,
  at = 0,
): Omit<SupplyingAgencyMessage, 'header'> & Pick<Outgoing, 'isOvertakable' | 'ends'> => {
  const message = news.messages[at];
  if (message?.kind !== 'supplyingAgencyMessage') throw new Error('no message of a supplier');
  return message;
};
const noteOf = (message: Outgoing | undefined): string => {
  switch (message?.kind) {
    case 'supplyingAgencyMessage':
      return message.messageInfo.note ?? '';
    case 'requestingAgencyMessage':
      return message.note ?? '';
    case 'request':
      return message.serviceInfo?.note ?? '';
    default:
      return '';
  }
};

interface Case {
  readonly state: StateId;
  readonly history: readonly Entry[];
  readonly kind?: Kind;
  readonly fields?: RequestFields;
}
const borrowing = ({ kind = 'loan', ...rest }: Case) => storedRequest({ side: 'borrower', kind, ...rest });
const lending = ({ kind = 'loan', ...rest }: Case) => storedRequest({ side: 'lender', kind, ...rest });
/** The news of the last entry alone. */
const lastOf = (row: StoredRequest, told: Partial<Told> = {}, options?: LookOptions): News =>
  look(row, { ...NOTHING_TOLD, historyLength: row.record.history.length - 1, ...told }, options);

interface TypedEvent {
  readonly command: Command;
  readonly by: 'B' | 'L';
  readonly from: StateId;
  readonly to: StateId;
  readonly kinds: readonly Kind[];
  readonly expected: string;
}
function typedEvents(table: string): readonly TypedEvent[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [command, by, from, to, kind, expected = ''] = line.split('|').map((cell) => cell.trim());
      const [known, begin, end] = [
        COMMANDS.find((each) => each === command),
        stateByWire(from ?? ''),
        stateByWire(to ?? ''),
      ];
      if (known === undefined || begin === undefined || end === undefined) throw new Error(line);
      const kinds = KINDS.filter((each) => kind === 'both' || kind === each);
      return { command: known, by: by === 'borrower' ? 'B' : 'L', from: begin, to: end, kinds, expected };
    });
}
/** The history before the event; a claim must be open before its answer. */
function historyBefore({ from, to }: TypedEvent): readonly Entry[] {
  return to === 'CLAIM_ANSWERED' ? [...plainHistory('CLAIMED'), ['L', 'RECEIVE']] : plainHistory(from);
}
function inWords(message: Outgoing | undefined): string {
  if (message === undefined) return '-';
  if (message.kind !== 'supplyingAgencyMessage' || message.name === 'Notification') return message.name;
  return `${message.name} ${message.messageInfo.reasonForMessage}`;
}

describe('news for Alma', () => {
  describe('of a borrowing request, event by event', () => {
    for (const event of typedEvents(EVENTS_OF_BORROWER))
      for (const kind of event.kinds)
        it(`${kind}: ${event.command} to ${event.to}`, () => {
          const before = historyBefore(event);
          const row = borrowing({ kind, state: event.to, history: [...before, [event.by, event.command]] });
          const news = look(row, { ...NOTHING_TOLD, historyLength: before.length });
          expect(news.messages.map(inWords).join() || '-').toBe(event.expected);
        });
  });

  describe('of a lending request, event by event', () => {
    for (const event of typedEvents(EVENTS_OF_LENDER))
      for (const kind of event.kinds)
        it(`${kind}: ${event.command} to ${event.to}`, () => {
          const before = historyBefore(event);
          const row = lending({ kind, state: event.to, history: [...before, [event.by, event.command]] });
          const news = look(row, { ...ASKED, historyLength: before.length });
          expect(news.messages.map(inWords).join() || '-').toBe(event.expected);
        });
  });

  describe('of a borrowing request', () => {
    const accepted = borrowing({ state: 'PROCESSING', history: plainHistory('PROCESSING') });

    it('follows the settings', () => {
      const ordered = borrowing({ state: 'UNPROCESSED', history: plainHistory('UNPROCESSED') });
      const news = look(ordered, NOTHING_TOLD, { settings: { onOrdered: 'notification' } });
      expect(noteOf(news.messages[0])).toBe(
        [
          'NACSIS-ILL で依頼しました。',
          '館: 乙大図 (FA005678)',
          'NACSIS-ILL 番号: LA0000000001',
          '候補館: 乙大図 (FA005678)、丙大図 (FA009999)',
        ].join('\n'),
      );
      expect(namesOf(look(ordered, NOTHING_TOLD))).toEqual([]);
      expect(namesOf(lastOf(accepted))).toEqual(['WillSupply']);
      expect(namesOf(lastOf(accepted, {}, { settings: { onAccept: 'notification' } }))).toEqual(['Notification']);
      expect(namesOf(lastOf(accepted, {}, { settings: { onAccept: 'none' } }))).toEqual([]);
    });

    it('says WillSupply once', () => {
      const history: readonly Entry[] = [...plainHistory('PROCESSING'), ['L', 'PARDON', '貸出中'], ['O', 'RECEIVE']];
      const fields = { lenderId: 'FA009999', lenderName: '丙大図' };
      const row = borrowing({ state: 'PROCESSING', history, fields });
      const news = look(row, { ...NOTHING_TOLD, historyLength: 2, sent: ['WillSupply'], last: 'WillSupply' });
      expect(namesOf(news)).toEqual(['Notification']);
      expect(noteOf(news.messages[0])).toBe(
        [
          '受付館に謝絶されました。次の候補館が受付中です。',
          '館: 丙大図 (FA009999)',
          '謝絶した館: 乙大図 (FA005678)',
          'コメント: 貸出中',
        ].join('\n'),
      );
      expect(supplierOf(news).statusInfo.status).toBe('WillSupply');
    });

    it('passes an inquiry on with its cost', () => {
      const history: readonly Entry[] = [...plainHistory('PROCESSING'), ['L', 'INQUIRE', '料金をご確認ください']];
      const news = lastOf(borrowing({ state: 'NEW_INQUIRY', history, fields: { total: '1200' } }));
      expect(noteOf(news.messages[0])).toBe(
        [
          '受付館から照会がありました。General message で回答してください。',
          '館: 乙大図 (FA005678)',
          'コメント: 料金をご確認ください',
          'Cost: 1200 JPY',
        ].join('\n'),
      );
      expect(supplierOf(news).messageInfo.offeredCosts).toEqual({ currency: 'JPY', amount: '1200' });
      expect(supplierOf(news).statusInfo).toEqual(jasmine.objectContaining({ status: 'RequestReceived' }));
    });

    it('tells a shipped loan with due date, charge and return address', () => {
      const fields = { shipDate: '20261201', total: '0870', dueDate: '20261224' };
      const row = borrowing({ state: 'SHIPPED', history: plainHistory('SHIPPED'), fields });
      const news = lastOf(row);
      const message = supplierOf(news);
      expect(message.statusInfo.dueDate).toBe('2026-12-24T14:59:59Z');
      expect(message.deliveryInfo).toEqual({
        ...{ dateSent: '2026-12-01T03:00:00Z', deliveryCosts: { currency: 'JPY', amount: '870' } },
      });
      expect(message.returnInfo?.physicalAddress?.line1).toBe('〒600-0001 京都市下京区2-2 乙大学図書館');
      expect(noteOf(news.messages[0])).toContain('#RETURN_TO#\n〒600-0001 京都市下京区2-2 乙大学図書館\n#RT_END#');
      expect(message.isOvertakable).toBeTrue();
      const late = supplierOf(lastOf(row, {}, { settings: { dueTime: '23:59:59Z' } }));
      expect(late.statusInfo.dueDate).toBe('2026-12-24T23:59:59Z');
    });

    it('tells how a copy was sent', () => {
      const sent = (fields: RequestFields, told: Partial<Told> = {}) =>
        supplierOf(
          lastOf(borrowing({ kind: 'copy', state: 'SHIPPED', history: plainHistory('SHIPPED'), fields }), told),
        );
      expect(sent({ sendingMethod: 'eDDS' }).deliveryInfo?.sentVia).toBe('URL');
      expect(sent({ copyType: 'FAX' }).deliveryInfo?.sentVia).toBe('Fax');
      expect(sent({ sendingMethod: '普通' }).deliveryInfo?.sentVia).toBeUndefined();
      expect(sent({}).messageInfo.reasonForMessage).toBe('RequestResponse');
      expect(sent({}, { sent: ['WillSupply'], last: 'WillSupply' }).messageInfo.reasonForMessage).toBe('StatusChange');
    });

    it('tells the answer to a claim in words', () => {
      const before: readonly Entry[] = [...plainHistory('CLAIMED'), ['L', 'RECEIVE']];
      const history: readonly Entry[] = [...before, ['L', 'SEND', '再送しました']];
      const fields = { total: '300', dueDate: '20270110' };
      const told = { sent: ['Loaned'], last: 'Loaned' } as const;
      const news = lastOf(borrowing({ state: 'CLAIM_ANSWERED', history, fields }), told);
      expect(noteOf(news.messages[0])).toBe(
        [
          '受付館がクレームに回答しました。',
          '館: 乙大図 (FA005678)',
          'コメント: 再送しました',
          'Cost: 300 JPY',
          '返却期限: 2027-01-10',
        ].join('\n'),
      );
      expect(supplierOf(news).statusInfo.status).toBe('Loaned');
    });

    describe('after a renewal', () => {
      const asked: readonly Entry[] = [...plainHistory('ON_LOAN'), ['B', 'RENEW', '2週間']];
      const answered: readonly Entry[] = [...asked, ['L', 'RECEIVE'], ['L', 'CLAIM', '了解']];
      const renewed = (dueDate: string) =>
        borrowing({ state: 'RETURN_CLAIMED', history: answered, fields: { dueDate } });
      const told: Told = { ...NOTHING_TOLD, historyLength: 5, sent: ['Loaned'], last: 'Loaned', dueDate: '20261224' };

      it('answers Y when the due date is later than at RENEW, else N', () => {
        const first = look(borrowing({ state: 'RENEW_REQUESTED', history: asked }), told);
        expect(first.messages).toEqual([]);
        expect(first.told.dueDateAtRenewal).toBe('20261224');
        const yes = look(renewed('20270107'), first.told);
        expect(supplierOf(yes).messageInfo.answerYesNo).toBe('Y');
        expect(supplierOf(yes).statusInfo).toEqual(
          jasmine.objectContaining({ status: 'Loaned', dueDate: '2027-01-07T14:59:59Z' }),
        );
        expect(noteOf(yes.messages[0])).toBe(
          ['更新請求が認められました。', '館: 乙大図 (FA005678)', 'コメント: 了解', '返却期限: 2027-01-07'].join('\n'),
        );
        expect(supplierOf(look(renewed('20261224'), first.told)).messageInfo.answerYesNo).toBe('N');
        expect(supplierOf(look(renewed('20261220'), first.told)).messageInfo.answerYesNo).toBe('N');
      });

      it('knows the due date before when both came in one look', () => {
        expect(supplierOf(look(renewed('20270107'), told)).messageInfo.answerYesNo).toBe('Y');
        expect(supplierOf(look(renewed('20261224'), told)).messageInfo.answerYesNo).toBe('N');
      });

      it('keeps it also when Alma itself asked for the renewal', () => {
        const causedBy = (index: number): MessageName | undefined => (index === 5 ? 'Renew' : undefined);
        const first = look(borrowing({ state: 'RENEW_REQUESTED', history: asked }), told, { causedBy });
        expect(supplierOf(look(renewed('20270107'), first.told, { causedBy })).messageInfo.answerYesNo).toBe('Y');
      });

      it('accepts the answer itself, unless the library wants otherwise', () => {
        const news = look(renewed('20270107'), told);
        expect(news.accept).toBeTrue();
        expect(look(renewed('20270107'), news.told).accept).toBeTrue();
        expect(look(renewed('20270107'), told, { settings: { acceptRenewalAnswer: false } }).accept).toBeUndefined();
        const onLoan = borrowing({ state: 'ON_LOAN', history: [...answered, ['B', 'RECEIVE']] });
        expect(look(onLoan, news.told).accept).toBeUndefined();
      });

      it('does not accept a question about a returned item', () => {
        const row = borrowing({ state: 'RETURN_CLAIMED', history: plainHistory('RETURN_CLAIMED') });
        expect(lastOf(row, { sent: ['Loaned'], last: 'Loaned' }).accept).toBeUndefined();
      });
    });

    describe('after the last refusal', () => {
      const history: readonly Entry[] = [...plainHistory('PROCESSING'), ['L', 'PARDON', '未所蔵']];
      const row = borrowing({ state: 'NEW_INQUIRY', history });
      const settings = { onLastRefusal: 'unfilled' } as const;

      it('notifies by default', () => {
        const news = lastOf(row);
        expect(namesOf(news)).toEqual(['Notification']);
        expect(noteOf(news.messages[0])).toContain('コメント: 未所蔵');
        expect(news.close).toBeUndefined();
      });

      it('ends the request when the library wants it', () => {
        const news = lastOf(row, {}, { settings });
        expect(supplierOf(news)).toEqual(jasmine.objectContaining({ name: 'Unfilled', ends: true }));
        expect(supplierOf(news).messageInfo).toEqual(
          jasmine.objectContaining({ reasonForMessage: 'RequestResponse', reasonUnfilled: 'NotAvailableForILL' }),
        );
        expect(news.close).toBeTrue();
        const later = lastOf(row, { sent: ['WillSupply'], last: 'WillSupply' }, { settings });
        expect(supplierOf(later).messageInfo.reasonForMessage).toBe('StatusChange');
      });

      it('does not end a request that staff took up again', () => {
        const again = borrowing({ state: 'PREPARING', history: [...history, ['B', 'RECEIVE'], ['B', 'RETRY']] });
        const news = look(again, { ...NOTHING_TOLD, historyLength: 2 }, { settings });
        expect(namesOf(news)).toEqual(['Notification']);
        expect(news.close).toBeUndefined();
      });

      it('tells nothing of the closing itself', () => {
        const { told } = lastOf(row, {}, { settings });
        const closed = borrowing({ state: 'CANCELLED', history: [...history, ['B', 'RECEIVE'], ['B', 'CANCEL']] });
        expect(look(closed, told, { settings }).messages).toEqual([]);
      });

      it('passes over the entries that NACSIS-ILL adds', () => {
        const system: readonly Entry[] = [
          ...history,
          ['O', 'PARDON', 'サービス休止中につきシステムが転送しました。'],
          ['L', 'PARDON', '指定した全ての受付館で謝絶されました。'],
        ];
        const news = look(borrowing({ state: 'NEW_INQUIRY', history: system }), { ...NOTHING_TOLD, historyLength: 2 });
        expect(namesOf(news)).toEqual(['Notification']);
      });
    });

    it('tells several steps in order, without overtaken statuses', () => {
      const history: readonly Entry[] = [
        ...plainHistory('PROCESSING'),
        ['L', 'INQUIRE', 'c'],
        ['B', 'RECEIVE'],
        ['B', 'ANSWER'],
        ['L', 'RECEIVE'],
        ['L', 'SEND'],
      ];
      const news = look(borrowing({ state: 'SHIPPED', history }), NOTHING_TOLD);
      expect(namesOf(news)).toEqual(['Notification', 'Loaned']);
      expect(news.told.sent).toEqual(['Loaned', 'WillSupply']);
      expect(news.told.last).toBe('Loaned');
      const whole = look(
        borrowing({ state: 'RETURN_CONFIRMED', history: plainHistory('RETURN_CONFIRMED') }),
        NOTHING_TOLD,
      );
      expect(namesOf(whole)).toEqual(['LoanCompleted']);
      expect(supplierOf(whole)).toEqual(jasmine.objectContaining({ ends: true, isOvertakable: false }));
    });

    it('sends no status backwards and nothing after an end', () => {
      const history: readonly Entry[] = [
        ...plainHistory('SHIPPED'),
        ['L', 'CALLBACK'],
        ['L', 'PARDON', 'x'],
        ['O', 'RECEIVE'],
      ];
      const row = borrowing({ state: 'PROCESSING', history, fields: { lenderId: 'FA009999' } });
      const told: Told = { ...NOTHING_TOLD, historyLength: 3, sent: ['Loaned'], last: 'Loaned' };
      expect(namesOf(look(row, told))).toEqual(['Notification', 'Notification']);
      const ended: Told = { ...NOTHING_TOLD, historyLength: 7, sent: ['LoanCompleted'], last: 'LoanCompleted' };
      const back = borrowing({
        state: 'RETURN_PROCESSING',
        history: [...plainHistory('RETURN_CONFIRMED'), ['L', 'CALLBACK']],
      });
      expect(look(back, ended).messages).toEqual([]);
    });

    it('sends a corrected shipment again', () => {
      const history: readonly Entry[] = [...plainHistory('SHIPPED'), ['L', 'CALLBACK'], ['L', 'SEND']];
      const told: Told = { ...NOTHING_TOLD, historyLength: 3, sent: ['Loaned'], last: 'Loaned' };
      expect(namesOf(look(borrowing({ state: 'SHIPPED', history }), told))).toEqual(['Notification', 'Loaned']);
    });

    it('does not tell Alma what Alma did', () => {
      const row = borrowing({
        state: 'CANCELLED',
        history: [
          ['B', 'ORDER'],
          ['B', 'CALLBACK'],
          ['B', 'CANCEL'],
        ],
      });
      const causedBy = (index: number): MessageName | undefined => (index > 0 ? 'Cancel' : undefined);
      expect(look(row, NOTHING_TOLD, { causedBy }).messages).toEqual([]);
      expect(namesOf(look(row, NOTHING_TOLD))).toEqual(['Cancelled']);
    });

    it('never names the patron, and cuts long notes', () => {
      const comment = `${APPLICANT}様の件 ${'長'.repeat(5000)}\u0000`;
      const row = borrowing({
        state: 'NEW_INQUIRY',
        history: [...plainHistory('PROCESSING'), ['L', 'INQUIRE', comment]],
      });
      const note = noteOf(lastOf(row).messages[0]);
      expect(note).not.toContain(APPLICANT);
      expect(note.length).toBe(2000);
      expect(note.endsWith('…')).toBeTrue();
    });

    describe('whose history does not explain its state', () => {
      const jumped = (state: StateId, history: readonly Entry[], told: Partial<Told>, fields: RequestFields = {}) =>
        look(borrowing({ state, history, fields }), { ...NOTHING_TOLD, historyLength: 1, state: '未処理', ...told });

      it('goes by the state', () => {
        expect(namesOf(jumped('SHIPPED', [['B', 'ORDER']], {}))).toEqual(['Loaned']);
        expect(
          namesOf(
            jumped(
              'ON_LOAN',
              [
                ['B', 'ORDER'],
                ['B', 'BORROW'],
              ],
              {},
            ),
          ),
        ).toEqual(['Loaned']);
        expect(namesOf(jumped('RETURN_CONFIRMED', [['B', 'ORDER']], {}))).toEqual(['LoanCompleted']);
        expect(namesOf(jumped('CANCELLED', [['B', 'ORDER']], {}))).toEqual(['Cancelled']);
        expect(namesOf(jumped('PROCESSING', [['B', 'ORDER']], {}))).toEqual(['WillSupply']);
        expect(
          namesOf(
            jumped(
              'NEW_INQUIRY',
              [
                ['B', 'ORDER'],
                ['L', 'INQUIRE', 'c'],
              ],
              {},
            ),
          ),
        ).toEqual(['Notification']);
        expect(namesOf(jumped('PREPARING', [['B', 'ORDER']], {}))).toEqual([]);
      });

      it('tells nothing twice', () => {
        const told: Partial<Told> = { sent: ['Loaned'], last: 'Loaned', state: '発送' };
        expect(namesOf(jumped('ON_LOAN', [['B', 'ORDER']], told))).toEqual([]);
        expect(namesOf(jumped('PROCESSING', [['B', 'ORDER']], told))).toEqual(['Notification']);
        expect(namesOf(jumped('SHIPPED', [['B', 'ORDER']], told))).toEqual([]);
      });

      it('goes on from the state of the last look when only the beginning is unclear', () => {
        const history: readonly Entry[] = [
          ['B', 'BORROW'],
          ['L', 'RECEIVE'],
          ['L', 'INQUIRE', 'c'],
          ['L', 'CALLBACK'],
        ];
        const news = jumped('PROCESSING', history, {});
        expect(namesOf(news)).toEqual(['WillSupply', 'Notification', 'Notification']);
      });

      it('copes with a history that became shorter', () => {
        expect(namesOf(jumped('SHIPPED', [['B', 'ORDER']], { historyLength: 9 }))).toEqual(['Loaned']);
      });
    });
  });

  describe('of a lending request', () => {
    const arrived = (arrival: number): Told => ({ historyLength: arrival, arrival, sent: [] });

    it('begins with the request, without the applicant', () => {
      const row = lending({ kind: 'copy', state: 'UNPROCESSED', history: [['B', 'ORDER', '至急']] });
      const [message, ...others] = look(row, arrived(0)).messages;
      expect(others).toEqual([]);
      expect(message).toEqual(jasmine.objectContaining({ name: 'Request', kind: 'request', isOvertakable: false }));
      expect(JSON.stringify(message)).toContain('〒100-0001 東京都千代田区1-1 甲大学図書館');
      expect(noteOf(message)).toContain('館: 甲大図 (FA001234)');
      expect(JSON.stringify(message)).not.toContain(APPLICANT);
    });

    it('tells the rest of the story after the request', () => {
      const row = lending({ state: 'ON_LOAN', history: plainHistory('ON_LOAN') });
      expect(namesOf(look(row, arrived(0)))).toEqual(['Request', 'Received']);
      expect(namesOf(look(row, { ...NOTHING_TOLD, historyLength: 0 }))).toEqual(['Request', 'Received']);
    });

    it('says Received once, and ShippedReturn once; a second one is a notification', () => {
      const back: readonly Entry[] = [...plainHistory('SENT_BACK'), ['B', 'CALLBACK'], ['B', 'SENDBACK']];
      const news = look(lending({ state: 'SENT_BACK', history: back }), ASKED);
      expect(namesOf(news)).toEqual(['Received', 'ShippedReturn', 'Notification', 'Notification']);
      expect(news.messages.every(({ isOvertakable }) => !isOvertakable)).toBeTrue();
    });

    it('gives the comment of a renewal as its note', () => {
      const history: readonly Entry[] = [...plainHistory('ON_LOAN'), ['B', 'RENEW', '2週間の延長を希望']];
      const [message] = look(lending({ state: 'RENEW_REQUESTED', history }), { ...ASKED, historyLength: 5 }).messages;
      expect(message).toEqual(jasmine.objectContaining({ name: 'Renew', action: 'Renew', note: '2週間の延長を希望' }));
    });

    it('withdraws a request that is no longer delivered', () => {
      const row = storedRequest({
        side: 'lender',
        kind: 'loan',
        state: 'UNPROCESSED',
        history: [['B', 'ORDER']],
        gone: 'not-delivered',
      });
      const news = look(row, ASKED);
      expect(namesOf(news)).toEqual(['Cancel']);
      expect(look(row, news.told).messages).toEqual([]);
      expect(look(row, { ...ASKED, sent: [] }).messages).toEqual([]);
    });

    it('withdraws nothing that this library refused, or that ended', () => {
      const history: readonly Entry[] = [...plainHistory('PROCESSING'), ['L', 'PARDON', 'x']];
      const fields = { lenderId: 'FA009999' };
      const refused = storedRequest({
        side: 'lender',
        kind: 'loan',
        state: 'UNPROCESSED',
        history,
        fields,
        gone: 'passed-on',
      });
      expect(look(refused, ASKED).messages).toEqual([]);
      const done = storedRequest({
        ...{
          side: 'lender',
          kind: 'copy',
          state: 'CONFIRMED',
          history: plainHistory('CONFIRMED'),
          gone: 'not-delivered',
        },
      });
      expect(look(done, { ...ASKED, historyLength: 5 }).messages).toEqual([]);
    });

    it('does not withdraw what Alma rejected', () => {
      const history: readonly Entry[] = [
        ...plainHistory('PROCESSING'),
        ['L', 'PARDON', 'x'],
        ['B', 'RECEIVE'],
        ['B', 'RETRY'],
      ];
      const row = lending({ state: 'PREPARING', history });
      const causedBy = (index: number): MessageName | undefined => (index === 2 ? 'Unfilled' : undefined);
      expect(look(row, ASKED, { causedBy }).messages).toEqual([]);
      expect(namesOf(look(row, ASKED))).toEqual(['Cancel']);
    });

    it('ends at the end of a visit, and begins again with the next one', () => {
      const history: readonly Entry[] = [
        ['B', 'ORDER'],
        ['L', 'RECEIVE'],
        ['L', 'INQUIRE', 'x'],
        ['B', 'RECEIVE'],
        ['B', 'RETRY'],
        ['B', 'ORDER'],
      ];
      const row = lending({ state: 'UNPROCESSED', history });
      expect(namesOf(look(row, ASKED))).toEqual(['Cancel']);
      expect(namesOf(look(row, arrived(5)))).toEqual(['Request']);
      expect(look(row, NOTHING_TOLD).told.arrival).toBe(5);
    });

    it('begins when another library passes the request on', () => {
      const history: readonly Entry[] = [
        ['B', 'ORDER'],
        ['O', 'RECEIVE'],
        ['O', 'PARDON', '貸出中'],
        ['L', 'RECEIVE'],
      ];
      const row = lending({ state: 'PROCESSING', history });
      expect(namesOf(look(row, arrived(2)))).toEqual(['Request']);
      expect(look(row, NOTHING_TOLD).told.arrival).toBe(2);
      const elsewhere = lending({ state: 'UNPROCESSED', history: [['B', 'ORDER']], fields: { lenderId: 'FA009999' } });
      expect(look(elsewhere, NOTHING_TOLD).messages).toEqual([]);
    });

    it('goes by the state when the history does not explain it', () => {
      const jumped = (state: StateId, told: Partial<Told> = {}) =>
        namesOf(look(lending({ state, history: [['B', 'ORDER']] }), { ...ASKED, ...told }));
      expect(jumped('ARRIVED')).toEqual(['Received']);
      expect(jumped('SENT_BACK')).toEqual(['Received', 'ShippedReturn']);
      expect(jumped('SENT_BACK', { sent: ['Request', 'Received'], last: 'Received' })).toEqual(['ShippedReturn']);
      expect(jumped('CANCELLED')).toEqual(['Cancel']);
      expect(jumped('ANSWERED')).toEqual(['Notification']);
      expect(jumped('SHIPPED')).toEqual([]);
    });
  });

  /** A random life of a request by the transition table. */
  const lives = (side: Side): fc.Arbitrary<readonly StoredRequest[]> =>
    fc
      .tuple(fc.constantFrom(...KINDS), fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 24 }))
      .map(([kind, choices]) => lifeOf(side, kind, choices));

  it('tells nothing more once it was told', () => {
    for (const side of SIDES)
      fc.assert(
        fc.property(lives(side), (life) => {
          const row = life.at(-1);
          if (row === undefined) return;
          const { told } = look(row, side === 'borrower' ? NOTHING_TOLD : ASKED);
          const again = look(row, told);
          expect(again.messages).toEqual([]);
          expect(again.told).toEqual(told);
        }),
        { numRuns: 300 },
      );
  });

  it('loses and doubles no notification and no answer when a history is seen in two looks', () => {
    for (const side of SIDES)
      fc.assert(
        fc.property(lives(side), fc.nat({ max: 23 }), (life, at) => {
          const [half, whole] = [life[at % life.length], life.at(-1)];
          if (half === undefined || whole === undefined) return;
          const start = side === 'borrower' ? NOTHING_TOLD : ASKED;
          const first = look(half, start);
          const second = look(whole, first.told);
          const once = look(whole, start);
          expect(kept([...first.messages, ...second.messages])).toEqual(kept(once.messages));
          expect(second.told.last).toBe(once.told.last);
        }),
        { numRuns: 500 },
      );
  });
});

/** Everything that no later status makes needless, with its comment. */
function kept(messages: readonly Outgoing[]): readonly string[] {
  return messages
    .filter(({ isOvertakable }) => !isOvertakable)
    .map((message) => `${message.name} ${/c\d+/.exec(noteOf(message))?.[0] ?? ''}`);
}

function lifeOf(side: Side, kind: Kind, choices: readonly number[]): readonly StoredRequest[] {
  const lenders = ['L', 'O'] as const;
  let situation = NEW_RECORD(kind);
  let lender: 0 | 1 = 0;
  let history: readonly Entry[] = [];
  const life: StoredRequest[] = [];
  for (const [at, choice] of [0, ...choices].entries()) {
    situation = { ...situation, candidateRemains: lender === 0 };
    const edges = rowsOf(kind, 'lenient').filter(
      (edge) =>
        edge.from === (situation.state ?? null) && holds(edge.guard, situation) && (at > 0 || edge.command === 'ORDER'),
    );
    const edge = edges[choice % Math.max(edges.length, 1)];
    if (edge === undefined) break;
    history = [...history, [edge.side === 'borrower' ? 'B' : lenders[lender], edge.command, `c${String(at)}`]];
    if (edge.command === 'ORDER') lender = 0;
    else if (edge.to === 'UNPROCESSED') lender = 1;
    situation = after(situation, edge);
    const fields = {
      ...{ lenderId: lender === 0 ? 'FA005678' : 'FA009999', claimFlag: situation.claimOpen ? '1' : '' },
      ...{ loanFlag: situation.renewedOrReturned ? '1' : '' },
    };
    life.push(storedRequest({ side, kind, state: edge.to, history, fields }));
  }
  return life;
}
