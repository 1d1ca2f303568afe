import type { Member } from '#domain/catalog/catalog';
import type { FieldError } from '#domain/errors';
import { addressLine, staffLine } from '#domain/ill/member';
import type { RequestFields } from '#domain/ill/request';
import { merge } from '#domain/ill/validation';
import type { LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { NacsisPort } from '../nacsis/port';
import { completed, faultsIn, refuseFaults, type GivenFields } from './field-check';
import { checkCandidates, membersNamed } from './lender-check';

type Members = ReadonlyMap<string, Member>;

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

  /** The fields as they are sent. Throws `invalid-fields` with every fault; faults in the input alone cost no call. */
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
