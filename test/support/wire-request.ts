import type { WireRecord } from '../catp-client/catp-client';

/** A request for `POST /_sim/records` in this state, with the data that such a request has. */
export interface WireRequestOptions {
  readonly kind: 'copy' | 'loan';
  /** STAT: 準備中, 未処理 … */
  readonly state: string;
  /** Member ids. */
  readonly borrower: string;
  readonly lenders: readonly string[];
  /** Index of the active lender. The lenders before it have refused. Default: 0. */
  readonly active?: number;
  /** True when a claim is open. Default: only in the two claim states. */
  readonly claim?: boolean;
  /** True when RENEW or SENDBACK was issued. Default: only in the states that follow them. */
  readonly renewed?: boolean;
  /** Number of history entries, filled up with SAVE at the start. Default: the entries that lead to the state. */
  readonly entries?: number;
  /** Wire fields that override the others. An empty text deletes a field. */
  readonly more?: WireRecord;
}

/** The commands that lead to each state. B: borrower, L: lender. */
const WAYS: Readonly<Record<string, string>> = {
  準備中: 'B:SAVE',
  未処理: 'B:ORDER',
  処理中: 'B:ORDER L:RECEIVE',
  新着照会: 'B:ORDER L:RECEIVE L:INQUIRE',
  照会: 'B:ORDER L:RECEIVE L:INQUIRE B:RECEIVE',
  回答待: 'B:ORDER L:RECEIVE L:INQUIRE B:RECEIVE B:ANSWER',
  発送: 'B:ORDER L:RECEIVE L:SEND',
  到着処理中: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE',
  クレーム未処理: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:CLAIM',
  クレーム回答待: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:CLAIM L:RECEIVE L:SEND',
  確認: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:OK',
  借用中: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:BORROW',
  更新請求: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:BORROW B:RENEW',
  返送: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:BORROW B:SENDBACK',
  返却処理中: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:BORROW B:SENDBACK L:RECEIVE',
  返却クレーム未処理: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:BORROW B:SENDBACK L:RECEIVE L:CLAIM',
  返却確認: 'B:ORDER L:RECEIVE L:SEND B:RECEIVE B:BORROW B:SENDBACK L:RECEIVE L:OK',
  CANCEL: 'B:ORDER L:RECEIVE L:INQUIRE B:RECEIVE B:CANCEL',
};
export const WIRE_STATES: Readonly<Record<WireRequestOptions['kind'], readonly string[]>> = {
  copy: Object.keys(WAYS).filter((state) => !/^(借用中|更新請求|返)/.test(state)),
  loan: Object.keys(WAYS).filter((state) => state !== '確認'),
};

const COMMENTS: Readonly<Record<string, string>> = {
  INQUIRE: '巻号をご確認ください。',
  ANSWER: '依頼のとおりです。',
  CLAIM: '内容に不足があります。',
  RENEW: '2週間の延長をお願いいたします。',
};
const DAY = 86_400_000;
const TOKYO_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' });

/** The day this many days from today in Tokyo, yyyyMMdd. */
export function dayFromNow(days: number): string {
  return dateFromNow(days).replaceAll('-', '');
}

/** The same as date fields, Alma and the app's pages write it, yyyy-MM-dd. */
export function dateFromNow(days: number): string {
  return TOKYO_DAY.format(Date.now() + days * DAY);
}

export function wireRequest(options: WireRequestOptions): WireRecord {
  const { kind, state, borrower, lenders, active = 0, entries, more = {} } = options;
  const way = WAYS[state]?.split(' ') ?? [];
  const isAsked = state !== '準備中';
  const { claim = state.startsWith('クレーム'), renewed = /^(更新請求|返)/.test(state) } = options;
  const record: WireRecord = {
    STAT: state,
    SRVCE: kind === 'copy' ? 'C' : 'L',
    OMLID: borrower,
    ...(isAsked && { AMLID: lenders[active] ?? '' }),
    ...(claim && { CLAIMFLG: '1' }),
    ...(renewed && { LOANFLG: '1' }),
    ...ordered(kind),
    HMLG: lenders.map((HMLID) => ({ HMLID })),
    ...dates(kind, way),
    SENDG: history(way, options, entries),
    ...more,
  };
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''));
}

function ordered(kind: WireRequestOptions['kind']): WireRecord {
  return {
    ACCT: 'pb',
    ...(kind === 'copy' && { TYPE: '電子複写', VLNO: '12(3)', PAGE: '45-67', YEAR: '2019', ARTCL: '髙山の民家' }),
    BIBG: [{ BIBNT: '𠮷野の民家 / 髙山民俗資料研究会編' }],
    ODATE: dayFromNow(-10),
    OSTAF: '担当 A',
    OADRS: '見本大学附属図書館',
    CLNT: '利用者 001',
  };
}

/** The fields that the steps have filled. */
function dates(kind: WireRequestOptions['kind'], way: readonly string[]): WireRecord {
  const has = (...steps: readonly string[]): boolean =>
    steps.join(' ') !== '' && way.join(' ').includes(steps.join(' '));
  return {
    ...(has('B:ORDER', 'L:RECEIVE') && { ADATE: dayFromNow(-9) }),
    ...(has('L:SEND') && { SDATE: dayFromNow(-8), SUM: '870', POSTG: '870' }),
    ...(has('L:SEND') && kind === 'loan' && { DDATE: dayFromNow(20) }),
    ...(has('L:SEND', 'B:RECEIVE') && { RDATE: dayFromNow(-6) }),
    ...(has('B:SENDBACK') && { BDATE: dayFromNow(-2) }),
    ...(has('B:SENDBACK', 'L:RECEIVE') && { KDATE: dayFromNow(0) }),
  };
}

function history(
  way: readonly string[],
  { borrower, lenders, active = 0 }: WireRequestOptions,
  entries: number | undefined,
): Record<string, string>[] {
  const entry = (side: string, command: string, lender = lenders[active] ?? ''): Record<string, string> => ({
    SENDCMND: command,
    SENDMLID: side === 'B' ? borrower : lender,
    ...(COMMENTS[command] !== undefined && { SENDCMNT: COMMENTS[command] }),
  });
  const own = way.map((step) => entry(step.slice(0, 1), step.slice(2)));
  const refused = lenders
    .slice(0, active)
    .flatMap((lender) => [entry('L', 'RECEIVE', lender), { ...entry('L', 'PARDON', lender), SENDCMNT: '貸出中' }]);
  const whole = way[0] === 'B:ORDER' ? [...own.slice(0, 1), ...refused, ...own.slice(1)] : own;
  const missing = Math.max(0, (entries ?? 0) - whole.length);
  return [...Array.from({ length: missing }, () => entry('B', 'SAVE')), ...whole];
}
