import { COMMAND_WIRE, type Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { HistoryEntry, RequestFields } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import type { Header, Message, Request, RequestingAgencyMessage, SupplyingAgencyMessage } from '#iso18626/message';
import type { MessageName } from '#domain/api/bridge';
import type { StoredRequest } from '../../store/stored-request';
import type { Situation } from '../rules';

export const BORROWER = 'FA001234';
export const LENDER = 'FA005678';
export const OTHER_LENDER = 'FA009999';
export const APPLICANT = '相川 花子';
export const NOW = new Date('2026-11-24T03:00:00Z');

const HEADER: Header = {
  supplyingAgencyId: { type: 'ISIL', value: 'JP-NACSIS' },
  requestingAgencyId: { type: 'ISIL', value: 'JP-ALMA1' },
  timestamp: '2026-11-24T02:59:00Z',
  requestingAgencyRequestId: '972TAU0068653',
};

const FIELDS: RequestFields = {
  ...{ borrowerId: BORROWER, borrowerName: '甲大図', lenderId: LENDER, lenderName: '乙大図' },
  ...{ bibNote: '図書館学入門 / 山本一郎著', standardNumber: 'ISBN=9784000000000', bibId: 'BA12345678' },
  ...{ applicant: APPLICANT, borrowerAddress: '〒100-0001 東京都千代田区1-1 甲大学図書館' },
  ...{ lenderAddress: '〒600-0001 京都市下京区2-2 乙大学図書館' },
  lenders: [
    { memberId: LENDER, memberName: '乙大図' },
    { memberId: OTHER_LENDER, memberName: '丙大図' },
  ],
};

export type Entry = readonly [by: 'B' | 'L' | 'O', command: Command, comment?: string];

export interface RequestSpec {
  readonly side: Side;
  readonly kind: Kind;
  /** null: STAT is not in the table. */
  readonly state: StateId | null;
  readonly history?: readonly Entry[];
  readonly fields?: RequestFields;
  readonly gone?: StoredRequest['gone'];
}

/** A snapshot as the store holds it. B is the borrower, L the lender, O another lender. */
export function storedRequest({
  side,
  kind,
  state,
  history = [],
  fields = {},
  gone = null,
}: RequestSpec): StoredRequest {
  const members = { B: BORROWER, L: LENDER, O: OTHER_LENDER } as const;
  const entries = history.map(([by, command, comment]): HistoryEntry => ({
    ...{ command: COMMAND_WIRE[command], memberId: members[by] },
    ...(comment === undefined ? {} : { comment }),
  }));
  return {
    ...{ institution: '99INST', library: 'MAIN', id: 'LA0000000001', side, kind, state, gone },
    member_id: side === 'borrower' ? BORROWER : LENDER,
    external_status: state === null ? '外部依頼中' : STATES[state].wire,
    version: 1,
    record: { fields: { ...FIELDS, ...(kind === 'loan' ? { dueDate: '20261224' } : {}), ...fields }, history: entries },
    ...{
      history_lengths: {},
      history_seen: {},
      first_seen_at: null,
      title: '図書館学入門',
      partner_id: null,
      partner_name: null,
    },
    ...{ updated_on: null, alma_user_id: null, alma_partner_code: null, alma_request_id: null },
    ...{ seen_at: NOW, changed_at: NOW, news_at: null, citation: '', ordered_on: null, due_date: null },
    ...{
      waits: false,
      open: true,
      delivered: gone === null,
      jump: null,
      bib_id: null,
      search_text: '',
      names_erased: false,
    },
  };
}

/** How a request comes to a state by plain ways: an inquiry before 照会, a return before 返却処理中. */
export function plainHistory(state: StateId | null): readonly Entry[] {
  const asked: readonly Entry[] = [
    ['B', 'ORDER'],
    ['L', 'RECEIVE'],
    ['L', 'INQUIRE', '利用条件があります'],
  ];
  const sent: readonly Entry[] = [
    ['B', 'ORDER'],
    ['L', 'RECEIVE'],
    ['L', 'SEND'],
  ];
  const lent: readonly Entry[] = [...sent, ['B', 'RECEIVE'], ['B', 'BORROW']];
  const returned: readonly Entry[] = [...lent, ['B', 'SENDBACK']];
  const ways: Partial<Record<StateId, readonly Entry[]>> = {
    PREPARING: [['B', 'SAVE']],
    UNPROCESSED: [['B', 'ORDER']],
    PROCESSING: [
      ['B', 'ORDER'],
      ['L', 'RECEIVE'],
    ],
    NEW_INQUIRY: asked,
    INQUIRY: [...asked, ['B', 'RECEIVE']],
    ANSWERED: [...asked, ['B', 'RECEIVE'], ['B', 'ANSWER']],
    SHIPPED: sent,
    ARRIVED: [...sent, ['B', 'RECEIVE']],
    CLAIMED: [...sent, ['B', 'RECEIVE'], ['B', 'CLAIM', '落丁']],
    CLAIM_ANSWERED: [...sent, ['B', 'RECEIVE'], ['B', 'CLAIM', '落丁'], ['L', 'RECEIVE'], ['L', 'SEND']],
    CONFIRMED: [...sent, ['B', 'RECEIVE'], ['B', 'OK']],
    ON_LOAN: lent,
    RENEW_REQUESTED: [...lent, ['B', 'RENEW']],
    SENT_BACK: returned,
    RETURN_PROCESSING: [...returned, ['L', 'RECEIVE']],
    RETURN_CLAIMED: [...returned, ['L', 'RECEIVE'], ['L', 'CLAIM', '付録がありません']],
    RETURN_CONFIRMED: [...returned, ['L', 'RECEIVE'], ['L', 'OK']],
    CANCELLED: [
      ['B', 'SAVE'],
      ['B', 'CANCEL'],
    ],
  };
  return state === null ? [['B', 'ORDER']] : (ways[state] ?? []);
}

export const request = (change: Partial<Request> = {}): Request => ({
  ...{ kind: 'request', header: HEADER, bibliographicInfo: { title: '図書館学入門' } },
  ...change,
});
export const requester = (action: string, note?: string): RequestingAgencyMessage => ({
  ...{ kind: 'requestingAgencyMessage', header: HEADER, action },
  ...(note === undefined ? {} : { note }),
});
interface Said {
  readonly info?: Partial<SupplyingAgencyMessage['messageInfo']>;
  readonly status?: Partial<SupplyingAgencyMessage['statusInfo']>;
  readonly delivery?: SupplyingAgencyMessage['deliveryInfo'];
}
export const supplier = ({ info = {}, status = {}, delivery }: Said): SupplyingAgencyMessage => ({
  ...{ kind: 'supplyingAgencyMessage', header: HEADER },
  messageInfo: { reasonForMessage: 'StatusChange', ...info },
  statusInfo: status,
  ...(delivery === undefined ? {} : { deliveryInfo: delivery }),
});

/** A message of this name with everything that it usually holds. */
export function fullMessage(name: MessageName, side: Side): Message {
  if (name === 'Request' || name === 'Retry' || name === 'Reminder')
    return request({ serviceInfo: { requestType: name === 'Request' ? 'New' : name, serviceType: 'Loan' } });
  if (side === 'borrower') return requester(name, 'メモ');
  const isReason = ['Notification', 'RenewResponse', 'CancelResponse', 'StatusRequestResponse'].includes(name);
  return supplier({
    info: {
      reasonForMessage: isReason ? name : 'StatusChange',
      note: 'メモ',
      answerYesNo: 'Y',
      reasonUnfilled: 'OnLoan',
    },
    status: { ...(isReason ? {} : { status: name }), dueDate: '2027-01-31T14:59:59Z' },
    delivery: { deliveryCosts: { currency: 'JPY', amount: '500' } },
  });
}

/** A message of Alma on a snapshot, without anything held or consented. */
export function situationOf(name: MessageName, side: Side, kind: Kind, change: Partial<Situation> = {}): Situation {
  const told = { historyLength: 0, sent: [] };
  return { ...{ message: fullMessage(name, side), name, side, kind, told, consented: false, now: NOW }, ...change };
}
