import type { Member } from '#domain/catalog/catalog';
import type { FieldError } from '#domain/errors';
import type { Kind } from '#domain/ill/kinds';
import { addressLine, servingOf, staffLine, type Unservable } from '#domain/ill/member';
import type { Lender, RequestFields } from '#domain/ill/request';
import { merge } from '#domain/ill/validation';
import type { LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { NacsisPort } from '../nacsis/port';
import { completed, faultsIn, refuseFaults, type GivenFields } from './field-check';

type Members = ReadonlyMap<string, Member>;

interface LenderContext {
  readonly kind: Kind;
  /** Member id of the ordering library. */
  readonly ownId: string;
  /** Member records of the candidates; members unknown to NACSIS-CAT are absent. */
  readonly members: Members;
}

/** Why a candidate cannot be asked: its own record says so, or it is the ordering library itself. */
type LenderRefusal = Unservable | 'own-library';

/** Fields that the own member record can fill. */
const FROM_OWN_RECORD = ['borrowerStaff', 'borrowerAddress'] as const;

/**
 * The additional steps of an ORDER, for a new record and for one in 準備中: fills an empty staff or address of the own
 * library, and checks that the candidates can serve. Member records come from the directory's cache; missing ones are
 * read in one search.
 */
export class OrderCheck {
  readonly #nacsis: NacsisPort;

  constructor(nacsis: NacsisPort) {
    this.#nacsis = nacsis;
  }

  /**
   * Returns the fields as they are sent. Throws `invalid-fields` with every fault; when the input alone has faults,
   * makes no call.
   */
  async completed(library: LibraryConfig, order: GivenFields): Promise<RequestFields> {
    refuseFaults(
      faultsIn(order).filter(
        ({ field, code }) => code !== 'required' || !FROM_OWN_RECORD.some((name) => name === field),
      ),
    );
    const { lenders = [], ...merged } = merge(order.stored, order.given);
    const fillsIn = FROM_OWN_RECORD.some((name) => isBlank(merged[name]));
    const wanted = [...(fillsIn ? [library.memberId] : []), ...membersNamed(lenders)];
    const members = await this.#members(library, wanted, false);
    const filled = { ...order, given: withOwnRecord(order.given, merged, members.get(library.memberId)) };
    refuseFaults([...faultsIn(filled), ...(await this.#candidateFaults(library, filled, members))]);
    return completed(filled);
  }

  /**
   * NACSIS-ILL refused the order: returns `invalid-fields` when a candidate has stopped its service since the check,
   * else the refusal.
   */
  async whyRefused(library: LibraryConfig, order: GivenFields, refusal: GatewayError): Promise<GatewayError> {
    const faults = await this.#candidateFaults(library, order, undefined).catch(() => []);
    if (faults.length === 0) return refusal;
    const { nacsis } = refusal.details;
    return new GatewayError('invalid-fields', { errors: faults, ...(nacsis === undefined ? {} : { nacsis }) });
  }

  /** Reads the records again before a candidate is refused because of the cache. */
  async #candidateFaults(
    library: LibraryConfig,
    { context, stored, given }: GivenFields,
    cached: Members | undefined,
  ): Promise<readonly FieldError[]> {
    const { lenders = [] } = merge(stored, given);
    const check = (members: Members) =>
      checkCandidates(lenders, { kind: context.kind, ownId: library.memberId, members });
    if (cached !== undefined && check(cached).length === 0) return [];
    return check(await this.#members(library, membersNamed(lenders), true));
  }

  async #members({ account }: LibraryConfig, ids: readonly string[], fresh: boolean): Promise<Members> {
    return ids.length === 0 ? new Map() : this.#nacsis.members(account, ids, { fresh });
  }
}

function withOwnRecord(given: RequestFields, merged: RequestFields, own: Member | undefined): RequestFields {
  if (own === undefined) return given;
  return {
    ...given,
    ...(isBlank(merged.borrowerStaff) ? { borrowerStaff: staffLine(own) } : {}),
    ...(isBlank(merged.borrowerAddress) ? { borrowerAddress: addressLine(own) } : {}),
  };
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

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
