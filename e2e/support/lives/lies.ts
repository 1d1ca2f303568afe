/** True and false reports about requests, to prove that the driver can tell them apart. */
import type { WireRecord } from '../../../test/catp-client/catp-client';
import { wireRequest } from '../../../test/support/wire-request';
import type { Attempt } from './explain';
import { lifeOf, type Life } from './life';

const [BORROWER, LENDER] = ['FA090007', 'FA090018'];
const ID = 'LA9000000001';

export interface Telling {
  readonly before: Life;
  readonly attempts: readonly Attempt[];
  readonly record: WireRecord;
}

function there(state: string): WireRecord {
  return { ...wireRequest({ kind: 'copy', state, borrower: BORROWER, lenders: [LENDER] }), ID };
}

/** The record in NACSIS-ILL after these commands of the lender or the borrower. */
function then(record: WireRecord, more: WireRecord, ...entries: readonly Record<string, string>[]): WireRecord {
  return { ...record, ...more, SENDG: [...(record['SENDG'] as Record<string, string>[]), ...entries] };
}

function ship(total: string, outcome: Attempt['outcome']): Attempt {
  const values = { SDATE: '20260403', SUM: total };
  return { words: `ship ${total}`, sent: { side: 'L', library: LENDER, values }, ways: [['SEND']], outcome };
}

function byBorrower(command: string, comment: string): Attempt {
  const sent = { side: 'B', library: BORROWER, values: {}, comment } as const;
  return { words: command, sent, ways: [[command]], outcome: 'done' };
}

/** A program ships with 500 while a user's `ship` with 300 is lost. `told` is the outcome reported to the user. */
export function lostShip(told: Attempt['outcome']): Telling {
  const record = there('処理中');
  const after = then(record, { STAT: '発送', SUM: '500' }, { SENDCMND: 'SEND', SENDMLID: LENDER });
  return { before: lifeOf(record), attempts: [ship('300', told), ship('500', 'done')], record: after };
}

/** A user ships. `told` is the outcome reported to the user. */
export function shipped(told: Attempt['outcome']): Telling {
  const { before, record } = lostShip(told);
  return { before, attempts: [ship('500', told)], record };
}

/** A user is told that an action is not allowed although NACSIS-ILL allows it. */
export function wronglyRefused(): Telling {
  const record = there('処理中');
  const isRightIn = ({ model }: Life): boolean => model.state !== '処理中';
  return { before: lifeOf(record), attempts: [{ ...ship('300', 'not-done'), isRightIn }], record };
}

/** Another program withdraws a claim. `times`: how often the claim is in the history. */
export function claimed(times: 1 | 2): Telling {
  const record = there('到着処理中');
  const claim = { SENDCMND: 'CLAIM', SENDMLID: BORROWER, SENDCMNT: '落丁' };
  const back = { SENDCMND: 'CALLBACK', SENDMLID: BORROWER, SENDCMNT: '取り戻し' };
  const after =
    times === 1
      ? then(record, {}, claim, back)
      : then(record, { STAT: 'クレーム未処理', CLAIMFLG: '1' }, claim, back, claim);
  const attempts = [byBorrower('CALLBACK', '取り戻し'), byBorrower('CLAIM', '落丁')];
  return { before: lifeOf(record), attempts, record: after };
}
