/**
 * ISO 18626, schema version 1.2, as data: names, order, required parts and closed lists. `write.ts` writes by it,
 * `read.ts` reads by it. The keys are those of `message.ts`, in the order of the schema.
 */
import { isDateTime } from './dates';
import {
  ACTIONS,
  ERROR_TYPES,
  REASONS,
  REQUEST_SUBTYPES,
  REQUEST_TYPES,
  SERVICE_TYPES,
  STATUSES,
  type Address,
  type AgencyId,
  type BibliographicInfo,
  type Confirmation,
  type Costs,
  type Header,
  type Identifier,
  type MessageKind,
  type PatronInfo,
  type PhysicalAddress,
  type PublicationInfo,
  type Request,
  type RequestingAgencyMessage,
  type ServiceInfo,
  type SupplierInfo,
  type SupplyingAgencyMessage,
} from './message';

/** The same in all versions; only this decides which elements are read. */
export const NAMESPACE = 'http://illtransactions.org/2013/iso18626';
export const ROOT = 'ISO18626Message';
export const VERSION = '1.2';

/** Text of one element. Codes of open lists are texts; their `scheme` is neither read nor written. */
export interface Leaf {
  readonly is: 'text' | 'dateTime' | 'decimal' | 'integer' | 'boolean' | 'list';
  /** The values of a closed list. */
  readonly values?: readonly string[];
}

const PATTERNS = {
  text: /^/,
  decimal: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/,
  integer: /^[+-]?\d+$/,
  boolean: /^(?:true|false|1|0)$/,
};

/** Elements inside an element. `choice`: exactly one of them. `of` is never set: it tells the compiler the type. */
export interface Group<T = unknown> {
  readonly is: 'group' | 'choice';
  readonly parts: Readonly<Record<string, Part>>;
  readonly of?: () => T;
}

/**
 * How often an element occurs.
 * - always: required; what lacks it, or has it twice, cannot be read
 * - mayLack: required; empty when a peer leaves it out
 * - written: required by the schema, but some peers leave it out
 * - blank: required by the schema, but may be empty, and is written so when it is absent
 * - joined: once; several of a peer are joined by a blank
 */
export type Occurs = 'always' | 'mayLack' | 'written' | 'blank' | 'optional' | 'joined' | 'many';

export interface Part {
  readonly occurs: Occurs;
  readonly holds: Leaf | Group;
  /** Name of the element when it is not the key. */
  readonly element?: string;
  /** Its name in the version of 2021. */
  readonly in2021?: string;
  /** Of `many`. */
  readonly most?: number;
}

/** Each key of T once, with the shape of its type; an occurrence that guarantees a value where T requires one. */
type Parts<T> = { readonly [K in keyof T]-?: PartOf<NonNullable<T[K]>, OccursOf<T[K]>> };
type PartOf<V, O extends Occurs> = Part & { readonly occurs: O; readonly holds: ShapeOf<V> };
type ShapeOf<V> = [V] extends [string] ? Leaf : [V] extends [readonly (infer E)[]] ? ShapeOf<E> : Group<V>;
type OccursOf<V> = undefined extends V
  ? NonNullable<V> extends readonly unknown[]
    ? 'many'
    : 'written' | 'blank' | 'optional' | 'joined'
  : 'always' | 'mayLack';

const TEXT: Leaf = { is: 'text' };
const DATE_TIME: Leaf = { is: 'dateTime' };
const INTEGER: Leaf = { is: 'integer' };
const YES_NO = list(['Y', 'N']);
/** `requestSubType` occurs at most this often. */
const MOST_SUBTYPES = 3;

const AGENCY = group<AgencyId>({
  type: { ...mayLack(TEXT), element: 'agencyIdType' },
  value: { ...always(TEXT), element: 'agencyIdValue' },
});
const COSTS = group<Costs>({
  currency: { ...mayLack(TEXT), element: 'currencyCode' },
  amount: { ...always({ is: 'decimal' }), element: 'monetaryValue' },
});
const ITEM_ID = group<Identifier>({
  value: { ...always(TEXT), element: 'bibliographicItemIdentifier' },
  code: { ...mayLack(TEXT), element: 'bibliographicItemIdentifierCode' },
});
const RECORD_ID = group<Identifier>({
  code: { ...mayLack(TEXT), element: 'bibliographicRecordIdentifierCode' },
  value: { ...always(TEXT), element: 'bibliographicRecordIdentifier' },
});
const PHYSICAL_ADDRESS = group<PhysicalAddress>({
  line1: optional(TEXT),
  line2: optional(TEXT),
  locality: optional(TEXT),
  postalCode: optional(TEXT),
  region: optional(TEXT),
  country: optional(TEXT),
});
const ADDRESS: Group<Address> = {
  is: 'choice',
  parts: {
    electronic: {
      ...optional(
        group<{ type: string; data: string }>({
          type: { ...mayLack(TEXT), element: 'electronicAddressType' },
          data: { ...always(TEXT), element: 'electronicAddressData' },
        }),
      ),
      element: 'electronicAddress',
    },
    physical: { ...optional(PHYSICAL_ADDRESS), element: 'physicalAddress' },
  },
};

export const HEADER = group<Header>({
  supplyingAgencyId: always(AGENCY),
  requestingAgencyId: always(AGENCY),
  multipleItemRequestId: { occurs: 'blank', holds: TEXT },
  timestamp: always(DATE_TIME),
  requestingAgencyRequestId: always(TEXT),
  supplyingAgencyRequestId: optional(TEXT),
  authentication: {
    ...optional(
      group<NonNullable<Header['authentication']>>({ accountId: optional(TEXT), securityCode: optional(TEXT) }),
    ),
    element: 'requestingAgencyAuthentication',
  },
});

const BIBLIOGRAPHIC_INFO = group<BibliographicInfo>({
  supplierUniqueRecordId: optional(TEXT),
  title: optional(TEXT),
  author: optional(TEXT),
  subtitle: optional(TEXT),
  seriesTitle: optional(TEXT),
  edition: optional(TEXT),
  titleOfComponent: optional(TEXT),
  authorOfComponent: optional(TEXT),
  volume: { occurs: 'joined', holds: TEXT },
  issue: optional(TEXT),
  pagesRequested: optional(TEXT),
  estimatedNoPages: optional(TEXT),
  itemIds: { ...many(ITEM_ID), element: 'bibliographicItemId' },
  sponsor: optional(TEXT),
  informationSource: optional(TEXT),
  recordIds: { ...many(RECORD_ID), element: 'bibliographicRecordId' },
});
const PUBLICATION_INFO = group<PublicationInfo>({
  publisher: optional(TEXT),
  publicationType: optional(TEXT),
  publicationDate: optional(TEXT),
  placeOfPublication: optional(TEXT),
});
const SERVICE_INFO = group<ServiceInfo>({
  requestType: optional(list(REQUEST_TYPES)),
  requestSubTypes: { ...many(list(REQUEST_SUBTYPES)), element: 'requestSubType', most: MOST_SUBTYPES },
  requestingAgencyPreviousRequestId: optional(TEXT),
  serviceType: written(list(SERVICE_TYPES)),
  serviceLevel: optional(TEXT),
  preferredFormat: optional(TEXT),
  needBeforeDate: optional(DATE_TIME),
  copyrightCompliance: optional(TEXT),
  anyEdition: optional(YES_NO),
  startDate: optional(DATE_TIME),
  endDate: optional(DATE_TIME),
  note: optional(TEXT),
});
const SUPPLIER_INFO = group<SupplierInfo>({
  sortOrder: optional(INTEGER),
  supplierCode: optional(AGENCY),
  supplierDescription: optional(TEXT),
  recordId: { ...optional(RECORD_ID), element: 'bibliographicRecordId' },
  callNumber: optional(TEXT),
  summaryHoldings: optional(TEXT),
  availabilityNote: optional(TEXT),
});
const PATRON_INFO = group<PatronInfo>({
  patronId: optional(TEXT),
  surname: optional(TEXT),
  givenName: optional(TEXT),
  patronType: optional(TEXT),
  sendToPatron: optional(YES_NO),
  addresses: { ...many(ADDRESS), element: 'address' },
});

type Body<M> = Omit<M, 'kind'>;

const REQUEST = group<Body<Request>>({
  header: always(HEADER),
  bibliographicInfo: mayLack(BIBLIOGRAPHIC_INFO),
  publicationInfo: optional(PUBLICATION_INFO),
  serviceInfo: optional(SERVICE_INFO),
  supplierInfo: many(SUPPLIER_INFO),
  requestedDeliveryInfo: many(
    group<NonNullable<Request['requestedDeliveryInfo']>[number]>({
      sortOrder: optional(INTEGER),
      address: optional(ADDRESS),
    }),
  ),
  requestingAgencyInfo: optional(
    group<NonNullable<Request['requestingAgencyInfo']>>({
      name: optional(TEXT),
      contactName: optional(TEXT),
      addresses: { ...many(ADDRESS), element: 'address' },
    }),
  ),
  patronInfo: optional(PATRON_INFO),
  billingInfo: optional(
    group<NonNullable<Request['billingInfo']>>({
      paymentMethod: optional(TEXT),
      maximumCosts: optional(COSTS),
      billingMethod: optional(TEXT),
      billingName: optional(TEXT),
      address: optional(ADDRESS),
    }),
  ),
});

const SUPPLYING_AGENCY_MESSAGE = group<Body<SupplyingAgencyMessage>>({
  header: always(HEADER),
  messageInfo: always(
    group<SupplyingAgencyMessage['messageInfo']>({
      reasonForMessage: always(list(REASONS)),
      answerYesNo: optional(YES_NO),
      note: optional(TEXT),
      reasonUnfilled: optional(TEXT),
      reasonRetry: optional(TEXT),
      offeredCosts: optional(COSTS),
      retryAfter: optional(DATE_TIME),
      retryBefore: optional(DATE_TIME),
    }),
  ),
  statusInfo: mayLack(
    group<SupplyingAgencyMessage['statusInfo']>({
      status: written(list(STATUSES)),
      expectedDeliveryDate: optional(DATE_TIME),
      dueDate: optional(DATE_TIME),
      lastChange: written(DATE_TIME),
    }),
  ),
  deliveryInfo: optional(
    group<NonNullable<SupplyingAgencyMessage['deliveryInfo']>>({
      dateSent: written(DATE_TIME),
      itemId: optional(TEXT),
      sentVia: { ...optional(TEXT), in2021: 'deliveryMethod' },
      sentToPatron: optional({ is: 'boolean' }),
      loanCondition: optional(TEXT),
      deliveredFormat: { ...optional(TEXT), in2021: 'itemFormat' },
      deliveryCosts: optional(COSTS),
    }),
  ),
  returnInfo: optional(
    group<NonNullable<SupplyingAgencyMessage['returnInfo']>>({
      returnAgencyId: optional(AGENCY),
      name: optional(TEXT),
      physicalAddress: optional(PHYSICAL_ADDRESS),
    }),
  ),
});

const REQUESTING_AGENCY_MESSAGE = group<Body<RequestingAgencyMessage>>({
  header: always(HEADER),
  action: always(list(ACTIONS)),
  note: optional(TEXT),
});

/** The messages by the name of their element. */
export const MESSAGES = {
  request: REQUEST,
  supplyingAgencyMessage: SUPPLYING_AGENCY_MESSAGE,
  requestingAgencyMessage: REQUESTING_AGENCY_MESSAGE,
} as const satisfies Readonly<Record<MessageKind, Group>>;

/** A confirmation as the schema nests it. `messageStatus` of a peer may be any text. */
interface ConfirmationBody {
  readonly confirmationHeader: Omit<
    Confirmation,
    'kind' | 'action' | 'reasonForMessage' | 'error' | 'messageStatus'
  > & {
    readonly messageStatus: string;
  };
  readonly errorData?: Confirmation['error'];
}
const CONFIRMATION_HEADER = group<ConfirmationBody['confirmationHeader']>({
  supplyingAgencyId: optional(AGENCY),
  requestingAgencyId: optional(AGENCY),
  timestamp: mayLack(DATE_TIME),
  requestingAgencyRequestId: optional(TEXT),
  multipleItemRequestId: optional(TEXT),
  timestampReceived: mayLack(DATE_TIME),
  messageStatus: always(list(['OK', 'ERROR'])),
});
const ERROR_DATA = group<NonNullable<Confirmation['error']>>({
  type: { ...mayLack(list(ERROR_TYPES)), element: 'errorType' },
  value: { ...optional(TEXT), element: 'errorValue' },
});

/** The confirmations by the name of their element. */
export const CONFIRMATIONS = {
  requestConfirmation: group<ConfirmationBody>({
    confirmationHeader: always(CONFIRMATION_HEADER),
    errorData: optional(ERROR_DATA),
  }),
  supplyingAgencyMessageConfirmation: group<ConfirmationBody & Pick<Confirmation, 'reasonForMessage'>>({
    confirmationHeader: always(CONFIRMATION_HEADER),
    reasonForMessage: optional(list(REASONS)),
    errorData: optional(ERROR_DATA),
  }),
  requestingAgencyMessageConfirmation: group<ConfirmationBody & Pick<Confirmation, 'action'>>({
    confirmationHeader: always(CONFIRMATION_HEADER),
    action: optional(list(ACTIONS)),
    errorData: optional(ERROR_DATA),
  }),
} as const satisfies Readonly<Record<Confirmation['kind'], Group>>;

/** True when the schema allows this text, which is trimmed and not empty. */
export function isAllowed(text: string, { is, values = [] }: Leaf): boolean {
  if (is === 'list') return values.includes(text);
  return is === 'dateTime' ? isDateTime(text) : PATTERNS[is].test(text);
}

export function isGroup(shape: Leaf | Group): shape is Group {
  return shape.is === 'group' || shape.is === 'choice';
}

/** True when the schema requires the element and its content. */
export function isRequired(occurs: Occurs): boolean {
  return occurs === 'always' || occurs === 'mayLack' || occurs === 'written';
}

export function elementOf(key: string, part: Part): string {
  return part.element ?? key;
}

function group<T>(parts: Parts<T>): Group<T>;
function group(parts: Readonly<Record<string, Part>>): Group {
  return { is: 'group', parts };
}
function list(values: readonly string[]): Leaf {
  return { is: 'list', values };
}
function always<S extends Leaf | Group>(holds: S): { readonly occurs: 'always'; readonly holds: S } {
  return { occurs: 'always', holds };
}
function mayLack<S extends Leaf | Group>(holds: S): { readonly occurs: 'mayLack'; readonly holds: S } {
  return { occurs: 'mayLack', holds };
}
function written<S extends Leaf | Group>(holds: S): { readonly occurs: 'written'; readonly holds: S } {
  return { occurs: 'written', holds };
}
function optional<S extends Leaf | Group>(holds: S): { readonly occurs: 'optional'; readonly holds: S } {
  return { occurs: 'optional', holds };
}
function many<S extends Leaf | Group>(holds: S): { readonly occurs: 'many'; readonly holds: S } {
  return { occurs: 'many', holds };
}
