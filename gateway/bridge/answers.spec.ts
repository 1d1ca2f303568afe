import { STATE_IDS, type StateId } from '#domain/ill/states';
import type { Message } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';
import { answersTo, refusalText } from './answers';
import { loadBridgeMap } from './bridge-map';
import { newsOf } from './news';
import { toldWith } from './outgoing';
import type { Outcome, Outgoing } from './rules';
import { BRIDGE_DEFAULTS, type BridgeSettings } from './settings';
import { APPLICANT, plainHistory, request, requester, storedRequest, supplier } from './testing/bridge-requests';

const DONE: Outcome = { how: 'done' };
const REFUSED: Outcome = { how: 'refused', why: 'wrong-state' };
const LOANED: Told = { historyLength: 3, sent: ['Loaned'], last: 'Loaned' };

describe('answers to Alma', () => {
  const rowIn = (state: StateId, side: 'borrower' | 'lender' = 'borrower', kind: 'copy' | 'loan' = 'loan') =>
    storedRequest({ side, kind, state, history: plainHistory(state) });
  interface Circumstances {
    readonly row?: ReturnType<typeof rowIn>;
    readonly told?: Told;
    readonly settings?: Partial<BridgeSettings>;
  }
  const answers = (message: Message, outcome: Outcome, circumstances: Circumstances = {}): readonly Outgoing[] => {
    const { row = rowIn('ON_LOAN'), told = LOANED, settings = {} } = circumstances;
    return answersTo(message, outcome, row, told, { ...BRIDGE_DEFAULTS, ...settings });
  };
  const supplierOf = ([message, ...others]: readonly Outgoing[]) => {
    if (message?.kind !== 'supplyingAgencyMessage' || others.length > 0)
      throw new Error('not one message of a supplier');
    return message;
  };

  it('answers a Cancel with Y once NACSIS-ILL has cancelled', () => {
    for (const outcome of [DONE, { how: 'done-before' }] as const) {
      const answer = supplierOf(
        answers(requester('Cancel'), outcome, { row: rowIn('CANCELLED'), told: { historyLength: 1, sent: [] } }),
      );
      expect(answer).toEqual(jasmine.objectContaining({ name: 'CancelResponse', ends: true, isOvertakable: false }));
      expect(answer.messageInfo).toEqual(
        jasmine.objectContaining({ reasonForMessage: 'CancelResponse', answerYesNo: 'Y' }),
      );
      expect(answer.statusInfo.status).toBe('Cancelled');
    }
  });

  it('answers a refused Cancel with N, the true status, the reason and what is possible', () => {
    const outcome: Outcome = { how: 'refused', why: 'lender-works' };
    const told: Told = { historyLength: 2, sent: ['WillSupply'], last: 'WillSupply' };
    const answer = supplierOf(answers(requester('Cancel'), outcome, { row: rowIn('PROCESSING'), told }));
    expect(answer.messageInfo.answerYesNo).toBe('N');
    expect(answer.statusInfo.status).toBe('WillSupply');
    expect(answer.ends).toBeUndefined();
    expect(answer.messageInfo.note).toBe(
      [
        '依頼を取り消せませんでした。',
        '館: 乙大図 (FA005678)',
        'NACSIS-ILL: この段階では実行できません。理由: 受付館が処理中のため、取り消せません。受付館に電話などで連絡し、照会（INQUIRE）で戻してもらってください。',
        '今できること: なし（相手館の処理待ち、または終了）',
      ].join('\n'),
    );
  });

  it('answers a refused Cancel of a copy with its status', () => {
    const outcome: Outcome = { how: 'refused', why: 'shipped-already' };
    const answer = (state: StateId, told: Told) =>
      supplierOf(answers(requester('Cancel'), outcome, { row: rowIn(state, 'borrower', 'copy'), told })).statusInfo
        .status;
    expect(answer('ARRIVED', { historyLength: 3, sent: [] })).toBe('CopyCompleted');
    expect(answer('CONFIRMED', { historyLength: 3, sent: [] })).toBe('CopyCompleted');
  });

  it('leaves the answer to a Renew to the lender, unless it is refused', () => {
    expect(answers(requester('Renew'), DONE)).toEqual([]);
    expect(answers(requester('Renew'), { how: 'done-before' })).toEqual([]);
    const answer = supplierOf(answers(requester('Renew'), REFUSED, { row: rowIn('SENT_BACK') }));
    expect(answer.messageInfo).toEqual(
      jasmine.objectContaining({ reasonForMessage: 'RenewResponse', answerYesNo: 'N' }),
    );
    expect(answer.statusInfo).toEqual(jasmine.objectContaining({ status: 'Loaned', dueDate: '2026-12-24T14:59:59Z' }));
    expect(answer.messageInfo.note?.split('\n')[0]).toBe('更新請求は認められませんでした。');
    expect(answer.messageInfo.note).toContain('返却期限は変わりません: 2026-12-24');
  });

  it('answers Cancel and Renew whatever the setting of refusals', () => {
    for (const refuseBy of ['notification', 'error', 'both'] as const)
      for (const action of ['Cancel', 'Renew'])
        expect(answers(requester(action), REFUSED, { settings: { refuseBy } }).length).toBe(1);
  });

  it('answers StatusRequest and Reminder with the true status', () => {
    const reminder = request({ serviceInfo: { requestType: 'Reminder' } });
    for (const message of [requester('StatusRequest'), reminder]) {
      const answer = supplierOf(answers(message, DONE));
      expect(answer.messageInfo.reasonForMessage).toBe('StatusRequestResponse');
      expect(answer.statusInfo).toEqual(
        jasmine.objectContaining({ status: 'Loaned', dueDate: '2026-12-24T14:59:59Z' }),
      );
      expect(answer.messageInfo.note).toBe('NACSIS-ILL の状態: 借用中\n館: 乙大図 (FA005678)');
    }
  });

  it('answers StatusRequest before the request is saved', () => {
    const [answer] = answersTo(
      requester('StatusRequest'),
      DONE,
      undefined,
      { historyLength: 0, sent: [] },
      BRIDGE_DEFAULTS,
    );
    expect(answer?.kind === 'supplyingAgencyMessage' && answer.statusInfo).toEqual({ status: 'RequestReceived' });
  });

  it('never names a status behind the one that Alma was told', () => {
    const statusIn = (state: StateId, told: Told) =>
      supplierOf(answers(requester('StatusRequest'), DONE, { row: rowIn(state), told })).statusInfo.status;
    const nothing: Told = { historyLength: 0, sent: [] };
    expect(STATE_IDS.filter((id) => id !== 'CONFIRMED').map((id) => [id, statusIn(id, nothing)])).toEqual([
      ['PREPARING', 'RequestReceived'],
      ['UNPROCESSED', 'RequestReceived'],
      ['PROCESSING', 'WillSupply'],
      ['NEW_INQUIRY', 'RequestReceived'],
      ['INQUIRY', 'RequestReceived'],
      ['ANSWERED', 'RequestReceived'],
      ['SHIPPED', 'Loaned'],
      ['ARRIVED', 'Loaned'],
      ['CLAIMED', 'Loaned'],
      ['CLAIM_ANSWERED', 'Loaned'],
      ['ON_LOAN', 'Loaned'],
      ['RENEW_REQUESTED', 'Loaned'],
      ['SENT_BACK', 'Loaned'],
      ['RETURN_PROCESSING', 'Loaned'],
      ['RETURN_CLAIMED', 'Loaned'],
      ['RETURN_CONFIRMED', 'LoanCompleted'],
      ['CANCELLED', 'Cancelled'],
    ]);
    expect(statusIn('PROCESSING', LOANED)).toBe('Loaned');
    expect(statusIn('INQUIRY', { historyLength: 2, sent: ['WillSupply'], last: 'WillSupply' })).toBe('WillSupply');
  });

  it('refuses other messages by a notification, by the confirmation alone, or by both', () => {
    const refused = (refuseBy: BridgeSettings['refuseBy'], outcome: Outcome = REFUSED) =>
      answers(requester('Received'), outcome, { settings: { refuseBy }, row: rowIn('INQUIRY') });
    const notification = supplierOf(refused('notification'));
    expect(notification.messageInfo.reasonForMessage).toBe('Notification');
    expect(notification.statusInfo.status).toBe('Loaned');
    expect(notification.messageInfo.note).toBe(
      [
        'NACSIS-ILL: この段階では実行できません。理由: この段階では行えない操作です。',
        '館: 乙大図 (FA005678)',
        '今できること: 回答（ANSWER）、次館へ転送（FORWARD）、準備中に戻す（RETRY）、取消（CANCEL）',
      ].join('\n'),
    );
    expect(refused('both').length).toBe(1);
    expect(refused('error')).toEqual([]);
    const late: Outcome = { how: 'refused', why: '受付館が先に受け付けました。', isLate: true };
    expect(supplierOf(refused('error', late)).messageInfo.note).toContain('理由: 受付館が先に受け付けました。');
  });

  it('says nothing of what was done', () => {
    for (const action of ['Received', 'ShippedReturn', 'Notification'])
      expect(answers(requester(action), DONE)).toEqual([]);
    expect(answers(request(), DONE)).toEqual([]);
    expect(answers(request(), REFUSED)).toEqual([]);
    expect(answers(supplier({ status: { status: 'Loaned' } }), DONE)).toEqual([]);
  });

  it('says again to a shipment what the borrower did since, where Alma ships after NACSIS-ILL', () => {
    const renewing = storedRequest({
      ...{ side: 'lender', kind: 'loan', state: 'RETURN_PROCESSING' },
      history: [...plainHistory('RENEW_REQUESTED'), ['L', 'RECEIVE']],
    });
    const cases: readonly (readonly [ReturnType<typeof rowIn>, ...string[]])[] = [
      [rowIn('SHIPPED', 'lender')],
      [rowIn('ARRIVED', 'lender'), 'Received'],
      [rowIn('ON_LOAN', 'lender'), 'Received'],
      [rowIn('RENEW_REQUESTED', 'lender'), 'Received', 'Renew'],
      [renewing, 'Received', 'Renew'],
      [rowIn('SENT_BACK', 'lender'), 'ShippedReturn'],
      [rowIn('RETURN_CONFIRMED', 'lender'), 'ShippedReturn'],
    ];
    const ship = supplier({ info: { reasonForMessage: 'StatusChange' }, status: { status: 'Loaned' } });
    for (const [row, ...expected] of cases) {
      const names = answers(ship, { how: 'done-before' }, { row }).map(({ name }) => name);
      expect(names)
        .withContext(row.state ?? '')
        .toEqual(expected as never);
      expect(answers(ship, DONE, { row })).toEqual([]);
    }
  });

  it("refuses a lender's message as the requester", () => {
    const row = rowIn('SHIPPED', 'lender');
    const [message, ...others] = answers(
      supplier({ status: { status: 'Unfilled' } }),
      { how: 'refused', why: 'call-back-first' },
      { row },
    );
    expect(others).toEqual([]);
    expect(message).toEqual(
      jasmine.objectContaining({ kind: 'requestingAgencyMessage', action: 'Notification', isOvertakable: false }),
    );
    expect(message?.kind === 'requestingAgencyMessage' && message.note).toBe(
      [
        'NACSIS-ILL: この段階では実行できません。理由: 先に状態復帰（CALLBACK）で処理中に戻してください。',
        '館: 甲大図 (FA001234)',
        '今できること: 状態復帰（CALLBACK）',
      ].join('\n'),
    );
  });

  it('says to a refused cancellation that the request is withdrawn already', () => {
    const row = rowIn('UNPROCESSED', 'lender');
    const reply = (answerYesNo: string) =>
      answers(supplier({ info: { reasonForMessage: 'CancelResponse', answerYesNo } }), DONE, { row });
    expect(reply('Y')).toEqual([]);
    const [message] = reply('N');
    expect(message?.name).toBe('Notification');
    expect(message?.kind === 'requestingAgencyMessage' && message.note).toContain('すでに取り下げられています');
  });

  it('gives the reason as one line for an ERROR confirmation, without the patron', () => {
    expect(refusalText(`${APPLICANT}の依頼`, rowIn('PROCESSING'), 'borrower')).toBe(
      'NACSIS-ILL: この段階では実行できません。理由: ＊＊＊の依頼 今できること: なし（相手館の処理待ち、または終了）',
    );
    expect(refusalText('id-known', undefined, 'borrower')).toContain('NACSIS-ILL にはまだ登録されていません。');
  });

  it('says in words that staff dropped the message', () => {
    const dropped: Outcome = { how: 'refused', why: 'dropped', isLate: true };
    expect(supplierOf(answers(requester('Cancel'), dropped)).messageInfo.note).toContain(
      '職員の判断で取りやめました。',
    );
    const why = `${APPLICANT}の依頼`;
    const note = supplierOf(answers(requester('Received'), { how: 'refused', why })).messageInfo.note;
    expect(note).toContain('＊＊＊の依頼');
  });

  it('counts what was answered as told', () => {
    const told: Told = { historyLength: 1, sent: [] };
    const row = rowIn('CANCELLED');
    const after = toldWith(told, answers(requester('Cancel'), DONE, { row, told }));
    expect(after).toEqual({ historyLength: 1, sent: ['CancelResponse', 'Cancelled'], last: 'Cancelled' });
    expect(newsOf(row, after, () => undefined, loadBridgeMap(), BRIDGE_DEFAULTS).messages).toEqual([]);
    const renewed = toldWith(LOANED, answers(requester('Renew'), REFUSED));
    expect(renewed).toEqual({ historyLength: 3, sent: ['Loaned', 'RenewResponse'], last: 'Loaned' });
    expect(toldWith(LOANED, answers(requester('Received'), REFUSED))).toEqual(LOANED);
  });
});
