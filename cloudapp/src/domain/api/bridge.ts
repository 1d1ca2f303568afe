/** API contract: the messages that the bridge and Alma exchange, and what staff can do about those that wait. */
import Type, { type Static } from 'typebox';
import { SideSchema } from './requests';
import { literals, MAX_PAGE } from './schema';
import { COMMANDS } from '../ill/commands';

/**
 * State of a message.
 * - waiting: the gateway works on it, or delivers it again
 * - held: from Alma; waits for a step of the other library, or for the consent of staff (`hold`)
 * - done: from Alma, carried out (`commands` may be empty); to Alma, confirmed
 * - refused: NACSIS-ILL did not allow what Alma asked; or Alma did not accept the message
 * - stopped: no answer of Alma after all attempts, or no lender, charge or due date; staff must decide
 * - dropped: overtaken by a later message, or dropped by staff
 */
export const MESSAGE_STATES = ['waiting', 'held', 'done', 'refused', 'stopped', 'dropped'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/**
 * Why a message of Alma is held. Each has the i18n key `bridge.hold.<reason>`.
 * - partner-first: the other library has not done its step yet (Receive before SEND, Check in before SENDBACK)
 * - answer-first: the renewal that the lender has on its desk must be answered first
 * - needs-charge: a shipment without a charge in yen; staff enter it in the app
 * - needs-due-date: a shipment of a loan without a due date
 * - expired: Alma's lending request expired; staff decide whether to refuse the other library's request
 * - ask-claim: staff decide whether Alma's Receive settles the claim
 * - ask-return: staff decide whether an item that was never lent goes back
 * - ask-late: held for longer than a day; staff decide whether it is still wanted
 */
export const HOLD_REASONS = [
  'partner-first',
  'answer-first',
  'needs-charge',
  'needs-due-date',
  'expired',
  'ask-claim',
  'ask-return',
  'ask-late',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/**
 * What staff can do with a message: do it now (held), send it again (stopped), drop it, also one of Alma that is
 * repeated because it fails, or undo the drop of one that was held.
 */
export const MESSAGE_ACTIONS = ['apply', 'retry', 'drop', 'undo'] as const;
export type MessageAction = (typeof MESSAGE_ACTIONS)[number];

/** Kinds of messages by what they say. Each has the i18n key `bridge.message.<name>`. */
export const MESSAGE_NAMES = [
  'Request',
  'Retry',
  'Reminder',
  'Received',
  'ShippedReturn',
  'ShippedForward',
  'Renew',
  'Cancel',
  'Notification',
  'StatusRequest',
  'StatusRequestResponse',
  'RenewResponse',
  'CancelResponse',
  'RequestReceived',
  'ExpectToSupply',
  'WillSupply',
  'Loaned',
  'Overdue',
  'Recalled',
  'RetryPossible',
  'Unfilled',
  'CopyCompleted',
  'LoanCompleted',
  'CompletedWithoutReturn',
  'Cancelled',
] as const;
export type MessageName = (typeof MESSAGE_NAMES)[number];

/**
 * What a Request or Retry says that is not in the record as it stands there. Each has the i18n key
 * `bridge.warning.<code>`.
 * - cut: longer than its field (`field`; `comment` for the comment)
 * - number-invalid, ncid-invalid: a number with a wrong form or check character; left out
 * - need-by-past, need-by-unreadable: the day until which it is needed; left out
 */
export const DRAFT_WARNINGS = ['cut', 'number-invalid', 'ncid-invalid', 'need-by-past', 'need-by-unreadable'] as const;
const DraftWarningSchema = Type.Object({ code: literals(DRAFT_WARNINGS), field: Type.Optional(Type.String()) });
export type DraftWarning = Static<typeof DraftWarningSchema>;

export const BridgeMessageSchema = Type.Object({
  id: Type.String(),
  library: Type.String(),
  /** in: from Alma; out: to Alma. */
  direction: literals(['in', 'out']),
  name: literals(MESSAGE_NAMES),
  /** Y or N, of RenewResponse and CancelResponse. */
  answer: Type.Optional(literals(['Y', 'N'])),
  side: SideSchema,
  /** NACSIS id; absent until a request that staff sent from Alma is saved. */
  requestId: Type.Optional(Type.String()),
  /** The requester's id in the messages: of a borrowing request Alma's external id. */
  externalId: Type.String(),
  title: Type.Optional(Type.String()),
  /** Absent once the texts of an ended request are erased. */
  note: Type.Optional(Type.String()),
  state: literals(MESSAGE_STATES),
  hold: Type.Optional(Type.Object({ reason: literals(HOLD_REASONS), since: Type.String() })),
  /** Commands that the message caused, in order. */
  commands: Type.Array(literals(COMMANDS)),
  /** Absent when there are none. */
  warnings: Type.Optional(Type.Array(DraftWarningSchema)),
  /** Why it is refused or stopped: one of ERROR_CODES, REFUSALS, REFUSAL_TEXTS or MESSAGE_PROBLEMS, or a code of Alma. */
  problem: Type.Optional(Type.Object({ code: Type.String(), detail: Type.Optional(Type.String()) })),
  /** ISO 8601: received or written; ended; next attempt. */
  at: Type.String(),
  doneAt: Type.Optional(Type.String()),
  nextAt: Type.Optional(Type.String()),
  attempts: Type.Integer(),
  can: Type.Array(literals(MESSAGE_ACTIONS)),
});
export type BridgeMessage = Static<typeof BridgeMessageSchema>;

export const BridgeQueueQuerySchema = Type.Object({
  library: Type.Optional(Type.String()),
  /** Absent: every message that needs somebody or is on its way (waiting, held, refused, stopped). */
  state: Type.Optional(literals(MESSAGE_STATES)),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
});
export const BridgeQueueSchema = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  counts: Type.Object({
    waiting: Type.Integer(),
    held: Type.Integer(),
    refused: Type.Integer(),
    stopped: Type.Integer(),
  }),
  /** Newest first. */
  items: Type.Array(BridgeMessageSchema),
});
export type BridgeQueue = Static<typeof BridgeQueueSchema>;
export const BridgeMessageAnswerSchema = Type.Object({ message: BridgeMessageSchema });
export type BridgeQueueQuery = Static<typeof BridgeQueueQuerySchema>;

/** Buttons of Alma's request pages. Each has the i18n key `bridge.press.<name>`. */
export const ALMA_BUTTONS = [
  'send',
  'receive',
  'return',
  'renew',
  'cancel',
  'ship',
  'check-in',
  'reject',
  'renew-answer',
] as const;
export type AlmaButton = (typeof ALMA_BUTTONS)[number];

/**
 * Alma is behind NACSIS-ILL in a way that no message can mend (iso18626.md 5, 7).
 * - press: staff took the step in the app or elsewhere; pressing this button in Alma catches up and is answered "done"
 * - ahead: Alma took a step that NACSIS-ILL did not, or took back; the request in Alma cannot be moved back
 * Each has the i18n key `bridge.contradiction.<what>`.
 */
export const ContradictionSchema = Type.Object({
  what: literals(['press', 'ahead']),
  buttons: Type.Array(literals(ALMA_BUTTONS)),
  since: Type.String(),
});
export type Contradiction = Static<typeof ContradictionSchema>;

/** The bridge's part of a request panel. Oldest message first. */
export const RequestMessagesSchema = Type.Object({
  /** The requester's id in the messages; absent when Alma does not know the request through the bridge. */
  externalId: Type.Optional(Type.String()),
  /** The last status that Alma was told. */
  told: Type.Optional(literals(MESSAGE_NAMES)),
  contradiction: Type.Optional(ContradictionSchema),
  items: Type.Array(BridgeMessageSchema),
});
export type RequestMessages = Static<typeof RequestMessagesSchema>;

/** Finds the request of the institution that belongs to an Alma request with this external id. */
export const ByExternalIdQuerySchema = Type.Object({
  side: SideSchema,
  externalId: Type.String({ minLength: 1, maxLength: 255 }),
});
export const ByExternalIdSchema = Type.Object({ requestId: Type.Optional(Type.String()) });
export type ByExternalId = Static<typeof ByExternalIdSchema>;
