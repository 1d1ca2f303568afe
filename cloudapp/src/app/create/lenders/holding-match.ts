import { AREAS, type Area } from '../../../domain/ill/codes';
import type { Holding, Member } from '../../../domain/catalog/catalog';
import { extentOf } from '../../../domain/catalog/holding-extent';
import { comparable } from '../../../domain/catalog/printed-text';
import { OF_AREA, type HoldingFilter } from '../../core/holding-filter';
import type { HoldingRow } from '../../../domain/ill/rota';

export function matches(row: HoldingRow, filter: HoldingFilter, ownId: string): boolean {
  const { holding, name } = row;
  const member: Partial<Member> = holding.member ?? {};
  const words = comparable(`${name} ${member.name ?? ''} ${member.nameReading ?? ''} ${holding.memberId}`);
  return (
    words.includes(comparable(filter.text)) &&
    comparable(holding.location ?? '').includes(comparable(filter.location)) &&
    isInRegion(member.region, filter.region) &&
    hasTraits(member, filter) &&
    hasExtent(holding, filter) &&
    isShown(row, filter.show, ownId)
  );
}

function hasTraits(member: Partial<Member>, filter: HoldingFilter): boolean {
  const { establisher, institutionType, participates, service, copyService, loanService, faxService } = member;
  const pairs: readonly (readonly [string | undefined, string])[] = [
    [establisher, filter.establisher],
    [institutionType, filter.institutionType],
    [participates === undefined ? undefined : participates ? 'A' : 'N', filter.participates],
    [service, filter.service],
    [copyService, filter.copyService],
    [loanService, filter.loanService],
    [faxService, filter.faxService],
    [member.offset === true ? 'N' : '', filter.offset],
  ];
  return pairs.every(([value, wanted]) => isSame(value, wanted));
}

function isSame(value: string | undefined, wanted: string): boolean {
  return wanted === '' || value === wanted;
}

function isInRegion(region: string | undefined, wanted: string): boolean {
  if (!wanted.startsWith(OF_AREA)) return isSame(region, wanted);
  const area = AREAS[wanted.slice(OF_AREA.length) as Area] as readonly string[] | undefined;
  return region !== undefined && area?.includes(region) === true;
}

/** Keeps holdings with unknown extent, because they may have the requested volume. */
function hasExtent(holding: Holding, { volume, year }: HoldingFilter): boolean {
  return extentOf(holding, { volume }) !== 'no' && extentOf(holding, { year }) !== 'no';
}

function isShown({ refusal, holding }: HoldingRow, show: string, ownId: string): boolean {
  if (show === 'yes') return refusal === undefined;
  return show !== 'mine' || holding.memberId === ownId;
}
