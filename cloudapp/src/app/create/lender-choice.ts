import type { Holding, Member } from '../../domain/catalog';
import type { FieldError } from '../../domain/errors';
import type { Kind } from '../../domain/kinds';
import { servingOf, type Unservable } from '../../domain/member';
import type { Lender } from '../../domain/request';

/** Why a holding library cannot be picked: a reason of the domain, or one of ours. */
export type NotPickable = Unservable | 'own-library' | 'no-member-record';

export interface HoldingRow {
  readonly holding: Holding;
  readonly name: string;
  /** Absent: it can be asked. */
  readonly reason?: NotPickable;
  /** FA number of the library that takes its requests. */
  readonly through?: string;
  readonly isSameRegion: boolean;
}

/** A library of the rota with what is known about it; `member` is missing after a reload. */
export interface Pick {
  readonly lender: Lender;
  readonly member?: Member;
}

export function rowOf(holding: Holding, kind: Kind, own: { readonly memberId: string; readonly region?: string }): HoldingRow {
  const { member } = holding;
  const name = holding.memberName ?? member?.abbreviation ?? member?.name ?? holding.memberId;
  const isSameRegion = member?.region !== undefined && member.region === own.region;
  const row = { holding, name, isSameRegion };
  if (holding.memberId === own.memberId) return { ...row, reason: 'own-library' };
  if (member === undefined) return { ...row, reason: 'no-member-record' };
  const serving = servingOf(member, kind);
  if (!serving.serves) return { ...row, reason: serving.reason };
  // What its window accepts would come back to us: the gateway refuses such a rota.
  if (serving.through === own.memberId) return { ...row, reason: 'own-library' };
  return serving.through === undefined ? row : { ...row, through: serving.through };
}

/** Those who can be asked first; among them the same prefecture, then charge offset, then as NACSIS-CAT lists them. */
export function ranked(rows: readonly HoldingRow[]): readonly HoldingRow[] {
  const rank = ({ reason, isSameRegion, holding }: HoldingRow): number =>
    (reason === undefined ? 0 : 4) + (isSameRegion ? 0 : 2) + (holding.member?.offset === true ? 0 : 1);
  return [...rows].sort((one, other) => rank(one) - rank(other));
}

/** The rota entry of a holding; `volumeAt` chooses the volume of a multi-volume monograph. */
export function pickOf({ holding, name }: HoldingRow, volumeAt = 0): Pick {
  const volume = holding.volumes[volumeAt];
  const parts = {
    memberName: name,
    location: holding.location,
    volume: volume?.volume,
    callNumber: volume?.callNumber ?? holding.callNumber,
    registrationNumber: volume?.registrationNumber,
  };
  const present = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''));
  return { lender: { memberId: holding.memberId, ...present }, ...(holding.member && { member: holding.member }) };
}

/** The rota as it is sent: with the library that accepts for each, itself by default (AMLIDA). */
export function rotaOf(picks: readonly Pick[], kind: Kind): readonly Lender[] {
  return picks.map(({ lender, member }) => {
    const serving = member && servingOf(member, kind);
    const through = serving?.serves === true ? serving.through : undefined;
    return { ...lender, acceptingMemberId: through ?? (member ? lender.memberId : (lender.acceptingMemberId ?? lender.memberId)) };
  });
}

/** Picked libraries that do not serve this kind (it was switched after they were picked). */
export function rotaErrors(picks: readonly Pick[], kind: Kind): readonly FieldError[] {
  return picks.flatMap(({ lender, member }, at) =>
    member !== undefined && !servingOf(member, kind).serves
      ? [{ field: `lenders[${String(at)}].memberId`, code: 'lender-cannot-serve' as const, params: { memberId: lender.memberName ?? lender.memberId } }]
      : []);
}

export function moved<T>(list: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const to = from + by;
  const [one, other] = [list[from], list[to]];
  if (one === undefined || other === undefined) return list;
  return list.map((each, at) => (at === from ? other : at === to ? one : each));
}
