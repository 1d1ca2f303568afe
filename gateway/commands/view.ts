import { askedFields } from '#domain/ill/action-params';
import type { ActionOffer, RequestView } from '#domain/api/requests';
import { continuationsOf } from '#domain/ill/continuation';
import type { Kind, Side } from '#domain/ill/kinds';
import { offersFor, type Mode, type Offer } from '#domain/ill/machine';
import { lacksOf } from '#domain/ill/order-lacks';
import { withoutMark } from '#domain/ill/order-mark';
import { situationOf, type RequestFields, type Situation } from '#domain/ill/request';
import type { Transition } from '#domain/ill/transitions';
import type { InstitutionConfig } from '../config';
import type { NacsisAccount } from '../nacsis/port';
import { illRequestOf, type StoredRequest } from '../store/requests-store';
import { linkOf } from './alma-link';

/** Tells whether a remaining candidate serves (forward-check.ts). */
interface Candidates {
  candidateServes(account: NacsisAccount, row: StoredRequest): Promise<boolean | undefined>;
}

/** Requests as the app sees them, including what only the member directory knows. */
export class RequestViews {
  constructor(
    private readonly forwards: Candidates,
    private readonly mode: Mode,
  ) {}

  async of({ libraries }: InstitutionConfig, row: StoredRequest): Promise<RequestView> {
    const library = libraries.find(({ code }) => code === row.library);
    const serves = library && (await this.forwards.candidateServes(library.account, row));
    return viewOf(row, this.mode, serves);
  }
}

/**
 * The request as the app sees it: without the order mark, with the actions of its side. `candidateServes`: whether a
 * remaining candidate serves, when that was checked (forward-check.ts).
 */
export function viewOf(row: StoredRequest, mode: Mode, candidateServes?: boolean): RequestView {
  const request = illRequestOf(row);
  const situation = situationOf(request, candidateServes);
  return {
    id: row.id,
    library: row.library,
    side: row.side,
    kind: row.kind,
    state: row.state,
    externalStatus: row.external_status,
    fields: visibleFields(request.fields) as RequestView['fields'],
    history: request.history.map((entry, place) => {
      const at = row.history_seen[String(place)];
      return { ...entry, ...(at === undefined ? {} : { at }) };
    }),
    version: row.version,
    seenAt: row.seen_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    partner: partnerView(row),
    ...almaLinkView(row),
    ...(row.gone === null ? {} : { gone: row.gone }),
    ...(row.jump === null ? {} : { jump: row.jump }),
    ...lacksView(row),
    actions: offersOf(row, mode, situation).map((offer) => offerView(offer, situation, row.side, mode)),
  };
}

/**
 * The actions of the side; none when NACSIS-ILL no longer delivers the request to it. Without a situation only the
 * record decides: the list does not query the member directory.
 */
export function offersOf(
  row: StoredRequest,
  mode: Mode,
  situation: Situation = situationOf(illRequestOf(row)),
): readonly Offer[] {
  return row.gone === null ? offersFor(situation, row.side, mode) : [];
}

export function partnerView(row: StoredRequest): RequestView['partner'] {
  return {
    ...(row.partner_id === null ? {} : { id: row.partner_id }),
    ...(row.partner_name === null ? {} : { name: row.partner_name }),
  };
}

/** What an order of the saved request still needs. */
export function lacksView(row: StoredRequest): Pick<RequestView, 'lacks'> {
  const lacks = row.gone === null ? lacksOf(illRequestOf(row), row.side) : undefined;
  return lacks === undefined ? {} : { lacks: [...lacks] };
}

function almaLinkView(row: StoredRequest): Pick<RequestView, 'almaRequest'> {
  const link = linkOf(row);
  return link === undefined ? {} : { almaRequest: link };
}

function visibleFields(fields: RequestFields): RequestFields {
  const { borrowerLocalData, ...rest } = fields;
  const visible = borrowerLocalData === undefined ? '' : withoutMark(borrowerLocalData);
  return visible === '' ? rest : { ...rest, borrowerLocalData: visible };
}

function offerView(offer: Offer, situation: Situation, side: Side, mode: Mode): ActionOffer {
  if (!offer.allowed)
    return {
      action: offer.action,
      command: [],
      allowed: false,
      primary: false,
      reason: offer.refusal,
      possibleIn: [...offer.possibleIn],
      params: [],
    };
  return {
    action: offer.action,
    command: [...offer.commands],
    allowed: true,
    primary: offer.primary,
    params: [...askedFields(offer.edges, situation.kind)],
    ...leadsTo(offer.edges),
    ...thenView(continuationsOf(situation, side, offer, mode), situation.kind),
  };
}

function leadsTo(edges: readonly Transition[]): Pick<ActionOffer, 'to'> {
  const to = edges.at(-1)?.to;
  return to === undefined ? {} : { to };
}

function thenView(next: ReturnType<typeof continuationsOf>, kind: Kind): Pick<ActionOffer, 'then'> {
  const then = next.flatMap(({ action, commands, edges }) => {
    const to = edges.at(-1)?.to;
    return to === undefined ? [] : [{ action, command: [...commands], params: [...askedFields(edges, kind)], to }];
  });
  return then.length === 0 ? {} : { then };
}
