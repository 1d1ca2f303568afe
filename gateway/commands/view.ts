import type { ActionOffer, RequestView } from '#domain/api';
import type { FieldName } from '#domain/fields';
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
    partner: {
      ...(row.partner_id === null ? {} : { id: row.partner_id }),
      ...(row.partner_name === null ? {} : { name: row.partner_name }),
    },
    ...(row.alma_user_id === null || row.alma_request_id === null
      ? {}
      : { almaRequest: { userId: row.alma_user_id, requestId: row.alma_request_id } }),
    actions: offersFor(situationOf(request), row.side, mode).map(offerView),
  };
}

function visibleFields(fields: RequestFields): RequestFields {
  const { borrowerLocalData, ...rest } = fields;
  const visible = borrowerLocalData === undefined ? '' : withoutMark(borrowerLocalData);
  return visible === '' ? rest : { ...rest, borrowerLocalData: visible };
}

function offerView(offer: Offer): ActionOffer {
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
    params: paramsOf(offer.edges),
  };
}

/** What the librarian is asked for: the fields of the commands, dates with today as default, and the comment; each once. */
function paramsOf(edges: readonly Transition[]): ActionOffer['params'] {
  const params = edges.flatMap((edge) => [
    ...fieldParamsOf(edge),
    { name: 'comment', required: edge.comment === 'required' },
  ]);
  const names = [...new Set(params.map(({ name }) => name))];
  return names.map((name) => {
    const same = params.filter((param) => param.name === name);
    return Object.assign({}, ...same, {
      required: same.some(({ required }) => required),
    }) as ActionOffer['params'][number];
  });
}

/** ORDER asks for nothing here: its fields are edited in the request itself. */
function fieldParamsOf(edge: Transition): ActionOffer['params'] {
  if (edge.command === 'ORDER') return [];
  const required = (edge.required ?? []).flatMap((requirement): readonly FieldName[] =>
    typeof requirement === 'string' ? [requirement] : requirement.oneOf,
  );
  const defaulted: readonly FieldName[] = edge.defaultsToToday ?? [];
  return [...new Set([...required, ...defaulted])].map((name) => ({
    name,
    required: required.includes(name),
    ...(defaulted.includes(name) ? { default: 'today' } : {}),
  }));
}
