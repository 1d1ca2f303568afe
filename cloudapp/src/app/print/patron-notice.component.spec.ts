import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { aRequest, LIBRARY } from '../testing/records';
import { PatronNoticeComponent } from './patron-notice.component';

const FIELDS: RequestView['fields'] = {
  bibNote: '新潟の地誌 / 著者 A',
  volume: '12(3)',
  pages: '45-50',
  article: '論文 A',
  applicant: '利用者 001',
  total: '1200',
};

describe('PatronNoticeComponent', () => {
  function show(changes: Partial<RequestView> = {}): Dom {
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: SessionService, useValue: new FakeSession() }],
    });
    TestBed.inject(TranslateService).use('ja');
    const fixture = TestBed.createComponent(PatronNoticeComponent);
    fixture.componentRef.setInput('requests', [aRequest({ library: LIBRARY.code, fields: FIELDS, ...changes })]);
    return new Dom(fixture);
  }
  const text = (dom: Dom) => dom.field('textarea').value;
  const choose = (dom: Dom, language: string) => {
    dom.one(`input[value=${language}]`).dispatchEvent(new Event('change'));
    dom.settle();
  };

  it('tells the patron what has arrived, in the language that is chosen', () => {
    const dom = show();
    expect(text(dom).split('\n')).toEqual([
      '件名：お申し込みの文献複写が届きました',
      '',
      '利用者 001 様',
      '',
      'お申し込みの文献複写が届きました。図書館のカウンターでお受け取りください。',
      '',
      '資料：新潟の地誌 / 著者 A',
      '巻号・年・ページ：12(3), 45-50',
      '論文：論文 A',
      '料金：¥1,200',
      'ILL番号：LA0012345671',
      '',
      '中央図書館 相互利用担当',
    ]);
    choose(dom, 'en');
    expect(text(dom)).toContain('Dear 利用者 001,\n\nThe copy you requested has arrived.');
  });

  it('has the due date of a loan, and no line for what is not known', () => {
    const dom = show({ kind: 'loan', fields: { bibNote: '図書 A', dueDate: '20261215', total: '0' } });
    choose(dom, 'en');
    expect(text(dom)).toContain('Title: 図書 A\nDue date: 2026-12-15\nRequest number: LA0012345671');
    expect(text(dom)).not.toMatch(/Dear|Charge|Article/);
  });

  it('copies what stands in the field, with the changes', async () => {
    const write = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    const dom = show();
    dom.type('textarea', '直した文');
    dom.click('print.notice.copy');
    await dom.loaded();
    expect([write.calls.allArgs(), dom.controls('create.copied').length]).toEqual([[['直した文']], 1]);
  });
});
