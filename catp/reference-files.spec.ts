import { CATALOG_FILES } from '#domain/catalog/catalog-files';
import { REFERENCE_FILES, referenceFile } from './reference-files';

describe('the reference files', () => {
  it('are all files of the catalogue but BOOK and SERIAL', () => {
    expect(['BOOK', ...REFERENCE_FILES.book]).toEqual([...CATALOG_FILES.book]);
    expect(['SERIAL', ...REFERENCE_FILES.serial]).toEqual([...CATALOG_FILES.serial]);
    expect(referenceFile('JPMARCS')).toBe('JPMARCS');
    expect([referenceFile('BOOK'), referenceFile('SERIAL')]).toEqual([undefined, undefined]);
  });
});
