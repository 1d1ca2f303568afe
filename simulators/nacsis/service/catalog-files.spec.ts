import { catalogRecordFrom } from '#catp/catalog-record';
import type { CatalogRecord } from '#domain/catalog/catalog';
import { CATALOG_FILES, type CatalogFile } from '#domain/catalog/catalog-files';
import { parseNcid } from '#domain/catalog/identifiers';
import { textIn, type CatpAnswer, type CatpClient } from '../../../test/catp-client/catp-client';
import { startSpecServer, type SpecServer } from '../testing/spec-server';

const ALL = { 'Small-set-upper-bound': '500' };
/** Number of records in the non-empty files. */
const SEEDED: Readonly<Partial<Record<CatalogFile, number>>> = {
  JPMARC: 4,
  TRCMARC: 2,
  USMARC: 2,
  JPMARCS: 2,
  USMARCS: 2,
};
const EVERY = { book: 'YEARKEY="1*" YEARKEY="2*" OR', serial: 'YEARKEY="1*" YEARKEY="2*" OR' } as const;

describe('the files of the catalogue', () => {
  let server: SpecServer;
  let client: CatpClient;
  beforeAll(async () => {
    server = await startSpecServer();
    client = await server.client(server.ids[0] ?? '');
  });
  afterAll(async () => server.close());

  const search = async (databases: string, query: string): Promise<CatpAnswer> =>
    client.call('SEARCH', { 'Database-names': databases, ...ALL }, query);
  const count = async (databases: string, query: string): Promise<number> =>
    Number((await search(databases, query)).headers['result-count']);
  const ids = async (databases: string, query: string): Promise<readonly string[]> =>
    (await search(databases, query)).records.map((record) => textIn(record, 'ID'));

  it('can all be searched; five reference files have records, the others are empty', async () => {
    for (const form of ['book', 'serial'] as const) {
      for (const file of CATALOG_FILES[form]) {
        const answer = await search(file, EVERY[form]);
        expect(answer.status).withContext(file).toBe('200');
        if (file !== 'BOOK' && file !== 'SERIAL')
          expect(answer.records.length)
            .withContext(file)
            .toBe(SEEDED[file] ?? 0);
      }
    }
  });

  it('can be searched together, in the order of the list', async () => {
    expect(await count('JPMARC, TRCMARC,USMARC,HBZBKS', EVERY.book)).toBe(8);
    expect(await ids('TRCMARC,JPMARC', 'TITLEKEY="だけにある"')).toEqual([
      jasmine.stringMatching(/^TRC/),
      jasmine.stringMatching(/^JPM/),
    ]);
    const [shared] = (await search('JPMARC', EVERY.book)).records;
    const isbn = textIn((shared?.['VOLG'] as readonly Record<string, string>[] | undefined)?.[0], 'ISBN');
    expect((await ids('BOOK,JPMARC', `ISBNKEY="${isbn}"`)).map((id) => id.slice(0, 3))).toEqual([
      jasmine.stringMatching(/^B[ABN]\d$/),
      'JPM',
    ]);
  });

  it('are refused by a wrong name, alone or among others, and then nothing is found', async () => {
    for (const databases of ['JPMARCX', 'jpmarc', 'BOOK,NOFILE', 'JPMARC TRCMARC', 'constructor']) {
      const answer = await search(databases, EVERY.book);
      expect([answer.status, answer.records.length]).withContext(databases).toEqual(['400', 0]);
    }
  });

  it('have indexes of their own form only', async () => {
    expect((await search('JPMARC', 'CODEN="x"')).status).toBe('400');
    expect((await search('JPMARCS', 'ISBNKEY="x"')).status).toBe('400');
    expect((await search('JPMARCS', 'NDLPN="x"')).status).toBe('200');
  });

  it('hold records that the app can read, with ids of their own, no links into the union catalogue, and no holdings', async () => {
    const read: CatalogRecord[] = [];
    for (const form of ['book', 'serial'] as const) {
      for (const file of CATALOG_FILES[form].filter((name) => name in SEEDED))
        read.push(...(await search(file, EVERY[form])).records.map((record) => catalogRecordFrom(record, form, file)));
    }
    expect(read.length).toBe(12);
    expect(new Set(read.map(({ ncid }) => ncid)).size).toBe(12);
    for (const { ncid, file, title, series, authors, links, isbns, issn } of read) {
      expect(parseNcid(ncid).ok).withContext(ncid).toBeFalse();
      expect(ncid.length).toBe(10);
      expect([file, title].every(Boolean)).withContext(ncid).toBeTrue();
      expect([...series.map((parent) => parent.ncid), ...authors.map(({ id }) => id), links].filter(Boolean))
        .withContext(ncid)
        .toEqual([]);
      expect(isbns.length + (issn === undefined ? 0 : 1))
        .withContext(ncid)
        .toBe(1);
      expect(await count('BHOLD,SHOLD', `BID="${ncid}"`))
        .withContext(ncid)
        .toBe(0);
      expect(await count('BOOK,SERIAL', `ID="${ncid}"`))
        .withContext(ncid)
        .toBe(0);
    }
    expect(read.filter(({ series }) => series.length > 0).map(({ file }) => file)).toEqual(['JPMARC', 'TRCMARC']);
    expect(await count('BOOK', 'TITLEKEY="全国書誌だけにある"')).toBe(0);
  });

  it('are no place for UPDATE and INDEXLIST', async () => {
    expect((await client.call('UPDATE', { 'Database-names': 'JPMARC' }, 'ID=JPM9900001\r\n')).status).toBe('400');
    expect((await client.call('INDEXLIST', { 'Database-names': 'JPMARC' })).status).toBe('400');
  });
});
