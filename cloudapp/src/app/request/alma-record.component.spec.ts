import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import requestMessages from '../../i18n/request.json';
import type { AlmaRecordView, RequestView } from '../../domain/api/requests';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { aRequest } from '../testing/records';
import { provideMessages } from '../testing/messages-at-once';
import { AlmaRecordComponent } from './alma-record.component';

describe('AlmaRecordComponent', () => {
  let host: FakeHost;

  beforeEach(() => {
    host = new FakeHost();
    host.read.and.returnValue(of({ row: [{ code: 'SHIPPED_PHYSICALLY', description: '発送済み（現物）' }] }));
    TestBed.configureTestingModule({
      providers: [provideMessages(requestMessages), { provide: HostService, useValue: host }],
    });
    TestBed.inject(TranslateService).use('ja');
  });

  function show(record: Partial<AlmaRecordView>, now?: string, request: Partial<RequestView> = {}): Dom {
    const fixture = TestBed.createComponent(AlmaRecordComponent);
    fixture.componentRef.setInput('request', aRequest(request));
    fixture.componentRef.setInput('record', { kept: [], ...record });
    fixture.componentRef.setInput('now', now);
    return new Dom(fixture);
  }
  const WANTED = { wantedStatus: 'SHIPPED_PHYSICALLY', status: { code: 'REQUEST_SENT' } };

  it('shows nothing, and asks Alma nothing, where Alma is in line', () => {
    const dom = show({ ...WANTED, status: { code: 'SHIPPED_PHYSICALLY' } });
    expect([dom.text.trim(), host.read.calls.count()]).toEqual(['', 0]);
  });

  it("says in Alma's words which status it should have, and that it cannot be set", () => {
    expect(show(WANTED).texts('[data-testid=alma-wanted]')).toEqual([
      'ⓘ NACSIS-ILL の状態に合う Alma の状態は「発送済み（現物）」です。このアプリからは変えられないため、必要なときは Alma の画面で変更してください。',
    ]);
    host.read.and.callFake(() => failing('host-refused'));
    expect(show(WANTED, undefined, { side: 'lender' }).text).toContain('「SHIPPED_PHYSICALLY」');
  });

  it('goes by what Alma shows now rather than by what the import saw', () => {
    expect(show(WANTED, 'SHIPPED_PHYSICALLY').all('[data-testid=alma-wanted]').length).toBe(0);
    const seen = { ...WANTED, status: { code: 'SHIPPED_PHYSICALLY' } };
    expect(show(seen, 'REQUEST_SENT').all('[data-testid=alma-wanted]').length).toBe(1);
  });

  it('names what Alma does not have, in words where there are any', () => {
    const kept = [
      { field: 'volume', value: '12(3)' },
      { field: 'some_new_key', value: 'x' },
    ];
    const dom = show({ kept, seenAt: '2026-11-24T01:42:00.000Z' });
    expect([dom.texts('summary'), dom.texts('dt'), dom.texts('dd')]).toEqual([
      ['Alma に反映されていない内容（2件）'],
      ['巻', 'some_new_key'],
      ['12(3)', 'x'],
    ]);
    TestBed.inject(TranslateService).use('en');
    dom.settle();
    expect(dom.texts('dt')[0]).toBe('Volume');
  });

  it('warns that nobody knows whether it is in Alma, with the way out, until it is linked', () => {
    const dom = show({ isUnknown: true });
    expect(dom.one('[role=alert]').textContent).toContain('LA0012345671');
    expect(dom.text).toContain('結び付けます');
    const linked = show({ isUnknown: true }, undefined, { almaRequest: { userId: 'u1', requestId: '7' } });
    expect(linked.all('[role=alert]').length).toBe(0);
  });
});
