import { formatDay } from '#domain/ill/dates';
import { tokyoDay } from '#iso18626/dates';
import {
  ACTIONS,
  REASONS,
  SERVICE_TYPES,
  STATUSES,
  type AgencyId,
  type ErrorType,
  type Message,
  type Request,
  type RequestingAgencyMessage,
  type SupplyingAgencyMessage,
} from '#iso18626/message';
import { defined } from '../../shared/defined';
import type { Exchange, JsonObject, SharingRequest, Side } from '../model';
import { codeOf } from '../rest/sharing-view';
import { createdAt, modifiedAt } from '../rest/time-stamps';
import { LENDING_CITATIONS, REQUEST_FORMATS } from '../seed/code-tables';
import { requestId as newRequestId } from '../sharing-requests';
import { LENDING_STATUSES, statusValue } from '../statuses';
import type { AlmaWorld } from '../world';
import { yen } from './actions';
import { effectOnBorrowing, effectOnLending } from './effects';
import { exchangeOf, takeStep, type SharingRecord, type Step } from './exchange';
import { isSameAgency, type IsoPartner } from './partners';

/** What Alma did with a message. `error`: it answers ERROR and did nothing. `cancelReply`: it has to answer a Cancel. */
export interface Taken {
  readonly side?: Side;
  readonly requestId?: string;
  readonly error?: { readonly type: ErrorType; readonly value: string };
  readonly ignored?: string;
  readonly cancelReply?: { readonly record: SharingRecord; readonly answer: 'Y' | 'N' };
}

/** Applies a message of a partner as Alma would (iso18626.md 3). */
export function take(world: AlmaWorld, message: Message): Taken {
  const { supplyingAgencyId: supplier, requestingAgencyId: requester } = message.header;
  const [side, theirs, ours]: readonly [Side, AgencyId, AgencyId] =
    message.kind === 'supplyingAgencyMessage' ? ['borrowing', supplier, requester] : ['lending', requester, supplier];
  const known = world.isoPartners().filter(({ symbol }) => isSameAgency(symbol, theirs));
  const partner = known.find(({ ownSymbol }) => isSameAgency(ownSymbol, ours));
  if (partner === undefined) return unrecognised(`there is no agency ${nameOf(known.length > 0 ? ours : theirs)}`);
  if (message.kind === 'request') return takeRequest(world, partner, message);
  const record = find(world, side, partner, message.header.requestingAgencyRequestId);
  if (record === undefined) return unrecognised(`there is no request ${message.header.requestingAgencyRequestId}`);
  const taken =
    message.kind === 'supplyingAgencyMessage'
      ? takeSupplierMessage(world, partner, record, message)
      : takeRequesterMessage(world, record, message);
  return { side, requestId: record.request.request_id, ...taken };
}

function find(world: AlmaWorld, side: Side, partner: IsoPartner, id: string): SharingRecord | undefined {
  return world.requests
    .of(side)
    .find(
      (record) =>
        record.institution === partner.institution &&
        exchangeOf(record).requesterRequestId === id &&
        (!('partner' in record) || record.partner === partner.code),
    );
}

function takeSupplierMessage(
  world: AlmaWorld,
  partner: IsoPartner,
  record: SharingRecord,
  message: SupplyingAgencyMessage,
): Taken {
  const error = errorIn(message);
  if (error !== undefined) return { error };
  const { reasonForMessage: reason } = message.messageInfo;
  const isStatus = reason === 'RequestResponse' || reason === 'StatusChange';
  const what = isStatus ? (message.statusInfo.status ?? reason) : reason;
  const result =
    codeOf(record.request['partner']) === partner.code
      ? supplierStep(world, record, message)
      : { ignored: 'another partner has the request' };
  const { supplyingAgencyRequestId: supplierRequestId } = message.header;
  const ignored = 'ignored' in result ? result.ignored : undefined;
  const step: Step = 'ignored' in result ? {} : result;
  takeStep(world, 'borrowing', record.request.request_id, {
    ...step,
    entry: { by: 'partner', what, ...defined({ ignored }) },
    exchange: { ...defined({ supplierRequestId }), ...step.exchange },
  });
  return defined({ ignored });
}

function errorIn({ messageInfo, statusInfo }: SupplyingAgencyMessage): Taken['error'] {
  const { reasonForMessage: reason, answerYesNo: answer } = messageInfo;
  if (!isOneOf(REASONS, reason)) return { type: 'UnsupportedReasonForMessageType', value: reason };
  if (statusInfo.status !== undefined && !isOneOf(STATUSES, statusInfo.status))
    return { type: 'UnrecognisedDataValue', value: statusInfo.status };
  const isAnswer = reason === 'RenewResponse' || reason === 'CancelResponse';
  return isAnswer && answer !== 'Y' && answer !== 'N'
    ? { type: 'UnrecognisedDataValue', value: 'answerYesNo' }
    : undefined;
}

/** A note is shown only with Notification; costs and due date are read only where iso18626.md 3 and 5 say so. */
function supplierStep(
  world: AlmaWorld,
  record: SharingRecord,
  { messageInfo, statusInfo, deliveryInfo }: SupplyingAgencyMessage,
): Step | { readonly ignored: string } {
  const { reasonForMessage: reason, answerYesNo: answer, note } = messageInfo;
  const { status } = statusInfo;
  if (reason === 'Notification') return { exchange: withNote(world, record, note) };
  const effect = effectOnBorrowing(record.request.status.value, { reason, ...defined({ status, answer }) });
  if ('ignored' in effect) return effect;
  if (effect.to === 'REJECT') return nextOfRota(record);
  const isShipped = effect.to === 'SHIPPED_PHYSICALLY' || effect.to === 'SHIPPED_DIGITALLY';
  const dueDate = isShipped || effect.to === 'RENEWED' ? dayInJapan(statusInfo.dueDate) : undefined;
  return {
    to: effect.to === 'SHIPPED_DIGITALLY' ? copyStatus(world) : effect.to,
    ...(isShipped ? { fields: delivered(deliveryInfo) } : {}),
    exchange: defined({ dueDate }),
  };
}

function takeRequesterMessage(
  world: AlmaWorld,
  record: SharingRecord,
  { action, note }: RequestingAgencyMessage,
): Taken {
  const { request_id: requestId, status } = record.request;
  if (!isOneOf(ACTIONS, action) || action === 'StatusRequest' || action === 'ShippedForward')
    return { error: { type: 'UnsupportedActionType', value: action } };
  const entry = { by: 'partner', what: action } as const;
  if (action === 'Notification') {
    takeStep(world, 'lending', requestId, { entry, exchange: withNote(world, record, note) });
    return {};
  }
  const effect = effectOnLending(status.value, action);
  takeStep(world, 'lending', requestId, 'to' in effect ? { entry, ...effect } : { entry: { ...entry, ...effect } });
  const ignored = 'to' in effect ? {} : effect;
  if (action !== 'Cancel') return ignored;
  return { ...ignored, cancelReply: { record, answer: 'to' in effect ? 'Y' : 'N' } };
}

/** Creates a lending request. The sender's structured addresses are not used. */
function takeRequest(world: AlmaWorld, partner: IsoPartner, message: Request): Taken {
  const { header, serviceInfo = {} } = message;
  const { requestingAgencyRequestId: id, timestamp } = header;
  const known = find(world, 'lending', partner, id);
  const { requestType = 'New', serviceType = 'Loan' } = serviceInfo;
  if (!isOneOf(SERVICE_TYPES, serviceType)) return unrecognised(serviceType);
  if (requestType !== 'New') return unrecognised(requestType);
  if (known !== undefined) {
    const isRepeat = exchangeOf(known).requestTimestamp === timestamp && !world.settings.isoRefusesRepeats;
    const named = { side: 'lending', requestId: known.request.request_id } as const;
    return isRepeat
      ? { ...named, ignored: 'the same message again' }
      : { ...named, ...unrecognised(`the request ${id} already exists`) };
  }
  const institution = world.institution(partner.institution);
  if (institution === undefined) return unrecognised(partner.institution);
  const request: SharingRequest = {
    ...citationOf(message),
    partner: { value: partner.code, desc: partner.code },
    request_id: newRequestId(world.requests.nextNumber(), institution.suffix),
    external_id: id,
    owner: partner.library,
    status: statusValue(LENDING_STATUSES, 'REQUEST_CREATED_LEND'),
    shipping_cost: yen(0),
    ...createdAt(world.now()),
    ...modifiedAt(world.now()),
    printed: false,
    reported: false,
    has_active_notes: false,
    rs_note: [],
    copyright_status: {},
  };
  const record = { institution: partner.institution, partner: partner.code, request };
  world.requests.saveLending(record);
  takeStep(world, 'lending', request.request_id, {
    entry: { by: 'partner', what: 'Request' },
    exchange: { requestTimestamp: timestamp },
  });
  return { side: 'lending', requestId: request.request_id };
}

function citationOf({ bibliographicInfo: bib, publicationInfo = {}, serviceInfo = {} }: Request): JsonObject {
  const isArticle = bib.titleOfComponent !== undefined;
  const isCopy = serviceInfo.serviceType === 'Copy';
  const numbers = (code: string): string | undefined =>
    bib.itemIds?.find((each) => each.code.toUpperCase() === code)?.value;
  const fields = {
    title: isArticle ? bib.titleOfComponent : bib.title,
    author: isArticle ? bib.authorOfComponent : bib.author,
    journal_title: isArticle ? bib.title : undefined,
    edition: bib.edition,
    volume: bib.volume,
    issue: bib.issue,
    pages: bib.pagesRequested,
    isbn: numbers('ISBN'),
    issn: numbers('ISSN'),
    publisher: publicationInfo.publisher,
    place_of_publication: publicationInfo.placeOfPublication,
    year: publicationInfo.publicationDate,
    last_interest_date: serviceInfo.needBeforeDate?.slice(0, 10),
    note: serviceInfo.note,
  };
  const format = coded(REQUEST_FORMATS, isCopy ? 'PHYSICAL_NON_RETURNABLE' : 'PHYSICAL');
  return {
    ...defined(fields),
    format,
    supplied_format: format,
    citation_type: coded(LENDING_CITATIONS, isArticle || isCopy ? 'JOURNAL' : 'BOOK'),
  };
}

/** Hands the request to the next partner of its rota, which staff must send; without one the request is rejected. */
function nextOfRota(record: SharingRecord): Step {
  const [next, ...rota] = exchangeOf(record).rota;
  if (next === undefined) return { to: 'REJECT' };
  return { to: 'READY_TO_SEND', fields: { partner: { value: next, desc: next } }, exchange: { rota } };
}

function withNote(world: AlmaWorld, record: SharingRecord, text: string | undefined): Partial<Exchange> {
  if (text === undefined) return {};
  const at = new Date(world.now()).toISOString();
  return {
    hasAlert: true,
    generalMessages: [...exchangeOf(record).generalMessages, { at, from: 'partner', text }],
  };
}

function delivered(info: SupplyingAgencyMessage['deliveryInfo']): JsonObject {
  const { deliveryCosts: costs, itemId } = info ?? {};
  const sum = costs === undefined ? Number.NaN : Number(costs.amount);
  return {
    ...(costs !== undefined && Number.isFinite(sum)
      ? { shipping_cost: { ...yen(sum), currency: { value: costs.currency } } }
      : {}),
    ...(itemId === undefined ? {} : { barcode: itemId.split(',')[0]?.trim() }),
  };
}

/**
 * @unconfirmed I: What CopyCompleted makes of a borrowing request (`isoCopiesArrive`). Confirm: send it to an Alma sandbox, for a digital and for a physical copy.
 */
function copyStatus(world: AlmaWorld): string {
  return world.settings.isoCopiesArrive === 'shipped' ? 'SHIPPED_DIGITALLY' : 'RECEIVED_DIGITALLY';
}

/** yyyy-MM-dd, as Alma shows a time to a library in Japan. */
function dayInJapan(dateTime: string | undefined): string | undefined {
  const day = dateTime === undefined ? undefined : tokyoDay(dateTime);
  return day === undefined ? undefined : formatDay(day);
}

function coded(rows: readonly { readonly code: string; readonly en: string }[], code: string): JsonObject {
  return { value: code, desc: rows.find((row) => row.code === code)?.en ?? code };
}

function unrecognised(value: string): Required<Pick<Taken, 'error'>> {
  return { error: { type: 'UnrecognisedDataValue', value } };
}

function nameOf({ type, value }: AgencyId): string {
  return `${type}:${value}`;
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value);
}
