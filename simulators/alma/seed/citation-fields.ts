import { articleTitle } from '../../shared/catalog-words';
import type { Bib, JsonObject } from '../model';
import { NACSIS_PREFIX } from './code-tables';

/** Of a serial an article is wanted, of a book the book. */
export function citationFields(bib: Bib, index: number): JsonObject {
  return bib.form === 'serial' ? articleFields(bib, index) : bookFields(bib, index);
}

/** The NACSIS number where the request says so, as staff would paste it. */
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

/** In the volume of a year in which the serial came out: one volume a year, 15 at least. */
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
