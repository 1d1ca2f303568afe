import type { Holding } from './catalog';

/** Whether a holding has the requested volume. `unknown`: the holding is not readable, or no volume is requested. */
export type Extent = 'yes' | 'no' | 'unknown';

/** The requested volume: `12`, `12(3)`, `上`; the year has four digits. */
export interface Wanted {
  readonly volume?: string;
  readonly year?: string;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Serials: checks HLV (`1-4, 6-41+`; issues in brackets are ignored), then HLYR (`1970-2019`) when HLV gives no answer.
 * Monographs: compares volume names. The notation is that of the holdings records (BH).
 */
export function extentOf(holding: Holding, { volume = '', year = '' }: Wanted): Extent {
  if (holding.volumes.length > 1) return hasVolume(holding, volume);
  const byVolume = within(holding.volumeRange, numberIn(volume));
  return byVolume === 'unknown' ? within(holding.years, numberIn(year)) : byVolume;
}

function hasVolume({ volumes }: Holding, wanted: string): Extent {
  const name = plain(wanted);
  if (name === '') return 'unknown';
  return volumes.some(({ volume = '' }) => plain(volume) === name) ? 'yes' : 'no';
}

/** Index of the requested volume among the holding's volumes; 0 when none has that name. */
export function volumePlace({ volumes }: Holding, wanted: string): number {
  const name = plain(wanted);
  return Math.max(0, name === '' ? 0 : volumes.findIndex(({ volume = '' }) => plain(volume) === name));
}

function within(text: string | undefined, wanted: number | undefined): Extent {
  const ranges = rangesOf(text ?? '');
  if (wanted === undefined || ranges === undefined) return 'unknown';
  return ranges.some(({ from, to }) => from <= wanted && wanted <= to) ? 'yes' : 'no';
}

const PART = /^(\d+)(?:(-)(\d+)?)?$/;

/** Parses ranges; a trailing `+` or `-` is open-ended. Undefined when the text is empty or a part is not a range. */
function rangesOf(text: string): readonly Range[] | undefined {
  const line = text
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/\s+/g, '');
  const goesOn = line.endsWith('+');
  const parts = line
    .replace(/\+$/, '')
    .split(/[,;]/)
    .filter((part) => part !== '');
  const ranges = parts.map((part, at) => rangeOf(part, goesOn && at === parts.length - 1));
  const known = ranges.filter((range) => range !== undefined);
  return known.length === 0 || known.length < ranges.length ? undefined : known;
}

function rangeOf(part: string, goesOn: boolean): Range | undefined {
  const [, from, dash, to] = PART.exec(part) ?? [];
  if (from === undefined) return undefined;
  const isOpen = goesOn || (dash !== undefined && to === undefined);
  return { from: Number(from), to: isOpen ? Infinity : Number(to ?? from) };
}

/** The first number of `12(3)`, `第12巻`, `2019.4`. */
function numberIn(text: string): number | undefined {
  const [digits] = /\d+/.exec(text.normalize('NFKC')) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A volume's name without 第, 巻, 冊, 号, `v.`, `vol.` and blanks. */
function plain(volume: string): string {
  return volume
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^第|[巻冊号]$|^v(?:ol)?\.?(?=\s*\d)|\s+/g, '');
}
