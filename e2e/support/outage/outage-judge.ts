/** What must hold in the end, from iso18626.md 4 and 5 alone. Imports nothing of the product. */
import { historyIn, textIn } from '../../../test/catp-client/catp-client';
import type { AlmaMessage, AlmaRequestView } from '../alma-sim';
import type { WireRecord } from '../nacsis-sim';
import type { Life } from './outage-life';

/** Everything that is known of a request at the end. */
export interface Evidence {
  readonly life: Life;
  /** Every NACSIS-ILL request with the tag: more than one is a command done twice. */
  readonly records: readonly WireRecord[];
  /** In Alma: one borrowing request, or one lending request for each visit, oldest first. */
  readonly cases: readonly AlmaRequestView[];
  /** Alma's log of these requests. */
  readonly log: readonly AlmaMessage[];
  /** What staff see: messages of the queue, and a contradiction of the panel. */
  readonly listed: readonly string[];
  /** What the gateway shows of the messages about the request: direction and state. */
  readonly shown: readonly { readonly direction: string; readonly name: string; readonly state: string }[];
  readonly memberId: string;
}

export interface Judgement {
  readonly is: 'agrees' | 'listed' | 'wrong';
  readonly why: string;
  /** Commands of the library beyond those that somebody asked for. */
  readonly twice: readonly string[];
  readonly lost: readonly string[];
}

export function judge(evidence: Evidence): Judgement {
  const why = differences(evidence);
  const lost = lostIn(evidence);
  const twice = twiceIn(evidence);
  if (why.length === 0) return { is: 'agrees', why: '', twice, lost };
  return { is: evidence.listed.length > 0 ? 'listed' : 'wrong', why: why.join('; '), twice, lost };
}

const ASKED = ['REQUEST_SENT', 'REQUEST_ACCEPTED', 'WILL_SUPPLY', 'CANCEL_NOT_ACCEPTED'];
const PROMISED = ['WILL_SUPPLY', 'CANCEL_NOT_ACCEPTED'];
const SHIPPED = ['SHIPPED_PHYSICALLY', 'SHIPPED_DIGITALLY'];
const HERE = ['RECEIVED_PHYSICALLY', 'RECEIVED_DIGITALLY', 'LOANED', 'RENEWED', 'RENEW_NOT_ACCEPTED'];
const CANCELLED = ['CANCELLED', 'CANCELLED_BY_STAFF'];
const BACK = ['RETURNED_TO_PARTNER'];
const RENEWING = ['RENEW_REQUESTED'];

/** Alma's statuses that agree with a state of NACSIS-ILL. States after RENEW or SENDBACK differ (`isRenewal`). */
const BORROWER: Readonly<Record<string, readonly string[]>> = {
  準備中: ASKED,
  未処理: ASKED,
  処理中: PROMISED,
  新着照会: PROMISED,
  照会: PROMISED,
  回答待: PROMISED,
  発送: SHIPPED,
  到着処理中: SHIPPED,
  クレーム未処理: SHIPPED,
  クレーム回答待: SHIPPED,
  確認: HERE,
  借用中: HERE,
  更新請求: RENEWING,
  返送: BACK,
  返却確認: ['REQUEST_COMPLETED'],
  CANCEL: CANCELLED,
};
const NEW_LENDING = ['REQUEST_CREATED_LEND', 'BEING_PROCESSED', 'WILL_SUPPLY', 'CONDITIONAL'];
const THERE = ['RECEIVED_BY_PARTNER'];
const LENDER: Readonly<Record<string, readonly string[]>> = {
  未処理: ['REQUEST_CREATED_LEND', 'BEING_PROCESSED'],
  処理中: NEW_LENDING,
  新着照会: NEW_LENDING,
  照会: NEW_LENDING,
  回答待: NEW_LENDING,
  発送: SHIPPED,
  到着処理中: THERE,
  クレーム未処理: THERE,
  クレーム回答待: THERE,
  確認: THERE,
  借用中: THERE,
  更新請求: RENEWING,
  返送: ['RETURNED_BY_PARTNER'],
  返却確認: ['REQUEST_COMPLETED'],
  CANCEL: ['CANCELLED'],
};
/** Alma's statuses of a lending request that the library does not have any more. */
const GIVEN_UP = ['REJECTED', 'CANCELLED', 'EXPIRED'];

function differences({ life, records, cases, memberId }: Evidence): readonly string[] {
  const [record] = records;
  const last = cases.at(-1);
  if (last === undefined) return record === undefined ? [] : isOurs(record, memberId) ? ['Alma has no request'] : [];
  const status = last.request.status.value;
  if (record === undefined)
    return ['READY_TO_SEND', ...CANCELLED].includes(status) ? [] : [`${status}, and no request`];
  const earlier = cases.slice(0, -1).filter((each) => !GIVEN_UP.includes(each.request.status.value));
  const open = earlier.map((each) => `an earlier visit is ${each.request.status.value}`);
  const allowed = life.side === 'borrower' ? forBorrower(record) : forLender(record, memberId);
  return allowed.includes(status) ? open : [`${textIn(record, 'STAT')}, and in Alma ${status}`, ...open];
}

function forBorrower(record: WireRecord): readonly string[] {
  const state = textIn(record, 'STAT');
  if (isOfClaim(record)) return SHIPPED;
  if (state === '準備中') return [...ASKED, 'READY_TO_SEND'];
  if (state.startsWith('返却') && state !== '返却確認') return isRenewal(record) ? RENEWING : BACK;
  return BORROWER[state] ?? [];
}

function forLender(record: WireRecord, memberId: string): readonly string[] {
  const state = textIn(record, 'STAT');
  if (isRejected(record, memberId)) return GIVEN_UP;
  if (!isOurs(record, memberId)) return GIVEN_UP;
  // Alma has no status for a claim; a shipment that answers it makes it "shipped" again.
  if (isOfClaim(record)) return [...THERE, ...SHIPPED];
  if (state === '返却処理中') return isRenewal(record) ? RENEWING : ['RETURNED_BY_PARTNER'];
  if (state === '返却クレーム未処理') return isRenewal(record) ? THERE : ['RETURNED_BY_PARTNER'];
  return LENDER[state] ?? [];
}

function isOurs(record: WireRecord, memberId: string): boolean {
  return textIn(record, 'AMLID') === memberId && !['準備中', 'CANCEL'].includes(textIn(record, 'STAT'));
}

function isOfClaim(record: WireRecord): boolean {
  return (
    textIn(record, 'CLAIMFLG') === '1' &&
    ['処理中', 'クレーム未処理', 'クレーム回答待'].includes(textIn(record, 'STAT'))
  );
}

/** The last of RENEW and SENDBACK that was not called back was RENEW. */
function isRenewal(record: WireRecord): boolean {
  const last = historyIn(record).findLast(({ SENDCMND }) => SENDCMND === 'RENEW' || SENDCMND === 'SENDBACK');
  return last?.['SENDCMND'] === 'RENEW';
}

/** The library refused, and nobody else was left to be asked. */
function isRejected(record: WireRecord, memberId: string): boolean {
  const theirs = historyIn(record).filter(({ SENDMLID }) => SENDMLID === memberId);
  return theirs.at(-1)?.['SENDCMND'] === 'PARDON' && textIn(record, 'STAT') !== '未処理';
}

/** Commands that only somebody's wish can cause, by the buttons of Alma that stand for the wish. */
const ASKED_BY: Readonly<Record<'borrower' | 'lender', Readonly<Record<string, readonly string[]>>>> = {
  borrower: {
    SAVE: ['send'],
    ORDER: [],
    OK: ['receive'],
    BORROW: ['receive', 'return'],
    SENDBACK: ['return'],
    RENEW: ['renew'],
    ANSWER: ['general-message'],
    CANCEL: ['cancel'],
    CLAIM: [],
    FORWARD: [],
    RETRY: [],
  },
  lender: {
    SEND: ['ship'],
    PARDON: ['reject'],
    INQUIRE: ['conditional', 'general-message'],
    OK: ['check-in'],
    CLAIM: ['renew-answer'],
  },
};

function twiceIn({ life, records, cases, memberId }: Evidence): readonly string[] {
  const presses = cases.flatMap(({ exchange }) => exchange.history.filter(({ by }) => by === 'staff'));
  const done = records.flatMap((record) =>
    historyIn(record).flatMap(({ SENDMLID, SENDCMND = '' }) => (SENDMLID === memberId ? [SENDCMND] : [])),
  );
  const count = (list: readonly string[], name: string): number => list.filter((each) => each === name).length;
  const tooOften = Object.entries(ASKED_BY[life.side]).flatMap(([command, buttons]) => {
    // Editing a draft in the app saves it, too; only a second request is a second SAVE.
    if (command === 'SAVE') return [];
    const asked = count(life.askedInApp, command) + presses.filter(({ what }) => buttons.includes(what)).length;
    const excess = count(done, command) - asked;
    return Array.from({ length: Math.max(0, excess) }, () => `${command} (asked for ${String(asked)} times)`);
  });
  return [...tooOften, ...records.slice(1).map((record) => `a second request ${textIn(record, 'ID')}`)];
}

/** Messages of Alma that were confirmed and are nowhere, and questions without an answer. */
function lostIn({ log, shown, cases }: Evidence): readonly string[] {
  const confirmed = log.filter(({ direction, answer }) => direction === 'sent' && answer?.messageStatus === 'OK');
  const kept = shown.filter(({ direction }) => direction === 'in');
  const missing = [...new Set(confirmed.map(({ name }) => name))].filter(
    (name) => name !== 'Request' && !kept.some((each) => each.name === name),
  );
  const waiting = cases.filter(({ request }) => ['CANCEL_REPLY'].includes(request.status.value));
  return [
    ...missing.map((name) => `${name} was confirmed and is not kept`),
    ...waiting.map(() => 'a Cancel without an answer'),
  ];
}
