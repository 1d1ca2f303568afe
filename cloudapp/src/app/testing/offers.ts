import type { ActionOffer, ActionParam, RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import type { Kind, Side } from '../../domain/ill/kinds';
import { continuationsOf } from '../../domain/ill/continuation';
import { offersFor, type Offer } from '../../domain/ill/machine';
import { FLAG_SET, situationOf } from '../../domain/ill/request';
import { stateSpec, type StateId } from '../../domain/ill/states';
import type { Transition } from '../../domain/ill/transitions';
import { aRequest, LIBRARY, memberIdOf } from './records';

/** The library on the other side. */
export const PARTNER = { id: memberIdOf(10), name: '館10' };

/** A request in this state with the offers of the table, as the gateway returns it. */
export function requestIn(
  state: StateId,
  side: Side = 'borrower',
  kind: Kind = 'copy',
  changes: Partial<RequestView> = {},
): RequestView {
  const [own, other] = [LIBRARY.memberId, PARTNER.id];
  const [borrowerId, lenderId] = side === 'borrower' ? [own, other] : [other, own];
  const { fields, ...rest } = changes;
  const request = aRequest({
    side,
    kind,
    state,
    externalStatus: stateSpec(state).wire,
    partner: PARTNER,
    fields: { borrowerId, lenderId, ...fields },
    ...rest,
  });
  const situation = situationOf(request);
  const actions = offersFor(situation, side).map((offer): ActionOffer => {
    if (!offer.allowed) return denied(offer);
    const then = continuationsOf(situation, side, offer).flatMap(({ action, commands, edges }) => {
      const to = edges.at(-1)?.to;
      return to === undefined ? [] : [{ action, command: [...commands], params: paramsOf(edges), to }];
    });
    return {
      action: offer.action,
      command: [...offer.commands],
      allowed: true,
      primary: offer.primary,
      params: paramsOf(offer.edges),
      ...(offer.edges.at(-1) && { to: offer.edges.at(-1)?.to }),
      ...(then.length > 0 && { then }),
    };
  });
  return { ...request, actions, ...(changes.actions && { actions: changes.actions }) };
}

/** The offer of an action; throws when it is missing. */
export function offerOf(request: RequestView, action: Action): ActionOffer {
  const offer = request.actions.find((each) => each.action === action);
  if (offer === undefined) throw new Error(`${action} is not offered in ${String(request.state)}`);
  return offer;
}

export const CLAIM_OPEN = { claimFlag: FLAG_SET } as const;

function denied(offer: Extract<Offer, { readonly allowed: false }>): ActionOffer {
  const { action, refusal: reason, possibleIn } = offer;
  return { action, command: [], allowed: false, primary: false, reason, possibleIn: [...possibleIn], params: [] };
}

/** Returns the parameters of the transitions, including the fields offered to a lender besides the required ones. */
function paramsOf(edges: readonly Transition[]): ActionParam[] {
  const params = edges.flatMap((edge): readonly ActionParam[] => {
    if (edge.command === 'ORDER') return [];
    const required = (edge.required ?? []).filter((name) => typeof name === 'string');
    const dates = edge.defaultsToToday ?? [];
    const names = [
      ...new Set([...required, ...dates, ...(OFFERED[`${edge.side} ${edge.action} ${String(edge.from)}`] ?? [])]),
    ];
    return [
      ...names.map((name) => ({
        name,
        required: (required as readonly string[]).includes(name),
        ...((dates as readonly string[]).includes(name) && { default: 'today' }),
      })),
      { name: 'comment', required: edge.comment === 'required' },
    ];
  });
  const names = [...new Set(params.map(({ name }) => name))];
  return names.flatMap((name) => params.find((param) => param.name === name) ?? []);
}

const OFFERED: Readonly<Record<string, readonly string[]>> = {
  'lender accept UNPROCESSED': ['lenderNumber', 'lenderStaff', 'lenderAddress'],
  'lender ship PROCESSING': ['charges', 'fee', 'postage', 'total'],
};
