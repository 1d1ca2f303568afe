import { oneLine } from '#domain/catalog/printed-text';
import type { Request } from '#iso18626/message';
import { citedWork, type CitedWork } from '../alma-sync/cited-work';
import type { StoredRequest } from '../store/stored-request';
import { noteOf } from './notes';
import type { Outgoing } from './rules';

/**
 * The Request by which Alma learns of a lending request (iso18626.md 5.2). The borrowing library is named in
 * requestingAgencyInfo and in the note, since its symbol is the gateway's. Its address is in both, because Alma shows no
 * structured one (iso18626.md 3). Nothing of the applicant is in it.
 */
export function lendingRequest(request: StoredRequest): Outgoing {
  const { kind, record } = request;
  const { fields } = record;
  const work = citedWork(kind, fields);
  const [name, address] = [oneLine(fields.borrowerName ?? ''), oneLine(fields.borrowerAddress ?? '')];
  const body: Omit<Request, 'header'> = {
    kind: 'request',
    bibliographicInfo: work === undefined ? present({ title: titleOf(request) }) : bibliographyOf(work),
    ...(work === undefined ? {} : { publicationInfo: publicationOf(work) }),
    serviceInfo: { requestType: 'New', serviceType: kind === 'copy' ? 'Copy' : 'Loan', note: noteAbout(request) },
    ...(address === '' ? {} : { requestedDeliveryInfo: [{ address: { physical: { line1: address } } }] }),
    requestingAgencyInfo: { name: name || (fields.borrowerId ?? request.partner_id ?? request.id) },
  };
  return { ...body, name: 'Request', isOvertakable: false };
}

export function titleOf({ title, id }: Pick<StoredRequest, 'title' | 'id'>): string {
  return oneLine(title) || id;
}

function bibliographyOf(work: CitedWork): Request['bibliographicInfo'] {
  const numbers = [
    { code: 'ISBN', value: work.isbn },
    { code: 'ISSN', value: work.issn },
  ].filter(({ value }) => value !== '');
  return {
    ...present({
      title: work.title || work.articleTitle,
      author: work.responsibility,
      titleOfComponent: work.title === '' ? '' : work.articleTitle,
      authorOfComponent: work.articleAuthor,
      volume: work.volume,
      issue: work.issue,
      pagesRequested: work.pages,
    }),
    ...(numbers.length === 0 ? {} : { itemIds: numbers }),
  };
}

function publicationOf({ publisher, place, year, isArticle }: CitedWork): Request['publicationInfo'] {
  const publicationType = isArticle ? 'Article' : 'Book';
  return { ...present({ publisher, publicationDate: year, placeOfPublication: place }), publicationType };
}

/** Japanese in both languages, like every text of NACSIS-ILL. */
function noteAbout({ id, record: { fields } }: StoredRequest): string | undefined {
  const { borrowerId = '', borrowerName = '', borrowerAddress = '', bibId = '' } = fields;
  const lines = [
    `NACSIS-ILL ${id}`,
    `館: ${oneLine(borrowerName)} (${borrowerId})`,
    bibId === '' ? '' : `NCID: ${bibId}`,
    labelled('複写種別', fields.copyType),
    labelled('送付方法', fields.sendingMethod),
    borrowerAddress === '' ? '' : `#SHIP_TO#\n${borrowerAddress.trim()}\n#ST_END#`,
  ];
  return noteOf(lines, fields);
}

function labelled(label: string, text = ''): string {
  return text === '' ? '' : `${label}: ${oneLine(text)}`;
}

/** Without the keys of empty texts. */
function present<K extends string>(texts: Readonly<Record<K, string>>): { readonly [key in K]?: string } {
  const entries = Object.entries<string>(texts).filter(([, text]) => text !== '');
  return Object.fromEntries(entries) as { readonly [key in K]?: string };
}
