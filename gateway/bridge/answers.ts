import type { Side } from '#domain/ill/kinds';
import { isRenewalPending, type IllRequest } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { dueDateTime } from '#iso18626/dates';
import type { Message, Status } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';
import { illRequestOf, type StoredRequest } from '../store/stored-request';
import { nameOf, SHIPMENTS } from './message-name';
import { dayLine, libraryLine, noteOf, refusalLines, sentence } from './notes';
import { isStatus, lastStatus, mayFollow, requesterMessage, supplierMessage } from './outgoing';
import { AFTER_SHIPMENT, isReturned } from './record-facts';
import type { Outcome, Outgoing } from './rules';
import type { BridgeSettings } from './settings';

/** The status that a state of NACSIS-ILL stands for. Absent: the last one that Alma was told. */
const STATUS_OF: Readonly<Partial<Record<StateId, Status>>> = {
  PROCESSING: 'WillSupply',
  SHIPPED: 'Loaned',
  ARRIVED: 'Loaned',
  CLAIMED: 'Loaned',
  CLAIM_ANSWERED: 'Loaned',
  CONFIRMED: 'CopyCompleted',
  ON_LOAN: 'Loaned',
  RENEW_REQUESTED: 'Loaned',
  SENT_BACK: 'Loaned',
  RETURN_PROCESSING: 'Loaned',
  RETURN_CLAIMED: 'Loaned',
  RETURN_CONFIRMED: 'LoanCompleted',
  CANCELLED: 'Cancelled',
};

/** True for the message by which Alma says that it has shipped. */
export function isShipment(message: Message, told: Told): boolean {
  const named = nameOf(message, told);
  return 'name' in named && SHIPMENTS.includes(named.name);
}

/**
 * What Alma is answered once it is known what became of its message (iso18626.md 4 to 6). Empty when the confirmation, or
 * a later event, is the answer.
 * - Cancel: CancelResponse. Renew: RenewResponse N when refused; otherwise the lender's answer follows
 * - StatusRequest, Reminder: StatusRequestResponse
 * - CancelResponse N: a Notification that the request is withdrawn already
 * - a shipment that was done before: what the borrower did since, because Alma could not take it without a shipment
 * - everything else: a Notification when refused, unless `refuseBy` wants only the ERROR confirmation
 */
export function answersTo(
  message: Message,
  outcome: Outcome,
  request: StoredRequest | undefined,
  told: Told,
  settings: BridgeSettings,
): readonly Outgoing[] {
  const answer = new Answer(message, request, told, settings);
  if (message.kind === 'supplyingAgencyMessage') return answer.toSupplier(outcome);
  return message.kind === 'request' ? answer.toRequest(outcome) : answer.toRequester(message.action, outcome);
}

/**
 * Reason and what is possible now, as one line for the `errorValue` of an ERROR confirmation.
 * @param why a reason of the map, or what NACSIS-ILL said, in Japanese
 */
export function refusalText(why: string, request: StoredRequest | undefined, side: Side): string {
  const lines = refusalLines(why, request && illRequestOf(request), side);
  return noteOf(lines, request?.record.fields)?.replaceAll('\n', ' ') ?? '';
}

class Answer {
  readonly #message: Message;
  readonly #row: StoredRequest | undefined;
  readonly #request: IllRequest | undefined;
  readonly #told: Told;
  readonly #settings: BridgeSettings;

  constructor(message: Message, row: StoredRequest | undefined, told: Told, settings: BridgeSettings) {
    this.#message = message;
    this.#row = row;
    this.#request = row && illRequestOf(row);
    this.#told = told;
    this.#settings = settings;
  }

  /** A request that is refused at once gets an ERROR confirmation. */
  toRequest(outcome: Outcome): readonly Outgoing[] {
    const isReminder = this.#message.kind === 'request' && this.#message.serviceInfo?.requestType === 'Reminder';
    if (isReminder) return [this.#status()];
    return outcome.how === 'refused' && outcome.isLate === true ? [this.#refusal(this.#reasons(outcome.why))] : [];
  }

  toRequester(action: string, outcome: Outcome): readonly Outgoing[] {
    switch (action) {
      case 'StatusRequest':
        return [this.#status()];
      case 'Cancel':
        return [outcome.how === 'refused' ? this.#notCancelled(outcome.why) : this.#cancelled()];
      case 'Renew':
        return outcome.how === 'refused' ? [this.#notRenewed(outcome.why)] : [];
      default:
        return this.#refused(outcome, (lines) => this.#refusal(lines));
    }
  }

  #refusal(lines: readonly string[]): Outgoing {
    return supplierMessage({
      ...{ name: 'Notification', reason: 'Notification', status: lastStatus(this.#told) },
      ...{ note: this.#note(lines), changedAt: this.#changedAt() },
    });
  }

  toSupplier(outcome: Outcome): readonly Outgoing[] {
    const info = this.#message.kind === 'supplyingAgencyMessage' ? this.#message.messageInfo : undefined;
    const note = (lines: readonly string[]): Outgoing => requesterMessage('Notification', this.#note(lines));
    if (info?.reasonForMessage === 'CancelResponse')
      return info.answerYesNo === 'N' ? [note([sentence('withdrawn-already')])] : [];
    if (isShipment(this.#message, this.#told) && outcome.how === 'done-before') return this.#sinceShipment();
    return this.#refused(outcome, note);
  }

  #sinceShipment(): readonly Outgoing[] {
    const request = this.#request;
    if (request?.state === undefined || request.state === null || !AFTER_SHIPMENT.includes(request.state)) return [];
    if (isReturned(request)) return [requesterMessage('ShippedReturn', this.#note([sentence('sent-back')]))];
    const renewal = isRenewalPending(request)
      ? [requesterMessage('Renew', this.#note([sentence('renewal-asked')]))]
      : [];
    return [requesterMessage('Received', undefined), ...renewal];
  }

  #refused(outcome: Outcome, write: (lines: readonly string[]) => Outgoing): readonly Outgoing[] {
    if (outcome.how !== 'refused') return [];
    const isByMessage = this.#settings.refuseBy !== 'error' || outcome.isLate === true;
    return isByMessage ? [write(this.#reasons(outcome.why))] : [];
  }

  #status(): Outgoing {
    const text = this.#request?.externalStatus;
    return supplierMessage({
      ...{ name: 'StatusRequestResponse', reason: 'StatusRequestResponse', status: this.#trueStatus() },
      note: this.#note([text === undefined ? sentence('no-record') : sentence('state', { state: text })]),
      ...{ dueDate: this.#dueDate(), changedAt: this.#changedAt() },
    });
  }

  #cancelled(): Outgoing {
    return supplierMessage({
      ...{ name: 'CancelResponse', reason: 'CancelResponse', answer: 'Y', status: 'Cancelled' },
      ...{ note: this.#note([sentence('cancelled')]), changedAt: this.#changedAt() },
    });
  }

  #notCancelled(why: string): Outgoing {
    return supplierMessage({
      ...{ name: 'CancelResponse', reason: 'CancelResponse', answer: 'N', status: this.#trueStatus() },
      ...{ note: this.#note([sentence('not-cancelled'), ...this.#reasons(why)]), changedAt: this.#changedAt() },
    });
  }

  #notRenewed(why: string): Outgoing {
    const due = dayLine('due-unchanged', this.#request?.kind === 'loan' ? this.#request.fields.dueDate : undefined);
    return supplierMessage({
      ...{ name: 'RenewResponse', reason: 'RenewResponse', answer: 'N', status: this.#trueStatus() },
      note: this.#note([sentence('not-renewed'), ...this.#reasons(why), ...(due === undefined ? [] : [due])]),
      ...{ dueDate: this.#dueDate(), changedAt: this.#changedAt() },
    });
  }

  #reasons(why: string): readonly string[] {
    return refusalLines(why, this.#request, this.#message.kind === 'supplyingAgencyMessage' ? 'lender' : 'borrower');
  }

  /** First the sentence, then the other library, then the rest. */
  #note([first, ...rest]: readonly string[]): string | undefined {
    const { lenderName, lenderId, borrowerName, borrowerId } = this.#request?.fields ?? {};
    const isLender = this.#message.kind === 'supplyingAgencyMessage';
    const library = isLender ? libraryLine(borrowerName, borrowerId) : libraryLine(lenderName, lenderId);
    return noteOf([first, library, ...rest], this.#request?.fields);
  }

  /** The status of the state, never behind what Alma was told. */
  #trueStatus(): Status {
    const { state, kind } = this.#request ?? {};
    const known = state === undefined || state === null ? undefined : STATUS_OF[state];
    const status = known === 'Loaned' && kind === 'copy' ? 'CopyCompleted' : known;
    return status !== undefined && isStatus(status) && mayFollow(status, this.#told) ? status : lastStatus(this.#told);
  }

  #dueDate(): string | undefined {
    const { dueDate } = this.#request?.fields ?? {};
    return this.#request?.kind === 'loan' ? dueDateTime(dueDate ?? '', this.#settings.dueTime) : undefined;
  }

  #changedAt(): Date | undefined {
    return this.#row?.changed_at;
  }
}
