import type { Holding, Member } from '../../domain/catalog';
import type { FieldError } from '../../domain/errors';
import { volumePlace, type Wanted } from '../../domain/holding-extent';
import type { Kind } from '../../domain/kinds';
import { candidateOf, type Asking, type Candidate } from '../../domain/lender-proposal';
import { servingOf } from '../../domain/member';
import type { Lender } from '../../domain/request';

/** A holding as the list shows it. */
export interface HoldingRow extends Candidate {
  readonly name: string;
}

/** A library of the rota with what is known about it; `member` and `holding` are missing after a reload until the holdings have come. */
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

/** The rota entry of a holding; `volumeAt` chooses the volume of a multi-volume monograph. */
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

/** The entry with the volume that is wanted. */
export function pickFor(row: HoldingRow, { volume = '' }: Wanted): Pick {
  return pickOf(row, volumePlace(row.holding, volume));
}

/** The rota as it is sent: with the library that accepts for each, itself by default (AMLIDA). */
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

/** Picked libraries that do not serve this kind (it was switched after they were picked). */
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

/** The list with the entry at `from` moved to `to`; unchanged where either place does not exist. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const entry = list[from];
  if (entry === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}
