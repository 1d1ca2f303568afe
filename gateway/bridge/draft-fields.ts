import { cutToBytes, wholeCitation } from '#domain/alma/citation';
import type { CitedPart } from '#domain/alma/alma-request';
import type { DraftWarning } from '#domain/api/bridge';
import type { Template } from '#domain/api/profile';
import type { CatalogRecord, Member } from '#domain/catalog/catalog';
import type { Form } from '#domain/catalog/catalog-files';
import { isbnsIn, issnsIn, ncidsIn } from '#domain/catalog/identifiers';
import type { MarcCitation } from '#domain/catalog/marc';
import { oneLine, withoutIsbd } from '#domain/catalog/printed-text';
import { yearIn } from '#domain/catalog/printed-year';
import { ORDER_DEFAULTS } from '#domain/ill/codes';
import { formatDay, today, type Clock } from '#domain/ill/dates';
import { byteLength, COMMENT, FIELDS, fieldSpec, type ScalarName } from '#domain/ill/fields';
import type { Kind } from '#domain/ill/kinds';
import { addressLine, staffLine } from '#domain/ill/member';
import { MARK_BYTES } from '#domain/ill/order-mark';
import { orderLacks } from '#domain/ill/order-lacks';
import type { RequestFields } from '#domain/ill/request';
import { HOLDING_SOURCE } from '#domain/ill/validation';
import { dueDay } from '#iso18626/dates';
import type { Address, Identifier, PatronInfo, Request } from '#iso18626/message';

/** The library's template that fills requests from Alma, if it has one with this name and of this kind. */
export const ALMA_TEMPLATE = 'Alma';

/**
 * The word before an NCID in a note: `NCID: BA51293930`.
 * @unconfirmed O: In which element Alma sends a NACSIS-CAT id, and whether `title` and `author` of an article request are those of the journal (as ISO 18626 has it) or of the article.
 * Confirm: send a book, an article and a chapter from an Alma sandbox to this partner, and look at the messages.
 */
const NCID_IN_NOTE = /NCID\s*[:=]?/i;
const NCID_CODE = /NCID|NACSIS|CINII/i;

/** Types of publications of which a copy is wanted, and those of which the whole is a serial. */
const PARTS: readonly string[] = ['Article', 'Chapter'];
const SERIALS: readonly string[] = ['Article', 'Journal', 'Newspaper'];

const CUT = '…';
const YES = 'Y';
/** Characters of a text that are read: no field is as long, and a text of 100,000 characters would take seconds. */
const READ_CHARACTERS = 3000;

/** The work that Alma asks for. */
export interface RequestedWork {
  readonly kind: Kind;
  readonly citation: MarcCitation;
  readonly part: CitedPart;
  readonly warnings: readonly DraftWarning[];
}

/** What the gateway knows beside the message. */
export interface DraftKnown {
  /** The record of NACSIS-CAT; absent when none was found, or several. */
  readonly catalogRecord?: CatalogRecord;
  readonly ownMember?: Member;
  readonly template?: Template;
  /** The library's profile says so (`sendPatronName`). */
  readonly sendPatronName: boolean;
  readonly clock?: Clock;
}

/** A request of NACSIS-ILL that is not saved yet. */
export interface Draft {
  readonly kind: Kind;
  readonly fields: RequestFields;
  /** The day until which it is needed, and Alma's note. */
  readonly comment?: string;
  /** Names of fields that an order still needs. */
  readonly lacks: readonly string[];
  readonly warnings: readonly DraftWarning[];
}

/**
 * The kind as the message says it. Without a clear word, an article, a chapter or pages are copied, and everything else
 * is lent (iso18626.md 4.1).
 */
export function kindOf({ bibliographicInfo, publicationInfo, serviceInfo }: Request): Kind {
  if (serviceInfo?.serviceType === 'Copy') return 'copy';
  if (serviceInfo?.serviceType === 'Loan') return 'loan';
  const { titleOfComponent, authorOfComponent, pagesRequested } = bibliographicInfo;
  const isPart = [titleOfComponent, authorOfComponent, pagesRequested].some((text) => isGiven(text));
  return isPart || PARTS.includes(publicationInfo?.publicationType ?? '') ? 'copy' : 'loan';
}

/** Reads the work from the message. Numbers and years are read like those of an Alma request over REST. */
export function workIn(whole: Request): RequestedWork {
  const message = beginning(whole);
  const numbers = numbersIn(message.bibliographicInfo.itemIds ?? []);
  const ids = ncidIn(message);
  const form = formOf(numbers, message.publicationInfo?.publicationType);
  return {
    kind: kindOf(message),
    citation: {
      ...citationIn(message, form),
      ...present({ ncid: ids.ncid, issn: numbers.issn }),
      isbns: numbers.isbns,
    },
    part: partIn(message, form),
    warnings: [...numbers.warnings, ...ids.warnings],
  };
}

function formOf({ isbns, issn }: Numbers, type = ''): Form {
  return isbns.length === 0 && (issn !== undefined || SERIALS.includes(type)) ? 'serial' : 'book';
}

function citationIn(
  { bibliographicInfo: bib, publicationInfo = {} }: Request,
  form: Form,
): Omit<MarcCitation, 'isbns'> {
  const title = [bib.title, bib.subtitle].map(bare).filter(isGiven).join(' : ');
  return {
    ...{ title, form, series: [bib.seriesTitle].map(bare).filter(isGiven) },
    ...present({
      // A journal has no author: the one of the message is that of the article.
      ...(form === 'book' && { responsibility: bare(bib.author), year: yearOf(publicationInfo.publicationDate) }),
      edition: bare(bib.edition),
      place: bare(publicationInfo.placeOfPublication),
      publisher: bare(publicationInfo.publisher),
    }),
  };
}

function partIn({ bibliographicInfo: bib, publicationInfo }: Request, form: Form): CitedPart {
  const isSerial = form === 'serial';
  return present({
    volume: bare(bib.volume),
    issue: bare(bib.issue),
    pages: bare(bib.pagesRequested),
    ...(isSerial && { year: yearOf(publicationInfo?.publicationDate) }),
    articleTitle: bare(bib.titleOfComponent),
    articleAuthor: bare(bib.authorOfComponent) || (isSerial ? bare(bib.author) : ''),
  });
}

/** The message with the beginning of each text. */
function beginning<T>(part: T): T {
  if (typeof part === 'string') return part.slice(0, READ_CHARACTERS) as T & string;
  if (Array.isArray(part)) return part.map(beginning) as T & unknown[];
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, beginning<unknown>(each)])) as T;
}

/** One line without the punctuation of a catalogue at its ends. */
function bare(text: string | undefined): string {
  return withoutIsbd(text ?? '');
}

/** The year; a text without a readable year as it is. */
function yearOf(date = ''): string {
  return yearIn(date) ?? oneLine(date);
}

/**
 * The fields of the request: the work from NACSIS-CAT when it was found there, otherwise from the message; the rest from
 * the library's template, the message, its member record and the usual defaults, in this order. A text that is too long
 * is cut with "…"; the message keeps the whole. The patron is named only when the profile says so.
 */
export function draftFields(whole: Request, known: DraftKnown): Draft {
  const message = beginning(whole);
  const work = workIn(message);
  const { kind } = work;
  const texts: Partial<Record<ScalarName, string>> = {
    ...defaults(known),
    ...delivery(message, kind),
    ...templateValues(known.template),
    ...bibliography(work, known.catalogRecord),
    ...(known.sendPatronName && { applicant: patronName(message.patronInfo) }),
  };
  const cut: DraftWarning[] = [];
  const fields: Partial<Record<ScalarName, string>> = {};
  for (const name of Object.keys(FIELDS) as ScalarName[]) {
    const text = oneLine(texts[name] ?? '');
    const { kind: only, maxBytes } = fieldSpec(name);
    if (text === '' || (only !== undefined && only !== kind)) continue;
    const room = maxBytes - (name === 'borrowerLocalData' ? MARK_BYTES : 0);
    fields[name] = fitted(text, room);
    if (fields[name] !== text) cut.push({ code: 'cut', field: name });
  }
  const until = needBy(message.serviceInfo?.needBeforeDate, known.clock);
  const wholeComment = commentOf(message, until.day, known);
  const comment = fitted(wholeComment, COMMENT.maxBytes);
  if (comment !== wholeComment) cut.push({ code: 'cut', field: 'comment' });
  return {
    kind,
    fields,
    ...(comment === '' ? {} : { comment }),
    lacks: orderLacks(kind, fields),
    warnings: [...work.warnings, ...until.warnings, ...cut],
  };
}

/** The template of requests from Alma among those of the library. */
export function almaTemplate(templates: readonly Template[], kind: Kind): Template | undefined {
  return templates.find(({ name, kind: only }) => {
    return name.trim().toLowerCase() === ALMA_TEMPLATE.toLowerCase() && (only === undefined || only === kind);
  });
}

function defaults({ ownMember }: DraftKnown): Partial<Record<ScalarName, string>> {
  if (ownMember === undefined) return ORDER_DEFAULTS;
  return { ...ORDER_DEFAULTS, borrowerStaff: staffLine(ownMember), borrowerAddress: addressLine(ownMember) };
}

function templateValues(template: Template | undefined): Partial<Record<ScalarName, string>> {
  const { comment: _, ...values } = template?.values ?? {};
  return present(values);
}

function bibliography(
  { kind, citation, part }: RequestedWork,
  record: CatalogRecord | undefined,
): Partial<Record<ScalarName, string>> {
  const { pages, article, ...fields } = wholeCitation(citation, part, record);
  return {
    ...fields,
    ...(kind === 'copy' && { pages, article }),
    ...(record !== undefined && { bibSource: HOLDING_SOURCE, holdingSource: HOLDING_SOURCE }),
  };
}

/**
 * The message without the patron: without name and id, also in the note, and without the patron's addresses. Who pays is
 * left out too: nothing needs it, and it may be the patron.
 */
export function withoutPatronIn({ patronInfo, billingInfo: _payer, ...message }: Request): Request {
  if (patronInfo === undefined) return message;
  const { serviceInfo, requestedDeliveryInfo } = message;
  const { note } = serviceInfo ?? {};
  return {
    ...message,
    ...(note === undefined ? {} : { serviceInfo: { ...serviceInfo, note: withoutPatron(note, patronInfo) } }),
    ...(requestedDeliveryInfo === undefined
      ? {}
      : { requestedDeliveryInfo: requestedDeliveryInfo.filter((each) => isOfLibrary(each.address, patronInfo)) }),
  };
}

/** True for an address that is not the patron's. */
function isOfLibrary(address: Address | undefined, patronInfo: PatronInfo = {}): boolean {
  if (address === undefined) return true;
  if (patronInfo.sendToPatron === YES) return false;
  const line = lineOf(address);
  return !(patronInfo.addresses ?? []).map(lineOf).includes(line) && withoutPatron(line, patronInfo) === line;
}

/** The addresses of the library; never one of the patron. */
function delivery(
  { requestedDeliveryInfo = [], requestingAgencyInfo, patronInfo }: Request,
  kind: Kind,
): Partial<Record<ScalarName, string>> {
  const addresses = requestedDeliveryInfo
    .flatMap(({ address }) => address ?? [])
    .filter((address) => isOfLibrary(address, patronInfo));
  const physical = addresses.find((address) => 'physical' in address);
  const electronic = addresses.find((address) => 'electronic' in address);
  return present({
    ...(physical !== undefined && {
      borrowerAddress: [lineOf(physical), oneLine(requestingAgencyInfo?.name ?? '')].filter(isGiven).join(' '),
    }),
    ...(kind === 'copy' && electronic !== undefined && { electronicAddress: lineOf(electronic) }),
  });
}

/** `〒zip region locality line1 line2`, or the electronic address. */
function lineOf(address: Address): string {
  if ('electronic' in address) return oneLine(address.electronic.data);
  const { line1, line2, locality, postalCode, region } = address.physical;
  const zip = isGiven(postalCode) ? `〒${postalCode.trim()}` : undefined;
  return oneLine([zip, region, locality, line1, line2].filter(isGiven).join(' '));
}

function patronName({ surname, givenName }: PatronInfo = {}): string {
  return [surname, givenName].filter(isGiven).map(oneLine).join(' ');
}

/** The text with "…" for the patron's name and id, in the usual orders and spellings. */
function withoutPatron(text: string, { surname = '', givenName = '', patronId = '' }: PatronInfo = {}): string {
  const [family, given] = [oneLine(surname), oneLine(givenName)];
  const whole = ['', ' ', ',', ', '].flatMap((sign) => [`${family}${sign}${given}`, `${given}${sign}${family}`]);
  const names = family === '' || given === '' ? [family, given] : whole;
  return [...names, oneLine(patronId)]
    .filter((name) => [...name].length > 1)
    .reduce((rest, name) => rest.replace(new RegExp(literally(name), 'giu'), CUT), text);
}

/** A pattern that matches this text with any blanks. */
function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/]/g, '\\$&').replace(/ /g, '\\s+');
}

/** The day until which it is needed, Alma's note, and the comment of the template. */
function commentOf(
  { serviceInfo, patronInfo }: Request,
  day: string | undefined,
  { sendPatronName, template }: DraftKnown,
): string {
  const note = oneLine(serviceInfo?.note ?? '');
  const until = day === undefined ? '' : `希望期日: ${formatDay(day)}`;
  const texts = [until, sendPatronName ? note : withoutPatron(note, patronInfo), template?.values['comment']];
  return texts.filter(isGiven).join(' ');
}

/** The day in Tokyo until which it is needed, unless it has passed. */
function needBy(
  text: string | undefined,
  clock?: Clock,
): { readonly day?: string; readonly warnings: readonly DraftWarning[] } {
  if (!isGiven(text)) return { warnings: [] };
  const day = dueDay(text);
  if (day === undefined) return { warnings: [{ code: 'need-by-unreadable' }] };
  return day < today(clock) ? { warnings: [{ code: 'need-by-past' }] } : { day, warnings: [] };
}

interface Numbers {
  readonly isbns: readonly string[];
  readonly issn: string | undefined;
  readonly warnings: readonly DraftWarning[];
}

/** Reads the numbers of the work. A number without a kind may be either. */
function numbersIn(ids: readonly Identifier[]): Numbers {
  const isOf = (sign: RegExp) => (id: Identifier) => id.code.trim() === '' || sign.test(id.code);
  const isbns = ids.filter(isOf(/ISBN/i)).flatMap(({ value }) => isbnsIn(value));
  const issns = ids.filter(isOf(/ISSN/i)).flatMap(({ value }) => issnsIn(value));
  const isWrong = ids.some(({ code, value }) => {
    return /ISBN/i.test(code) ? isbnsIn(value).length === 0 : /ISSN/i.test(code) && issnsIn(value).length === 0;
  });
  return { isbns: [...new Set(isbns)], issn: issns[0], warnings: isWrong ? [{ code: 'number-invalid' }] : [] };
}

/** The NCID that the message names; `undefined` when it names none that is valid. */
function ncidIn({ bibliographicInfo, supplierInfo = [], serviceInfo }: Request): {
  readonly ncid: string | undefined;
  readonly warnings: readonly DraftWarning[];
} {
  const named = (bibliographicInfo.recordIds ?? []).filter(({ code }) => NCID_CODE.test(code));
  const [, ...afterWord] = (serviceInfo?.note ?? '').normalize('NFKC').split(NCID_IN_NOTE);
  const inNote = afterWord.map((text) => /^[A-Z\d]*/i.exec(text.trim())?.[0] ?? '');
  const ids = [
    ...named,
    ...(bibliographicInfo.recordIds ?? []),
    ...supplierInfo.flatMap(({ recordId }) => recordId ?? []),
  ].map(({ value }) => value);
  const texts = [...ids, bibliographicInfo.supplierUniqueRecordId ?? '', ...inNote];
  const ncid = texts.flatMap(ncidsIn)[0];
  const isWrong = ncid === undefined && (named.length > 0 || inNote.length > 0);
  return { ncid, warnings: isWrong ? [{ code: 'ncid-invalid' }] : [] };
}

function fitted(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  return cutToBytes(text, maxBytes - byteLength(CUT)) + CUT;
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function present<T extends object>(values: T): { readonly [name in keyof T]?: T[name] } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return Object.fromEntries(given) as { readonly [name in keyof T]?: T[name] };
}
