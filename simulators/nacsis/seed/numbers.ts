import { CATALOG_NAMES as NAMES } from '#catp/catalog-names';
import type { CatpRecord } from '#catp/types';
import type { CatalogSeed } from '../../shared/catalog-seed';

/**
 * Numbers that some of the records have. `at` is the index among the books or serials. The numbers are made up in
 * realistic forms. Every index accepts them with and without hyphens.
 */
export function bookNumbers({ language, year, issn }: CatalogSeed, at: number): CatpRecord {
  const isJapanese = language === 'jpn';
  return {
    ...(issn === undefined ? {} : { [NAMES.issn]: issn.replace('-', '') }),
    ...(isJapanese && at % 3 === 0 ? { [NAMES.nbn]: nationalNumbers(at) } : {}),
    ...(isJapanese && Number(year) < 1977 && at % 2 === 0
      ? { [NAMES.ndlcn]: `JP${year.slice(2)}-${String(9000 + at)}` }
      : {}),
    ...(!isJapanese && at % 2 === 0 ? { [NAMES.lccn]: congressNumber(at) } : {}),
  };
}

export function serialNumbers({ language, familyId }: CatalogSeed, at: number): CatpRecord {
  const isJapanese = language === 'jpn';
  return {
    ...(isJapanese && at % 2 === 0 ? { [NAMES.ndlpn]: String(99_000_000 + at) } : {}),
    ...(isJapanese && at % 6 === 0 ? { [NAMES.nbn]: nationalNumbers(at + 500) } : {}),
    ...(isJapanese ? {} : { [NAMES.coden]: `ZZ${letter(at)}${letter(at + 7)}A${String(at % 10)}` }),
    ...(!isJapanese && at % 2 === 0 ? { [NAMES.lccn]: congressNumber(at + 500) } : {}),
    ...(familyId === undefined ? {} : { [NAMES.familyId]: familyId }),
  };
}

/** Returns one number, or two for every third record that has a number. */
function nationalNumbers(at: number): readonly string[] {
  const number = (serial: number): string => `JP${String(99_000_000 + serial)}`;
  return at % 9 === 0 ? [number(at), number(at + 10_000)] : [number(at)];
}

function congressNumber(at: number): string {
  return String(99_950_000 + at);
}

function letter(at: number): string {
  return String.fromCharCode(65 + (at % 26));
}
