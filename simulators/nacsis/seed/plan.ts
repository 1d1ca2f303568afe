import { MEMBER_NAMES } from '#catp/member-record';
import { text } from '#catp/record';
import { KINDS, SIDES, type Kind, type Side } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';
import { patronOfNacsisRequest } from '../../shared/seeded-patron';
import { idOfNumber } from '../ill/request-store';
import { MemberDirectory } from '../member-directory';
import { seedCatalogue } from './catalogue';
import { seedMembers } from './members';
import { orderFields, orderFor } from './orders';
import { statesOf } from './paths';
import { shelvesOf } from './shelves';

/** A seeded request of the first library: its side and state. */
interface SeededPlace {
  readonly id: string;
  /** Counts from 0. */
  readonly number: number;
  readonly kind: Kind;
  readonly side: Side;
  readonly state: StateId;
  /** For a borrowing request: its patron in Alma. */
  readonly patronId?: string;
}

/**
 * The seeded requests in order: every state of both kinds on both sides, except 準備中 on the lender's side, which a
 * lender does not see.
 */
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

/**
 * The seeded requests with the fields of their orders, for the simulated Alma, which knows the same requests. `day`:
 * day of the order, yyyyMMdd.
 */
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
