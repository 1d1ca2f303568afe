import type { CatalogFile, Form } from './catalog-files';

/**
 * How another serial relates to this one: published before it (変遷前誌), after it (変遷後誌), or unknown when the type
 * of the note does not tell.
 */
export const LINK_RELATIONS = ['former', 'later', 'related'] as const;
export type LinkRelation = (typeof LINK_RELATIONS)[number];

/** Numbers that other catalogues gave the work, by their names in NACSIS-CAT. */
export const RECORD_NUMBERS = ['NBN', 'NDLCN', 'NDLPN', 'LCCN', 'GPON', 'CODEN', 'OTHN'] as const;
export type RecordNumber = (typeof RECORD_NUMBERS)[number];

/** A bibliographic record of NACSIS-CAT, limited to what interlibrary loan needs. */
export interface CatalogRecord {
  /**
   * NACSIS-CAT id (BA12345678, AN0012345X): 10 characters with a check character. In a record with `file`, the id in
   * that file, which is not an NCID.
   */
  readonly ncid: string;
  /**
   * The reference file of the record; absent in the union catalogue (BOOK, SERIAL). Only union records have holdings.
   */
  readonly file?: CatalogFile;
  readonly form: Form;
  readonly title: string;
  readonly titleReading?: string;
  readonly responsibility?: string;
  readonly edition?: string;
  readonly place?: string;
  readonly publisher?: string;
  /** As printed; may be a range: `2019`, `1926-`. */
  readonly year?: string;
  readonly language?: string;
  readonly country?: string;
  readonly isbns: readonly string[];
  readonly issn?: string;
  /** Volumes of a multi-volume monograph. */
  readonly volumes: readonly { readonly volume?: string; readonly isbn?: string }[];
  /** Numbering of a serial (VLYR), e.g. `1巻1号 (1926)-`. */
  readonly numbering?: string;
  /** Parent titles (PTBL). `ncid`: the parent's record; absent when none is linked. */
  readonly series: readonly { readonly title: string; readonly ncid?: string; readonly number?: string }[];
  /** Earlier and later serials (BHNT), in record order; absent when there are none. */
  readonly links?: readonly { readonly relation: LinkRelation; readonly ncid: string; readonly title?: string }[];
  /** Pages, illustrations, size and accompanying material (PHYS), in one line. */
  readonly physical?: string;
  /** Absent when there are none, like the lists below. */
  readonly numbers?: readonly { readonly kind: RecordNumber; readonly value: string }[];
  /** Other titles of the work (VT). */
  readonly variantTitles?: readonly string[];
  /** Works contained (CW), with their authors. */
  readonly contents?: readonly string[];
  /** With the scheme: `NDC8:291.41`. */
  readonly classifications?: readonly string[];
  /** FA number of the library that created the record (CRTFA). */
  readonly createdBy?: string;
  /** Serials with the same family id (FID) belong to one title history; a search with `familyId` finds them all. */
  readonly familyId?: string;
  readonly authors: readonly { readonly name: string; readonly id?: string }[];
  readonly subjects: readonly string[];
  readonly notes: readonly string[];
}

/** The holdings of a member library for a record (BHOLD for books, SHOLD for serials). */
export interface Holding {
  readonly id: string;
  readonly ncid: string;
  readonly memberId: string;
  readonly memberName?: string;
  readonly location?: string;
  /** Volumes of a book; empty for serials. */
  readonly volumes: readonly {
    readonly volume?: string;
    readonly callNumber?: string;
    readonly registrationNumber?: string;
  }[];
  /** Serial holdings as text: years (HLYR) and volumes (HLV), e.g. `1970-2019`, `1-50, 52`. */
  readonly years?: string;
  readonly volumeRange?: string;
  readonly callNumber?: string;
  /** The holder's member record; absent when NACSIS-ILL has none for this id. */
  readonly member?: Member;
}

/** Service flags: A = yes, C = through another member or with conditions, N = no. `unknown`: any other value. */
export type ServiceFlag = 'A' | 'C' | 'N' | 'unknown';

/** A member library of NACSIS-CAT/ILL (MEMBER). Codes are listed in `codes.ts`. */
export interface Member {
  readonly memberId: string;
  readonly name: string;
  readonly nameReading?: string;
  readonly abbreviation?: string;
  /** KENCODE */
  readonly region?: string;
  /** SETCODE */
  readonly establisher?: string;
  /** ORGCODE */
  readonly institutionType?: string;
  /** ILLFLG: takes part in interlibrary loan. */
  readonly participates: boolean;
  /** STAT: the library's master switch for receiving requests. */
  readonly service: ServiceFlag;
  readonly copyService: ServiceFlag;
  readonly loanService: ServiceFlag;
  readonly faxService: ServiceFlag;
  /** COPYAL / LOANAL: the member that handles the requests when the service flag is C. */
  readonly copyVia?: string;
  readonly loanVia?: string;
  /** GRPCODE = N: takes part in the charge offset service (料金相殺). */
  readonly offset: boolean;
  readonly loanPeriod?: string;
  readonly policies: readonly string[];
  readonly locations: readonly string[];
  readonly zip?: string;
  readonly address?: string;
  readonly tel?: string;
  readonly fax?: string;
  readonly email?: string;
  readonly illDepartment?: string;
  readonly illStaff?: string;
  readonly abbreviationReading?: string;
  /** CATFLG: A or N. */
  readonly cataloguing?: string;
  /** EXTEL */
  readonly extension?: string;
  readonly catDepartment?: string;
  readonly catTel?: string;
  readonly catFax?: string;
  readonly systemDepartment?: string;
  readonly systemTel?: string;
  readonly systemFax?: string;
}
