import type { RequestFields } from '#domain/request';
import type { StateId } from '#domain/states';
import { catalogSeed } from '../../shared/catalog-seed';
import { seededPlan } from '../../nacsis/seed/plan';
import type { Bib, Institution, JsonObject } from '../model';
import { mmsIdOf } from './mms-id';

/** Where Alma says which request of NACSIS-ILL a borrowing request is: nobody can send it an external id (alma.md 2.2). */
export const PLACES_OF_ID = ['external-id', 'note', 'nowhere'] as const;
export type PlaceOfId = (typeof PLACES_OF_ID)[number];

/** A request of the first library that stands in NACSIS-ILL's seed, as Alma has it. */
export interface NacsisRequest {
  /** The id in NACSIS-ILL. */
  readonly id: string;
  readonly side: 'borrower' | 'lender';
  readonly form: Bib['form'];
  readonly bib: Bib | undefined;
  /** Alma's status. */
  readonly status: string;
  readonly citation: JsonObject;
  /** Yen; 0 before it was shipped. */
  readonly cost: number;
  /** Of a borrowing request: typed in by hand as external id, in the note, or not there; in turn. */
  readonly idStandsIn: PlaceOfId;
  /** Of a borrowing request: its requester. */
  readonly patronId?: string;
}

/** Alma's status, [borrowing, lending], that fits the state. */
const STATUS: Readonly<Record<StateId, readonly [borrowing: string, lending: string]>> = {
  PREPARING: ['REQUEST_CREATED_BOR', ''],
  UNPROCESSED: ['REQUEST_SENT', 'REQUEST_CREATED_LEND'],
  PROCESSING: ['REQUEST_ACCEPTED', 'BEING_PROCESSED'],
  NEW_INQUIRY: ['CONDITIONAL', 'CONDITIONAL'],
  INQUIRY: ['CONDITIONAL', 'CONDITIONAL'],
  ANSWERED: ['CONDITIONAL', 'BEING_PROCESSED'],
  SHIPPED: ['SHIPPED_PHYSICALLY', 'SHIPPED_PHYSICALLY'],
  ARRIVED: ['RECEIVED_PHYSICALLY', 'RECEIVED_BY_PARTNER'],
  CLAIMED: ['CLAIMED', 'RECEIVED_BY_PARTNER'],
  CLAIM_ANSWERED: ['CLAIMED', 'RECEIVED_BY_PARTNER'],
  CONFIRMED: ['REQUEST_COMPLETED', 'REQUEST_COMPLETED'],
  ON_LOAN: ['LOANED', 'RECEIVED_BY_PARTNER'],
  RENEW_REQUESTED: ['RENEW_REQUESTED', 'RENEW_REQUESTED'],
  SENT_BACK: ['RETURNED_TO_PARTNER', 'RETURNED_BY_PARTNER'],
  RETURN_PROCESSING: ['RETURNED_TO_PARTNER', 'RETURNED_BY_PARTNER'],
  RETURN_CLAIMED: ['RETURNED_TO_PARTNER', 'RETURNED_BY_PARTNER'],
  RETURN_CONFIRMED: ['REQUEST_COMPLETED', 'REQUEST_COMPLETED'],
  CANCELLED: ['CANCELLED', 'CANCELLED'],
};
const NOT_SHIPPED: readonly StateId[] = [
  ...(['PREPARING', 'UNPROCESSED', 'PROCESSING', 'NEW_INQUIRY', 'INQUIRY', 'ANSWERED', 'CANCELLED'] as const),
];
/** What NACSIS-ILL's seed charges, in yen. */
const COST = { copy: 740, loan: 870 } as const;

/** The requests of NACSIS-ILL's seed, oldest first; they belong to the first institution. */
export function nacsisRequests(institution: Institution, bibs: readonly Bib[], day: string): readonly NacsisRequest[] {
  const places = new Map(catalogSeed().map(({ ncid }, at) => [ncid, mmsIdOf(institution, at)]));
  return seededPlan(day).map(({ id, kind, side, state, number, fields, patronId }) => {
    const mmsId = places.get(fields.bibId ?? '');
    const bib = bibs.find((each) => each.mmsId === mmsId);
    return {
      id,
      side,
      form: kind === 'copy' ? 'serial' : 'book',
      bib,
      status: STATUS[state][side === 'borrower' ? 0 : 1],
      citation: citationOf(fields, bib),
      cost: NOT_SHIPPED.includes(state) ? 0 : COST[kind],
      idStandsIn: PLACES_OF_ID[number % PLACES_OF_ID.length] ?? 'nowhere',
      ...(patronId === undefined ? {} : { patronId }),
    };
  });
}

function citationOf(fields: RequestFields, bib: Bib | undefined): JsonObject {
  const title = bib?.title ?? fields.bibNote ?? '';
  if (fields.article === undefined) return { title, ...bookOf(bib) };
  const [author = '', ...words] = fields.article.split(' : ');
  const [, volume = '', issue = ''] = /^(\d+)\((\d+)\)$/.exec(fields.volume ?? '') ?? [];
  const [first = '', last = ''] = (fields.pages ?? '').split('-');
  return {
    title: words.join(' : '),
    author,
    journal_title: title,
    ...(bib?.issn ? { issn: bib.issn } : {}),
    year: fields.year ?? '',
    volume,
    issue,
    pages: fields.pages ?? '',
    start_page: first,
    end_page: last,
  };
}

function bookOf(bib: Bib | undefined): JsonObject {
  if (bib === undefined) return {};
  const { author, publisher, place, year, isbn } = bib;
  return {
    author: author ?? '',
    publisher,
    place_of_publication: place,
    year,
    ...(isbn === null ? {} : { isbn }),
  };
}
