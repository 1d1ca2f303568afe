import { TestBed } from '@angular/core/testing';
import { of, throwError } from 'rxjs';
import { HostError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { FakeHost } from '../testing/fake-host';
import { ncidOf } from '../testing/records';
import { AlmaRecordService, type SourceRecord } from './alma-record.service';
import type { Source } from './source';

const BIB: Source = { type: 'bib', mmsId: '99 0001' };
const REQUEST: Source = { type: 'request', userId: 'user/1', requestId: '77' };
const MARC = `<?xml version="1.0" encoding="UTF-16"?><record><leader>00000nam a2200000 i 4500</leader>
  <datafield tag="035"><subfield code="a">${ncidOf(7)}</subfield></datafield>
  <datafield tag="035"><subfield code="a">(LAB)${ncidOf(8)}</subfield></datafield>
  <datafield ind1="1" tag="245"><subfield code="a">図書館情報学 /</subfield></datafield></record>`;

describe('AlmaRecordService', () => {
  let host: FakeHost;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({ providers: [{ provide: HostService, useValue: host }] });
  });

  function load(source: Source, answer: unknown, prefixes: readonly string[] = []): SourceRecord | undefined {
    host.read.and.returnValue(of(answer));
    let loaded: SourceRecord | undefined;
    TestBed.inject(AlmaRecordService)
      .load(source, prefixes)
      .subscribe((record) => (loaded = record));
    return loaded;
  }

  it('has nothing to read for a new search', () => {
    expect(load({ type: 'new' }, {})?.citation.title).toBe('');
    expect(host.read).not.toHaveBeenCalled();
  });

  it('reads a bibliographic record from its MARC', () => {
    const record = load(BIB, { title: 'plain', anies: [MARC] });
    expect(host.read).toHaveBeenCalledOnceWith('/bibs/99%200001');
    expect(record).toEqual(jasmine.objectContaining({ part: {}, isPartial: false }));
    expect([record?.citation.title, record?.citation.ncid]).toEqual(['図書館情報学', ncidOf(7)]);
  });

  it('takes the NACSIS-CAT id that the institution marks as such', () => {
    expect(load(BIB, { anies: [MARC] }, ['LAB'])?.citation.ncid).toBe(ncidOf(8));
  });

  it('reads MARC that is not in a list', () => {
    expect(load(BIB, { anies: MARC })?.citation.title).toBe('図書館情報学');
  });

  it('falls back on the plain fields when the MARC cannot be read, and says so', () => {
    const plain = {
      title: '心理学入門 /',
      isbn: '978-4-00-000001-7',
      date_of_publication: '2019.',
      publisher_const: '出版社 A',
    };
    for (const anies of [undefined, null, [], ['<broken'], [7], {}]) {
      const record = load(BIB, { ...plain, anies });
      expect(record?.isPartial).withContext(JSON.stringify(anies)).toBeTrue();
      const { title, isbns, year, publisher } = record?.citation ?? { isbns: [] };
      expect([title, isbns, year, publisher]).toEqual(['心理学入門', ['9784000000017'], '2019', '出版社 A']);
    }
  });

  it('has a partial record without a title when the answer is no record at all', () => {
    for (const answer of [null, undefined, [], 'x', 7]) {
      const record = load(BIB, answer);
      expect([record?.isPartial, record?.citation.title]).withContext(JSON.stringify(answer)).toEqual([true, '']);
    }
  });

  it('reads a borrowing request with what is wanted of the work, who wants it, and the request itself', () => {
    const request = {
      title: '論文 A',
      journal_title: '心理学研究',
      volume: '12',
      issue: '3',
      start_page: '45',
      end_page: '50',
      requester: { value: 'user/1', desc: '利用者\n001' },
    };
    const record = load(REQUEST, request);
    expect(host.read).toHaveBeenCalledOnceWith('/users/user%2F1/resource-sharing-requests/77');
    expect(record?.citation.title).toBe('心理学研究');
    expect(record?.part).toEqual({ volume: '12', issue: '3', pages: '45-50', articleTitle: '論文 A' });
    expect([record?.applicant, record?.almaRequest, record?.isPartial]).toEqual([
      '利用者 001',
      { userId: 'user/1', requestId: '77' },
      false,
    ]);
  });

  it('names no applicant when Alma names none', () => {
    for (const requester of [undefined, null, 'x', { value: '1' }, { desc: ' ' }, { desc: 7 }]) {
      const record = load(REQUEST, { title: 'x', requester });
      expect(record !== undefined && 'applicant' in record)
        .withContext(JSON.stringify(requester))
        .toBeFalse();
    }
  });

  it("fails as Alma's answer fails", () => {
    const refusal = new HostError('host-refused', { alma: { code: '402203' } });
    host.read.and.returnValue(throwError(() => refusal));
    for (const source of [BIB, REQUEST]) {
      let failure: unknown;
      TestBed.inject(AlmaRecordService)
        .load(source, [])
        .subscribe({ error: (error: unknown) => (failure = error) });
      expect(failure).toBe(refusal);
    }
  });
});
