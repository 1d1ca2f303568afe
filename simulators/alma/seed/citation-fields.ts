import { articleTitle } from '../../shared/catalog-words';
import type { Bib, JsonObject } from '../model';
import { NACSIS_PREFIX } from './code-tables';

/** Cites an article for a serial, the whole book for a book. */
export function citationFields(bib: Bib, index: number): JsonObject {
  return bib.form === 'serial' ? articleFields(bib, index) : bookFields(bib, index);
}

/** The NACSIS number, if the record has one, in the field where staff would paste it. */
export function ncidOf({ systemNumbers }: Bib): JsonObject {
  const number = systemNumbers.find((each) => each.startsWith(`(${NACSIS_PREFIX})`));
  return number === undefined ? {} : { other_standard_id: number.replace(`(${NACSIS_PREFIX})`, '') };
}

function bookFields(bib: Bib, index: number): JsonObject {
  return {
    title: bib.title ?? '',
    author: bib.author ?? '',
    publisher: bib.publisher,
    place_of_publication: bib.place,
    year: bib.year,
    ...(bib.isbn === null ? {} : { isbn: bib.isbn }),
    ...(index % 5 === 0 ? { volume: String((index % 3) + 1) } : {}),
  };
}

/** An article in a volume that falls within the serial's run, assuming one volume per year and at least 15 volumes. */
function articleFields(bib: Bib, index: number): JsonObject {
  const first = 10 + index * 7;
  const volume = 1 + (index % 15);
  return {
    title: articleTitle(index),
    author: `著者 ${String(index + 1).padStart(3, '0')}`,
    journal_title: bib.title ?? '',
    ...(bib.issn === null ? {} : { issn: bib.issn }),
    year: String(Number(bib.year.slice(0, 4)) + volume - 1),
    volume: String(volume),
    issue: String((index % 4) + 1),
    pages: `${first}-${first + 12}`,
    start_page: String(first),
    end_page: String(first + 12),
  };
}
