import { catalogRecordFrom } from '#catp/catalog-record';
import { holdingFrom } from '#catp/holding-record';
import { memberFrom } from '#catp/member-record';
import { PREFECTURES } from '#domain/ill/codes';
import { parseIsbn, parseIssn, parseMemberId, parseNcid } from '#domain/catalog/identifiers';
import { servingOf } from '#domain/ill/member';
import { STATE_IDS } from '#domain/ill/states';
import { NacsisWorld } from '../world';
import { seedCatalogue } from './catalogue';
import { seedMembers } from './members';

describe('the seed', () => {
  const members = seedMembers().map(memberFrom);
  const catalogue = seedCatalogue(seedMembers());
  const books = catalogue.books.map((record) => catalogRecordFrom(record, 'book'));
  const serials = catalogue.serials.map((record) => catalogRecordFrom(record, 'serial'));

  it('has 60 libraries with valid ids, complete and of every sort', () => {
    expect(members.length).toBe(60);
    expect(new Set(members.map(({ memberId }) => memberId)).size).toBe(60);
    for (const member of members) {
      expect(parseMemberId(member.memberId)).toEqual({ ok: true, value: member.memberId });
      expect(member.memberId).toMatch(/^FA09/);
      expect(
        [member.name, member.zip, member.address, member.tel, member.fax, member.illDepartment, member.illStaff].every(
          Boolean,
        ),
      ).toBeTrue();
      expect(PREFECTURES.some(({ wire }) => wire === member.region)).toBeTrue();
    }
    const reasons = members.flatMap((member) => (['copy', 'loan'] as const).map((kind) => servingOf(member, kind)));
    for (const reason of ['not-participating', 'service-stopped', 'copy-not-served', 'loan-not-served', 'no-window']) {
      expect(reasons.filter((serving) => !serving.serves && serving.reason === reason).length)
        .withContext(reason)
        .toBeGreaterThan(0);
    }
    expect(reasons.filter((serving) => serving.serves && serving.through !== undefined).length).toBeGreaterThan(3);
    expect(members.filter(({ offset }) => !offset).length).toBeGreaterThan(5);
    expect(
      new Set(members.map(({ establisher, institutionType }) => `${establisher ?? ''} ${institutionType ?? ''}`)).size,
    ).toBeGreaterThan(3);
  });

  it('begins with ordinary libraries', () => {
    for (const member of members.slice(0, 7)) {
      expect([servingOf(member, 'copy'), servingOf(member, 'loan')]).toEqual([{ serves: true }, { serves: true }]);
    }
  });

  it('has a catalogue with valid identifiers', () => {
    expect([books.length, serials.length]).toEqual([300, 100]);
    for (const { ncid, form, isbns, issn } of [...books, ...serials]) {
      expect(parseNcid(ncid)).toEqual({ ok: true, value: { id: ncid, form } });
      for (const isbn of isbns) expect(parseIsbn(isbn)).toEqual({ ok: true, value: isbn });
      if (issn) expect(parseIssn(issn).ok).toBeTrue();
    }
  });

  it('has holdings of 3 to 20 members for each record, and one held by many', () => {
    const holdings = [...catalogue.bookHoldings, ...catalogue.serialHoldings].map(holdingFrom);
    expect(new Set(holdings.map(({ id }) => id)).size).toBe(holdings.length);
    const holders = new Map<string, Set<string>>();
    for (const { ncid, memberId } of holdings) holders.set(ncid, (holders.get(ncid) ?? new Set()).add(memberId));
    const counts = [...books, ...serials].map(({ ncid }) => holders.get(ncid)?.size ?? 0);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
    expect(counts.filter((count) => count > 20)).toEqual([45, 45]);
    const unable = holdings.filter(({ memberId }) =>
      members.some((member) => member.memberId === memberId && !servingOf(member, 'loan').serves),
    );
    expect(unable.length).toBeGreaterThan(100);
  });

  it('has requests of the first library in every state of both kinds and sides, each led there by its own history', () => {
    const world = new NacsisWorld({ clock: () => new Date('2026-04-01T03:00:00Z') });
    const all = world.requests.all().map(({ request }) => request);
    const seen = new Set(
      all.map(
        ({ kind, state, fields }) =>
          `${kind} ${fields.borrowerId === world.firstLibrary ? 'borrower' : 'lender'} ${state ?? ''}`,
      ),
    );
    expect(seen.size).toBe(56);
    expect(STATE_IDS.filter((state) => !all.some((request) => request.state === state))).toEqual([]);
    expect(
      all.every(({ fields, history }) => (fields.updatedOn ?? '') <= '20260401' && history.length >= 1),
    ).toBeTrue();
    expect(all.every(({ fields }) => [fields.borrowerId, fields.lenderId].includes(world.firstLibrary))).toBeTrue();
    expect(
      new NacsisWorld({ clock: () => new Date('2026-04-01T03:00:00Z') }).requests.all().map(({ record }) => record),
    ).toEqual(world.requests.all().map(({ record }) => record));
  });

  it('asks libraries that hold the title, for an article of a year in which it came out', () => {
    const world = new NacsisWorld({ clock: () => new Date('2026-04-01T03:00:00Z') });
    const holdings = [...catalogue.bookHoldings, ...catalogue.serialHoldings].map(holdingFrom);
    for (const { request } of world.requests.all()) {
      const { bibId, lenders = [], borrowerId, lenderId, year, article, volume } = request.fields;
      const holders = holdings.filter(({ ncid }) => ncid === bibId).map(({ memberId }) => memberId);
      expect(lenders.length).withContext(request.id).toBeGreaterThan(0);
      for (const { memberId, callNumber } of lenders) {
        expect(holders).withContext(request.id).toContain(memberId);
        expect(memberId).not.toBe(borrowerId ?? '');
        expect(callNumber).withContext(request.id).toBeTruthy();
      }
      expect(lenderId === undefined || lenderId === lenders[0]?.memberId).toBeTrue();
      const serial = serials.find(({ ncid }) => ncid === bibId);
      expect(serial === undefined).toBe(request.kind === 'loan');
      const [first = '', last = '9999'] = (serial?.year ?? '').split('-');
      if (serial) expect([volume, article].every(Boolean)).toBeTrue();
      if (serial)
        expect(year! >= first && year! <= (last || '9999'))
          .withContext(`${serial.year ?? ''} ${year!}`)
          .toBeTrue();
    }
  });
});
