/**
 * What each message of Alma does in each state, typed by hand from iso18626.md 4 and 8, with the names on the wire, and
 * without an import, so that a wrong row of config/bridge-map.json cannot confirm itself.
 *
 * Cells: commands joined by +; `hold:` and the reason; `refuse:` and the reason; done, note, save, status, discard.
 * Plain circumstances: default settings, the note 「メモ」, a charge of 500 JPY and a due date for a shipment, no open
 * claim, an inquiry (not a refusal) before 照会, and a return (not a renewal) before 返却処理中.
 */
const BORROWER_COPY = `
state          | Retry            | Received            | ShippedReturn         | Renew                 | Cancel                 | Notification
none           | refuse:wrong-state | refuse:wrong-state  | refuse:not-for-copies | refuse:not-for-copies | discard                | note
準備中         | refuse:wrong-state | refuse:wrong-state  | refuse:not-for-copies | refuse:not-for-copies | CANCEL                 | note
未処理         | refuse:wrong-state | hold:partner-first  | refuse:not-for-copies | refuse:not-for-copies | CALLBACK+CANCEL        | note
処理中         | refuse:wrong-state | hold:partner-first  | refuse:not-for-copies | refuse:not-for-copies | refuse:lender-works    | note
新着照会       | RECEIVE+RETRY      | refuse:wrong-state  | refuse:not-for-copies | refuse:not-for-copies | RECEIVE+CANCEL         | RECEIVE+ANSWER
照会           | RETRY              | refuse:wrong-state  | refuse:not-for-copies | refuse:not-for-copies | CANCEL                 | ANSWER
回答待         | refuse:wrong-state | hold:partner-first  | refuse:not-for-copies | refuse:not-for-copies | CALLBACK+CANCEL        | note
発送           | refuse:wrong-state | RECEIVE+OK          | refuse:not-for-copies | refuse:not-for-copies | refuse:shipped-already | note
到着処理中     | refuse:wrong-state | OK                  | refuse:not-for-copies | refuse:not-for-copies | refuse:shipped-already | note
クレーム未処理 | refuse:wrong-state | refuse:answer-claim-first | refuse:not-for-copies | refuse:not-for-copies | refuse:shipped-already | note
クレーム回答待 | refuse:wrong-state | RECEIVE+OK          | refuse:not-for-copies | refuse:not-for-copies | refuse:shipped-already | note
確認           | refuse:wrong-state | done                | refuse:not-for-copies | refuse:not-for-copies | refuse:shipped-already | note
CANCEL         | CALLBACK           | refuse:ended        | refuse:not-for-copies | refuse:not-for-copies | done                   | note
unknown        | refuse:wrong-state | refuse:wrong-state  | refuse:not-for-copies | refuse:not-for-copies | refuse:wrong-state     | note
gone           | refuse:gone        | refuse:gone         | refuse:not-for-copies | refuse:not-for-copies | refuse:gone            | note
`;

const BORROWER_LOAN = `
state              | Retry              | Received            | ShippedReturn             | Renew              | Cancel                 | Notification
none               | refuse:wrong-state | refuse:wrong-state  | refuse:wrong-state        | refuse:wrong-state | discard                | note
準備中             | refuse:wrong-state | refuse:wrong-state  | refuse:wrong-state        | refuse:wrong-state | CANCEL                 | note
未処理             | refuse:wrong-state | hold:partner-first  | refuse:wrong-state        | refuse:wrong-state | CALLBACK+CANCEL        | note
処理中             | refuse:wrong-state | hold:partner-first  | refuse:wrong-state        | refuse:wrong-state | refuse:lender-works    | note
新着照会           | RECEIVE+RETRY      | refuse:wrong-state  | refuse:wrong-state        | refuse:wrong-state | RECEIVE+CANCEL         | RECEIVE+ANSWER
照会               | RETRY              | refuse:wrong-state  | refuse:wrong-state        | refuse:wrong-state | CANCEL                 | ANSWER
回答待             | refuse:wrong-state | hold:partner-first  | refuse:wrong-state        | refuse:wrong-state | CALLBACK+CANCEL        | note
発送               | refuse:wrong-state | RECEIVE+BORROW      | RECEIVE+BORROW+SENDBACK   | refuse:wrong-state | refuse:shipped-already | note
到着処理中         | refuse:wrong-state | BORROW              | BORROW+SENDBACK           | refuse:wrong-state | refuse:shipped-already | note
クレーム未処理     | refuse:wrong-state | refuse:answer-claim-first | refuse:answer-claim-first | refuse:wrong-state | refuse:shipped-already | note
クレーム回答待     | refuse:wrong-state | RECEIVE+BORROW      | RECEIVE+BORROW+SENDBACK   | refuse:wrong-state | refuse:shipped-already | note
借用中             | refuse:wrong-state | done                | SENDBACK                  | RENEW              | refuse:shipped-already | note
更新請求           | refuse:wrong-state | done                | CALLBACK+SENDBACK         | done               | refuse:shipped-already | note
返送               | refuse:wrong-state | done                | done                      | refuse:wrong-state | refuse:shipped-already | note
返却処理中         | refuse:wrong-state | done                | done                      | refuse:wrong-state | refuse:shipped-already | note
返却クレーム未処理 | refuse:wrong-state | done                | RECEIVE+SENDBACK          | RECEIVE+RENEW      | refuse:shipped-already | note
返却確認           | refuse:wrong-state | done                | done                      | refuse:ended       | refuse:shipped-already | note
CANCEL             | CALLBACK           | refuse:ended        | refuse:ended              | refuse:ended       | done                   | note
unknown            | refuse:wrong-state | refuse:wrong-state  | refuse:wrong-state        | refuse:wrong-state | refuse:wrong-state     | note
gone               | refuse:gone        | refuse:gone         | refuse:gone               | refuse:gone        | refuse:gone            | note
`;

const LENDER_COPY = `
state          | WillSupply         | Loaned             | CopyCompleted      | Unfilled               | RetryPossible      | Notification | LoanCompleted         | RenewResponse
準備中         | refuse:gone        | refuse:gone        | refuse:gone        | refuse:gone            | refuse:gone        | note         | refuse:not-for-copies | refuse:not-for-copies
未処理         | RECEIVE            | RECEIVE+SEND       | RECEIVE+SEND       | RECEIVE+PARDON         | RECEIVE+INQUIRE    | note         | refuse:not-for-copies | refuse:not-for-copies
処理中         | done               | SEND               | SEND               | PARDON                 | INQUIRE            | INQUIRE      | refuse:not-for-copies | refuse:not-for-copies
新着照会       | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state | refuse:call-back-first | done               | note         | refuse:not-for-copies | refuse:not-for-copies
照会           | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state     | done               | note         | refuse:not-for-copies | refuse:not-for-copies
回答待         | RECEIVE            | RECEIVE+SEND       | RECEIVE+SEND       | RECEIVE+PARDON         | RECEIVE+INQUIRE    | note         | refuse:not-for-copies | refuse:not-for-copies
発送           | done               | done               | done               | refuse:call-back-first | refuse:wrong-state | note         | refuse:not-for-copies | refuse:not-for-copies
到着処理中     | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | refuse:not-for-copies | refuse:not-for-copies
クレーム未処理 | RECEIVE            | RECEIVE+SEND       | RECEIVE+SEND       | refuse:claim-open      | refuse:claim-open  | note         | refuse:not-for-copies | refuse:not-for-copies
クレーム回答待 | done               | done               | done               | refuse:claim-open      | refuse:wrong-state | note         | refuse:not-for-copies | refuse:not-for-copies
確認           | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | refuse:not-for-copies | refuse:not-for-copies
CANCEL         | refuse:ended       | refuse:ended       | refuse:ended       | refuse:ended           | refuse:ended       | note         | refuse:not-for-copies | refuse:not-for-copies
unknown        | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state     | refuse:wrong-state | note         | refuse:not-for-copies | refuse:not-for-copies
gone           | refuse:gone        | refuse:gone        | refuse:gone        | refuse:gone            | refuse:gone        | note         | refuse:not-for-copies | refuse:not-for-copies
`;

const LENDER_LOAN = `
state              | WillSupply         | Loaned             | CopyCompleted      | Unfilled               | RetryPossible      | Notification | LoanCompleted      | RenewResponse
準備中             | refuse:gone        | refuse:gone        | refuse:gone        | refuse:gone            | refuse:gone        | note         | refuse:gone        | refuse:gone
未処理             | RECEIVE            | RECEIVE+SEND       | RECEIVE+SEND       | RECEIVE+PARDON         | RECEIVE+INQUIRE    | note         | refuse:wrong-state | refuse:no-renewal
処理中             | done               | SEND               | SEND               | PARDON                 | INQUIRE            | INQUIRE      | refuse:wrong-state | refuse:no-renewal
新着照会           | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state | refuse:call-back-first | done               | note         | refuse:wrong-state | refuse:no-renewal
照会               | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state     | done               | note         | refuse:wrong-state | refuse:no-renewal
回答待             | RECEIVE            | RECEIVE+SEND       | RECEIVE+SEND       | RECEIVE+PARDON         | RECEIVE+INQUIRE    | note         | refuse:wrong-state | refuse:no-renewal
発送               | done               | done               | done               | refuse:call-back-first | refuse:wrong-state | note         | hold:partner-first | refuse:no-renewal
到着処理中         | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | hold:partner-first | refuse:no-renewal
クレーム未処理     | RECEIVE            | RECEIVE+SEND       | RECEIVE+SEND       | refuse:claim-open      | refuse:claim-open  | note         | refuse:wrong-state | refuse:no-renewal
クレーム回答待     | done               | done               | done               | refuse:claim-open      | refuse:wrong-state | note         | refuse:wrong-state | refuse:no-renewal
借用中             | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | hold:partner-first | refuse:no-renewal
更新請求           | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | refuse:book-is-out | RECEIVE+CLAIM
返送               | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | RECEIVE+OK         | refuse:no-renewal
返却処理中         | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | OK                 | refuse:no-renewal
返却クレーム未処理 | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | refuse:wrong-state | refuse:no-renewal
返却確認           | done               | done               | done               | refuse:wrong-state     | refuse:wrong-state | note         | done               | refuse:ended
CANCEL             | refuse:ended       | refuse:ended       | refuse:ended       | refuse:ended           | refuse:ended       | note         | refuse:ended       | refuse:ended
unknown            | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state | refuse:wrong-state     | refuse:wrong-state | note         | refuse:wrong-state | refuse:wrong-state
gone               | refuse:gone        | refuse:gone        | refuse:gone        | refuse:gone            | refuse:gone        | note         | refuse:gone        | refuse:gone
`;

/** Messages that mean the same in every state. A Request with a new id is a cell of its own. */
const EVERYWHERE = {
  borrower: { Reminder: 'status', StatusRequest: 'status', ShippedForward: 'refuse:forwarding-unsupported' },
  lender: {
    CancelResponse: 'note',
    Overdue: 'note',
    Recalled: 'note',
    CompletedWithoutReturn: 'note',
    Cancelled: 'note',
    RequestReceived: 'note',
    ExpectToSupply: 'note',
    StatusRequestResponse: 'note',
  },
} as const;

export interface ExpectedCell {
  readonly side: 'borrower' | 'lender';
  readonly kind: 'copy' | 'loan';
  readonly message: string;
  readonly state: string;
  readonly expected: string;
}

function cellsOf(side: ExpectedCell['side'], kind: ExpectedCell['kind'], table: string): readonly ExpectedCell[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.flatMap(([state = '', ...cells]) => [
    ...cells.map((expected, at) => ({ side, kind, message: head[at + 1] ?? '', state, expected })),
    ...Object.entries(EVERYWHERE[side]).map(([message, expected]) => ({ side, kind, message, state, expected })),
    ...(side === 'lender'
      ? []
      : [{ side, kind, message: 'Request', state, expected: state === 'none' ? 'save' : 'refuse:id-known' }]),
  ]);
}

export const CONFORMANCE: readonly ExpectedCell[] = [
  ...cellsOf('borrower', 'copy', BORROWER_COPY),
  ...cellsOf('borrower', 'loan', BORROWER_LOAN),
  ...cellsOf('lender', 'copy', LENDER_COPY),
  ...cellsOf('lender', 'loan', LENDER_LOAN),
];

/**
 * What Alma is told of each event when the bridge has its default settings, and nothing was told before: the command of
 * the history, who gave it, the states before and after, and the messages to Alma. Typed from iso18626.md 5.
 */
export const EVENTS_OF_BORROWER = `
ORDER    | borrower | 準備中             | 未処理             | both | -
RECEIVE  | lender   | 未処理             | 処理中             | both | WillSupply RequestResponse
PARDON   | lender   | 処理中             | 未処理             | both | Notification
FORWARD  | borrower | 照会               | 未処理             | both | Notification
INQUIRE  | lender   | 処理中             | 新着照会           | both | Notification
PARDON   | lender   | 処理中             | 新着照会           | both | Notification
RECEIVE  | borrower | 新着照会           | 照会               | both | -
ANSWER   | borrower | 照会               | 回答待             | both | -
RECEIVE  | lender   | 回答待             | 処理中             | both | -
SEND     | lender   | 処理中             | 発送               | loan | Loaned StatusChange
SEND     | lender   | 処理中             | 発送               | copy | CopyCompleted RequestResponse
RECEIVE  | borrower | 発送               | 到着処理中         | both | -
OK       | borrower | 到着処理中         | 確認               | copy | -
BORROW   | borrower | 到着処理中         | 借用中             | loan | -
CLAIM    | borrower | 到着処理中         | クレーム未処理     | both | -
RECEIVE  | lender   | クレーム未処理     | 処理中             | both | -
SEND     | lender   | 処理中             | クレーム回答待     | both | Notification
ANSWER   | lender   | 処理中             | クレーム回答待     | both | Notification
RECEIVE  | borrower | クレーム回答待     | 到着処理中         | both | -
RENEW    | borrower | 借用中             | 更新請求           | loan | -
RECEIVE  | lender   | 更新請求           | 返却処理中         | loan | -
CLAIM    | lender   | 返却処理中         | 返却クレーム未処理 | loan | Notification
RECEIVE  | borrower | 返却クレーム未処理 | 借用中             | loan | -
SENDBACK | borrower | 借用中             | 返送               | loan | -
RECEIVE  | lender   | 返送               | 返却処理中         | loan | -
OK       | lender   | 返却処理中         | 返却確認           | loan | LoanCompleted RequestResponse
CANCEL   | borrower | 準備中             | CANCEL             | both | Cancelled StatusChange
CANCEL   | borrower | 照会               | CANCEL             | both | Cancelled StatusChange
RETRY    | borrower | 照会               | 準備中             | both | -
SAVE     | borrower | 準備中             | 準備中             | both | -
CALLBACK | lender   | 発送               | 処理中             | both | Notification
CALLBACK | lender   | 新着照会           | 処理中             | both | Notification
CALLBACK | lender   | クレーム回答待     | 処理中             | both | Notification
CALLBACK | lender   | 返却確認           | 返却処理中         | loan | -
CALLBACK | borrower | 未処理             | 準備中             | both | -
CALLBACK | borrower | 回答待             | 照会               | both | -
CALLBACK | borrower | クレーム未処理     | 到着処理中         | both | -
CALLBACK | borrower | 確認               | 到着処理中         | copy | -
CALLBACK | borrower | 借用中             | 到着処理中         | loan | -
CALLBACK | borrower | 更新請求           | 借用中             | loan | -
CALLBACK | borrower | 返送               | 借用中             | loan | -
CALLBACK | borrower | CANCEL             | 準備中             | both | -
`;

export const EVENTS_OF_LENDER = `
RECEIVE  | lender   | 未処理             | 処理中             | both | -
RECEIVE  | lender   | 回答待             | 処理中             | both | -
RECEIVE  | lender   | クレーム未処理     | 処理中             | both | -
SEND     | lender   | 処理中             | 発送               | both | -
SEND     | lender   | 処理中             | クレーム回答待     | both | -
ANSWER   | lender   | 処理中             | クレーム回答待     | both | -
INQUIRE  | lender   | 処理中             | 新着照会           | both | -
PARDON   | lender   | 処理中             | 新着照会           | both | -
RECEIVE  | borrower | 新着照会           | 照会               | both | -
ANSWER   | borrower | 照会               | 回答待             | both | Notification
RETRY    | borrower | 照会               | 準備中             | both | Cancel
CANCEL   | borrower | 照会               | CANCEL             | both | Cancel
CALLBACK | borrower | 未処理             | 準備中             | both | Cancel
RECEIVE  | borrower | 発送               | 到着処理中         | both | Received
RECEIVE  | borrower | クレーム回答待     | 到着処理中         | both | Received
OK       | borrower | 到着処理中         | 確認               | copy | Received
BORROW   | borrower | 到着処理中         | 借用中             | loan | Received
CLAIM    | borrower | 到着処理中         | クレーム未処理     | both | Notification
RENEW    | borrower | 借用中             | 更新請求           | loan | Renew
RECEIVE  | lender   | 更新請求           | 返却処理中         | loan | -
CLAIM    | lender   | 返却処理中         | 返却クレーム未処理 | loan | -
RECEIVE  | borrower | 返却クレーム未処理 | 借用中             | loan | -
SENDBACK | borrower | 借用中             | 返送               | loan | ShippedReturn
RECEIVE  | lender   | 返送               | 返却処理中         | loan | -
OK       | lender   | 返却処理中         | 返却確認           | loan | -
CALLBACK | borrower | 回答待             | 照会               | both | Notification
CALLBACK | borrower | クレーム未処理     | 到着処理中         | both | Notification
CALLBACK | borrower | 確認               | 到着処理中         | copy | Notification
CALLBACK | borrower | 借用中             | 到着処理中         | loan | Notification
CALLBACK | borrower | 更新請求           | 借用中             | loan | Notification
CALLBACK | borrower | 返送               | 借用中             | loan | Notification
CALLBACK | lender   | 発送               | 処理中             | both | -
CALLBACK | lender   | 新着照会           | 処理中             | both | -
CALLBACK | lender   | クレーム回答待     | 処理中             | both | -
CALLBACK | lender   | 返却確認           | 返却処理中         | loan | -
`;
