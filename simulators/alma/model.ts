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
}

export interface LendingRecord {
  readonly institution: string;
  /** Code of the requesting partner. */
  readonly partner: string;
  readonly request: SharingRequest;
}

export interface PartnerRecord {
  readonly institution: string;
  readonly code: string;
  readonly body: JsonObject;
}
