import type { Status } from '#iso18626/message';

/** Data of the simulated Alma. `rest/` has the JSON shapes of its REST API. */

/** The Alma role codes that interlibrary loan and this simulator need. */
export const ROLES = {
  '26': 'General System Administrator',
  '200': 'Patron',
  '204': 'Cataloger',
  '214': 'Fulfillment Services Operator',
  '215': 'Fulfillment Services Manager',
} as const;
export type Role = keyof typeof ROLES;

export interface Library {
  readonly code: string;
  readonly name: string;
  readonly resourceSharing: boolean;
}

export interface Institution {
  readonly code: string;
  readonly name: string;
  /** The library's NACSIS-CAT/ILL id (FA number). */
  readonly memberId: string;
  /** Last digits of every number that the institution assigns. */
  readonly suffix: string;
  readonly apiKey: string;
  readonly libraries: readonly Library[];
}

export interface AlmaUser {
  readonly institution: string;
  readonly primaryId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly roles: readonly Role[];
  readonly group: 'STAFF' | 'FACULTY' | 'GRADUATE' | 'UNDERGRADUATE';
  /** Codes of the resource sharing libraries that serve the user. */
  readonly sharingLibraries: readonly string[];
}

export interface Bib {
  readonly mmsId: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly isbn: string | null;
  readonly issn: string | null;
  readonly place: string;
  readonly publisher: string;
  readonly year: string;
  /** Contents of 035 $a. */
  readonly systemNumbers: readonly string[];
  readonly form: 'book' | 'serial';
  /** True when the institution has inventory for the record, false when the record is only a description. */
  readonly held: boolean;
  readonly marcXml: string;
}

/** A value of a code table. */
export type Coded = { readonly value?: string; readonly desc?: string; readonly link?: string };

/** A JSON object whose contents are not validated. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** `user_resource_sharing_request`: types the keys that the simulator uses and keeps all others unchanged. */
export type SharingRequest = JsonObject & {
  readonly request_id: string;
  readonly external_id: string;
  readonly status: { readonly value: string; readonly desc: string };
  readonly owner: string;
};

export interface BorrowingRecord {
  readonly institution: string;
  /** Primary id of the requester. A request without one has no REST link. */
  readonly user?: string;
  readonly request: SharingRequest;
  /** Absent until the first action or message. */
  readonly exchange?: Exchange;
}

export interface LendingRecord {
  readonly institution: string;
  /** Code of the requesting partner. */
  readonly partner: string;
  readonly request: SharingRequest;
  /** Absent until the first action or message. */
  readonly exchange?: Exchange;
}

/** The side of a request in Alma's terms. */
export const SIDES = ['borrowing', 'lending'] as const;
export type Side = (typeof SIDES)[number];

/** What staff see of the messages that Alma exchanged with an ISO 18626 partner about a request. Times are ISO 8601. */
export interface Exchange {
  /** requestingAgencyRequestId: the external id. */
  readonly requesterRequestId: string;
  /** supplyingAgencyRequestId, once known. */
  readonly supplierRequestId?: string;
  /** Timestamp of the request that created a lending request. */
  readonly requestTimestamp?: string;
  /** Codes of the partners that a borrowing request goes to when this one cannot fill it. */
  readonly rota: readonly string[];
  /** yyyy-MM-dd, in Japan. */
  readonly dueDate?: string;
  /** The last status that Alma sent as supplier. */
  readonly lastStatus?: Status;
  /** Oldest first. */
  readonly generalMessages: readonly GeneralMessage[];
  /** True: a general message of the partner was not looked at yet. */
  readonly hasAlert: boolean;
  readonly history: readonly HistoryEntry[];
  /** Result of the last action of staff. */
  readonly result?: ActionResult;
}

export interface GeneralMessage {
  readonly at: string;
  readonly from: 'library' | 'partner';
  readonly text: string;
}

export interface HistoryEntry {
  readonly at: string;
  readonly by: 'staff' | 'partner' | 'job';
  /** An action, or the name of a message. */
  readonly what: string;
  /** Alma's status afterwards. */
  readonly status: string;
  /** Why Alma did nothing. */
  readonly ignored?: string;
}

/**
 * - confirmed, refused: the partner's confirmation is OK, is ERROR or cannot be read
 * - unanswered: no confirmation, however often it was sent
 * - held: a fault holds the message until the next one is sent
 * - silent: the action sends no message
 * - impossible: not done; `detail` says why
 */
export interface ActionResult {
  readonly at: string;
  readonly action: string;
  readonly how: 'confirmed' | 'refused' | 'unanswered' | 'held' | 'silent' | 'impossible';
  readonly detail?: string;
}

export interface PartnerRecord {
  readonly institution: string;
  readonly code: string;
  readonly body: JsonObject;
}
