import { AREAS, type Area } from '../../domain/codes';
import type { Holding, ServiceFlag } from '../../domain/catalog';
import { extentOf } from '../../domain/holding-extent';
import { comparable } from '../../domain/printed-text';
import type { HoldingRow } from './lender-choice';

/** What the holdings are narrowed to; '' = whatever. Remembered for the user. Codes are those of NACSIS-CAT/ILL. */
export interface HoldingFilter {
  /** Part of the name or of the FA number. */
  readonly text: string;
  /** `area:<area>` or a KENCODE. */
  readonly region: string;
  readonly establisher: string;
  readonly institutionType: string;
  readonly location: string;
  readonly volume: string;
  readonly year: string;
  /** `A`: takes part; `N`: does not. */
  readonly participates: string;
  readonly service: string;
  readonly copyService: string;
  readonly loanService: string;
  readonly faxService: string;
  /** `N`: takes part in the charge offset, as on the wire. */
  readonly offset: string;
  /** `yes`: only those that can be asked now; `mine`: only the own library's. */
  readonly show: string;
}

export const NO_FILTER: HoldingFilter = {
  text: '',
  region: '',
  establisher: '',
  institutionType: '',
  location: '',
  volume: '',
  year: '',
  participates: '',
  service: '',
  copyService: '',
  loanService: '',
  faxService: '',
  offset: '',
  show: '',
};
const NAMES = Object.keys(NO_FILTER) as (keyof HoldingFilter)[];
const LONGEST = 100;
const OF_AREA = 'area:';

export const areaValue = (area: Area): string => OF_AREA + area;

export function isFiltering(filter: HoldingFilter): boolean {
  return NAMES.some((name) => filter[name].trim() !== '');
}

/** What was remembered; anything that is no text is left out. */
export function readFilter(raw: unknown): HoldingFilter {
  const stored = typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>) : {};
  const known = NAMES.flatMap((name) => {
    const value = stored[name];
    return typeof value === 'string' && value.length <= LONGEST ? [[name, value] as const] : [];
  });
  return { ...NO_FILTER, ...Object.fromEntries(known) };
}

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

/** A holding that says nothing about its extent stays: it may have what is wanted. */
function hasExtent(holding: Holding, { volume, year }: HoldingFilter): boolean {
  return extentOf(holding, { volume }) !== 'no' && extentOf(holding, { year }) !== 'no';
}

function isShown({ refusal, holding }: HoldingRow, show: string, ownId: string): boolean {
  if (show === 'yes') return refusal === undefined;
  return show !== 'mine' || holding.memberId === ownId;
}
