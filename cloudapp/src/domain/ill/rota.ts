import type { Holding, Member } from '../catalog/catalog';
import { volumePlace, type Wanted } from '../catalog/holding-extent';
import type { Kind } from './kinds';
import { candidateOf, proposedLenders, type Asking, type Candidate } from './lender-proposal';
import { servingOf } from './member';
import type { Lender } from './request';

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

/** The row of a member that is not known to hold the work. */
export function rowOfMember(member: Member, asking: Asking): HoldingRow {
  return rowOf({ id: member.memberId, ncid: '', memberId: member.memberId, volumes: [], member }, asking);
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

/** The lenders that the proposal asks, of these holdings, as they are sent; empty when none can be asked. */
export function proposedRota(holdings: readonly Holding[], asking: Asking): readonly Lender[] {
  const rows = proposedLenders(holdings.map((holding) => rowOf(holding, asking)));
  return rotaOf(
    rows.map((row) => pickFor(row, asking.wanted)),
    asking.kind,
  );
}
