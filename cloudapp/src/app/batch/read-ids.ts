/** Ids found in a text, each once and in its order; lines that hold none. */
export interface ReadIds {
  readonly ids: readonly string[];
  /** How many were there more than once. */
  readonly repeated: number;
  readonly unreadable: readonly string[];
}

/** LA and ten characters, the last maybe X (ISO-A.3); other prefixes of two letters are let through. More digits after it: another number. */
const ID = /[A-Z]{2}\d{9}[\dX](?!\d)/g;
/** What the gateway would take for an id (contract of the batch). */
const MAYBE_ID = /^(?=.*\d)[A-Z0-9]{1,32}$/;
/** Blanks and hyphens inside an id, and what barcode readers put around it: start and stop of Code 39. */
const FILLING = /[\s*\u2010-\u2015\u2212\u30fc-]/g;

/**
 * Reads what was pasted or scanned: full-width and lower case, blanks inside, several on a line, a table with the id in one of its
 * columns, prefixes and suffixes of a barcode reader. A line without a NACSIS-ILL id that still looks like a number is taken as it
 * is: the gateway says what is wrong with it.
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
  const written = line.match(ID);
  if (written !== null) return written;
  const close = line.replace(FILLING, '');
  const joined = close.match(ID);
  if (joined !== null) return joined;
  return line.split(/[\s,、;]+/).flatMap((part) => {
    const bare = part.replace(FILLING, '');
    return MAYBE_ID.test(bare) ? [bare] : [];
  });
}
