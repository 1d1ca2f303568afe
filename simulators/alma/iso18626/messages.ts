import type {
  Action as IsoAction,
  Header,
  Identifier,
  Message,
  Reason,
  Request,
  Status,
  SupplyingAgencyMessage,
} from '#iso18626/message';
import { textOf } from '../../shared/json-body';
import type { JsonObject } from '../model';
import { codeOf } from '../rest/sharing-view';
import type { AlmaWorld } from '../world';
import { exchangeOf, isReturnable, type SharingRecord } from './exchange';
import type { IsoPartner } from './partners';

/** Time of day of Alma's due dates (iso18626.md 8). */
const END_OF_DAY = 'T23:59:59Z';

/** A new request to the partner. Article and container go to the elements that the standard means for them. */
export function newRequest(world: AlmaWorld, record: SharingRecord, partner: IsoPartner): Request {
  const { request } = record;
  const isArticle = codeOf(request['citation_type'])?.endsWith('CR') ?? false;
  const field = (name: string): string => textOf(request[name]);
  const [title, author] = [field('title'), field('author')];
  return {
    kind: 'request',
    header: requesterHeader(world, record, partner),
    bibliographicInfo: {
      supplierUniqueRecordId: field('remote_record_id'),
      ...(isArticle
        ? { title: field('journal_title'), titleOfComponent: title, authorOfComponent: author }
        : { title, author }),
      edition: field('edition'),
      volume: field('volume'),
      issue: field('issue'),
      pagesRequested: field('pages'),
      itemIds: identifiers(request, { isbn: 'ISBN', issn: 'ISSN' }),
      recordIds: identifiers(request, { other_standard_id: 'OTHER', oclc_number: 'OCLC', lcc_number: 'LCCN' }),
    },
    publicationInfo: {
      publisher: field('publisher'),
      publicationDate: field('year'),
      placeOfPublication: field('place_of_publication'),
    },
    serviceInfo: {
      requestType: 'New',
      serviceType: isReturnable(record) ? 'Loan' : 'Copy',
      preferredFormat: codeOf(request['format']) === 'DIGITAL' ? 'Electronic' : 'PaperCopy',
      note: field('note'),
    },
    requestingAgencyInfo: { name: libraryName(world, partner) },
    ...(partner.sendsRequester ? patronOf(world, record) : {}),
  };
}

/** What Alma says about its own request. */
export function requesterMessage(
  world: AlmaWorld,
  record: SharingRecord,
  partner: IsoPartner,
  action: IsoAction,
  note?: string,
): Message {
  const header = requesterHeader(world, record, partner);
  return { kind: 'requestingAgencyMessage', header, action, ...(note === undefined ? {} : { note }) };
}

/** What a supplier's message says beyond its status. `dueDate`: yyyy-MM-dd. `cost`: yen. */
export interface Said {
  readonly reason: Reason;
  readonly status: Status;
  readonly answer?: 'Y' | 'N';
  readonly note?: string;
  readonly reasonUnfilled?: string;
  readonly dueDate?: string;
  readonly shipped?: { readonly barcodes: readonly string[]; readonly cost?: number };
}

/** What Alma says about a request of its partner. */
export function supplierMessage(
  world: AlmaWorld,
  record: SharingRecord,
  partner: IsoPartner,
  said: Said,
): SupplyingAgencyMessage {
  const timestamp = world.iso.timestamp();
  const { answer, note, reasonUnfilled, dueDate, shipped } = said;
  return {
    kind: 'supplyingAgencyMessage',
    header: {
      supplyingAgencyId: partner.ownSymbol,
      requestingAgencyId: partner.symbol,
      timestamp,
      requestingAgencyRequestId: exchangeOf(record).requesterRequestId,
      supplyingAgencyRequestId: record.request.request_id,
    },
    messageInfo: {
      reasonForMessage: reasonAsSent(world, said),
      ...(answer === undefined ? {} : { answerYesNo: answer }),
      ...(note === undefined ? {} : { note }),
      ...(reasonUnfilled === undefined ? {} : { reasonUnfilled }),
    },
    statusInfo: {
      status: said.status,
      ...(dueDate === undefined ? {} : { dueDate: `${dueDate}${END_OF_DAY}` }),
      lastChange: timestamp,
    },
    ...(shipped === undefined ? {} : { deliveryInfo: deliveryOf(timestamp, shipped) }),
  };
}

/**
 * Alma's reason is often wrong; only Notification and CancelResponse are to be believed (iso18626.md 3). `isoReasons:
 * right` gives the reasons of the standard.
 */
function reasonAsSent(world: AlmaWorld, { reason }: Said): Reason {
  if (world.settings.isoReasons === 'right') return reason;
  if (reason === 'RequestResponse' || reason === 'RenewResponse') return 'StatusChange';
  return reason === 'StatusChange' ? 'RequestResponse' : reason;
}

function deliveryOf(
  dateSent: string,
  { barcodes, cost }: NonNullable<Said['shipped']>,
): NonNullable<SupplyingAgencyMessage['deliveryInfo']> {
  return {
    dateSent,
    ...(barcodes.length === 0 ? {} : { itemId: barcodes.join(',') }),
    ...(cost === undefined ? {} : { deliveryCosts: { currency: 'JPY', amount: String(cost) } }),
  };
}

function requesterHeader(world: AlmaWorld, record: SharingRecord, partner: IsoPartner): Header {
  const { requesterRequestId, supplierRequestId } = exchangeOf(record);
  return {
    supplyingAgencyId: partner.symbol,
    requestingAgencyId: partner.ownSymbol,
    timestamp: world.iso.timestamp(),
    requestingAgencyRequestId: requesterRequestId,
    ...(supplierRequestId === undefined ? {} : { supplyingAgencyRequestId: supplierRequestId }),
  };
}

function identifiers(request: JsonObject, codes: Readonly<Record<string, string>>): readonly Identifier[] {
  return Object.entries(codes).flatMap(([name, code]) => {
    const value = textOf(request[name]);
    return value === '' ? [] : [{ code, value }];
  });
}

function libraryName(world: AlmaWorld, { institution, library }: IsoPartner): string {
  const { name = '', libraries = [] } = world.institution(institution) ?? {};
  return `${name} ${libraries.find(({ code }) => code === library)?.name ?? library}`;
}

function patronOf(world: AlmaWorld, record: SharingRecord): Pick<Request, 'patronInfo'> {
  const user = 'user' in record ? world.findUser(record.institution, record.user ?? '') : undefined;
  if (user === undefined) return {};
  return { patronInfo: { patronId: user.primaryId, surname: user.lastName, givenName: user.firstName } };
}
