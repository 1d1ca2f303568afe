import type { MessageName } from '#domain/api/bridge';
import { partnerOf, type HistoryEntry, type IllRequest, type RequestFields } from '#domain/ill/request';
import { dueDateTime } from '#iso18626/dates';
import type { Reason, SupplyingAgencyMessage } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';
import type { StoredRequest } from '../store/stored-request';
import type { BridgeMap, EventRow, NoteLine } from './bridge-map';
import { lendingRequest } from './lending-request';
import {
  commentLine,
  costLine,
  dayLine,
  isNoteKey,
  libraryLine,
  libraryName,
  noteOf,
  sentence,
  type NoteKey,
} from './notes';
import { costsOf, isStatus, lastStatus, requesterMessage, supplierMessage, timeOf } from './outgoing';
import type { Outgoing } from './rules';
import type { BridgeSettings } from './settings';

/** An event that is told. `index`: its history entry; absent when there is none. */
export interface Occurrence {
  readonly row: EventRow;
  readonly tell: MessageName;
  readonly index?: number;
}

/** What the messages are written from. `told`: what Alma knows before this message. */
interface Matter {
  readonly row: StoredRequest;
  readonly request: IllRequest;
  readonly told: Told;
  readonly map: BridgeMap;
  readonly settings: BridgeSettings;
}

/** Words of another gateway around a return address, which Alma's users know (iso18626.md 3). */
const BEFORE_ADDRESS = '#RETURN_TO#';
const AFTER_ADDRESS = '#RT_END#';

/** The message that tells Alma of an event. */
export function messageOf(occurrence: Occurrence, matter: Matter): Outgoing {
  const { tell } = occurrence;
  if (matter.row.side === 'borrower') return supplierTells(occurrence, matter);
  if (tell === 'Request') return lendingRequest(matter.row);
  const { comment } = entryAt(occurrence, matter) ?? {};
  // The note of a renewal is the comment itself (iso18626.md 5.2).
  const isPlain = tell === 'Renew' && (comment ?? '').trim() !== '';
  return requesterMessage(tell, isPlain ? noteOf([comment], matter.request.fields) : noteFor(occurrence, matter));
}

function supplierTells(occurrence: Occurrence, matter: Matter): Outgoing {
  const { row, tell } = occurrence;
  const { request, told } = matter;
  const changedAt = matter.row.changed_at;
  if (tell === 'RenewResponse') return renewalAnswer(occurrence, matter);
  if (!isStatus(tell)) {
    const costs = row.event === 'inquired' ? costsOf(request.fields) : undefined;
    return supplierMessage({
      ...{ name: 'Notification', reason: 'Notification', status: lastStatus(told), changedAt },
      note: noteFor(occurrence, matter),
      ...(costs === undefined ? {} : { info: { offeredCosts: costs } }),
    });
  }
  const isLoaned = tell === 'Loaned';
  return supplierMessage({
    ...{ name: tell, reason: reasonOf(row, told), status: tell, changedAt },
    note: noteFor(occurrence, matter),
    ...(tell === 'Unfilled' ? { info: { reasonUnfilled: 'NotAvailableForILL' } } : {}),
    ...(isLoaned ? { dueDate: dueDateOf(matter) } : {}),
    ...(isLoaned || tell === 'CopyCompleted' ? { more: deliveryOf(matter) } : {}),
  });
}

/** Only the first answer to a request may be a RequestResponse, where Alma does not need another one (iso18626.md 1, 3). */
function reasonOf({ reason = 'StatusChange' }: EventRow, { sent }: Told): Reason {
  if (reason !== 'first-or-change') return reason;
  return sent.some(isStatus) ? 'StatusChange' : 'RequestResponse';
}

/** Y when DDATE is later than it was when the renewal was asked for. */
function renewalAnswer(occurrence: Occurrence, matter: Matter): Outgoing {
  const { dueDate = '' } = matter.request.fields;
  const { dueDateAtRenewal } = matter.told;
  const isRenewed = dueDateAtRenewal !== undefined && dueDate > dueDateAtRenewal;
  return supplierMessage({
    ...{ name: 'RenewResponse', reason: 'RenewResponse', status: 'Loaned', answer: isRenewed ? 'Y' : 'N' },
    note: noteFor(occurrence, matter, isRenewed ? 'renewed' : 'not-renewed'),
    ...{ dueDate: dueDateOf(matter), changedAt: matter.row.changed_at },
  });
}

function dueDateOf({ request, settings }: Matter): string | undefined {
  return dueDateTime(request.fields.dueDate ?? '', settings.dueTime);
}

function deliveryOf({ row, request, map }: Matter): Pick<SupplyingAgencyMessage, 'deliveryInfo' | 'returnInfo'> {
  const { fields, kind } = request;
  const costs = costsOf(fields);
  const methods = [fields.sendingMethod, fields.copyType].map((each) => map.file.sentVia[each ?? '']);
  const sentVia = kind === 'copy' ? methods.find((each) => each !== undefined) : undefined;
  const { lenderAddress: address, lenderName: name } = fields;
  return {
    deliveryInfo: {
      dateSent: timeOf(fields.shipDate, row.changed_at),
      ...(sentVia === undefined ? {} : { sentVia }),
      ...(costs === undefined ? {} : { deliveryCosts: costs }),
    },
    ...(kind === 'loan' && address !== undefined && address !== ''
      ? { returnInfo: { ...(name === undefined ? {} : { name }), physicalAddress: { line1: address.trim() } } }
      : {}),
  };
}

function isBlank(text: string | undefined): text is undefined | '' {
  return text === undefined || text.trim() === '';
}

/** The note: a sentence, the other library, and the lines of the row. */
function noteFor(occurrence: Occurrence, matter: Matter, key?: NoteKey): string | undefined {
  const { row } = occurrence;
  const { fields } = matter.request;
  const text = key ?? row.text;
  if (text === undefined || !isNoteKey(text)) return undefined;
  return noteOf(
    [
      sentence(text),
      otherLibrary(occurrence, matter),
      ...(row.with ?? []).flatMap((line) => linesOf(line, occurrence, matter)),
    ],
    fields,
  );
}

/** The library on the other side at the time of the event; after a refusal, the one that has the request now. */
function otherLibrary(occurrence: Occurrence, { row, request }: Matter): string | undefined {
  const entry = request.history[occurrence.index ?? -1];
  const isLenders = row.side === 'borrower' && occurrence.row.by === 'lender' && occurrence.row.event !== 'refused';
  if (isLenders && entry?.memberId !== undefined)
    return libraryLine(nameOfLender(request, entry.memberId), entry.memberId);
  const { name, id } = partnerOf(request, row.side);
  return libraryLine(name, id);
}

function nameOfLender({ fields }: IllRequest, id: string): string | undefined {
  if (fields.lenderId === id) return fields.lenderName;
  return fields.lenders?.find((lender) => lender.memberId === id)?.memberName;
}

function linesOf(line: NoteLine, occurrence: Occurrence, matter: Matter): readonly (string | undefined)[] {
  const { request } = matter;
  const { fields } = request;
  const entry = entryAt(occurrence, matter);
  switch (line) {
    case 'lenders':
      return [sentence('request-id', { id: request.id }), lendersLine(fields)];
    case 'refuser': {
      const library = libraryName(nameOfLender(request, entry?.memberId ?? ''), entry?.memberId);
      return library === undefined ? [] : [sentence('refuser', { library })];
    }
    case 'comment':
      return [commentLine(entry?.comment)];
    case 'cost':
      return [costLine(fields.total)];
    case 'due':
      return [dayLine('due', request.kind === 'loan' ? fields.dueDate : undefined)];
    case 'address':
      return isBlank(fields.lenderAddress) ? [] : [BEFORE_ADDRESS, fields.lenderAddress, AFTER_ADDRESS];
  }
}

function lendersLine({ lenders = [] }: RequestFields): string | undefined {
  const names = lenders.map(({ memberId, memberName }) => libraryName(memberName, memberId) ?? memberId);
  return names.length === 0 ? undefined : sentence('lenders', { lenders: names.join('、') });
}

function entryAt({ index }: Occurrence, { request }: Matter): HistoryEntry | undefined {
  return index === undefined ? undefined : request.history[index];
}
