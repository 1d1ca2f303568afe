import { XMLParser } from 'fast-xml-parser';
import { catalogRecordFrom } from '#catp/catalog-record';
import { CATALOG_SEARCH, indexSpec } from '#catp/indexes';
import { and, prefixTerm, printQuery, term } from '#catp/query';
import type { CatalogRecord } from '#domain/catalog/catalog';
import { matchConfidence, searchKeysOf, type MatchConfidence, type SearchKey } from '#domain/alma/citation';
import { citationFromMarc, type MarcCitation, type MarcRecord } from '#domain/catalog/marc';
import type { CatpClient } from '../../test/catp-client/catp-client';
import type { Bib } from '../alma/model';
import { openTestAlma, type TestAlma } from '../alma/testing/test-alma';
import { startSpecServer, type SpecServer } from '../nacsis/testing/spec-server';
import { catalogSeed } from './catalog-seed';
import { MANY_HOLDERS_BOOK, MANY_HOLDINGS_SERIAL, MIXED_HOLDERS_SERIAL } from './special-records';

const PREFIXES = ['NACSIS'];
const FILE = { book: 'BOOK', serial: 'SERIAL' } as const;

/** The NACSIS-CAT record found for a record of Alma by the app's searches, most reliable search first. */
interface Found {
  readonly by: SearchKey['by'] | 'nothing';
  readonly ncid: string | undefined;
  readonly confidence: MatchConfidence;
}

describe('the catalogues of the two simulators', () => {
  let alma: TestAlma;
  let nacsis: SpecServer;
  let client: CatpClient;
  let bibs: readonly { readonly bib: Bib; readonly citation: MarcCitation; readonly ncid: string }[] = [];
  beforeAll(async () => {
    alma = await openTestAlma();
    nacsis = await startSpecServer();
    client = await nacsis.client(nacsis.ids[0] ?? '');
    const seed = catalogSeed();
    const [institution] = alma.world.institutions;
    bibs = (institution ? alma.world.bibsOf(institution) : []).flatMap((bib) => {
      const ncid = seed[Number(bib.mmsId.slice(2, 11)) - 1]?.ncid;
      return ncid === undefined ? [] : [{ bib, citation: citationFromMarc(recordOf(bib.marcXml), PREFIXES), ncid }];
    });
  });
  afterAll(async () => nacsis.close());

  async function search({ query }: SearchKey): Promise<readonly CatalogRecord[]> {
    const file = FILE[query.form];
    const terms = Object.entries(CATALOG_SEARCH).flatMap(([name, index]) => {
      const value = query[name as keyof typeof query];
      if (value === undefined || indexSpec(file, index) === undefined) return [];
      return [name !== 'ncid' && indexSpec(file, index)?.prefix ? prefixTerm(index, value) : term(index, value)];
    });
    const headers = { 'Database-names': file, 'Small-set-upper-bound': '100' };
    const { records } = await client.call('SEARCH', headers, printQuery(and(...terms)));
    return records.map((record) => catalogRecordFrom(record, query.form));
  }

  async function find(citation: MarcCitation): Promise<Found> {
    for (const key of searchKeysOf(citation)) {
      const records = await search(key);
      const judged = records.map((record) => ({ ncid: record.ncid, confidence: matchConfidence(citation, record) }));
      const best = judged.find(({ confidence }) => confidence !== 'none');
      if (records.length > 0) return { by: key.by, ncid: best?.ncid, confidence: best?.confidence ?? 'none' };
    }
    return { by: 'nothing', ncid: undefined, confidence: 'none' };
  }

  it('hold the same works: each of the 400 ordinary records of Alma finds its own in NACSIS-CAT', async () => {
    const ways = new Map<string, number>();
    for (const { bib, citation, ncid } of bibs) {
      const found = await find(citation);
      expect(found.ncid)
        .withContext(`${bib.title ?? ''} by ${found.by}`)
        .toBe(ncid);
      expect(found.by === 'ncid')
        .withContext(`${bib.title ?? ''} by ${found.by}`)
        .toBe(bib.marcXml.includes('NACSIS'));
      const way = `${citation.form} ${found.by} ${found.confidence}`;
      ways.set(way, (ways.get(way) ?? 0) + 1);
    }
    expect(bibs.length).toBe(400);
    const expected = ['ncid id', 'isbn standard-number', 'issn standard-number', 'title-year title-year'];
    const needed = ['book', 'serial'].flatMap((form) => expected.map((way) => `${form} ${way}`));
    const impossible = ['book issn standard-number', 'serial isbn standard-number'];
    for (const way of needed.filter((each) => !impossible.includes(each)))
      expect(ways.get(way) ?? 0)
        .withContext(way)
        .toBeGreaterThan(2);
    expect([...ways.keys()].filter((way) => !needed.includes(way))).toEqual([]);
  }, 180_000);

  it('have a library that can be asked for each of them', async () => {
    for (const { citation, ncid } of bibs) {
      const [file, service] = citation.form === 'book' ? ['BHOLD', '_LOANS_'] : ['SHOLD', '_COPYS_'];
      await client.call('SEARCH', { 'Database-names': file }, `BID="${ncid}"`, '001');
      const query = `_ILLFLG_="A" _STAT_="A" AND ${service}="A" AND`;
      const { headers } = await client.call('SCAN', { 'Target-frame': '001' }, query, '002');
      expect(Number(headers['result-count'])).withContext(ncid).toBeGreaterThan(0);
    }
  }, 180_000);

  it('hold the works with special holders, too: Alma by their NCID, NACSIS-CAT with so many holdings', async () => {
    const [institution] = alma.world.institutions;
    const all = institution ? alma.world.bibsOf(institution) : [];
    for (const [seed, file, holdings] of [
      [MANY_HOLDERS_BOOK, 'BHOLD', 500],
      [MANY_HOLDINGS_SERIAL, 'SHOLD', 105],
      [MIXED_HOLDERS_SERIAL, 'SHOLD', 8],
    ] as const) {
      const bib = all.find(({ title }) => title === seed.title);
      const found = await find(citationFromMarc(recordOf(bib?.marcXml ?? ''), PREFIXES));
      expect(found).toEqual({ by: 'ncid', ncid: seed.ncid, confidence: 'id' });
      const { headers } = await client.call('SEARCH', { 'Database-names': file }, `BID="${seed.ncid}"`);
      expect(headers['result-count']).toBe(String(holdings));
    }
  });

  it("belong to the same libraries: the institutions of Alma are NACSIS-ILL's first accounts", () => {
    expect(alma.world.institutions.map(({ memberId }) => memberId)).toEqual(nacsis.ids.slice(0, 2));
    const borrowing = nacsis.world.requests.visibleTo(alma.world.institutions[0]?.memberId ?? '', 'borrower');
    expect(borrowing.length).toBeGreaterThan(20);
  });
});

interface ParsedRecord {
  readonly leader: string;
  readonly controlfield: readonly { readonly tag: string; readonly text: string }[];
  readonly datafield: readonly {
    readonly tag: string;
    readonly ind1: string;
    readonly ind2: string;
    readonly subfield: readonly { readonly code: string; readonly text: string }[];
  }[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['controlfield', 'datafield', 'subfield'].includes(name),
});

function recordOf(marcXml: string): MarcRecord {
  const { record } = parser.parse(marcXml) as { readonly record: ParsedRecord };
  return {
    leader: record.leader,
    controlFields: record.controlfield.map(({ tag, text }) => ({ tag, value: text })),
    dataFields: record.datafield.map(({ subfield, ...field }) => ({
      ...field,
      subfields: subfield.map(({ code, text }) => ({ code, value: text })),
    })),
  };
}
