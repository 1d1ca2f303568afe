/**
 * The messages of ISO 18626 without their XML. `write.ts` and `read.ts` convert them. All texts are trimmed; an absent
 * key and an empty element are the same. Times are ISO 8601 texts as sent. Names are those of the schema, version 1.2.
 */

/** Closed lists of the schema. A message of a peer may have any other text (`iso18626.md` 1). */
export const ACTIONS = [
  'StatusRequest',
  'Received',
  'Cancel',
  'Renew',
  'ShippedReturn',
  'ShippedForward',
  'Notification',
] as const;
export type Action = (typeof ACTIONS)[number];
export const REASONS = [
  'RequestResponse',
  'StatusRequestResponse',
  'RenewResponse',
  'CancelResponse',
  'StatusChange',
  'Notification',
] as const;
export type Reason = (typeof REASONS)[number];
export const STATUSES = [
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
export type Status = (typeof STATUSES)[number];
export const REQUEST_TYPES = ['New', 'Retry', 'Reminder'] as const;
export const REQUEST_SUBTYPES = [
  'BookingRequest',
  'MultipleItemRequest',
  'PatronRequest',
  'TransferRequest',
  'SupplyingLibrarysChoice',
] as const;
export const SERVICE_TYPES = ['Copy', 'Loan', 'CopyOrLoan'] as const;
export const ERROR_TYPES = [
  'UnsupportedActionType',
  'UnsupportedReasonForMessageType',
  'UnrecognisedDataElement',
  'UnrecognisedDataValue',
  'BadlyFormedMessage',
] as const;
export type ErrorType = (typeof ERROR_TYPES)[number];

/** `type`: empty when a peer left it out. */
export interface AgencyId {
  readonly type: string;
  readonly value: string;
}
/** `amount`: a decimal number as text. A peer may send anything. `currency`: empty when a peer left it out. */
export interface Costs {
  readonly currency: string;
  readonly amount: string;
}
export interface PhysicalAddress {
  readonly line1?: string;
  readonly line2?: string;
  readonly locality?: string;
  readonly postalCode?: string;
  readonly region?: string;
  readonly country?: string;
}
/** Either a physical or an electronic address. */
export type Address =
  { readonly physical: PhysicalAddress } | { readonly electronic: { readonly type: string; readonly data: string } };

export interface Header {
  readonly supplyingAgencyId: AgencyId;
  readonly requestingAgencyId: AgencyId;
  readonly multipleItemRequestId?: string;
  readonly timestamp: string;
  readonly requestingAgencyRequestId: string;
  readonly supplyingAgencyRequestId?: string;
  readonly authentication?: { readonly accountId?: string; readonly securityCode?: string };
}

/** A number or record id with its kind, for example ISBN or NCID. `code`: empty when a peer left it out. */
export interface Identifier {
  readonly code: string;
  readonly value: string;
}
export interface BibliographicInfo {
  readonly supplierUniqueRecordId?: string;
  readonly title?: string;
  readonly author?: string;
  readonly subtitle?: string;
  readonly seriesTitle?: string;
  readonly edition?: string;
  readonly titleOfComponent?: string;
  readonly authorOfComponent?: string;
  /** Several values, joined by a blank (2021 repeats the element). */
  readonly volume?: string;
  readonly issue?: string;
  readonly pagesRequested?: string;
  readonly estimatedNoPages?: string;
  readonly itemIds?: readonly Identifier[];
  readonly sponsor?: string;
  readonly informationSource?: string;
  readonly recordIds?: readonly Identifier[];
}
export interface PublicationInfo {
  readonly publisher?: string;
  readonly publicationType?: string;
  readonly publicationDate?: string;
  readonly placeOfPublication?: string;
}
export interface ServiceInfo {
  readonly requestType?: string;
  readonly requestSubTypes?: readonly string[];
  readonly requestingAgencyPreviousRequestId?: string;
  readonly serviceType?: string;
  readonly serviceLevel?: string;
  readonly preferredFormat?: string;
  readonly needBeforeDate?: string;
  readonly copyrightCompliance?: string;
  readonly anyEdition?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly note?: string;
}
export interface SupplierInfo {
  readonly sortOrder?: string;
  readonly supplierCode?: AgencyId;
  readonly supplierDescription?: string;
  readonly recordId?: Identifier;
  readonly callNumber?: string;
  readonly summaryHoldings?: string;
  readonly availabilityNote?: string;
}
export interface PatronInfo {
  readonly patronId?: string;
  readonly surname?: string;
  readonly givenName?: string;
  readonly patronType?: string;
  readonly sendToPatron?: string;
  readonly addresses?: readonly Address[];
}

/** A new request, a retry, or a reminder. */
export interface Request {
  readonly kind: 'request';
  readonly header: Header;
  readonly bibliographicInfo: BibliographicInfo;
  readonly publicationInfo?: PublicationInfo;
  readonly serviceInfo?: ServiceInfo;
  readonly supplierInfo?: readonly SupplierInfo[];
  readonly requestedDeliveryInfo?: readonly { readonly sortOrder?: string; readonly address?: Address }[];
  readonly requestingAgencyInfo?: {
    readonly name?: string;
    readonly contactName?: string;
    readonly addresses?: readonly Address[];
  };
  readonly patronInfo?: PatronInfo;
  readonly billingInfo?: {
    readonly paymentMethod?: string;
    readonly maximumCosts?: Costs;
    readonly billingMethod?: string;
    readonly billingName?: string;
    readonly address?: Address;
  };
}

/** What the supplier says about a request. `status`: absent when the peer sent an empty one ("no change"). */
export interface SupplyingAgencyMessage {
  readonly kind: 'supplyingAgencyMessage';
  readonly header: Header;
  readonly messageInfo: {
    readonly reasonForMessage: string;
    /** `Y` or `N`; required with RenewResponse and CancelResponse. */
    readonly answerYesNo?: string;
    readonly note?: string;
    readonly reasonUnfilled?: string;
    readonly reasonRetry?: string;
    readonly offeredCosts?: Costs;
    readonly retryAfter?: string;
    readonly retryBefore?: string;
  };
  readonly statusInfo: {
    readonly status?: string;
    readonly expectedDeliveryDate?: string;
    readonly dueDate?: string;
    readonly lastChange?: string;
  };
  readonly deliveryInfo?: {
    readonly dateSent?: string;
    readonly itemId?: string;
    readonly sentVia?: string;
    readonly sentToPatron?: string;
    readonly loanCondition?: string;
    readonly deliveredFormat?: string;
    readonly deliveryCosts?: Costs;
  };
  readonly returnInfo?: {
    readonly returnAgencyId?: AgencyId;
    readonly name?: string;
    readonly physicalAddress?: PhysicalAddress;
  };
}

/** What the requester says about its request. */
export interface RequestingAgencyMessage {
  readonly kind: 'requestingAgencyMessage';
  readonly header: Header;
  readonly action: string;
  readonly note?: string;
}

/** A message that awaits a confirmation. */
export type Message = Request | SupplyingAgencyMessage | RequestingAgencyMessage;
export type MessageKind = Message['kind'];

/** The HTTP answer to a message: it was received and understood, or why not. Every id is optional. */
export interface Confirmation {
  readonly kind: 'requestConfirmation' | 'supplyingAgencyMessageConfirmation' | 'requestingAgencyMessageConfirmation';
  readonly supplyingAgencyId?: AgencyId;
  readonly requestingAgencyId?: AgencyId;
  /** When the confirmation was written. Both times are empty when a peer left them out. */
  readonly timestamp: string;
  readonly requestingAgencyRequestId?: string;
  readonly multipleItemRequestId?: string;
  /** `timestamp` of the confirmed message, not our clock; the time of the confirmation when it could not be read. */
  readonly timestampReceived: string;
  readonly messageStatus: 'OK' | 'ERROR';
  /** Echo of the confirmed message; only values of the closed lists. */
  readonly action?: string;
  readonly reasonForMessage?: string;
  /** `type` of a peer may be any text. */
  readonly error?: { readonly type: string; readonly value?: string };
}

/** Result of reading a body. `warnings`: what the schema does not allow but was read (for the log; no content). */
export type Reading =
  | { readonly is: 'message'; readonly message: Message; readonly warnings: readonly string[] }
  | { readonly is: 'confirmation'; readonly confirmation: Confirmation }
  | {
      readonly is: 'unreadable';
      readonly error: ErrorType;
      /** Without content of the message. */
      readonly why: string;
      /** What the confirmation should repeat, as far as it could be read. */
      readonly header?: Partial<Header>;
      readonly kind?: MessageKind;
    };
