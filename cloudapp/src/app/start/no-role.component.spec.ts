import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { AppComponent } from '../app.component';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { aMe } from '../testing/records';

describe('a user without a role', () => {
  let session: FakeSession;
  const roles = { mayRead: false, mayAct: false, mayManage: false };

  function open(user: Partial<typeof roles>): Dom {
    const me = aMe({ user: { id: 'viewer001', ...roles, ...user } });
    session.session.set({ state: 'ok', value: { ...session.loaded, me } });
    return new Dom(TestBed.createComponent(AppComponent));
  }

  beforeEach(() => {
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideTranslateService(), { provide: SessionService, useValue: session }],
    });
  });

  it('is told so in place of every page, with the way out, and may look again', () => {
    const dom = open({});
    expect(dom.all('router-outlet')).toEqual([]);
    const told = dom.one('[data-testid=no-role]').textContent;
    for (const word of ['noRole.title', 'noRole.why', 'noRole.wayOut']) expect(told).toContain(word);
    dom.click('action.again');
    expect(session.reload).toHaveBeenCalledTimes(1);
  });

  it('is one who may not read, and nobody else', () => {
    const dom = open({ mayRead: true });
    expect([dom.all('router-outlet').length, dom.all('app-no-role').length]).toEqual([1, 0]);
  });
});
