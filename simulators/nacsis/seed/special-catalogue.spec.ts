import { catalogRecordFrom } from '#catp/catalog-record';
import { holdingFrom } from '#catp/holding-record';
import { memberFrom } from '#catp/member-record';
import { decodeRecord, encodeRecord } from '#catp/record';
import type { CatalogRecord, Holding } from '#domain/catalog/catalog';
import { parseIsbn, parseIssn, parseMemberId, parseNcid } from '#domain/catalog/identifiers';
import { servingOf } from '#domain/ill/member';
import { RequestStore } from '../ill/request-store';
import { MemberDirectory } from '../member-directory';
import { NacsisWorld } from '../world';
import { seedCatalogue } from './catalogue';
import { seedMembers } from './members';
import { seedRequests } from './requests';

/** Number of ordinary records before the special ones. */
const ORDINARY = { books: 300, serials: 100 } as const;

describe('the special records of the seed', () => {
  const world = new NacsisWorld({ clock: () => new Date('2026-04-01T03:00:00Z') });
  const { catalogue, members } = world;
  const wired = <T>(
    record: Parameters<typeof encodeRecord>[0],
    read: (record: ReturnType<typeof decodeRecord>) => T,
  ): T => read(decodeRecord(encodeRecord(record)));
  const books = catalogue.books.map((record) => wired(record, (read) => catalogRecordFrom(read, 'book')));
  const serials = catalogue.serials.map((record) => wired(record, (read) => catalogRecordFrom(read, 'serial')));
  const holdings = [...catalogue.bookHoldings, ...catalogue.serialHoldings].map((record) => wired(record, holdingFrom));

  function titled(records: readonly CatalogRecord[], title: string): CatalogRecord {
    const found = records.filter((record) => record.title === title);
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${String(found.length)} records ${title}`);
    return found[0];
  }
  const of = (record: CatalogRecord): readonly Holding[] => holdings.filter(({ ncid }) => ncid === record.ncid);
  const byId = (ncid: string): CatalogRecord | undefined =>
    [...books, ...serials].find((record) => record.ncid === ncid);

  it('stand behind the ordinary ones, with valid identifiers of their own', () => {
    expect([books.length, serials.length]).toEqual([ORDINARY.books + 4, ORDINARY.serials + 6]);
    const all = [...books, ...serials];
    expect(new Set(all.map(({ ncid }) => ncid)).size).toBe(all.length);
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    expect(new Set(holdings.map(({ id }) => id)).size).toBe(holdings.length);
    for (const { ncid, form, isbns, issn } of [...books.slice(ORDINARY.books), ...serials.slice(ORDINARY.serials)]) {
      expect(parseNcid(ncid)).toEqual({ ok: true, value: { id: ncid, form } });
      for (const isbn of isbns) expect(parseIsbn(isbn).ok).withContext(isbn).toBeTrue();
      if (issn !== undefined) expect(parseIssn(issn).ok).withContext(issn).toBeTrue();
    }
    const issns = serials.flatMap(({ issn }) => issn ?? []);
    expect(new Set(issns).size).toBe(issns.length);
  });

  it('are not there for the seeded requests, which ask for the same works as without them', () => {
    const requests = new RequestStore();
    const directory = new MemberDirectory();
    directory.replaceAll(seedMembers());
    const partners = seedMembers().map((record) => memberFrom(record).memberId);
    seedRequests({
      members: directory,
      requests,
      catalogue: seedCatalogue(seedMembers()),
      day: '20260401',
      library: world.firstLibrary,
      partners,
    });
    const asked = (store: RequestStore): readonly unknown[] => store.all().map(({ request }) => request.fields.bibId);
    expect(asked(requests).length).toBe(56);
    expect(asked(world.requests)).toEqual(asked(requests));
  });

  it('have a series whose parts lead to its record and back', () => {
    const parents = new Map<string, number>();
    for (const { series } of books) for (const { ncid = '' } of series) parents.set(ncid, (parents.get(ncid) ?? 0) + 1);
    expect(parents.size).toBe(3);
    for (const [ncid, parts] of parents) {
      const parent = byId(ncid);
      expect(parts).withContext(ncid).toBeGreaterThan(10);
      expect(books.find(({ series }) => series.some((each) => each.ncid === ncid))?.series[0]?.title).toBe(
        parent?.title ?? 'none',
      );
      expect(parent && of(parent)).toEqual([]);
    }
  });

  it('have a serial that changed its title twice; every link leads to a record that links back', () => {
    const second = titled(serials, '相互利用評論');
    expect(second.links?.map(({ relation, title }) => [relation, title])).toEqual([
      ['former', '相互利用通信'],
      ['later', '相互利用と資料流通'],
      ['related', '相互利用評論別冊'],
    ]);
    const back = { former: 'later', later: 'former', related: 'related' } as const;
    const linked = serials.filter(({ links }) => links !== undefined);
    expect(linked.length).toBe(4);
    for (const serial of linked) {
      expect(serial.familyId).toBe(second.familyId);
      expect(of(serial).length).withContext(serial.title).toBe(4);
      for (const { relation, ncid, title } of serial.links ?? []) {
        expect(byId(ncid)?.title).toBe(title);
        expect(byId(ncid)?.links?.filter((link) => link.ncid === serial.ncid)).toEqual([
          { relation: back[relation], ncid: serial.ncid, title: serial.title },
        ]);
        const [earlier, later] = relation === 'former' ? [byId(ncid), serial] : [serial, byId(ncid)];
        if (relation !== 'related')
          expect((earlier?.year ?? '').slice(-4) < (later?.year ?? '').slice(0, 4)).toBeTrue();
      }
    }
    expect(serials.filter(({ familyId }) => familyId === second.familyId).length).toBe(4);
  });

  it('have a book held by exactly 500 libraries, each of them known', () => {
    const many = of(titled(books, '所蔵館が500ある見本'));
    expect(many.length).toBe(500);
    expect(new Set(many.map(({ memberId }) => memberId)).size).toBe(500);
    for (const { memberId } of many) {
      expect(parseMemberId(memberId).ok).withContext(memberId).toBeTrue();
      expect(members.find(memberId)?.name).withContext(memberId).toBeTruthy();
    }
    const answers = many
      .flatMap(({ memberId }) => members.find(memberId) ?? [])
      .map((member) => servingOf(member, 'loan'));
    expect(answers.filter(({ serves }) => serves).length).toBeGreaterThan(200);
    expect(answers.filter(({ serves }) => !serves).length).toBeGreaterThan(50);
  });

  it('have a serial with more than 60 holdings, some of one library in several places', () => {
    const many = of(titled(serials, '所蔵が60を超える雑誌の見本'));
    expect(many.length).toBe(105);
    expect(new Set(many.map(({ memberId }) => memberId)).size).toBe(60);
    expect(new Set(many.map(({ memberId, location }) => `${memberId} ${location ?? ''}`)).size).toBe(105);
  });

  it('have a serial with one holder of each sort', () => {
    const mixed = of(titled(serials, '所蔵館の状態がさまざまな雑誌の見本'));
    const answers = mixed.map(({ memberId }) => {
      const member = members.find(memberId);
      if (member === undefined) return 'no record';
      const serving = servingOf(member, 'copy');
      if (!serving.serves) return serving.reason;
      return serving.through === undefined
        ? 'itself'
        : `through ${String(members.find(serving.through) !== undefined)}`;
    });
    expect([...answers].sort()).toEqual(
      [
        'copy-not-served',
        'flag-unknown',
        'itself',
        'no record',
        'no-window',
        'not-participating',
        'service-stopped',
        'through true',
      ].sort(),
    );
    const lost = mixed[answers.indexOf('no record')];
    expect([parseMemberId(lost?.memberId ?? '').ok, lost?.memberName]).toEqual([true, '見本旧館']);
  });

  it('have a member whose flags nobody knows, and one with COPYS = C and no target', () => {
    const records = members.records();
    const [unknown, ...others] = records.filter(({ STAT, COPYS }) => STAT === 'X' && COPYS === 'Q');
    expect(others).toEqual([]);
    expect(unknown && memberFrom(unknown)).toEqual(
      jasmine.objectContaining({ service: 'unknown', copyService: 'unknown', loanService: 'A', participates: true }),
    );
    expect(records.filter(({ COPYS, COPYAL }) => COPYS === 'C' && COPYAL === undefined).length).toBeGreaterThan(0);
    expect(records.length).toBe(501);
    expect(new Set(records.map(({ NAME }) => NAME)).size).toBe(501);
  });
});
