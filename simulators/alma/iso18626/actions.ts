import { formatDay, isDay } from '#domain/ill/dates';
import { defined } from '../../shared/defined';
import { objectOrEmpty } from '../../shared/json-body';
import type { ActionResult, Exchange, JsonObject, Side } from '../model';
import { codeOf } from '../rest/sharing-view';
import { CANCELLED_BY_STAFF } from '../statuses';
import type { AlmaWorld } from '../world';
import { isAction, offeredActions, type Action, type Field } from './buttons';
import { send } from './delivery';
import { exchangeOf, isReturnable, partnerOf, takeStep, type SharingRecord } from './exchange';
import { newRequest, requesterMessage, supplierMessage, type Said } from './messages';
import type { IsoPartner } from './partners';
import type { WrittenMessage } from './traffic';
import { writeAsAlma, writeWithoutStatus } from './write-as-alma';

/** What staff entered. `dueDate`: yyyy-MM-dd. `cost`: yen. */
export interface ActionInput {
  readonly action: Action;
  readonly note?: string;
  readonly reason?: string;
  readonly dueDate?: string;
  readonly cost?: number;
  readonly answer?: 'Y' | 'N';
  readonly barcodes: readonly string[];
}

/** A request and the partner with which it is exchanged. */
interface Case {
  readonly side: Side;
  readonly record: SharingRecord;
  readonly partner: IsoPartner;
}

/** What an action does. `confirmedTo`: the status once the partner confirmed the message. */
interface Deed {
  readonly to?: string;
  readonly confirmedTo?: string;
  readonly message?: Pick<WrittenMessage, 'name' | 'body'>;
  readonly fields?: JsonObject;
  readonly exchange?: Partial<Exchange>;
}

/**
 * Performs an action of a request page. Alma's status changes before the message is sent and stays whatever the partner
 * answers; only Send needs a confirmation. Undefined when there is no such request of an ISO 18626 partner.
 */
export async function perform(
  world: AlmaWorld,
  side: Side,
  requestId: string,
  body: unknown,
): Promise<ActionResult | undefined> {
  const record = world.requests.find(side, requestId);
  const partner = record && partnerOf(world, record);
  if (record === undefined || partner === undefined) return undefined;
  const input = readAction(body);
  const at = new Date(world.now()).toISOString();
  const wrong = typeof input === 'string' ? input : reasonAgainst(side, record, input);
  if (typeof input === 'string' || wrong !== undefined) {
    const { action } = objectOrEmpty(body);
    const named = typeof action === 'string' ? action : '';
    return saveResult(world, side, requestId, { at, action: named, how: 'impossible', detail: wrong ?? '' });
  }
  const sent = await carryOut(world, { side, record, partner }, input);
  return saveResult(world, side, requestId, { at, action: input.action, ...sent });
}

async function carryOut(world: AlmaWorld, of: Case, input: ActionInput): Promise<Pick<ActionResult, 'how' | 'detail'>> {
  const { side, record, partner } = of;
  const { request_id: requestId, status } = record.request;
  const { to, message, confirmedTo, fields, exchange } = deedOf(world, of, input);
  const entry = { by: 'staff', what: input.action } as const;
  if (confirmedTo === undefined) takeStep(world, side, requestId, { entry, ...defined({ to, fields, exchange }) });
  if (message === undefined) return { how: 'silent' };
  const externalId = exchangeOf(record).requesterRequestId;
  const sent = await send(world, { partner, side, requestId, externalId, ...message });
  if (confirmedTo !== undefined) {
    // A message of the partner may have overtaken the confirmation.
    const isUnchanged = world.requests.find(side, requestId)?.request.status.value === status.value;
    const isConfirmed = sent.how === 'confirmed';
    takeStep(world, side, requestId, {
      entry: isConfirmed ? entry : { ...entry, ignored: sent.how },
      ...(isConfirmed && isUnchanged ? { to: confirmedTo } : {}),
    });
  }
  return sent;
}

/**
 * Alma's expiry job, without a user: the lending requests with these ids, or all that nobody worked on of partners whose
 * requests expire. Returns the ids of those that expired.
 */
export async function expire(world: AlmaWorld, ids: readonly string[] | undefined): Promise<readonly string[]> {
  const expired: string[] = [];
  for (const record of world.requests.of('lending')) {
    const partner = partnerOf(world, record);
    const requestId = record.request.request_id;
    const isOpen = offeredActions('lending', record.request.status.value, true).some(({ action }) => action === 'ship');
    if (partner === undefined || !isOpen || !(ids?.includes(requestId) ?? partner.expires)) continue;
    const { isoExpiredReason: reasonUnfilled } = world.settings;
    const { message, exchange } = say(
      world,
      { side: 'lending', record, partner },
      {
        reason: 'StatusChange',
        status: 'Unfilled',
        ...(reasonUnfilled === '' ? {} : { reasonUnfilled }),
      },
    );
    takeStep(world, 'lending', requestId, {
      entry: { by: 'job', what: 'expire' },
      to: 'EXPIRED',
      ...defined({ exchange }),
    });
    const externalId = exchangeOf(record).requesterRequestId;
    if (message) await send(world, { partner, side: 'lending', requestId, externalId, ...message });
    expired.push(requestId);
  }
  return expired;
}

/** Staff have looked at the general messages. */
export function dismissAlert(world: AlmaWorld, side: Side, requestId: string): void {
  takeStep(world, side, requestId, { exchange: { hasAlert: false } });
}

/** Alma's answer to the partner's Cancel, which it gives by itself. */
export async function answerCancel(world: AlmaWorld, record: SharingRecord, answer: 'Y' | 'N'): Promise<void> {
  const partner = partnerOf(world, record);
  if (partner === undefined) return;
  const status = answer === 'Y' ? 'Cancelled' : (exchangeOf(record).lastStatus ?? 'Loaned');
  const { message } = say(world, { side: 'lending', record, partner }, { reason: 'CancelResponse', status, answer });
  const { request_id: requestId } = record.request;
  const externalId = exchangeOf(record).requesterRequestId;
  if (message) await send(world, { partner, side: 'lending', requestId, externalId, ...message });
}

function saveResult(world: AlmaWorld, side: Side, requestId: string, result: ActionResult): ActionResult {
  takeStep(world, side, requestId, { exchange: { result } });
  return result;
}

function reasonAgainst(side: Side, record: SharingRecord, { action, note, answer }: ActionInput): string | undefined {
  const status = record.request.status.value;
  const offered = offeredActions(side, status, isReturnable(record)).map((each) => each.action);
  if (!offered.includes(action)) return `${action} is not possible in ${status}; possible: ${offered.join(', ')}`;
  if (action === 'general-message' && note === undefined) return 'a general message needs a text';
  if (action === 'renew-answer' && answer === undefined) return 'an answer must be Y or N';
  return undefined;
}

function deedOf(world: AlmaWorld, of: Case, input: ActionInput): Deed {
  const { action, note } = input;
  const { record } = of;
  switch (action) {
    case 'send':
      return { ...ask(world, of), confirmedTo: 'REQUEST_SENT' };
    case 'receive': {
      const isDigital = record.request.status.value === 'SHIPPED_DIGITALLY';
      return { ...tell(world, of, 'Received'), to: isDigital ? 'RECEIVED_DIGITALLY' : 'RECEIVED_PHYSICALLY' };
    }
    case 'lend':
      return { to: 'LOANED' };
    case 'return':
      return { ...tell(world, of, 'ShippedReturn'), to: 'RETURNED_TO_PARTNER' };
    case 'renew':
      return { ...tell(world, of, 'Renew', note), to: 'RENEW_REQUESTED' };
    case 'cancel':
      return record.request.status.value === 'READY_TO_SEND'
        ? { to: CANCELLED_BY_STAFF }
        : { ...tell(world, of, 'Cancel', note), to: 'CANCEL_REPLY' };
    case 'general-message':
      return generalMessage(world, of, note ?? '');
    case 'will-supply':
      return { ...say(world, of, { reason: 'RequestResponse', status: 'WillSupply' }), to: 'WILL_SUPPLY' };
    case 'conditional':
      return {
        ...say(world, of, defined({ reason: 'RequestResponse', status: 'RetryPossible', note })),
        to: 'CONDITIONAL',
      };
    case 'ship':
      return ship(world, of, input);
    case 'reject':
      return reject(world, of, input);
    case 'renew-answer':
      return renewAnswer(world, of, input);
    case 'check-in':
      return world.settings.isoCheckedIn
        ? { ...say(world, of, { reason: 'RequestResponse', status: 'LoanCompleted' }), to: 'REQUEST_COMPLETED' }
        : { to: 'REQUEST_COMPLETED' };
  }
}

function ask(world: AlmaWorld, { record, partner }: Case): Deed {
  return { message: { name: 'Request', body: writeAsAlma(newRequest(world, record, partner)) } };
}

function tell(
  world: AlmaWorld,
  { record, partner }: Case,
  name: 'Received' | 'ShippedReturn' | 'Renew' | 'Cancel' | 'Notification',
  note?: string,
): Deed {
  return { message: { name, body: writeAsAlma(requesterMessage(world, record, partner, name, note)) } };
}

/** A supplier's message. `lastStatus` in the exchange follows. */
function say(world: AlmaWorld, { record, partner }: Case, said: Said): Deed {
  const message = supplierMessage(world, record, partner, said);
  const isNotification = said.reason === 'Notification';
  const isAnswer = isNotification || said.reason === 'RenewResponse' || said.reason === 'CancelResponse';
  const body = isNotification && world.settings.isoEmptyStatus ? writeWithoutStatus(message) : writeAsAlma(message);
  return {
    message: { name: isAnswer ? said.reason : said.status, body },
    ...(isNotification ? {} : { exchange: { lastStatus: said.status } }),
  };
}

function generalMessage(world: AlmaWorld, of: Case, text: string): Deed {
  const exchange = exchangeOf(of.record);
  const at = new Date(world.now()).toISOString();
  const generalMessages = [...exchange.generalMessages, { at, from: 'library', text } as const];
  const status = exchange.lastStatus ?? 'RequestReceived';
  const { message } =
    of.side === 'borrowing'
      ? tell(world, of, 'Notification', text)
      : say(world, of, { reason: 'Notification', status, note: text });
  return { ...(message ? { message } : {}), exchange: { generalMessages } };
}

function ship(world: AlmaWorld, of: Case, { cost, dueDate, barcodes, note }: ActionInput): Deed {
  const isLoan = isReturnable(of.record);
  const isDigital = codeOf(of.record.request['format']) === 'DIGITAL';
  const due = isLoan ? defined({ dueDate }) : {};
  const said = say(
    world,
    of,
    defined({
      reason: 'StatusChange',
      status: isLoan ? 'Loaned' : 'CopyCompleted',
      ...due,
      note,
      shipped: defined({ barcodes, cost }),
    }),
  );
  return {
    ...said,
    to: isDigital ? 'SHIPPED_DIGITALLY' : 'SHIPPED_PHYSICALLY',
    exchange: { ...said.exchange, ...due },
    ...(cost === undefined ? {} : { fields: { shipping_cost: yen(cost) } }),
  };
}

/** Alma's form demands a reason. */
function reject(world: AlmaWorld, of: Case, { reason = 'NotAvailableForILL', note }: ActionInput): Deed {
  return {
    ...say(world, of, defined({ reason: 'RequestResponse', status: 'Unfilled', reasonUnfilled: reason, note })),
    to: 'REJECTED',
  };
}

function renewAnswer(world: AlmaWorld, of: Case, { answer = 'N', dueDate, note }: ActionInput): Deed {
  const said = say(world, of, defined({ reason: 'RenewResponse', status: 'Loaned', answer, dueDate, note }));
  const due = answer === 'Y' ? defined({ dueDate }) : {};
  return { ...said, to: 'RECEIVED_BY_PARTNER', exchange: { ...said.exchange, ...due } };
}

export function yen(sum: number): JsonObject {
  return { sum, currency: { value: 'JPY', desc: 'Japanese Yen' } };
}

/**
 * Reads `{action, note?, reason?, dueDate?, cost?, answer?, barcodes?}`: texts, or numbers. Empty texts count as absent,
 * because a form sends them. Returns an error message when something is wrong.
 */
function readAction(body: unknown): ActionInput | string {
  const given = objectOrEmpty(body);
  const text = (name: Field | 'action'): string | undefined => {
    const value = given[name];
    const words = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    return words === '' ? undefined : words;
  };
  const [action = '', dueDate, cost] = [text('action'), text('dueDate'), text('cost')];
  const answer = text('answer');
  if (!isAction(action)) return `there is no action ${action}`;
  if (dueDate !== undefined && !isDay(digitsOf(dueDate))) return 'dueDate must be yyyy-MM-dd';
  if (cost !== undefined && !/^-?\d+(\.\d+)?$/.test(cost)) return 'cost must be a number';
  if (answer !== undefined && answer !== 'Y' && answer !== 'N') return 'answer must be Y or N';
  return defined({
    action,
    note: text('note'),
    reason: text('reason'),
    dueDate: dueDate === undefined ? undefined : formatDay(digitsOf(dueDate)),
    cost: cost === undefined ? undefined : Number(cost),
    answer,
    barcodes: (text('barcodes') ?? '').split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()])),
  });
}

function digitsOf(day: string): string {
  return day.replaceAll('-', '');
}
