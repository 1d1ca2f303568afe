import type { Form } from '#domain/catalog/catalog-files';
import { CATALOG_FILES, UNION_FILE, type CatalogFile } from '#domain/catalog/catalog-files';

/** A file outside the union catalogue. Its records come from other sources (MARC) and have no holdings. */
export type ReferenceFile<F extends Form = Form> = Exclude<
  (typeof CATALOG_FILES)[F][number],
  (typeof UNION_FILE)[Form]
>;

/** The reference files by form of their records. */
export const REFERENCE_FILES = {
  book: CATALOG_FILES.book.filter((file) => file !== UNION_FILE.book),
  serial: CATALOG_FILES.serial.filter((file) => file !== UNION_FILE.serial),
} as const satisfies { readonly [F in Form]: readonly ReferenceFile<F>[] };

/** The file if it is a reference file; undefined for BOOK and SERIAL. */
export function referenceFile(file: CatalogFile): ReferenceFile | undefined {
  return file === UNION_FILE.book || file === UNION_FILE.serial ? undefined : file;
}
