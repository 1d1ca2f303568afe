import { parseIsbn, parseIssn, parseNcid } from './identifiers';
import { fieldsWith, subfields, type MarcRecord } from './marc-fields';
import { oneLine, withoutIsbd } from './printed-text';

/** How NACSIS-CAT ids are marked in the records of a library (`(PREFIX)BA…` in 035, $2 PREFIX in 016); the institution's setting. */
export type SystemPrefixes = readonly string[];

/** 020 $a without qualifiers: valid ones first, as ISBN-13 without hyphens, then what is printed but wrong. */
export function isbnsOf(record: MarcRecord): readonly string[] {
  const written = fieldsWith(record, '020')
    .flatMap((field) => subfields(field, 'a'))
    .map(isbnText)
    .filter((text) => text !== '');
  const valid = written.flatMap((text) => validIsbn(text) ?? []);
  return [...new Set([...valid, ...written.filter((text) => validIsbn(text) === undefined)])];
}

function validIsbn(text: string): string | undefined {
  const parsed = parseIsbn(text);
  return parsed.ok ? parsed.value : undefined;
}

/** The number without its qualifier: `4-621-30042-1 (上巻) :` → `4621300421`. '' when it has not the length of an ISBN. */
function isbnText(value: string): string {
  const [written = ''] =
    /^[\d-]+[xX]?/.exec(
      oneLine(value)
        .normalize('NFKC')
        .replace(/[\u2010-\u2015\u2212]/g, '-')
        .replace(/^ISBN[ :-]*/i, ''),
    ) ?? [];
  const digits = written.replaceAll('-', '').toUpperCase();
  return digits.length === 10 || digits.length === 13 ? digits : '';
}

/** The first valid number of 022 $a. */
export function issnOf(record: MarcRecord): string | undefined {
  for (const value of fieldsWith(record, '022').flatMap((field) => subfields(field, 'a'))) {
    const parsed = parseIssn(withoutIsbd(value));
    if (parsed.ok) return parsed.value;
  }
  return undefined;
}

/** The NACSIS-CAT id: 016 $a with $2 = prefix, 035 $a starting with (prefix); failing that any valid NACSIS-CAT id in either. Cancelled ones ($z) never. */
export function ncidOf(record: MarcRecord, prefixes: SystemPrefixes): string | undefined {
  const wanted = new Set(prefixes.map(prefixKey));
  const from016 = fieldsWith(record, '016').flatMap((field) =>
    subfields(field, 'a').map((value) => ({ prefix: prefixKey(subfields(field, '2')[0] ?? ''), value })),
  );
  const from035 = fieldsWith(record, '035')
    .flatMap((field) => subfields(field, 'a'))
    .map((value) => {
      const [, prefix = '', number = ''] = /^(?:\(([^()]*)\))?([^()]*)$/.exec(oneLine(value)) ?? [];
      return { prefix: prefixKey(prefix), value: number };
    });
  const valid = [...from016, ...from035].flatMap(({ prefix, value }) => {
    const parsed = parseNcid(oneLine(value));
    return parsed.ok ? [{ prefix, id: parsed.value.id }] : [];
  });
  return (valid.find(({ prefix }) => prefix !== '' && wanted.has(prefix)) ?? valid[0])?.id;
}

/** Settings write the prefix with or without its parentheses. */
function prefixKey(prefix: string): string {
  return prefix.replace(/[()\s]/g, '').toUpperCase();
}
