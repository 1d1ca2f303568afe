import type { MarcDataField, MarcRecord } from './marc-fields';

/** Builds a data field: `field('245', '10', 'a', 'Title /', 'c', 'Author')` */
export function field(tag: string, indicators: string, ...codesAndValues: readonly string[]): MarcDataField {
  const subfields = codesAndValues.flatMap((code, at) =>
    at % 2 === 0 ? [{ code, value: codesAndValues[at + 1] ?? '' }] : [],
  );
  return { tag, ind1: indicators.charAt(0), ind2: indicators.charAt(1), subfields };
}

export function record(dataFields: readonly MarcDataField[], rest: Partial<MarcRecord> = {}): MarcRecord {
  return { leader: '00000nam a2200000 i 4500', controlFields: [], dataFields, ...rest };
}

export const SERIAL = '00000nas a2200000 i 4500';

/** Builds an 008 with type of date and dates (`s2019`). */
export const fixed = (dates: string, language = 'jpn') => [
  { tag: '008', value: `000101${dates.padEnd(9)}ja ${' '.repeat(17)}${language} d` },
];
