import type { Area } from '../../domain/ill/codes';
import { objectOf } from './unknown-json';

/**
 * Filter of the holdings; '' means any value. Several values are separated by commas, and each of them will do. Stored
 * in the user's settings. Codes are those of NACSIS-CAT/ILL.
 */
export interface HoldingFilter {
  /** Part of the name or FA number. */
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
  /** `yes`: only libraries that can be asked now; `mine`: only the own library. */
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
/** Room for every region at once. */
const LONGEST = 300;
/** Prefix of a region that is a whole area. */
export const OF_AREA = 'area:';

export const areaValue = (area: Area): string => OF_AREA + area;

export function isFiltering(filter: HoldingFilter): boolean {
  return NAMES.some((name) => filter[name].trim() !== '');
}

/** The values of one part; [] for any. */
export function valuesOf(part: string): readonly string[] {
  return part
    .split(/[,、，]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** The part with the value, or without it when it is there. */
export function toggled(part: string, value: string): string {
  const values = valuesOf(part);
  return (values.includes(value) ? values.filter((each) => each !== value) : [...values, value]).join(',');
}

/** Reads the stored filter; values that are not texts are dropped. */
export function readFilter(raw: unknown): HoldingFilter {
  const stored = objectOf(raw);
  const known = NAMES.flatMap((name) => {
    const value = stored[name];
    return typeof value === 'string' && value.length <= LONGEST ? [[name, value] as const] : [];
  });
  return { ...NO_FILTER, ...Object.fromEntries(known) };
}
