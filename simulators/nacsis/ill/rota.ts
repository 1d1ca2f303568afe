import type { FieldError } from '#domain/errors';
import type { Kind } from '#domain/ill/kinds';
import { servingOf } from '#domain/ill/member';
import type { Lender } from '#domain/ill/request';
import type { MemberDirectory } from '../member-directory';

/** A candidate that can be asked, and the member that accepts its requests. */
export interface Candidate {
  readonly at: number;
  readonly acceptingId: string;
}

interface Walk {
  /** Candidates skipped because their service is suspended. */
  readonly skipped: readonly Lender[];
  readonly next?: Candidate;
}

/** Checks the candidate list of a request against the current member records (dossier 3.1; M8-6_1_3). */
export class Rota {
  constructor(
    private readonly members: MemberDirectory,
    private readonly kind: Kind,
  ) {}

  /**
   * The first serving candidate after position `active`, and the candidates skipped before it.
   * @unconfirmed I: FORWARD passes over suspended candidates, as PARDON does. Confirm: FORWARD a request whose next candidate has STAT N.
   */
  walk(lenders: readonly Lender[], active: number): Walk {
    const skipped: Lender[] = [];
    for (let at = active + 1; at < lenders.length; at += 1) {
      const lender = lenders[at];
      if (lender === undefined) break;
      const acceptingId = this.acceptingId(lender);
      if (acceptingId !== undefined) return { skipped, next: { at, acceptingId } };
      skipped.push(lender);
    }
    return { skipped };
  }

  /** Returns the reasons why candidates cannot be asked: one entry for each candidate that cannot. */
  check(lenders: readonly Lender[]): readonly FieldError[] {
    return lenders.flatMap(({ memberId, acceptingMemberId }, at): readonly FieldError[] => {
      const member = this.members.find(memberId);
      if (member === undefined)
        return [{ field: `lenders[${String(at)}].memberId`, code: 'unknown-member', params: { memberId } }];
      const serving = servingOf(member, this.kind);
      if (!serving.serves)
        return [
          {
            field: `lenders[${String(at)}].memberId`,
            code: 'lender-cannot-serve',
            params: { memberId, reason: serving.reason },
          },
        ];
      const window = acceptingMemberId ?? serving.through;
      if (window !== undefined && this.members.find(window) === undefined) {
        return [
          { field: `lenders[${String(at)}].acceptingMemberId`, code: 'unknown-member', params: { memberId: window } },
        ];
      }
      return [];
    });
  }

  /** Adds to each candidate the member that accepts its requests, unless the holder itself accepts them. */
  withWindows(lenders: readonly Lender[]): readonly Lender[] {
    return lenders.map((lender) => {
      const acceptingId = this.acceptingId(lender);
      return acceptingId === undefined || acceptingId === lender.memberId
        ? lender
        : { ...lender, acceptingMemberId: acceptingId };
    });
  }

  /**
   * Returns the id of the member that accepts the candidate's requests: AMLIDA when the client names another library
   * there, otherwise the window of the member record, otherwise the holder. Returns undefined when the candidate does
   * not serve.
   */
  private acceptingId({ memberId, acceptingMemberId }: Lender): string | undefined {
    const member = this.members.find(memberId);
    const serving = member ? servingOf(member, this.kind) : undefined;
    if (!serving?.serves) return undefined;
    const named = acceptingMemberId === memberId ? undefined : acceptingMemberId;
    return named ?? serving.through ?? memberId;
  }
}
