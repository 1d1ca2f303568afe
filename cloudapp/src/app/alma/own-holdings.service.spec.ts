import { TestBed } from '@angular/core/testing';
import { of, throwError, type Observable } from 'rxjs';
import { HostError, type AppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { FakeHost } from '../testing/fake-host';
import { ncidOf } from '../testing/records';
import { OwnHoldingsService } from './own-holdings.service';

const NCID = ncidOf(1);

/** A record in Alma's format, with one AVA field of these subfields per location. */
function bib(...places: readonly Readonly<Record<string, string>>[]): object {
  const fields = places.map((subfields) => {
    const inside = Object.entries(subfields).map(([code, value]) => `<subfield code="${code}">${value}</subfield>`);
    return `<datafield ind1=" " ind2=" " tag="AVA">${inside.join('')}</datafield>`;
  });
  const title = '<datafield tag="245"><subfield code="a">x</subfield><subfield code="c">y</subfield></datafield>';
  return { mms_id: '990001', anies: [`<record>${title}${fields.join('')}</record>`] };
}

describe('OwnHoldingsService', () => {
  let host: FakeHost;
  let service: OwnHoldingsService;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({ providers: [{ provide: HostService, useValue: host }] });
    service = TestBed.inject(OwnHoldingsService);
  });

  function outcome(call: Observable<unknown>): unknown[] {
    const seen: unknown[] = [];
    call.subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => seen.push((error as AppError).code),
    });
    return seen;
  }
  const asked = () => host.read.calls.allArgs().map(([path]) => path);

  describe('of the record on the Alma page', () => {
    it("are the places of Alma's availability, the library by its name", () => {
      host.read.and.returnValue(
        of(bib({ b: 'MAIN', c: '書庫', q: '中央図書館' }, { b: 'MED', c: '開架' }, { c: '別置' })),
      );
      expect(outcome(service.ofBib('99 00/01'))).toEqual([
        [
          { library: '中央図書館', location: '書庫' },
          { library: 'MED', location: '開架' },
          { library: '', location: '別置' },
        ],
      ]);
      expect(asked()).toEqual(['/bibs/99%2000%2F01?expand=p_avail']);
    });

    it('are none where Alma names no place', () => {
      host.read.and.returnValue(of(bib()));
      expect(outcome(service.ofBib('990001'))).toEqual([[]]);
    });

    it('are not none in an answer that cannot be read', () => {
      for (const answer of [
        null,
        undefined,
        7,
        'x',
        {},
        { anies: null },
        { anies: [] },
        { anies: ['<broken'] },
        { anies: [7] },
      ]) {
        host.read.and.returnValue(of(answer));
        expect(outcome(service.ofBib('990001')))
          .withContext(JSON.stringify(answer))
          .toEqual(['internal']);
      }
    });

    it('are read from MARC that is in no list', () => {
      const { anies } = bib({ q: '中央図書館' }) as { readonly anies: readonly string[] };
      host.read.and.returnValue(of({ anies: anies[0] }));
      expect(outcome(service.ofBib('990001'))).toEqual([[{ library: '中央図書館', location: '' }]]);
    });

    it("fail as Alma's answer fails", () => {
      host.read.and.returnValue(throwError(() => new HostError('host-timeout')));
      expect(outcome(service.ofBib('990001'))).toEqual(['host-timeout']);
    });
  });

  describe('of a record of NACSIS-CAT', () => {
    it('are asked for by its id behind each of the prefixes', () => {
      host.read.and.returnValues(
        of({ bib: [bib({ q: '中央図書館', c: '書庫' })] }),
        of({ bib: [], total_record_count: 0 }),
      );
      expect(outcome(service.ofNcid(NCID, ['NACSIS', 'A&B']))).toEqual([[{ library: '中央図書館', location: '書庫' }]]);
      expect(asked()).toEqual([
        `/bibs?other_system_id=(NACSIS)${NCID}&expand=p_avail`,
        `/bibs?other_system_id=(A%26B)${NCID}&expand=p_avail`,
      ]);
    });

    it('are asked for in the same way where the setting has the brackets, too', () => {
      host.read.and.returnValue(of({ bib: [] }));
      outcome(service.ofNcid(NCID, ['(NACSIS)']));
      expect(asked()).toEqual([`/bibs?other_system_id=(NACSIS)${NCID}&expand=p_avail`]);
    });

    it('are not asked for without a prefix: Alma could not find them', () => {
      expect(outcome(service.ofNcid(NCID, []))).toEqual([[]]);
      expect(asked()).toEqual([]);
    });

    it('are found by one prefix when Alma knows no number with another one', () => {
      const refusal = new HostError('host-refused', { alma: { code: '402203' } });
      host.read.and.returnValues(
        throwError(() => refusal),
        of({ bib: [bib({ b: 'MED' })] }),
      );
      expect(outcome(service.ofNcid(NCID, ['OLD', 'NACSIS']))).toEqual([[{ library: 'MED', location: '' }]]);
    });

    it('are not none when Alma does not answer', () => {
      host.read.and.returnValues(
        of({ bib: [] }),
        throwError(() => new HostError('host-timeout')),
      );
      expect(outcome(service.ofNcid(NCID, ['OLD', 'NACSIS']))).toEqual(['host-timeout']);
    });

    it('are not none when the user may not look, or Alma refuses for another reason', () => {
      for (const code of ['403', 'FORBIDDEN', '401652']) {
        host.read.and.returnValue(throwError(() => new HostError('host-refused', { alma: { code } })));
        expect(outcome(service.ofNcid(NCID, ['NACSIS'])))
          .withContext(code)
          .toEqual(['host-refused']);
      }
    });

    it('are not none in an answer that is no list of records, or holds one that cannot be read', () => {
      const empty = { total_record_count: 0 };
      for (const answer of [
        null,
        {},
        { bib: null },
        { bib: 'x' },
        { bib: [null, 7] },
        { bib: [{}] },
        { bib: [bib(), {}] },
      ]) {
        host.read.and.returnValues(of(answer), of(empty));
        expect(outcome(service.ofNcid(NCID, ['NACSIS', 'OLD'])))
          .withContext(JSON.stringify(answer))
          .toEqual(['internal']);
      }
      for (const answer of [empty, { ...empty, bib: null }, { bib: [] }, { bib: [bib()] }]) {
        host.read.and.returnValue(of(answer));
        expect(outcome(service.ofNcid(NCID, ['NACSIS'])))
          .withContext(JSON.stringify(answer))
          .toEqual([[]]);
      }
    });

    it('are the places that can be read, where another record cannot', () => {
      host.read.and.returnValue(of({ bib: [{}, bib({ b: 'MED' })] }));
      expect(outcome(service.ofNcid(NCID, ['NACSIS']))).toEqual([[{ library: 'MED', location: '' }]]);
    });
  });
});
