import type { RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { catalogSeed } from '../../shared/catalog-seed';
import { seededPlan } from '../../nacsis/seed/plan';
import type { Bib, Institution, JsonObject } from '../model';
import { mmsIdOf } from './mms-id';

/**
 * Where a borrowing request in Alma names its NACSIS-ILL id. The API cannot set the external id of a borrowing request
 * (alma.md 2.2).
 */
const PLACES_OF_ID = ['external-id', 'note', 'nowhere'] as const;
type PlaceOfId = (typeof PLACES_OF_ID)[number];

/** A request of the first library in the seed of NACSIS-ILL, in Alma's terms. */
export interface NacsisRequest {
  /** The NACSIS-ILL id. */
  readonly id: string;
  readonly side: 'borrower' | 'lender';
  readonly form: Bib['form'];
  readonly bib: Bib | undefined;
  /** Alma's status. */
  readonly status: string;
  readonly citation: JsonObject;
  /** In yen; 0 before shipping. */
  readonly cost: number;
  /**
   * For a borrowing request: where it names its NACSIS-ILL id. The seeded requests take the values in turn;
   * `external-id` stands for an id typed in by hand.
   */
  readonly idStandsIn: PlaceOfId;
  /** For a borrowing request: the requester. */
  readonly patronId?: string;
}

/** Alma's status for each state, as [borrowing, lending]. */
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
/** Charges in the seed of NACSIS-ILL, in yen. */
const COST = { copy: 740, loan: 870 } as const;

/** The requests in the seed of NACSIS-ILL, oldest first. They belong to the first institution. */
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
  return {
    title: words.join(' : '),
    author,
    journal_title: title,
    ...(bib?.issn ? { issn: bib.issn } : {}),
    ...issueOf(fields),
  };
}

function issueOf({ year = '', volume = '', pages = '' }: RequestFields): JsonObject {
  const [, number = '', issue = ''] = /^(\d+)\((\d+)\)$/.exec(volume) ?? [];
  const [first = '', last = ''] = pages.split('-');
  return { year, volume: number, issue, pages, start_page: first, end_page: last };
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
