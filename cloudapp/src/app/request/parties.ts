import type { Library, RequestView } from '../../domain/api/requests';
import type { Lender } from '../../domain/ill/request';
import { STATES } from '../../domain/ill/states';

/** A candidate lender and the result of asking it. */
export interface Candidate {
  readonly lender: Lender;
  /** refused, passed: asked before; active: the current lender, or the one that served; next: not asked yet. */
  readonly standing: 'refused' | 'passed' | 'active' | 'next';
  /** The comment of the lender's refusal. */
  readonly comment?: string;
}

/** Returns the candidates in order; before the order is sent, all candidates are next. */
export function candidatesOf({ fields, history }: RequestView): readonly Candidate[] {
  const lenders = fields.lenders ?? [];
  const active = lenders.findIndex((lender) => isAt(lender, fields.lenderId));
  return lenders.map((lender, at): Candidate => {
    if (at === active) return { lender, standing: 'active' };
    if (at > active) return { lender, standing: 'next' };
    const refusal = history.findLast(({ command, memberId }) => command === 'PARDON' && isAt(lender, memberId));
    return refusal === undefined
      ? { lender, standing: 'passed' }
      : { lender, standing: 'refused', ...(refusal.comment && { comment: refusal.comment }) };
  });
}

/** Member id → name, from the request. */
export function namesIn({ fields, partner }: RequestView): ReadonlyMap<string, string> {
  const pairs = [
    ...(fields.lenders ?? []).map(({ memberId, memberName }) => [memberId, memberName] as const),
    [fields.borrowerId, fields.borrowerName] as const,
    [fields.lenderId, fields.lenderName] as const,
    [partner.id, partner.name] as const,
  ];
  return new Map(pairs.filter((pair): pair is readonly [string, string] => Boolean(pair[0] && pair[1])));
}

/** The own library's member id in this request. */
export function ownIdOf({ library, side, fields }: RequestView, libraries: readonly Library[]): string | undefined {
  const own = libraries.find(({ code }) => code === library)?.memberId;
  return own ?? (side === 'borrower' ? fields.borrowerId : fields.lenderId);
}

/** True when a loan is past its due date and not sent back. Dates are yyyyMMdd. */
export function isOverdue({ kind, state, fields }: RequestView, today: string): boolean {
  const { dueDate = '' } = fields;
  if (kind !== 'loan' || state === null || dueDate === '' || STATES[state].final) return false;
  return state !== 'SENT_BACK' && dueDate < today;
}

function isAt({ memberId, acceptingMemberId }: Lender, id: string | undefined): boolean {
  return id !== undefined && (memberId === id || acceptingMemberId === id);
}
