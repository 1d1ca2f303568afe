import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { GatewayClient } from '../core/gateway.client';
import type { AppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { aProfile, aRequest } from '../testing/records';
import { AlmaMatchesService } from './alma-matches.service';

const ID = 'LA0012345671';
const TITLE = '図書館情報学入門';
const PATRONS = '/users/p1/requests?request_type=HOLD&status=active&limit=100';

describe('AlmaMatchesService', () => {
  let host: FakeHost;
  let gateway: FakeGateway;

  beforeEach(() => {
    host = new FakeHost();
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: HostService, useValue: host },
      ],
    });
    const requester = { patronIdField: 'borrowerLocalData', patronIdPrefix: 'PID:' } as const;
    const profile = aProfile();
    gateway.profile.and.returnValue(of({ ...profile, integration: { ...profile.integration, requester } }));
    host.shows();
  });

  const alma = (request_id: string, external_id = '', title = TITLE) => ({ request_id, external_id, title });
  /** Alma's answers by path. */
  function answers(of_: Readonly<Record<string, unknown>>): void {
    host.read.and.callFake((path) => (path in of_ ? of(of_[path]) : failing('host-refused')));
  }
  function found(changes: Partial<RequestView> = {}): readonly string[] {
    let said: readonly string[] | undefined;
    TestBed.inject(AlmaMatchesService)
      .find(aRequest({ fields: { bibNote: `${TITLE} / 著者 A 著`, borrowerLocalData: 'PID:p1' }, ...changes }))
      .subscribe((matches) => {
        said = matches.map(({ link, isCertain }) => `${link.requestId} ${isCertain ? 'certain' : 'likely'}`);
      });
    if (said === undefined) throw new Error('nothing was found out');
    return said;
  }
  const listed = (id: string, title = TITLE) => ({ title, resource_sharing: { id } });

  it("finds the patron's requests of the same title, and no others", () => {
    answers({
      [PATRONS]: { user_request: [listed('1'), listed('2', '別の本'), { title: TITLE }] },
      '/users/p1/resource-sharing-requests/1': alma('1'),
    });
    expect(found()).toEqual(['1 likely']);
  });

  it('is certain of the one that names the request, and drops what names another', () => {
    answers({
      [PATRONS]: { user_request: [listed('1'), listed('2'), listed('3')] },
      '/users/p1/resource-sharing-requests/1': alma('1'),
      '/users/p1/resource-sharing-requests/2': alma('2', ID),
      '/users/p1/resource-sharing-requests/3': alma('3', 'LA0012345688'),
    });
    expect(found()).toEqual(['2 certain']);
    expect(found({ id: 'LA0012345699' })).toEqual(['1 likely']);
  });

  it('looks at the requests of the Alma page, each once', () => {
    const link = '/users/p1/resource-sharing-requests/1';
    host.shows({ id: '1', type: 'BORROWING_REQUEST', link, description: '' });
    answers({ [PATRONS]: { user_request: [listed('1')] }, [link]: alma('1') });
    expect(found()).toEqual(['1 likely']);
    answers({ [link]: alma('1', ID) });
    expect(found({ fields: {} })).toEqual(['1 certain']);
  });

  it("looks for a lending request in the partner's task lists", () => {
    answers({
      '/conf/libraries': { library: [{ code: 'RS', resource_sharing: true }, { code: 'MAIN' }] },
      '/task-lists/rs/lending-requests?library=RS&partner=NACSIS': {
        user_resource_sharing_request: [alma('8', 'LA0012345688'), alma('9', ID)],
      },
    });
    expect(found({ side: 'lender' })).toEqual(['9 certain']);
  });

  it('knows nothing of a patron whom Alma does not know, and fails where Alma fails', () => {
    host.read.and.returnValue(failing('host-refused', { alma: { code: '401890', message: '' } }));
    expect(found()).toEqual([]);
    let code = '';
    host.read.and.returnValue(failing('host-timeout'));
    TestBed.inject(AlmaMatchesService)
      .find(aRequest({ side: 'lender' }))
      .subscribe({ error: (error: AppError) => (code = error.code) });
    expect(code).toBe('host-timeout');
  });
});
