import type { Member } from '#domain/catalog';
import type { FieldError } from '#domain/errors';
import type { Kind } from '#domain/kinds';
import { servingOf, type Unservable } from '#domain/member';
import type { Lender } from '#domain/request';

export interface LenderContext {
  readonly kind: Kind;
  /** Member id of the library that orders. */
  readonly ownId: string;
  /** The member records of the candidates; one that NACSIS-CAT does not know is absent. */
  readonly members: ReadonlyMap<string, Member>;
}

/** Why a candidate cannot be asked: its own record says so, or it is the ordering library itself. */
export type LenderRefusal = Unservable | 'own-library';

/**
 * What keeps these candidates from being ordered from, one entry per candidate. NACSIS-ILL refuses such an ORDER as a whole
 * (dossier 3.1, inferred), so it is better said here, by name.
 */
export function checkCandidates(lenders: readonly Lender[], context: LenderContext): readonly FieldError[] {
  return lenders.flatMap((lender, at) => checkCandidate(lender, `lenders[${String(at)}]`, context));
}

/** The members whose records the check looks at. */
export function membersNamed(lenders: readonly Lender[]): readonly string[] {
  const ids = lenders.flatMap(({ memberId, acceptingMemberId }) => [memberId, acceptingMemberId ?? '']);
  return [...new Set(ids.filter((id) => id !== ''))];
}

function checkCandidate(lender: Lender, path: string, { kind, ownId, members }: LenderContext): readonly FieldError[] {
  const { memberId, acceptingMemberId = '' } = lender;
  const field = `${path}.memberId`;
  const member = members.get(memberId);
  if (member === undefined) return [unknownMember(field, memberId)];
  const serving = servingOf(member, kind);
  const accepting = acceptingMemberId === '' ? (serving.serves && serving.through) || memberId : acceptingMemberId;
  const reason: LenderRefusal | undefined =
    memberId === ownId || accepting === ownId ? 'own-library' : serving.serves ? undefined : serving.reason;
  if (reason !== undefined) return [{ field, code: 'lender-cannot-serve', params: { memberId, reason } }];
  const isNamed = acceptingMemberId !== '' && acceptingMemberId !== memberId;
  return isNamed && !members.has(acceptingMemberId)
    ? [unknownMember(`${path}.acceptingMemberId`, acceptingMemberId)]
    : [];
}

function unknownMember(field: string, memberId: string): FieldError {
  return { field, code: 'unknown-member', params: { memberId } };
}
