import { parseIsbn, parseIssn, parseMemberId, parseNcid, parseRequestId } from '../../domain/catalog/identifiers';

/** Kinds of numbers that are read in place of an id. Each has the i18n key `batch.number.<kind>`. */
type NumberKind = 'isbn' | 'issn' | 'ncid' | 'member' | 'other';

/** Says what kind of number this is; undefined for an ILL record id. */
export function numberKindOf(text: string): NumberKind | undefined {
  if (parseRequestId(text).ok) return undefined;
  if (parseIsbn(text).ok) return 'isbn';
  if (parseIssn(text).ok) return 'issn';
  if (parseNcid(text).ok) return 'ncid';
  return parseMemberId(text).ok ? 'member' : 'other';
}

/** Ids of a text, without duplicates and in order, and the lines without an id. */
interface ReadIds {
  readonly ids: readonly string[];
  /** Number of repeated ids. */
  readonly repeated: number;
  readonly unreadable: readonly string[];
}

/** Blanks and hyphens inside an id, and the start and stop character of Code 39 around it. */
const FILLING = String.raw`[\s*\u2010-\u2015\u2212\u30fc-]`;
/**
 * Allows no letter before an id except the check character of another id, or the start of a Codabar barcode.
 * ISBN4003101014 contains no id.
 */
const BEFORE = '(?<![A-WYZ]|[A-Z]X)(?:[A-D](?=LA))?';
/**
 * LA and ten characters, the last possibly X (ISO-A.3). Accepts other prefixes of two letters. A digit after these
 * characters means another kind of number.
 */
const ID = new RegExp(String.raw`${BEFORE}([A-Z]{2}\d{9}[\dX])(?!\d)`, 'g');
const ID_WITH_FILLING = new RegExp(
  String.raw`${BEFORE}([A-Z]${FILLING}*[A-Z](?:${FILLING}*\d){9}${FILLING}*[\dX])(?!${FILLING}*\d)`,
  'g',
);
/** Texts that the gateway accepts as an id (contract of the batch). */
const MAYBE_ID = /^(?=.*\d)[A-Z0-9]{1,32}$/;
/**
 * Reads pasted or scanned ids: full-width and lower case, blanks inside, several per line, a table with the id in one
 * column, prefixes and suffixes of barcode readers. A line without a NACSIS-ILL id that looks like a number is taken
 * unchanged, and the gateway reports what is wrong with it.
 */
export function readIds(text: string): ReadIds {
  const lines = text.normalize('NFKC').toUpperCase().split(/\r?\n/);
  const read = lines.map((line) => line.trim()).filter((line) => line !== '');
  const found = read.map((line) => ({ line, ids: idsIn(line) }));
  const all = found.flatMap(({ ids }) => ids);
  const ids = [...new Set(all)];
  return {
    ids,
    repeated: all.length - ids.length,
    unreadable: found.filter((each) => each.ids.length === 0).map(({ line }) => line),
  };
}

function idsIn(line: string): readonly string[] {
  for (const form of [ID, ID_WITH_FILLING]) {
    const written = [...line.matchAll(form)].map(([, id = '']) => withoutFilling(id));
    if (written.length > 0) return written;
  }
  return line.split(/[\s,、;]+/).flatMap((part) => {
    const bare = withoutFilling(part);
    return MAYBE_ID.test(bare) ? [bare] : [];
  });
}

function withoutFilling(text: string): string {
  return text.replace(new RegExp(FILLING, 'g'), '');
}
