import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRequest } from '../testing/records';
import { almaRequestFrom } from './alma-request';
import { LinkRequestComponent } from './link-request.component';
import { LinkStore } from './link.store';

const LINK = { userId: 'u1', requestId: '7' };

describe('LinkRequestComponent', () => {
  let gateway: FakeGateway;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [LinkStore, provideTranslateService(), { provide: GatewayClient, useValue: gateway }],
    });
  });

  function check(found: Partial<RequestView>, almaTitle = '図書館情報学入門', typed = 'LA0012345671'): Dom {
    gateway.request.and.returnValue(of(aRequest(found)));
    return submit(almaTitle, typed);
  }
  function submit(almaTitle: string, typed: string): Dom {
    const fixture = TestBed.createComponent(LinkRequestComponent);
    fixture.componentRef.setInput('link', LINK);
    fixture.componentRef.setInput('alma', almaRequestFrom({ title: almaTitle }));
    const dom = new Dom(fixture);
    dom.type('#link-id', typed);
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    dom.settle();
    return dom;
  }

  it('shows both before it links them', () => {
    const dom = check({ fields: { bibNote: '図書館情報学入門 / 著者 A', volume: '1' } });
    for (const words of ['LA0012345671', '図書館情報学入門 / 著者 A', '館10', 'state.UNPROCESSED'])
      expect(dom.text).toContain(words);
    expect(dom.all('.warn')).toEqual([]);
    expect(gateway.link).not.toHaveBeenCalled();
    dom.click('link.link');
    expect(gateway.link.calls.allArgs().map(([id, side, link]) => [id, side, link])).toEqual([
      ['LA0012345671', 'borrower', LINK],
    ]);
  });

  it('warns where the titles differ', () => {
    expect(check({ fields: { bibNote: '新潟の地誌' } }).all('[data-testid=titles-differ]').length).toBe(1);
  });

  it('warns where it is linked to another request of Alma', () => {
    expect(check({ almaRequest: { userId: 'u1', requestId: '9' } }).text).toContain('link.linkedElsewhere');
    expect(check({ almaRequest: LINK }).text).not.toContain('link.linkedElsewhere');
  });

  it('says what is no id, and what is no request of this library', () => {
    expect(check({}, '', '123').text).toContain('link.malformed');
    gateway.request.and.returnValue(failing('not-found'));
    const dom = submit('', 'LA0012345671');
    expect([dom.text.includes('error.not-found.title'), dom.all('[data-testid=link-candidate]').length]).toEqual([
      true,
      0,
    ]);
  });
});
