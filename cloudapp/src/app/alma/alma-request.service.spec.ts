import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { firstValueFrom, of } from 'rxjs';
import { HostService } from '../core/host.service';
import { failing } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { AlmaRequestService } from './alma-request.service';

const BORROWING = { userId: 'u 1', requestId: '7' };
const LENDING = { partnerCode: 'NACSIS', requestId: '8' };
const SENT = { status: { value: 'REQUEST_SENT', desc: 'Request sent to partner' } };

describe('AlmaRequestService', () => {
  let host: FakeHost;
  let service: AlmaRequestService;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: HostService, useValue: host }],
    });
    service = TestBed.inject(AlmaRequestService);
    host.read.and.callFake((path) =>
      of(path.startsWith('/conf/') ? { row: [{ code: 'REQUEST_SENT', description: '相手館に送信済み' }] } : SENT),
    );
  });

  function words(language: string): readonly string[] {
    TestBed.inject(TranslateService).use(language);
    const seen: string[] = [];
    service.read(BORROWING).subscribe({ next: ({ status }) => seen.push(status.words) });
    return seen;
  }

  it('reads both kinds where Alma has them', () => {
    for (const link of [BORROWING, LENDING]) void firstValueFrom(service.readOnce(link));
    expect(host.read.calls.allArgs()).toEqual([
      ['/users/u%201/resource-sharing-requests/7'],
      ['/partners/NACSIS/lending-requests/8'],
    ]);
  });

  it("names the status at once, and then in the user's language", () => {
    expect(words('ja')).toEqual(['Request sent to partner', '相手館に送信済み']);
  });

  it('asks for no names where the request carries them already', () => {
    expect(words('en')).toEqual(['Request sent to partner']);
    expect(host.read).toHaveBeenCalledTimes(1);
  });

  it("keeps Alma's words where it gives no names", () => {
    host.read.and.callFake((path) => (path.startsWith('/conf/') ? failing('host-refused') : of(SENT)));
    expect(words('ja')).toEqual(['Request sent to partner']);
  });

  it('cancels the borrowing request so that it stays in Alma, without a letter', () => {
    void firstValueFrom(service.tell(BORROWING, { do: 'cancel' }));
    expect(host.write.calls.allArgs()).toEqual([
      ['DELETE', '/users/u%201/resource-sharing-requests/7?remove_request=false&notify_user=false'],
    ]);
  });

  it('tells the shipping cost in yen', () => {
    void firstValueFrom(service.tell(BORROWING, { do: 'shipping-cost', yen: 450 }));
    expect(host.write.calls.allArgs()).toEqual([
      ['POST', '/users/u%201/resource-sharing-requests/7?op=update_shipping&shipping_cost=450', {}],
    ]);
  });
});
