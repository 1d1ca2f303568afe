import { CATALOG_NAMES, HOLDING_NAMES } from '#catp/catalog-names';
import { recordOf } from '#catp/ill-record';
import { groups, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { addDays } from '#domain/dates';
import { KINDS, SIDES, type Kind, type Side } from '#domain/kinds';
import { addressLine, servingOf, staffLine } from '#domain/member';
import type { RequestFields } from '#domain/request';
import type { StateId } from '#domain/states';
import type { Catalogue } from '../data-files';
import { IllEngine } from '../ill/engine';
import type { RequestStore } from '../ill/request-store';
import type { StoredRequest } from '../ill/stored-request';
import type { MemberDirectory } from '../member-directory';
import { commandContent } from './command-content';
import { pathTo, statesOf } from './paths';

export interface RequestSeed {
  readonly members: MemberDirectory;
  readonly requests: RequestStore;
  readonly catalogue: Catalogue;
  /** The day on which the last command of the seed was given, yyyyMMdd. */
  readonly day: string;
  /** The library that every seeded request belongs to, on one side. */
  readonly library: string;
  /** Ids of the libraries that the other side is taken from. */
  readonly partners: readonly string[];
}

/**
 * One request of the library in every state of both kinds on both sides (as lender without 準備中, which a lender does not see).
 * Each was led there by real commands, so that its history is what the server itself writes.
 */
export function seedRequests(seed: RequestSeed): void {
  let number = 0;
  for (const kind of KINDS) {
    for (const side of SIDES) {
      for (const state of statesOf(kind)) {
        if (side === 'lender' && state === 'PREPARING') continue;
        seedOne(seed, kind, side, state, number);
        number += 1;
      }
    }
  }
}

function seedOne(seed: RequestSeed, kind: Kind, side: Side, state: StateId, number: number): void {
  const path = pathTo(state);
  const parties = partiesOf(seed, kind, side, number);
  let entry: StoredRequest | undefined;
  path.forEach(({ side: acting, command }, at) => {
    const day = addDays(seed.day, at - path.length + 1 - (number % 10));
    const engine = new IllEngine({ ...seed, mode: 'lenient', settlementLock: false, clock: () => noon(day) });
    const fields: RequestFields = entry === undefined ? orderFields(seed, kind, parties, day, number) : {};
    const { comment, ...content } = commandContent(command, entry?.request.state ?? null, kind, day);
    const body = recordOf({ ...(entry ? { id: entry.request.id } : {}), ...fields, ...content }, comment);
    entry = engine.perform({ library: parties[acting], kind, side: acting, command, body });
  });
}

type Parties = Readonly<Record<Side, string>> & { readonly others: readonly string[] };

/** The library on its side, and libraries that can serve on the other. */
function partiesOf({ members, library, partners }: RequestSeed, kind: Kind, side: Side, number: number): Parties {
  const serving = partners.filter((id) => {
    const member = members.find(id);
    const answer = member && servingOf(member, kind);
    return id !== library && answer?.serves === true && answer.through === undefined;
  });
  const partner = (offset: number): string => serving[(number * 3 + offset) % serving.length] ?? library;
  return { borrower: side === 'borrower' ? library : partner(0), lender: side === 'lender' ? library : partner(0), others: [partner(1), partner(2)] };
}

function orderFields(seed: RequestSeed, kind: Kind, { borrower, lender, others }: Parties, day: string, number: number): RequestFields {
  const { catalogue, members } = seed;
  const member = members.find(borrower);
  const titles = kind === 'copy' ? catalogue.serials : catalogue.books;
  const record = titles[(number * 7) % titles.length] ?? {};
  const label = String((number % 12) + 1).padStart(3, '0');
  return {
    ...bibliography(record, kind),
    ...(kind === 'copy' ? { copyType: '電子複写', volume: `${String(3 + (number % 20))}(2)`, pages: `${String(10 + number)}-${String(24 + number)}`, year: '2015', article: `利用者 ${label} 依頼論文` } : {}),
    payment: number % 3 === 0 ? 'pr' : 'pb',
    sendingMethod: '普通',
    applicant: `利用者 ${label}`,
    applicantAffiliation: number % 2 === 0 ? '文学部' : '理学研究科',
    borrowerNumber: `N${String(1000 + number)}`,
    orderDate: day,
    borrowerStaff: member ? staffLine(member) : borrower,
    borrowerAddress: member ? addressLine(member) : borrower,
    bibSource: 'NACSIS-CAT',
    holdingSource: 'NACSIS-CAT',
    lenders: [lender, ...others].map((id) => ({ memberId: id, memberName: members.shortName(id), ...holdingOf(catalogue, kind, record, id) })),
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

function holdingOf(catalogue: Catalogue, kind: Kind, record: CatpRecord, memberId: string): { readonly location?: string; readonly callNumber?: string } {
  const holdings = kind === 'copy' ? catalogue.serialHoldings : catalogue.bookHoldings;
  const holding = holdings.find((each) => text(each, HOLDING_NAMES.ncid) === text(record, CATALOG_NAMES.id) && text(each, HOLDING_NAMES.memberId) === memberId);
  if (holding === undefined) return {};
  const callNumber = text(holding, HOLDING_NAMES.callNumber) ?? groups(holding, HOLDING_NAMES.volumes.group)[0]?.[HOLDING_NAMES.volumes.callNumber];
  return { location: text(holding, HOLDING_NAMES.location) ?? '', ...(callNumber ? { callNumber } : {}) };
}

/** Noon in Tokyo. */
function noon(day: string): Date {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)), 3));
}
