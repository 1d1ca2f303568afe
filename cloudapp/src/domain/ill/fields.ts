import type { Kind, Side } from './kinds';

/** The form of a field's text. `yen`: digits only. `date`: yyyyMMdd. */
export type FieldForm = 'text' | 'date' | 'yen' | 'member-id' | 'payment' | 'copy-type' | 'sending-method';

export interface FieldSpec {
  /** The name on the wire. Only this file and `catp/` contain wire names. */
  readonly wire: string;
  /** The wire group of the field. */
  readonly group?: GroupName;
  readonly form: FieldForm;
  /** Maximum length in bytes of UTF-8 (see `byteLength`). */
  readonly maxBytes: number;
  /** documented: the length is printed in a source (OFF-fmt, BH); proposed: our own value. */
  readonly limit: 'documented' | 'proposed';
  readonly setBy: Side | 'server';
  /**
   * When the owner may write the field (dossier 3.1): `preparing` = new record or 準備中 only; `command` = with any
   * command of its side.
   */
  readonly writable: 'preparing' | 'command' | 'never';
  /** Restricts the field to one kind; both kinds when absent. */
  readonly kind?: Kind;
}

/** The groups of an ILL record with their maximum number of repetitions (dossier section 5). */
export const GROUPS = {
  bibliography: { wire: 'BIBG', max: 1 },
  lenders: { wire: 'HMLG', max: 5 },
  charges: { wire: 'CHG', max: 10 },
  history: { wire: 'SENDG', max: 50 },
} as const;
export type GroupName = keyof typeof GROUPS;

export const MAX_LENDERS = GROUPS.lenders.max;
export const MAX_CHARGES = GROUPS.charges.max;
export const MAX_HISTORY = GROUPS.history.max;

const proposed = { limit: 'proposed' } as const;
const documented = { limit: 'documented' } as const;
const text = (wire: string, maxBytes: number) => ({ wire, form: 'text', maxBytes, ...proposed }) as const;
const date = (wire: string) => ({ wire, form: 'date', maxBytes: 8, ...documented }) as const;
const server = { setBy: 'server', writable: 'never' } as const;
const ordering = { setBy: 'borrower', writable: 'preparing' } as const;
const borrower = { setBy: 'borrower', writable: 'command' } as const;
const lender = { setBy: 'lender', writable: 'command' } as const;

/**
 * The scalar fields of an ILL record: domain name → spec. Labels have the i18n keys `field.<name>`. Lengths marked
 * documented come from the offset CSV (OFF-fmt) or the holdings spec (BH).
 * @unconfirmed I: The lengths of fields marked proposed, and when the owner may write a field (`writable`, dossier 3.1).
 * Confirm: send a value longer than the limit, and each field in a state in which it may not be written; a refusal shows the rule.
 */
export const FIELDS = {
  id: { ...text('ID', 12), ...documented, ...server },
  state: { ...text('STAT', 20), ...documented, ...server },
  createdOn: { ...date('CRTDT'), ...server },
  updatedOn: { ...date('RNWDT'), ...server },
  borrowerId: { ...text('OMLID', 8), form: 'member-id', ...documented, ...server },
  borrowerName: { ...text('OMLNM', 254), ...server },
  lenderId: { ...text('AMLID', 8), form: 'member-id', ...documented, ...server },
  lenderName: { ...text('AMLNM', 254), ...server },
  service: { ...text('SRVCE', 1), ...documented, ...server },
  claimFlag: { ...text('CLAIMFLG', 1), ...server },
  loanFlag: { ...text('LOANFLG', 1), ...server },

  payment: { wire: 'ACCT', form: 'payment', maxBytes: 2, ...documented, ...ordering },
  copyType: { wire: 'TYPE', form: 'copy-type', maxBytes: 64, ...proposed, ...ordering, kind: 'copy' },
  sendingMethod: { wire: 'SPVIA', form: 'sending-method', maxBytes: 64, ...proposed, ...ordering },
  borrowerNumber: { ...text('ONO', 10), ...documented, ...borrower },
  permitNumber: { ...text('PRMT', 64), ...ordering },
  bibId: { ...text('BIBID', 10), ...documented, group: 'bibliography', ...ordering },
  bibNote: { ...text('BIBNT', 1024), ...documented, group: 'bibliography', ...ordering },
  standardNumber: { ...text('STDNO', 254), group: 'bibliography', ...ordering },
  volume: { ...text('VLNO', 254), ...ordering },
  pages: { ...text('PAGE', 254), ...ordering },
  year: { ...text('YEAR', 254), ...ordering },
  article: { ...text('ARTCL', 1024), ...ordering },
  bibSource: { ...text('BVRFY', 254), ...ordering },
  holdingSource: { ...text('HVRFY', 254), ...ordering },
  applicant: { ...text('CLNT', 254), ...documented, ...ordering },
  applicantAffiliation: { ...text('CLNTP', 254), ...documented, ...ordering },
  electronicAddress: { ...text('OEDA', 254), ...ordering },
  orderDate: { ...date('ODATE'), ...ordering },
  borrowerStaff: { ...text('OSTAF', 254), ...borrower },
  borrowerAddress: { ...text('OADRS', 1024), ...borrower },
  borrowerLocalData: { ...text('OLDF', 1024), ...borrower },
  borrowerAccountData: { ...text('OLDAF', 1024), ...documented, ...borrower },
  arrivalDate: { ...date('RDATE'), ...borrower },
  returnDate: { ...date('BDATE'), ...borrower, kind: 'loan' },

  lenderNumber: { ...text('ANO', 10), ...documented, ...lender },
  lenderStaff: { ...text('ASTAF', 254), ...lender },
  lenderAddress: { ...text('AADRS', 1024), ...lender },
  lenderLocalData: { ...text('ALDF', 1024), ...lender },
  acceptDate: { ...date('ADATE'), ...lender },
  shipDate: { ...date('SDATE'), ...lender },
  dueDate: { ...date('DDATE'), ...lender, kind: 'loan' },
  checkInDate: { ...date('KDATE'), ...lender, kind: 'loan' },
  fee: { wire: 'FEE', form: 'yen', maxBytes: 8, ...proposed, ...lender },
  postage: { wire: 'POSTG', form: 'yen', maxBytes: 6, ...documented, ...lender },
  total: { wire: 'SUM', form: 'yen', maxBytes: 8, ...documented, ...lender },
} as const satisfies Record<string, FieldSpec>;

export type ScalarName = keyof typeof FIELDS;

/** Patron data: never stored in a shared template or in the browser. */
export const PATRON_FIELDS = ['applicant', 'applicantAffiliation'] as const satisfies readonly ScalarName[];
/** All names allowed in `fields` of a request. */
export type FieldName = ScalarName | 'lenders' | 'charges';
export const SCALAR_NAMES = Object.keys(FIELDS) as readonly ScalarName[];

export function fieldSpec(name: ScalarName): FieldSpec {
  return FIELDS[name];
}

/** A part of a repeatable group: wire name and limit. */
export interface MemberSpec {
  readonly wire: string;
  readonly form: FieldForm;
  readonly maxBytes: number;
}
const part = (wire: string, maxBytes: number, form: FieldForm = 'text'): MemberSpec => ({ wire, maxBytes, form });

/** A candidate lender (HMLG). `memberId` is always required. */
export const LENDER_PARTS = {
  memberId: part('HMLID', 8, 'member-id'),
  memberName: part('HMLNM', 254),
  /** The library that accepts the requests of this holder (COPYAL / LOANAL); the holder itself by default. */
  acceptingMemberId: part('AMLIDA', 8, 'member-id'),
  location: part('LOC', 20),
  volume: part('VOL', 254),
  callNumber: part('CLN', 254),
  registrationNumber: part('RGTN', 254),
} as const satisfies Record<string, MemberSpec>;

/** A charge line (CHG). With several lines, each line needs an `item` (M8-6_3). Amounts in yen. */
export const CHARGE_PARTS = {
  item: part('ITEM', 64),
  quantity: part('QNT', 6, 'yen'),
  unitPrice: part('UPRCE', 6, 'yen'),
  amount: part('CHRGE', 8, 'yen'),
} as const satisfies Record<string, MemberSpec>;

/** An entry of the history (SENDG). NACSIS-ILL sends no time. */
export const HISTORY_PARTS = {
  command: part('SENDCMND', 20),
  memberId: part('SENDMLID', 8, 'member-id'),
  comment: part('SENDCMNT', 1024),
} as const satisfies Record<string, MemberSpec>;

/**
 * The comment of a command. The call sends it as a pseudo field; it is returned as `comment` of the newest history
 * entry.
 */
export const COMMENT = part('_COMMENT_', 1024);

const ENCODER = new TextEncoder();
/**
 * Length in bytes of UTF-8, the encoding that we send (C11), as it counts against `maxBytes`.
 * @unconfirmed O: NACSIS-ILL counts the length of a field in bytes of UTF-8, and not of EUC. Confirm: send 254 bytes of kanji in CLNT, and look at what is stored.
 */
export function byteLength(value: string): number {
  return ENCODER.encode(value).length;
}
