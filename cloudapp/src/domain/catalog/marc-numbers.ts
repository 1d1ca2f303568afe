import { isbnLikeIn, isbnsIn, issnsIn, parseIsbn, parseNcid } from './identifiers';
import { fieldsWith, subfields, type MarcRecord } from './marc-fields';
import { oneLine } from './printed-text';

/**
 * Prefixes of NACSIS-CAT ids in the library's records (`(PREFIX)BA…` in 035, $2 PREFIX in 016); an institution setting.
 */
export type SystemPrefixes = readonly string[];

/** ISBNs of 020 $a: valid ones first, as ISBN-13 without hyphens, then invalid ones as printed. */
export function isbnsOf(record: MarcRecord): readonly string[] {
  const written = textsOf(record, '020').flatMap(isbnLikeIn);
  return [...new Set([...written.flatMap(isbnsIn), ...written.filter((text) => !parseIsbn(text).ok)])];
}

/** The first valid ISSN of 022 $a. */
export function issnOf(record: MarcRecord): string | undefined {
  return textsOf(record, '022').flatMap(issnsIn)[0];
}

function textsOf(record: MarcRecord, tag: string): readonly string[] {
  return fieldsWith(record, tag).flatMap((field) => subfields(field, 'a').map(oneLine));
}

/**
 * The NACSIS-CAT id: 016 $a with $2 = prefix, or 035 $a starting with (prefix); otherwise any valid NACSIS-CAT id in
 * either field. Ignores cancelled ids ($z).
 */
export function ncidOf(record: MarcRecord, prefixes: SystemPrefixes): string | undefined {
  const wanted = new Set(prefixes.map(prefixKey));
  const from016 = fieldsWith(record, '016').flatMap((field) =>
    subfields(field, 'a').map((value) => ({ prefix: prefixKey(subfields(field, '2')[0] ?? ''), value })),
  );
  const from035 = textsOf(record, '035').map((text) => {
    const [, prefix = '', number = ''] = /^(?:\(([^()]*)\))?([^()]*)$/.exec(text) ?? [];
    return { prefix: prefixKey(prefix), value: number };
  });
  const valid = [...from016, ...from035].flatMap(({ prefix, value }) => {
    const parsed = parseNcid(oneLine(value));
    return parsed.ok ? [{ prefix, id: parsed.value.id }] : [];
  });
  return (valid.find(({ prefix }) => prefix !== '' && wanted.has(prefix)) ?? valid[0])?.id;
}

/** Normalizes a prefix; settings may write it with or without parentheses. */
function prefixKey(prefix: string): string {
  return prefix.replace(/[()\s]/g, '').toUpperCase();
}
