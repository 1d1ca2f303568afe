import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { HostService } from '../core/host.service';
import { failing } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { AlmaStatusesService } from './alma-statuses.service';

describe('AlmaStatusesService', () => {
  let host: FakeHost;
  let statuses: AlmaStatusesService;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({ providers: [{ provide: HostService, useValue: host }] });
    statuses = TestBed.inject(AlmaStatusesService);
  });

  function names(language = 'ja'): Readonly<Record<string, string>> {
    let found: ReadonlyMap<string, string> = new Map();
    statuses.names('borrower', language).subscribe({ next: (each) => (found = each) });
    return Object.fromEntries(found);
  }

  it('reads both tables of the side once, in the language', () => {
    host.read.and.callFake((path) =>
      of({ row: [{ code: path.includes('Mandatory') ? 'REQUEST_SENT' : 'CONDITIONAL', description: '名' }] }),
    );
    expect(names()).toEqual({ REQUEST_SENT: '名', CONDITIONAL: '名' });
    names();
    expect(host.read.calls.allArgs()).toEqual([
      ['/conf/code-tables/MandatoryBorrowingWorkflowSteps?lang=ja'],
      ['/conf/code-tables/OptionalBorrowingWorkflowSteps?lang=ja'],
    ]);
  });

  it('knows no names where Alma gives none, and asks again the next time', () => {
    host.read.and.returnValue(failing('host-refused'));
    expect(names()).toEqual({});
    host.read.and.returnValue(of({ row: [{ code: 'X', description: '名' }, null, { code: 7 }] }));
    expect(names()).toEqual({ X: '名' });
  });

  it('takes no table for an empty one', () => {
    host.read.and.returnValue(of('nothing'));
    expect(names()).toEqual({});
  });
});
