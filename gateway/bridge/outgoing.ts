import type { MessageName } from '#domain/api/bridge';
import type { RequestFields } from '#domain/ill/request';
import { dueDateTime } from '#iso18626/dates';
import { STATUSES, type Costs, type Reason, type Status, type SupplyingAgencyMessage } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';
import type { Outgoing } from './rules';

/**
 * Order of the supplier's statuses: an earlier one is never sent after a later one (iso18626.md 3 and 8.13). Equal
 * places may be sent again, such as a corrected shipment.
 */
const PLACES: Readonly<Record<Status, number>> = {
  RequestReceived: 0,
  ExpectToSupply: 1,
  WillSupply: 2,
  RetryPossible: 2,
  Unfilled: 3,
  Loaned: 4,
  CopyCompleted: 4,
  Overdue: 4,
  Recalled: 5,
  Cancelled: 6,
  LoanCompleted: 7,
  CompletedWithoutReturn: 7,
};
const ENDS: readonly MessageName[] = ['Unfilled', 'Cancelled', 'LoanCompleted', 'CompletedWithoutReturn'];
/** Stands for "no status sent yet" in a notification: the schema wants a status, and Alma does nothing with this one. */
const NO_STATUS: Status = 'RequestReceived';
/** Noon in Japan, for a day without a time. */
const NOON = '03:00:00Z';

export function isStatus(name: string): name is Status {
  return (STATUSES as readonly string[]).includes(name);
}

/** The status that Alma was last told; `RequestReceived` when none was. */
export function lastStatus({ last }: Pick<Told, 'last'>): Status {
  return last !== undefined && isStatus(last) ? last : NO_STATUS;
}

/** True when the status does not go back behind the last one. */
export function mayFollow(status: Status, told: Pick<Told, 'last'>): boolean {
  return PLACES[status] >= PLACES[lastStatus(told)];
}

/** True when nothing more is told about the request: it ended, or Alma was asked to cancel it. */
export function isEnded({ last }: Pick<Told, 'last'>): boolean {
  return last !== undefined && (ENDS.includes(last) || last === 'Cancel');
}

/** What Alma knows after these messages. */
export function toldWith(told: Told, messages: readonly Outgoing[]): Told {
  return messages.reduce(afterMessage, told);
}

function afterMessage(told: Told, message: Outgoing): Told {
  if (message.name === 'Notification' || message.name === 'StatusRequestResponse') return told;
  const status = message.kind === 'supplyingAgencyMessage' ? message.statusInfo.status : undefined;
  const last = status !== undefined && isStatus(status) ? status : message.name;
  const news = [message.name, last].filter((name) => !told.sent.includes(name));
  return { ...told, last, sent: [...told.sent, ...new Set(news)] };
}

/** Everything of a supplier's message except the header. */
interface SupplierParts {
  readonly name: MessageName;
  readonly reason: Reason;
  readonly status: Status;
  readonly answer?: 'Y' | 'N';
  readonly note?: string | undefined;
  readonly info?: Pick<SupplyingAgencyMessage['messageInfo'], 'reasonUnfilled' | 'offeredCosts'>;
  readonly dueDate?: string | undefined;
  /** When NACSIS-ILL brought the news; absent: `lastChange` is left to whoever writes the header. */
  readonly changedAt?: Date | undefined;
  readonly more?: Pick<SupplyingAgencyMessage, 'deliveryInfo' | 'returnInfo'>;
}

export function supplierMessage(parts: SupplierParts): Outgoing {
  const { name, reason, status, answer, note, info = {}, dueDate, changedAt, more = {} } = parts;
  const isChange = isStatus(name);
  return {
    ...{ name, kind: 'supplyingAgencyMessage', isOvertakable: isChange && !ENDS.includes(name) },
    messageInfo: {
      reasonForMessage: reason,
      ...(answer === undefined ? {} : { answerYesNo: answer }),
      ...(note === undefined ? {} : { note }),
      ...info,
    },
    statusInfo: {
      status,
      ...(changedAt === undefined ? {} : { lastChange: secondsOf(changedAt) }),
      ...(dueDate === undefined ? {} : { dueDate }),
    },
    ...more,
    ...(name !== 'Notification' && ENDS.includes(status) ? { ends: true } : {}),
  };
}

export function requesterMessage(name: MessageName, note: string | undefined): Outgoing {
  return {
    ...{ name, kind: 'requestingAgencyMessage', action: name, isOvertakable: false },
    ...(note === undefined ? {} : { note }),
  };
}

/** SUM as costs; undefined unless it is whole yen. JPY has no decimals. */
export function costsOf({ total }: RequestFields): Costs | undefined {
  return total !== undefined && /^\d+$/.test(total) ? { currency: 'JPY', amount: String(Number(total)) } : undefined;
}

/** A day of NACSIS-ILL as a time; the time of the news when it is none. */
export function timeOf(day: string | undefined, changedAt: Date): string {
  return dueDateTime(day ?? '', NOON) ?? secondsOf(changedAt);
}

function secondsOf(time: Date): string {
  return `${time.toISOString().slice(0, 'yyyy-MM-ddTHH:mm:ss'.length)}Z`;
}
