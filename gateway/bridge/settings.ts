import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { count, days, group, hours, milliseconds, minutes, text, type TextRule } from '../setting-kinds';

const timeOfDay: TextRule = (time) =>
  /^([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/.test(time) ? undefined : 'is no time of day in UTC, such as 14:59:59Z';

/**
 * How the bridge behaves where Alma's behaviour, or the library's custom, is not known. The defaults are those of
 * iso18626.md 3 to 6.
 * @unconfirmed O: How Alma treats an ERROR confirmation, when it repeats a message, and which of its statuses follows which message (`bridge`).
 * Confirm: set up the gateway as a partner of an Alma sandbox, perform each action of both sides, and compare with docs/iso18626.md.
 */
export const BridgeSchema = group({
  refuseBy: Type.Enum(['notification', 'error', 'both'], {
    default: 'notification',
    description:
      'how an action of Alma that NACSIS-ILL does not allow is refused: an OK confirmation and a Notification, an ERROR confirmation, or both. Cancel and Renew always get their own answers',
  }),
  onOrdered: Type.Enum(['none', 'notification'], {
    default: 'none',
    description: 'what Alma is told when a request was ordered in NACSIS-ILL',
  }),
  onAccept: Type.Enum(['willSupply', 'notification', 'none'], {
    default: 'willSupply',
    description: 'what Alma is told when the lender accepts (処理中). In NACSIS-ILL it only means "opened"',
  }),
  onLastRefusal: Type.Enum(['notification', 'unfilled'], {
    default: 'notification',
    description:
      'what Alma is told after the last lender refused. `unfilled` ends the request: Alma goes to the next partner, and the NACSIS-ILL request is cancelled',
  }),
  receivedAnswersClaim: Type.Enum(['do', 'ask'], {
    default: 'do',
    description: "whether Alma's Receive settles a claim that the lender has answered, or waits for staff",
  }),
  returnWithoutLoan: Type.Enum(['do', 'ask'], {
    default: 'do',
    description: "whether Alma's Return of an item that was never lent to the patron is done, or waits for staff",
  }),
  answerAfterRefusal: Type.Boolean({
    default: false,
    description: "send Alma's General Message as ANSWER also after the last lender refused (NL2-2 discourages it)",
  }),
  expiredRejects: Type.Boolean({
    default: false,
    description: "refuse the borrower's request when Alma's lending request expires; otherwise staff decide",
  }),
  lenderMessage: Type.Enum(['inquiry', 'note'], {
    default: 'inquiry',
    description: "what Alma's General Message becomes while the lender works on a request (処理中)",
  }),
  acceptRenewalAnswer: Type.Boolean({
    default: true,
    description: "accept the lender's answer to a renewal (RECEIVE) once Alma was told",
  }),
  keywords: Type.Boolean({
    default: false,
    description: 'act on a General Message that is only a keyword of config/bridge-map.json, such as 次館',
  }),
  dueTime: text(timeOfDay, 'time of day in due dates sent to Alma. The default is the same day in UTC and in Japan', {
    default: '14:59:59Z',
  }),
  holdDays: days(14, 'days that a message of Alma waits for the step of the other library before it is refused'),
  askAfterHours: hours(24, 'hours after which a held CANCEL or PARDON needs the consent of staff'),
  deliveryAttempts: count(12, 'attempts to deliver a message to Alma before staff must decide'),
  callTimeoutMs: milliseconds(30_000, 'time for one message to Alma and its confirmation'),
  readingMinutes: minutes(
    5,
    'age of the requests at which the bridge reads what changed in NACSIS-ILL, when nobody else has; 0: never',
    { minimum: 0 },
  ),
  deliveryPauseMinutes: minutes(5, 'longest pause between two attempts; the first pauses are shorter'),
});
export type BridgeSettings = Readonly<Static<typeof BridgeSchema>>;

export const BRIDGE_DEFAULTS = Value.Create(BridgeSchema);
