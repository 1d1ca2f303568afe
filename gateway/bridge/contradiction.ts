import type { AlmaButton, Contradiction, MessageName, MessageState } from '#domain/api/bridge';
import { codeByWire } from '#domain/ill/codes';
import { commandByWire, type Command } from '#domain/ill/commands';
import { FLAG_SET, isRenewalPending, sideOfEntry } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { illRequestOf, type StoredRequest } from '../store/stored-request';
import { SHIPMENTS } from './message-name';
import { AFTER_SHIPMENT, isReturned, RETURNED_IN } from './record-facts';

/** A message of the request's transaction. */
interface Exchanged {
  readonly direction: 'in' | 'out';
  readonly name: MessageName;
  readonly state: MessageState;
  readonly answer?: 'Y' | 'N' | undefined;
}

/** A step that staff can take in Alma, by this button, and that Alma reports by one of these messages. */
interface AlmaStep {
  readonly button: AlmaButton;
  readonly reportedBy: readonly MessageName[];
  /** States of NACSIS-ILL in which the step is done. */
  readonly doneIn: readonly StateId[];
}

const RECEIVED_IN: readonly StateId[] = ['CONFIRMED', 'ON_LOAN', 'RENEW_REQUESTED', ...RETURNED_IN];
const SHIPPED_IN: readonly StateId[] = ['SHIPPED', ...AFTER_SHIPMENT];
/** States in which the lender has not shipped, or no longer. */
const NOT_SHIPPED: readonly StateId[] = ['UNPROCESSED', 'PROCESSING', 'NEW_INQUIRY', 'INQUIRY', 'ANSWERED'];

const RECEIVE: AlmaStep = { button: 'receive', reportedBy: ['Received'], doneIn: RECEIVED_IN };
const RETURN: AlmaStep = { button: 'return', reportedBy: ['ShippedReturn'], doneIn: RETURNED_IN };
const SHIP: AlmaStep = { button: 'ship', reportedBy: SHIPMENTS, doneIn: SHIPPED_IN };
const CHECK_IN: AlmaStep = { button: 'check-in', reportedBy: ['LoanCompleted'], doneIn: ['RETURN_CONFIRMED'] };

/** Messages that close the request in Alma, told or reported, so that no button can be pressed any more. */
const CLOSING: readonly MessageName[] = ['LoanCompleted', 'Unfilled', 'Cancelled', 'CompletedWithoutReturn'];
/** Messages of Alma that are still to be carried out. */
const TO_COME: readonly MessageState[] = ['waiting', 'held'];
/** Codes of delivery as a file or by wire: Alma may receive such a copy by itself (iso18626.md 5.1). */
const DIGITAL: readonly string[] = ['edds', 'dds', 'fax'];

type Found = Pick<Contradiction, 'what' | 'buttons'>;

/**
 * Where Alma and NACSIS-ILL differ in a way that no message can mend (iso18626.md 5, 7). `messages`: those of the
 * request's newest transaction, oldest first. It ends when Alma's message arrives ("done before"), or when NACSIS-ILL
 * catches up. A message of Alma that is still to be carried out is no contradiction: the queue shows it.
 */
export function contradictionOf(request: StoredRequest, messages: readonly Exchanged[]): Contradiction | undefined {
  const isComing = messages.some(({ direction, state }) => direction === 'in' && TO_COME.includes(state));
  if (isComing || request.state === null) return undefined;
  const found = request.side === 'borrower' ? ofBorrower(request, messages) : ofLender(request, messages);
  return found === undefined ? undefined : { ...found, since: sinceOf(request) };
}

function ofBorrower(request: StoredRequest, messages: readonly Exchanged[]): Found | undefined {
  const wasTold = toldIn(messages);
  if (CLOSING.some(wasTold)) return isOpenAgain(request, wasTold) ? AHEAD : undefined;
  if (request.gone !== null) return undefined;
  const wasReported = reportedIn(messages);
  if (isTakenBack(request, wasTold)) return AHEAD;
  // The gateway carried out Alma's Cancel after it had told Alma of the shipment.
  if (request.state === 'CANCELLED' && SHIPMENTS.some(wasTold)) return AHEAD;
  const steps = isDigital(request) ? [] : [RECEIVE, ...(request.kind === 'loan' ? [RETURN] : [])];
  if (steps.some((step) => isAhead(request, step, wasReported))) return AHEAD;
  const buttons = steps.filter((step) => isBehind(request, step, wasReported)).map(({ button }) => button);
  return press([...buttons, ...(mustRenew(request, messages) ? (['renew'] as const) : [])]);
}

function ofLender(request: StoredRequest, messages: readonly Exchanged[]): Found | undefined {
  const wasReported = reportedIn(messages);
  if (toldIn(messages)('Cancel')) return isCancelDenied(messages) && !CLOSING.some(wasReported) ? AHEAD : undefined;
  if (isRejected(request)) return wasReported('Unfilled') ? undefined : press(['reject']);
  if (request.gone !== null) return undefined;
  if (wasReported('Unfilled')) return AHEAD;
  const steps = [SHIP, ...(request.kind === 'loan' ? [CHECK_IN] : [])];
  if (steps.some((step) => isAhead(request, step, wasReported))) return AHEAD;
  if (SHIP.reportedBy.some(wasReported) && isTakenBackByBorrower(request, toldIn(messages))) return AHEAD;
  const buttons = steps.filter((step) => isBehind(request, step, wasReported)).map(({ button }) => button);
  return press([...buttons, ...(mustAnswerRenewal(request, messages) ? (['renew-answer'] as const) : [])]);
}

const AHEAD: Found = { what: 'ahead', buttons: [] };

function press(buttons: readonly AlmaButton[]): Found | undefined {
  return buttons.length === 0 ? undefined : { what: 'press', buttons: [...buttons] };
}

/** Names of what Alma was told; a dropped message did not reach it. */
function toldIn(messages: readonly Exchanged[]): (name: MessageName) => boolean {
  const told = messages.filter(({ direction, state }) => direction === 'out' && state !== 'dropped');
  return (name) => told.some((message) => message.name === name);
}

/** Names of what Alma did, whether or not NACSIS-ILL allowed it. */
function reportedIn(messages: readonly Exchanged[]): (name: MessageName) => boolean {
  const reported = messages.filter(({ direction }) => direction === 'in');
  return (name) => reported.some((message) => message.name === name);
}

type Has = (name: MessageName) => boolean;

function isBehind(request: StoredRequest, step: AlmaStep, wasReported: Has): boolean {
  return isDone(request, step) && !step.reportedBy.some(wasReported);
}

function isAhead(request: StoredRequest, step: AlmaStep, wasReported: Has): boolean {
  return !isDone(request, step) && step.reportedBy.some(wasReported) && !isBeingClaimed(request);
}

function isDone(request: StoredRequest, { button, doneIn }: AlmaStep): boolean {
  const { state } = request;
  if (state === null || !doneIn.includes(state)) return button === 'ship' && isBeingClaimed(request);
  return button !== 'return' || isReturned(illRequestOf(request));
}

/** Own PARDON. In 未処理 the request is back for another visit. */
function isRejected(request: StoredRequest): boolean {
  const { state, gone } = request;
  return lastOwn(request, 'lender') === 'PARDON' && (gone !== null || state !== 'UNPROCESSED');
}

/** A claim takes a shipped request back to 処理中 and to the shipment. */
function isBeingClaimed({ state, record: { fields } }: StoredRequest): boolean {
  const states: readonly (StateId | null)[] = ['PROCESSING', 'CLAIMED', 'CLAIM_ANSWERED', 'ARRIVED'];
  return states.includes(state) && fields.claimFlag === FLAG_SET;
}

/** The lender took its shipment back after Alma was told of it. */
function isTakenBack(request: StoredRequest, wasTold: Has): boolean {
  const { state } = request;
  const isUnshipped = state !== null && NOT_SHIPPED.includes(state) && !isBeingClaimed(request);
  return isUnshipped && SHIPMENTS.some(wasTold);
}

/** The borrower took its receipt or its return back after Alma was told of it. */
function isTakenBackByBorrower(request: StoredRequest, wasTold: Has): boolean {
  if (wasTold('ShippedReturn') && !isDone(request, RETURN)) return true;
  const isUnreceived = request.state === 'SHIPPED' || (request.state !== null && NOT_SHIPPED.includes(request.state));
  return wasTold('Received') && isUnreceived && !isBeingClaimed(request);
}

/** Alma has cancelled the request, or completed it, and the record goes on. */
function isOpenAgain({ state, gone, kind }: StoredRequest, wasTold: Has): boolean {
  if (gone !== null) return false;
  if (wasTold('LoanCompleted') && kind === 'loan') return state !== 'RETURN_CONFIRMED';
  return wasTold('Cancelled') && state !== 'CANCELLED';
}

/**
 * The borrower withdrew the request when Alma could not cancel it any more. An answer that got lost is No when Alma had
 * shipped.
 */
function isCancelDenied(messages: readonly Exchanged[]): boolean {
  const answers = messages.filter(({ direction, name }) => direction === 'in' && name === 'CancelResponse');
  if (answers.length === 0) return SHIP.reportedBy.some(reportedIn(messages));
  return answers.at(-1)?.answer === 'N';
}

/** Staff asked for a renewal in the app. Once the lender has answered, Alma's button would ask for another one. */
function mustRenew(request: StoredRequest, messages: readonly Exchanged[]): boolean {
  return isRenewalPending(illRequestOf(request)) && !isOpenQuestion(messages, 'in', 'Renew', 'out', 'RenewResponse');
}

/** Staff answered a renewal in the app, and Alma still waits for its own answer. */
function mustAnswerRenewal(request: StoredRequest, messages: readonly Exchanged[]): boolean {
  const isAnswered =
    ['ON_LOAN', 'RETURN_CLAIMED'].includes(request.state ?? '') && lastOwn(request, 'lender') === 'CLAIM';
  return isAnswered && isOpenQuestion(messages, 'out', 'Renew', 'in', 'RenewResponse');
}

/** True when the last question of this name has no answer after it. */
function isOpenQuestion(
  messages: readonly Exchanged[],
  asks: Exchanged['direction'],
  question: MessageName,
  answers: Exchanged['direction'],
  answer: MessageName,
): boolean {
  const sent = messages.filter(({ state }) => state !== 'dropped');
  const asked = sent.findLastIndex(({ direction, name }) => direction === asks && name === question);
  const answered = sent.findLastIndex(({ direction, name }) => direction === answers && name === answer);
  return asked > answered;
}

function lastOwn(request: StoredRequest, side: StoredRequest['side']): Command | undefined {
  return ownCommands(request, side).at(-1);
}

function ownCommands(row: StoredRequest, side: StoredRequest['side']): readonly Command[] {
  const request = illRequestOf(row);
  return request.history
    .filter((entry) => sideOfEntry(request, entry) === side && isOfSide(row, side, entry.memberId))
    .map(({ command }) => commandByWire(command ?? ''))
    .filter((command) => command !== undefined);
}

/** Of the lenders of a request, only this library counts. */
function isOfSide(
  { side: own, member_id: member }: StoredRequest,
  side: string,
  memberId: string | undefined,
): boolean {
  return own !== side || memberId === member;
}

function isDigital({ kind, record: { fields } }: StoredRequest): boolean {
  if (kind === 'loan') return false;
  const codes = [
    codeByWire('copy-type', fields.copyType ?? ''),
    codeByWire('sending-method', fields.sendingMethod ?? ''),
  ];
  return codes.some((code) => code !== undefined && DIGITAL.includes(code.id));
}

/** When the last step in NACSIS-ILL was first seen. */
function sinceOf({ record, history_seen: seen, changed_at: changedAt }: StoredRequest): string {
  return seen[String(record.history.length - 1)] ?? changedAt.toISOString();
}
