import type { Member } from '#domain/catalog/catalog';
import type { FieldError } from '#domain/errors';
import type { Kind } from '#domain/ill/kinds';
import { servingOf, type Unservable } from '#domain/ill/member';
import type { Lender } from '#domain/ill/request';

export interface LenderContext {
  readonly kind: Kind;
  /** Member id of the ordering library. */
  readonly ownId: string;
  /** Member records of the candidates; members unknown to NACSIS-CAT are absent. */
  readonly members: ReadonlyMap<string, Member>;
}

/** Why a candidate cannot be asked: its own record says so, or it is the ordering library itself. */
export type LenderRefusal = Unservable | 'own-library';

/**
 * Reasons why these candidates cannot be ordered from, one entry per candidate.
 * @unconfirmed I: NACSIS-ILL refuses an ORDER with a candidate that is suspended (dossier 3.1).
 * Confirm: order from two libraries on a test account, one of them with STAT N.
 */
export function checkCandidates(lenders: readonly Lender[], context: LenderContext): readonly FieldError[] {
  return lenders.flatMap((lender, at) => checkCandidate(lender, `lenders[${String(at)}]`, context));
}

/** The members whose records the check needs. */
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
