import { textIn } from '../../../test/catp-client/catp-client';
import { dateFromNow, dayFromNow } from '../../../test/support/wire-request';
import type { Kind, Side } from '#domain/ill/kinds';
import type { WireRecord } from '../nacsis-sim';
import type { AlmaInput, AlmaRequestView, AlmaSide } from '../alma-sim';

/** What a request of the proof is, and what the drivers asked for. */
export interface Life {
  /** In title or volume of the request, and in no other. */
  readonly tag: string;
  readonly side: Side;
  readonly kind: Kind;
  /** NACSIS id; of a borrowing request once it is saved. */
  id?: string;
  /** Of a borrowing request in Alma. */
  almaId?: string;
  /** Commands of actions of the app that were done, or whose outcome was never told. */
  readonly askedInApp: string[];
  /** What was done, for the report of a failure. */
  readonly story: string[];
}

/** The request now: in NACSIS-ILL, and the last one of it in Alma. */
export interface Scene {
  readonly record?: WireRecord;
  /** Empty before it is saved. */
  readonly state: string;
  readonly alma?: AlmaRequestView;
}

/** A step of Alma's staff, of the other library, or in the app. */
export type Move =
  | { readonly by: 'alma'; readonly action: string }
  | { readonly by: 'other'; readonly command: string; readonly fields?: Readonly<Record<string, string>> }
  | { readonly by: 'app'; readonly action: string };

export function almaSide(side: Side): AlmaSide {
  return side === 'borrower' ? 'borrowing' : 'lending';
}

const LATER = 45;
const DUE = 30;

/** What Alma's form asks with an action. */
export function inputOf(action: string, kind: Kind, isYes: boolean): AlmaInput {
  switch (action) {
    case 'ship':
      return { cost: 870, ...(kind === 'loan' && { dueDate: dateFromNow(DUE) }) };
    case 'renew-answer':
      return isYes ? { answer: 'Y', dueDate: dateFromNow(LATER) } : { answer: 'N', note: '予約があります。' };
    case 'reject':
      return { reason: 'NotOnShelf', note: '所在不明のため提供できません。' };
    case 'general-message':
    case 'conditional':
      return { note: '巻号をご確認ください。' };
    case 'renew':
      return { note: '2週間の延長をお願いいたします。' };
    default:
      return {};
  }
}

const alma = (...actions: readonly string[]): readonly Move[] => actions.map((action) => ({ by: 'alma', action }));
const app = (...actions: readonly string[]): readonly Move[] => actions.map((action) => ({ by: 'app', action }));
const other = (...commands: readonly string[]): readonly Move[] =>
  commands.map((command) => ({ by: 'other', command }));

/** The usual steps in each state of a borrowing request, by those whose turn it is. A repeated one is more frequent. */
const BORROWING: Readonly<Record<string, readonly Move[]>> = {
  '': alma('send'),
  '準備中': [...app('order', 'order', 'order', 'order'), ...alma('cancel')],
  '未処理': [...other('RECEIVE', 'RECEIVE', 'RECEIVE', 'RECEIVE'), ...alma('cancel'), ...app('callback')],
  '処理中': [...other('SEND', 'SEND', 'SEND', 'INQUIRE', 'PARDON'), ...alma('cancel', 'receive')],
  '新着照会': [...alma('general-message', 'general-message', 'cancel'), ...app('accept')],
  '照会': [...alma('general-message', 'general-message', 'cancel'), ...app('answer', 'forward')],
  '回答待': other('RECEIVE'),
  '発送': [...alma('receive', 'receive', 'receive'), ...app('accept'), ...other('CALLBACK')],
  '到着処理中': [...alma('receive'), ...app('receive', 'claim')],
  'クレーム未処理': other('RECEIVE'),
  'クレーム回答待': [...alma('receive'), ...app('accept')],
  '借用中': [...alma('return', 'return', 'renew', 'renew', 'lend', 'receive'), ...app('return', 'renew')],
  '更新請求': other('RECEIVE'),
  '返却処理中': other('OK', 'CLAIM'),
  '返却クレーム未処理': alma('return'),
  '返送': [...other('RECEIVE', 'RECEIVE'), ...alma('return')],
};
const LENDING: Readonly<Record<string, readonly Move[]>> = {
  未処理: [...alma('will-supply', 'will-supply', 'ship', 'reject'), ...app('accept'), ...other('CALLBACK')],
  処理中: [...alma('ship', 'ship', 'ship', 'reject', 'conditional', 'general-message'), ...app('ship')],
  新着照会: other('RECEIVE'),
  照会: other('ANSWER', 'ANSWER', 'CANCEL'),
  回答待: [...alma('ship', 'will-supply'), ...app('accept')],
  発送: [...other('RECEIVE', 'RECEIVE', 'RECEIVE'), ...app('callback'), ...alma('ship', 'check-in')],
  到着処理中: other('OK', 'BORROW', 'OK', 'BORROW', 'CLAIM'),
  クレーム未処理: [...alma('general-message'), ...app('accept')],
  クレーム回答待: other('RECEIVE'),
  借用中: other('SENDBACK', 'SENDBACK', 'RENEW'),
  更新請求: [...alma('renew-answer', 'renew-answer', 'renew-answer'), ...app('accept')],
  返却処理中: [...alma('check-in', 'check-in', 'renew-answer'), ...app('check-in', 'claim')],
  返却クレーム未処理: other('RECEIVE'),
  返送: [...alma('check-in', 'check-in', 'check-in'), ...app('accept'), ...other('CALLBACK')],
};

export function usualMoves(side: Side, { state }: Scene): readonly Move[] {
  return (side === 'borrower' ? BORROWING : LENDING)[state] ?? [];
}

/** The due date that the other library sets when it answers a renewal: later when granted. */
export function fieldsOf(command: string, record: WireRecord, isYes: boolean): Readonly<Record<string, string>> {
  if (command === 'CLAIM' && record['STAT'] === '返却処理中')
    return {
      DDATE: isYes ? dayFromNow(LATER) : textIn(record, 'DDATE'),
      _COMMENT_: isYes ? '承諾します。' : '予約があります。',
    };
  return {};
}
