/**
 * Field names of BOOK and SERIAL (ALMA, coding manual), and of the reference files. The simulator's seed uses these
 * names.
 * @unconfirmed I: Reference files have the fields of the union file, and TR and YEAR are groups on the wire (they are read flat, too).
 * Confirm: read a record of BOOK, of SERIAL and of JPMARC, and look at the names of its lines.
 */
export const CATALOG_NAMES = {
  id: 'ID',
  /** TRD contains title and responsibility, separated by ` / `. */
  title: { group: 'TR', text: 'TRD', reading: 'TRR' },
  edition: 'ED',
  publication: { group: 'PUB', place: 'PUBP', publisher: 'PUBL', date: 'PUBDT' },
  year: { group: 'YEAR', first: 'YEAR1', last: 'YEAR2' },
  /** Language of the title as a three-letter code. */
  language: 'TTLL',
  country: 'CNTRY',
  issn: 'ISSN',
  /** Flat: pages, illustrations, size, accompanying material. */
  physical: { pages: 'PHYSP', illustrations: 'PHYSI', size: 'PHYSS', accompanying: 'PHYSA' },
  variantTitle: { group: 'VT', title: 'VTD' },
  contents: { group: 'CW', title: 'CWT', author: 'CWA' },
  classification: { group: 'CLS', scheme: 'CLSK', value: 'CLSD' },
  /** FA number of the library that created the record. */
  createdBy: 'CRTFA',
  /** Numbers of other catalogues; these and those below under the names of `RECORD_NUMBERS`. */
  otherNumber: 'OTHN',
  /** National bibliography number (repeated), card numbers of the Library of Congress and the National Diet Library. */
  nbn: 'NBN',
  lccn: 'LCCN',
  ndlcn: 'NDLCN',
  /** SERIAL only: number of the National Diet Library, CODEN, id of the title family. */
  ndlpn: 'NDLPN',
  coden: 'CODEN',
  familyId: 'FID',
  numbering: 'VLYR',
  volume: { group: 'VOLG', text: 'VOL', isbn: 'ISBN' },
  /**
   * SERIAL only, repeated: an earlier or later title (manual of NACSIS-CAT A.2; ALMA). The title is the other record's
   * TRD.
   */
  history: { group: 'BHNT', type: 'BHK', title: 'BHTR', id: 'BHBID' },
  series: { group: 'PTBL', title: 'PTBTR', id: 'PTBID', number: 'PTBNO' },
  author: { group: 'AL', heading: 'AHDNG', id: 'AID' },
  subject: { group: 'SH', heading: 'SHD' },
  /** Repeated. */
  note: 'NOTE',
} as const;

/** Field names of BHOLD (BH) and SHOLD (coding manual 17.2). */
export const HOLDING_NAMES = {
  id: 'ID',
  ncid: 'BID',
  memberId: 'FANO',
  memberName: 'LIBABL',
  location: 'LOC',
  volumes: { group: 'HOLD', volume: 'VOL', callNumber: 'CLN', registrationNumber: 'RGTN' },
  /** SERIAL only. HLV may repeat, at most four times. */
  years: 'HLYR',
  volumeRange: 'HLV',
  /** `+` when the library still receives the serial. */
  continues: 'CONT',
  callNumber: 'CLN',
} as const;

/** LOC of a library without location codes (BH). */
export const NO_LOCATION = '@';
