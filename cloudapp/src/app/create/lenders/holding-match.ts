import { AREAS, type Area } from '../../../domain/ill/codes';
import type { Holding, Member } from '../../../domain/catalog/catalog';
import { extentOf } from '../../../domain/catalog/holding-extent';
import { comparable } from '../../../domain/catalog/printed-text';
import { OF_AREA, valuesOf, type HoldingFilter } from '../../core/holding-filter';
import type { HoldingRow } from '../../../domain/ill/rota';

export function matches(row: HoldingRow, filter: HoldingFilter, ownId: string): boolean {
  const { holding, name } = row;
  const member: Partial<Member> = holding.member ?? {};
  const words = comparable(`${name} ${member.name ?? ''} ${member.nameReading ?? ''} ${holding.memberId}`);
  const location = comparable(holding.location ?? '');
  return (
    isAnyOf(filter.text, (text) => words.includes(comparable(text))) &&
    isAnyOf(filter.location, (text) => location.includes(comparable(text))) &&
    isAnyOf(filter.region, (region) => isInRegion(member.region, region)) &&
    hasTraits(member, filter) &&
    hasExtent(holding, filter) &&
    isShown(row, filter.show, ownId)
  );
}

/** True when one of the values will do, or any. */
function isAnyOf(part: string, isMet: (value: string) => boolean): boolean {
  const values = valuesOf(part);
  return values.length === 0 || values.some(isMet);
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
  return pairs.every(([value, wanted]) => isAnyOf(wanted, (each) => value === each));
}

function isInRegion(region: string | undefined, wanted: string): boolean {
  if (!wanted.startsWith(OF_AREA)) return region === wanted;
  const area = AREAS[wanted.slice(OF_AREA.length) as Area] as readonly string[] | undefined;
  return region !== undefined && area?.includes(region) === true;
}

/** Keeps holdings with unknown extent, because they may have the requested volume. */
function hasExtent(holding: Holding, { volume, year }: HoldingFilter): boolean {
  return (
    isAnyOf(volume, (each) => extentOf(holding, { volume: each }) !== 'no') &&
    isAnyOf(year, (each) => extentOf(holding, { year: each }) !== 'no')
  );
}

function isShown({ refusal, holding }: HoldingRow, show: string, ownId: string): boolean {
  if (show === 'yes') return refusal === undefined;
  return show !== 'mine' || holding.memberId === ownId;
}
