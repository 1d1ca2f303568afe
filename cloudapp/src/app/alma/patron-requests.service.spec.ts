import { TestBed } from '@angular/core/testing';
import { of, throwError } from 'rxjs';
import { HostError, type AppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { FakeHost } from '../testing/fake-host';
import { PatronRequestsService } from './patron-requests.service';

describe('PatronRequestsService', () => {
  let host: FakeHost;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({ providers: [{ provide: HostService, useValue: host }] });
  });

  function count(answer: unknown, userId = 'u1'): number | undefined {
    host.read.and.returnValue(of(answer));
    let counted: number | undefined;
    TestBed.inject(PatronRequestsService)
      .countOpen(userId)
      .subscribe((number) => (counted = number));
    return counted;
  }
  const sharing = (id: string) => ({ request_id: id, resource_sharing: { id } });

  it('asks for the active requests of the patron, the most that Alma gives at once', () => {
    count({ total_record_count: 0 }, 'a b/c');
    expect(host.read).toHaveBeenCalledOnceWith('/users/a%20b%2Fc/requests?request_type=HOLD&status=active&limit=100');
  });

  it('counts those that belong to resource sharing, and no other holds', () => {
    const other = { request_id: '3' };
    expect(count({ user_request: [sharing('1'), other, sharing('2')], total_record_count: 3 })).toBe(2);
  });

  it('counts none where Alma says that there are none', () => {
    for (const answer of [
      { user_request: [] },
      { total_record_count: 0 },
      { user_request: null, total_record_count: 0 },
    ])
      expect(count(answer)).withContext(JSON.stringify(answer)).toBe(0);
  });

  it('does not take an answer that cannot be read for none', () => {
    for (const answer of [
      null,
      undefined,
      'x',
      {},
      { user_request: null },
      { user_request: {} },
      { total_record_count: 3 },
    ]) {
      host.read.and.returnValue(of(answer));
      let code: unknown;
      TestBed.inject(PatronRequestsService)
        .countOpen('u1')
        .subscribe({ error: (error: AppError) => (code = error.code) });
      expect(code).withContext(JSON.stringify(answer)).toBe('internal');
    }
  });

  it('counts no entry that is damaged', () => {
    expect(
      count({ user_request: [null, 7, 'x', { resource_sharing: null }, { resource_sharing: 'x' }, sharing('1')] }),
    ).toBe(1);
  });

  it("fails as Alma's answer fails: not known is not none", () => {
    const refusal = new HostError('host-refused', { alma: { code: '401890' } });
    host.read.and.returnValue(throwError(() => refusal));
    let failure: unknown;
    TestBed.inject(PatronRequestsService)
      .countOpen('u1')
      .subscribe({ error: (error: unknown) => (failure = error) });
    expect(failure).toBe(refusal);
  });
});
