import type { FieldError } from '../../../domain/errors';
import type { Kind } from '../../../domain/ill/kinds';
import { servingOf } from '../../../domain/ill/member';
import type { Pick } from '../../../domain/ill/rota';

/** Returns the faults of picked libraries that do not serve this kind, after the kind was switched. */
export function rotaErrors(picks: readonly Pick[], kind: Kind): readonly FieldError[] {
  return picks.flatMap(({ lender, member }, at) =>
    member !== undefined && !servingOf(member, kind).serves
      ? [
          {
            field: `lenders[${String(at)}].memberId`,
            code: 'lender-cannot-serve' as const,
            params: { memberId: lender.memberName ?? lender.memberId },
          },
        ]
      : [],
  );
}

/** Moves the entry at `from` to `to`; returns the list unchanged when either index does not exist. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}
