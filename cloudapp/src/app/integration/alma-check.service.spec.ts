import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import type { AppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { failing } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { AlmaCheckService, type AlmaStanding } from './alma-check.service';

describe('AlmaCheckService', () => {
  let host: FakeHost;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({ providers: [{ provide: HostService, useValue: host }] });
  });

  function look(kind: 'partner' | 'patron', code = 'NACSIS'): AlmaStanding | AppError | undefined {
    let seen: AlmaStanding | AppError | undefined;
    TestBed.inject(AlmaCheckService)
      [kind](code)
      .subscribe({ next: (standing) => (seen = standing), error: (error: AppError) => (seen = error) });
    return seen;
  }
  const partner = (details: object) => host.read.and.returnValue(of({ partner_details: details }));
  const refuses = (code: string) => host.read.and.callFake(() => failing('host-refused', { alma: { code } }));

  it('tells the name of a partner and whether it is active', () => {
    partner({ code: 'NACSIS', name: 'NACSIS-ILL', status: 'ACTIVE' });
    expect(look('partner', 'A/B C')).toEqual({ is: 'active', name: 'NACSIS-ILL' });
    expect(host.read.calls.allArgs()).toEqual([['/partners/A%2FB%20C']]);
    partner({ status: 'INACTIVE' });
    expect(look('partner')).toEqual({ is: 'inactive', name: '' });
  });

  it('claims nothing where Alma does not tell', () => {
    for (const answer of [{}, null, { partner_details: { name: 'X' } }]) {
      host.read.and.returnValue(of(answer));
      expect(look('partner')).toEqual({ is: 'unreadable' });
    }
  });

  it('tells that a patron is there, and keeps nothing else of him', () => {
    host.read.and.returnValue(of({ primary_id: 'ILL', full_name: '利用者 001' }));
    expect(look('patron', 'ILL')).toEqual({ is: 'there' });
    expect(host.read.calls.allArgs()).toEqual([['/users/ILL']]);
  });

  it('takes nobody else for the patron, and nobody whom Alma does not name', () => {
    for (const [found, standing] of [
      ["o'k:利用者 1", 'there'],
      ["O'K:利用者 1", 'missing'],
      ['patron001', 'missing'],
      [undefined, 'unreadable'],
    ] as const) {
      host.read.and.returnValue(of({ primary_id: found }));
      expect(look('patron', "o'k:利用者 1")).withContext(String(found)).toEqual({ is: standing });
    }
    expect(host.read.calls.mostRecent().args).toEqual([`/users/${encodeURIComponent("o'k:利用者 1")}`]);
  });

  it('tells what is missing from what may not be looked up', () => {
    for (const code of ['402118', '401861', '404']) {
      refuses(code);
      expect([look('partner'), look('patron')]).toEqual([{ is: 'missing' }, { is: 'missing' }]);
    }
    for (const code of ['401', '403', 'UNAUTHORIZED']) {
      refuses(code);
      expect([look('partner'), look('patron')]).toEqual([{ is: 'unreadable' }, { is: 'unreadable' }]);
    }
  });

  it('fails where Alma fails', () => {
    refuses('500');
    expect((look('partner') as AppError).code).toBe('host-refused');
    host.read.and.callFake(() => failing('host-timeout'));
    expect((look('patron') as AppError).code).toBe('host-timeout');
  });
});
