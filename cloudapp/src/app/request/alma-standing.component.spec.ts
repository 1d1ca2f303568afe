import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import requestMessages from '../../i18n/request.json';
import { AlmaSideStore } from '../alma/alma-side.store';
import type { RequestView } from '../../domain/api/requests';
import { HostService } from '../core/host.service';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { FakeSession } from '../testing/fake-session';
import { aRequest, LIBRARY } from '../testing/records';
import { provideMessages } from '../testing/messages-at-once';
import { AlmaStandingComponent } from './alma-standing.component';
import { AlmaStateComponent } from './alma-state.component';

const NOW = new Date('2026-11-24T12:00:00Z');
const LINK = { userId: 'u1', requestId: '7' };

describe('AlmaStandingComponent', () => {
  let host: FakeHost;
  let session: FakeSession;

  beforeEach(() => {
    host = new FakeHost();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        AlmaSideStore,
        provideMessages(requestMessages),
        { provide: HostService, useValue: host },
        { provide: SessionService, useValue: session },
      ],
    });
    TestBed.inject(TranslateService).use('ja');
    alma('REQUEST_SENT');
  });

  function alma(status: string, sum = 0): void {
    const request = {
      status: { value: status, desc: status },
      last_modified_time: '2026-11-24T10:00:00.000Z',
      shipping_cost: { sum, currency: { value: 'JPY' } },
    };
    host.read.and.callFake((path) =>
      of(path.startsWith('/conf/') ? { row: [{ code: 'REQUEST_SENT', description: '相手館に送信済み' }] } : request),
    );
  }
  function show(changes: Partial<RequestView> = {}): Dom {
    const request = aRequest({ almaRequest: LINK, ...changes });
    TestBed.inject(AlmaSideStore).show(request, undefined);
    const fixture = TestBed.createComponent(AlmaStandingComponent);
    fixture.componentRef.setInput('request', request);
    return new Dom(fixture);
  }
  /** The line with Alma's status. */
  function line(): Dom {
    const fixture = TestBed.createComponent(AlmaStateComponent);
    fixture.componentRef.setInput('now', NOW);
    return new Dom(fixture);
  }

  it("shows Alma's own words and how old they are", () => {
    const { text } = show();
    expect(line().text).toContain('相手館に送信済み');
    expect(line().text).toMatch(/2 ?時間前のまま/);
    expect(text).not.toContain('NACSIS-ILL と異なります');
  });

  it('says that Alma differs where it is behind, and promises nothing', () => {
    expect(show({ state: 'SHIPPED' }).texts('[data-testid=alma-differs]')).toEqual([
      'ⓘ Alma の状態は NACSIS-ILL と異なります。Alma の状態は、取寄せリクエストの取消を除いて外部から変えられないため、ここに両方を表示します。',
    ]);
  });

  it('says that messages take a while, or that Alma follows its own import, where others write to Alma', () => {
    session.libraries.set([{ ...LIBRARY, writer: 'iso18626' }]);
    expect(show({ state: 'SHIPPED' }).texts('[data-testid=alma-differs]')).toEqual([
      'ⓘ Alma の状態は NACSIS-ILL と異なります。Alma には ISO 18626 のメッセージで伝えるため、反映まで少し時間がかかることがあります。',
    ]);
    session.libraries.set([{ ...LIBRARY, writer: 'alma-nacsis' }]);
    const dom = show({ state: 'SHIPPED', almaRequest: { ...LINK, requestId: '9' } });
    expect([dom.texts('[data-testid=alma-differs]'), dom.texts('[data-testid=alma-follows]')]).toEqual([
      [],
      ['ⓘ このアプリは Alma に書き込みません。Alma には、Alma の NACSIS 連携が次に取り込むときに反映されます。'],
    ]);
  });

  it('says what the import could not tell Alma rather than that Alma differs', () => {
    const almaRecord = { wantedStatus: 'SHIPPED_PHYSICALLY', kept: [] };
    const dom = show({ state: 'SHIPPED', almaRecord });
    expect(dom.all('[data-testid=alma-differs]')).toEqual([]);
    expect(dom.one('[data-testid=alma-wanted]').textContent).toContain('SHIPPED_PHYSICALLY');
    alma('SHIPPED_PHYSICALLY');
    expect(show({ state: 'SHIPPED', almaRecord, almaRequest: { ...LINK, requestId: '8' } }).text).not.toContain(
      'このアプリからは変えられない',
    );
  });

  it('says that Alma has cancelled what goes on', () => {
    alma('CANCELLED_BY_STAFF');
    expect(show().one('[data-testid=alma-cancelled]').textContent).toContain('取り消されています');
  });

  it('offers to tell Alma what it can take, and says what it was told', () => {
    const dom = show({ state: 'SHIPPED', fields: { total: '1450' } });
    expect(dom.one('[data-testid=alma-steps]').textContent).toContain('送料 ¥1,450');
    host.write.and.callFake(() => {
      alma('REQUEST_SENT', 1450);
      return of({});
    });
    dom.click('Alma に反映');
    expect(dom.texts('[data-testid=alma-told]')).toEqual(['✓ Alma に反映しました: 送料 ¥1,450']);
    expect(dom.all('[data-testid=alma-steps]')).toEqual([]);
  });

  it("says in Alma's own words why it was not told, and lets the user try again", () => {
    host.write.and.callFake(() => failing('host-refused', { alma: { message: 'cannot be cancelled' } }));
    const dom = show({ state: 'CANCELLED' });
    dom.click('Alma に反映');
    expect(dom.text).toContain('cannot be cancelled');
    dom.click('再試行');
    expect(host.write).toHaveBeenCalledTimes(2);
  });

  it('says so when it is linked to nothing in Alma', () => {
    show({ almaRequest: undefined });
    expect(line().text).toContain('Alma のリクエストとは結び付いていません');
  });

  it('says so when Alma cannot be read, and tries again', () => {
    host.read.and.callFake(() => failing('host-timeout'));
    const dom = show();
    expect(dom.text).toContain('Alma の画面から応答がありません');
    alma('REQUEST_SENT');
    dom.click('再試行');
    expect(dom.text).not.toContain('Alma の画面から応答がありません');
    expect(line().text).toContain('相手館に送信済み');
  });
});
