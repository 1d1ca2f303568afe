import { AREAS, type Area } from '../../../domain/ill/codes';
import type { Holding, ServiceFlag } from '../../../domain/catalog/catalog';
import { extentOf } from '../../../domain/catalog/holding-extent';
import { comparable } from '../../../domain/catalog/printed-text';
import { OF_AREA, type HoldingFilter } from '../../core/holding-filter';
import type { HoldingRow } from './lender-choice';

export function matches(row: HoldingRow, filter: HoldingFilter, ownId: string): boolean {
  const { holding, name } = row;
  const { member } = holding;
  const words = comparable(`${name} ${member?.name ?? ''} ${member?.nameReading ?? ''} ${holding.memberId}`);
  return (
    words.includes(comparable(filter.text)) &&
    isInRegion(member?.region, filter.region) &&
    isSame(member?.establisher, filter.establisher) &&
    isSame(member?.institutionType, filter.institutionType) &&
    comparable(holding.location ?? '').includes(comparable(filter.location)) &&
    hasExtent(holding, filter) &&
    isSame(member === undefined ? undefined : member.participates ? 'A' : 'N', filter.participates) &&
    isFlag(member?.service, filter.service) &&
    isFlag(member?.copyService, filter.copyService) &&
    isFlag(member?.loanService, filter.loanService) &&
    isFlag(member?.faxService, filter.faxService) &&
    isSame(member?.offset === true ? 'N' : '', filter.offset) &&
    isShown(row, filter.show, ownId)
  );
}

function isSame(value: string | undefined, wanted: string): boolean {
  return wanted === '' || value === wanted;
}

function isFlag(flag: ServiceFlag | undefined, wanted: string): boolean {
  return wanted === '' || flag === wanted;
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
