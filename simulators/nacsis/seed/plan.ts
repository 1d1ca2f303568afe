import { MEMBER_NAMES } from '#catp/member-record';
import { text } from '#catp/record';
import { KINDS, SIDES, type Kind, type Side } from '#domain/kinds';
import type { RequestFields } from '#domain/request';
import type { StateId } from '#domain/states';
import { patronOfNacsisRequest } from '../../shared/seeded-patron';
import { idOfNumber } from '../ill/request-store';
import { MemberDirectory } from '../member-directory';
import { seedCatalogue } from './catalogue';
import { seedMembers } from './members';
import { orderFields, orderFor } from './orders';
import { statesOf } from './paths';
import { shelvesOf } from './shelves';

/** A request of the seed: of the first library, on this side, in this state. */
export interface SeededPlace {
  readonly id: string;
  /** From 0. */
  readonly number: number;
  readonly kind: Kind;
  readonly side: Side;
  readonly state: StateId;
  /** Of a borrowing request: the patron in Alma for whom it was made. */
  readonly patronId?: string;
}

/** The requests of the seed in their order: every state of both kinds on both sides; as lender without 準備中, which a lender does not see. */
export function seededPlaces(): readonly SeededPlace[] {
  let borrowed = 0;
  return KINDS.flatMap((kind) =>
    SIDES.flatMap((side) =>
      statesOf(kind).flatMap((state) => (side === 'lender' && state === 'PREPARING' ? [] : [{ kind, side, state }])),
    ),
  ).map((place, number) => ({
    ...place,
    number,
    id: idOfNumber(number),
    ...(place.side === 'borrower' ? { patronId: patronOfNacsisRequest(borrowed++) } : {}),
  }));
}

/** What each of them asks for, for the simulated Alma, which knows the same requests. `day`: of the order, yyyyMMdd. */
export function seededPlan(day: string): readonly (SeededPlace & { readonly fields: RequestFields })[] {
  const records = seedMembers();
  const members = new MemberDirectory();
  members.replaceAll(records);
  const shelves = shelvesOf(seedCatalogue(records));
  const partners = records.map((record) => text(record, MEMBER_NAMES.memberId) ?? '');
  const library = partners[0] ?? '';
  return seededPlaces().map((place) => {
    const order = orderFor({ members, library, partners }, shelves[place.kind], place);
    return { ...place, fields: orderFields(members, order, day) };
  });
}
