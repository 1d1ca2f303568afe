import type { Holding, Member } from '../../../domain/catalog/catalog';
import type { FieldError } from '../../../domain/errors';
import { volumePlace, type Wanted } from '../../../domain/catalog/holding-extent';
import type { Kind } from '../../../domain/ill/kinds';
import { candidateOf, type Asking, type Candidate } from '../../../domain/ill/lender-proposal';
import { servingOf } from '../../../domain/ill/member';
import type { Lender } from '../../../domain/ill/request';

/** A holding as a row of the list. */
export interface HoldingRow extends Candidate {
  readonly name: string;
}

/** A library of the rota. After a reload, `member` and `holding` are missing until the holdings are loaded. */
export interface Pick {
  readonly lender: Lender;
  readonly member?: Member;
  readonly holding?: Holding;
}

export function rowOf(holding: Holding, asking: Asking): HoldingRow {
  const { member } = holding;
  return {
    ...candidateOf(holding, asking),
    name: holding.memberName ?? member?.abbreviation ?? member?.name ?? holding.memberId,
  };
}

/** The rota entry of a holding; `volumeAt` selects the volume of a multi-volume monograph. */
export function pickOf({ holding, name }: { readonly holding: Holding; readonly name: string }, volumeAt = 0): Pick {
  const volume = holding.volumes[volumeAt];
  const parts = {
    memberName: name,
    location: holding.location,
    volume: volume?.volume,
    callNumber: volume?.callNumber ?? holding.callNumber,
    registrationNumber: volume?.registrationNumber,
  };
  const present = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''));
  return {
    lender: { memberId: holding.memberId, ...present },
    holding,
    ...(holding.member && { member: holding.member }),
  };
}

/** The rota entry with the requested volume. */
export function pickFor(row: HoldingRow, { volume = '' }: Wanted): Pick {
  return pickOf(row, volumePlace(row.holding, volume));
}

/** The rota as sent: each entry names the library that accepts the request (AMLIDA), by default the lender itself. */
export function rotaOf(picks: readonly Pick[], kind: Kind): readonly Lender[] {
  return picks.map(({ lender, member }) => {
    const serving = member && servingOf(member, kind);
    const through = serving?.serves === true ? serving.through : undefined;
    return {
      ...lender,
      acceptingMemberId: through ?? (member ? lender.memberId : (lender.acceptingMemberId ?? lender.memberId)),
    };
  });
}

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
