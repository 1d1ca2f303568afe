/**
 * A status of a resource sharing request: code, English and Japanese label.
 * @unconfirmed I: The codes of lending that no public source shows, and all Japanese labels.
 * Confirm: read the code tables of both workflows in an Alma sandbox, in Japanese.
 */
export interface Status {
  readonly code: string;
  readonly en: string;
  readonly ja: string;
}

/** @unconfirmed I: The code of 「Canceled by staff」. Confirm: cancel a borrowing request in an Alma sandbox, and read it by the API. */
export const CANCELLED_BY_STAFF = 'CANCELLED_BY_STAFF';

export const MANDATORY_BORROWING: readonly Status[] = [
  { code: 'REQUEST_CREATED_BOR', en: 'Created borrowing request', ja: '取寄せリクエスト作成済み' },
  { code: 'LOCATE_IN_PROCESS', en: 'Locate in process', ja: '所在確認中' },
  { code: 'LOCATE_FAILED', en: 'Locate failed', ja: '所在確認失敗' },
  { code: 'READY_TO_SEND', en: 'Ready to be sent', ja: '送信準備完了' },
  { code: 'REQUEST_SENT', en: 'Request sent to partner', ja: '相手館に送信済み' },
  { code: 'SHIPPED_PHYSICALLY', en: 'Shipped physically', ja: '現物発送済み' },
  { code: 'RECEIVED_PHYSICALLY', en: 'Physically received by library', ja: '図書館で現物受領済み' },
  { code: 'LOANED', en: 'Loaned item to patron', ja: '利用者に貸出中' },
  { code: 'RETURNED_TO_PARTNER', en: 'Returned item to partner', ja: '相手館に返却済み' },
  { code: 'REQUEST_COMPLETED', en: 'Request completed', ja: '完了' },
  { code: 'CANCELLED', en: 'Cancelled by partner', ja: '相手館による取消' },
  { code: CANCELLED_BY_STAFF, en: 'Canceled by staff', ja: '館員による取消' },
  { code: 'EXPIRED', en: 'Expired', ja: '期限切れ' },
];

export const OPTIONAL_BORROWING: readonly Status[] = [
  { code: 'PENDING_APPROVAL', en: 'Pending approval', ja: '承認待ち' },
  { code: 'LOCAL_HOLDING', en: 'Local holding', ja: '自館所蔵あり' },
  { code: 'BAD_CITATION', en: 'Bad citation', ja: '書誌情報の不備' },
  { code: 'REQUEST_ACCEPTED', en: 'Request accepted', ja: '受付済み' },
  { code: 'WILL_SUPPLY', en: 'Will supply', ja: '提供予定' },
  { code: 'CONDITIONAL', en: 'Conditional', ja: '条件付き' },
  { code: 'SHIPPED_DIGITALLY', en: 'Shipped digitally', ja: '電子的に送付済み' },
  { code: 'RECEIVED_DIGITALLY', en: 'Digitally received by library', ja: '図書館で電子的に受領済み' },
  { code: 'RECEIVED_NOT_FOR_LOAN', en: 'Received not for loan', ja: '受領済み（貸出不可）' },
  { code: 'OVERDUE_ITEM', en: 'Overdue item', ja: '返却期限超過' },
  { code: 'RECALLED_BOR', en: 'Recalled by partner', ja: '相手館による返却請求' },
  { code: 'RENEW_REQUESTED', en: 'Renew requested', ja: '更新請求中' },
  { code: 'RENEWED', en: 'Renewed', ja: '更新済み' },
  { code: 'RENEW_NOT_ACCEPTED', en: 'Renew request not accepted', ja: '更新不可' },
  { code: 'LENDER_CHECK_IN', en: 'Checked in by partner', ja: '相手館で返却確認済み' },
  { code: 'CANCEL_REPLY', en: 'Waiting for cancel response', ja: '取消回答待ち' },
  { code: 'CANCEL_NOT_ACCEPTED', en: 'Cancel request not accepted', ja: '取消不可' },
  { code: 'REJECT', en: 'Rejected by partner', ja: '相手館による謝絶' },
  { code: 'REACTIVATED', en: 'Reactivated', ja: '再開済み' },
  { code: 'CLAIMED', en: 'Claimed', ja: 'クレーム済み' },
  { code: 'DECLARED_LOST', en: 'Declared lost', ja: '紛失' },
  { code: 'DAMAGED_COMMUNICATED', en: 'Damaged communicated', ja: '破損連絡済み' },
];

export const MANDATORY_LENDING: readonly Status[] = [
  { code: 'REQUEST_CREATED_LEND', en: 'Created lending request', ja: '貸出リクエスト作成済み' },
  { code: 'BEING_PROCESSED', en: 'Being processed', ja: '処理中' },
  { code: 'SHIPPED_PHYSICALLY', en: 'Shipped physically', ja: '現物発送済み' },
  { code: 'REQUEST_COMPLETED', en: 'Request completed', ja: '完了' },
  { code: 'CANCELLED', en: 'Cancelled', ja: '取消' },
  { code: 'REJECTED', en: 'Rejected', ja: '謝絶' },
  { code: 'EXPIRED', en: 'Expired', ja: '期限切れ' },
];

export const OPTIONAL_LENDING: readonly Status[] = [
  { code: 'LOCATE_FAILED', en: 'Locate failed', ja: '所在確認失敗' },
  { code: 'WILL_SUPPLY', en: 'Will supply', ja: '提供予定' },
  { code: 'CONDITIONAL', en: 'Conditional', ja: '条件付き' },
  { code: 'SHIPPED_DIGITALLY', en: 'Shipped digitally', ja: '電子的に送付済み' },
  { code: 'RECEIVED_BY_PARTNER', en: 'Received by partner', ja: '相手館で受領済み' },
  { code: 'RETURNED_BY_PARTNER', en: 'Returned by partner', ja: '相手館が返却済み' },
  { code: 'RENEW_REQUESTED', en: 'Renew requested', ja: '更新請求中' },
  { code: 'OVERDUE_REQUEST', en: 'Overdue request', ja: '返却期限超過' },
];

export const BORROWING_STATUSES = [...MANDATORY_BORROWING, ...OPTIONAL_BORROWING];
export const LENDING_STATUSES = [...MANDATORY_LENDING, ...OPTIONAL_LENDING];

/** `{value, desc}` with the English label, as REST returns it. */
export function statusValue(
  statuses: readonly Status[],
  code: string,
): { readonly value: string; readonly desc: string } {
  return { value: code, desc: statuses.find((status) => status.code === code)?.en ?? code };
}

/** Statuses in which a borrowing request can no longer be cancelled. */
export const FINAL_BORROWING: ReadonlySet<string> = new Set([
  'REQUEST_COMPLETED',
  'CANCELLED',
  CANCELLED_BY_STAFF,
  'EXPIRED',
  'RETURNED_TO_PARTNER',
  'RECEIVED_DIGITALLY',
  'LENDER_CHECK_IN',
]);
