import { CATALOG_NAMES } from '#catp/catalog-names';
import { groups, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import type { Kind, Side } from '#domain/ill/kinds';
import { addressLine, servingOf, staffLine } from '#domain/ill/member';
import type { RequestFields } from '#domain/ill/request';
import { articleTitle } from '../../shared/catalog-words';
import type { MemberDirectory } from '../member-directory';
import { shelfMark, type Shelf } from './shelves';

/** Number of candidate lenders in a generated order, if enough libraries hold the title. */
const CANDIDATES = 3;

/** The requested title, the borrower and the lenders. */
export interface Order {
  readonly kind: Kind;
  readonly number: number;
  readonly shelf: Shelf;
  readonly borrower: string;
  /** The first lender receives the request. */
  readonly lenders: readonly string[];
  /** The patron's id, as the library's previous system wrote it into the local data. */
  readonly patronId?: string;
}

/** Input of an order besides the libraries and their holdings. */
type OrderPlace = Pick<Order, 'kind' | 'number' | 'patronId'> & { readonly side: Side };

/** The libraries of an order. */
export interface OrderSeed {
  readonly members: MemberDirectory;
  /** The library that is one side of the order. */
  readonly library: string;
  /** Ids of the libraries from which the other side is chosen. */
  readonly partners: readonly string[];
}

/** Chooses a title that the lender holds. The other candidates also hold it and can be asked. */
export function orderFor(
  seed: OrderSeed,
  shelves: readonly Shelf[],
  { kind, side, number, patronId }: OrderPlace,
): Order {
  const { members, library, partners } = seed;
  const serving = partners.filter((id) => {
    const member = members.find(id);
    const answer = member && servingOf(member, kind);
    return id !== library && answer?.serves === true && answer.through === undefined;
  });
  const held = shelves.filter(({ holdings }) =>
    side === 'lender' ? holdings.has(library) : serving.some((id) => holdings.has(id)),
  );
  const shelf = held[(number * 7) % held.length];
  if (shelf === undefined) throw new Error('nobody holds what is asked for');
  const borrower = side === 'borrower' ? library : (serving[(number * 3) % serving.length] ?? library);
  const holders = serving.filter((id) => id !== borrower && shelf.holdings.has(id));
  const lenders = side === 'lender' ? [library, ...holders] : holders;
  const order = { kind, number, shelf, borrower, lenders: lenders.slice(0, CANDIDATES) };
  return patronId === undefined ? order : { ...order, patronId };
}

/** The borrower's fields. `day`: yyyyMMdd. */
export function orderFields(members: MemberDirectory, order: Order, day: string): RequestFields {
  const { kind, number, shelf, borrower, lenders, patronId } = order;
  const member = members.find(borrower);
  const label = String((number % 12) + 1).padStart(3, '0');
  return {
    ...bibliography(shelf.record, kind),
    ...(kind === 'copy' ? articleFields(shelf.record, number, label) : {}),
    payment: number % 3 === 0 ? 'pr' : 'pb',
    sendingMethod: '普通',
    applicant: `利用者 ${label}`,
    applicantAffiliation: number % 2 === 0 ? '文学部' : '理学研究科',
    ...(patronId === undefined ? {} : { borrowerLocalData: `ID=${patronId}` }),
    borrowerNumber: `N${String(1000 + number)}`,
    orderDate: day,
    borrowerStaff: member ? staffLine(member) : borrower,
    borrowerAddress: member ? addressLine(member) : borrower,
    bibSource: 'NACSIS-CAT',
    holdingSource: 'NACSIS-CAT',
    lenders: lenders.map((id) => ({
      memberId: id,
      memberName: members.shortName(id),
      ...shelfMark(shelf.holdings.get(id)),
    })),
  };
}

/** An article in a volume that falls within the serial's run, assuming one volume per year and at least 15 volumes. */
function articleFields(serial: CatpRecord, number: number, label: string): RequestFields {
  const { group, first } = CATALOG_NAMES.year;
  const volume = 1 + (number % 15);
  return {
    copyType: '電子複写',
    volume: `${String(volume)}(2)`,
    pages: `${String(10 + number)}-${String(24 + number)}`,
    year: String(Number(groups(serial, group)[0]?.[first]) + volume - 1),
    article: `著者 ${label} : ${articleTitle(number)}`,
  };
}

function bibliography(record: CatpRecord, kind: Kind): RequestFields {
  const [title] = groups(record, CATALOG_NAMES.title.group);
  const [publication] = groups(record, CATALOG_NAMES.publication.group);
  const isbn = groups(record, CATALOG_NAMES.volume.group)[0]?.[CATALOG_NAMES.volume.isbn];
  const issn = text(record, CATALOG_NAMES.issn);
  const number = kind === 'copy' ? issn && `ISSN=${issn}` : isbn && `ISBN=${isbn}`;
  const { place, publisher, date } = CATALOG_NAMES.publication;
  return {
    bibId: text(record, CATALOG_NAMES.id) ?? '',
    bibNote: `${title?.[CATALOG_NAMES.title.text] ?? ''}. -- ${publication?.[place] ?? ''} : ${publication?.[publisher] ?? ''}, ${publication?.[date] ?? ''}`,
    ...(number ? { standardNumber: number } : {}),
  };
}
