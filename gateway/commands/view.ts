import type { ActionOffer, RequestView } from '#domain/api';
import { FIELDS, type FieldName } from '#domain/fields';
import { offersFor, type Mode, type Offer } from '#domain/machine';
import { withoutMark } from '#domain/order-mark';
import { situationOf, type RequestFields } from '#domain/request';
import type { Transition } from '#domain/transitions';
import { illRequestOf, type StoredRequest } from '../store/requests-store';

/** The request as the app sees it: without the order mark, with what its side may do now. */
export function viewOf(row: StoredRequest, mode: Mode): RequestView {
  const request = illRequestOf(row);
  return {
    id: row.id,
    library: row.library,
    side: row.side,
    kind: row.kind,
    state: row.state,
    externalStatus: row.external_status,
    fields: visibleFields(request.fields) as RequestView['fields'],
    history: [...request.history],
    version: row.version,
    seenAt: row.seen_at.toISOString(),
    partner: { ...(row.partner_id === null ? {} : { id: row.partner_id }), ...(row.partner_name === null ? {} : { name: row.partner_name }) },
    ...(row.alma_user_id === null || row.alma_request_id === null ? {} : { almaRequest: { userId: row.alma_user_id, requestId: row.alma_request_id } }),
    actions: offersFor(situationOf(request), row.side, mode).map(offerView),
  };
}

function visibleFields(fields: RequestFields): RequestFields {
  const { borrowerLocalData, ...rest } = fields;
  const visible = borrowerLocalData === undefined ? '' : withoutMark(borrowerLocalData);
  return visible === '' ? rest : { ...rest, borrowerLocalData: visible };
}

function offerView(offer: Offer): ActionOffer {
  if (!offer.allowed) return { action: offer.action, command: [], allowed: false, primary: false, reason: offer.refusal, possibleIn: [...offer.possibleIn], params: [] };
  return { action: offer.action, command: [...offer.commands], allowed: true, primary: offer.primary, params: offer.edges.flatMap(paramsOf) };
}

/** What the librarian is asked for: the fields of the command, dates with today as default, and the comment. */
function paramsOf(edge: Transition): ActionOffer['params'] {
  const required = (edge.required ?? []).flatMap((requirement): readonly FieldName[] => (typeof requirement === 'string' ? [requirement] : requirement.oneOf));
  const defaulted: readonly FieldName[] = edge.defaultsToToday ?? [];
  const names = [...new Set([...required, ...defaulted])].filter((name) => !(name in FIELDS) || edge.command !== 'ORDER');
  const fields = names.map((name) => ({ name, required: required.includes(name), ...(defaulted.includes(name) ? { default: 'today' } : {}) }));
  return [...fields, { name: 'comment', required: edge.comment === 'required' }];
}
