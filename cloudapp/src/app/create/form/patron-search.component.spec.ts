import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import { HostService } from '../../core/host.service';
import { Dom } from '../../testing/dom';
import { failing } from '../../testing/fake-gateway';
import { FakeHost } from '../../testing/fake-host';
import { OrderFormStore } from './order-form.store';
import { PatronSearchComponent } from './patron-search.component';

describe('PatronSearchComponent', () => {
  let host: FakeHost;
  let form: OrderFormStore;
  let dom: Dom;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), OrderFormStore, { provide: HostService, useValue: host }],
    });
    form = TestBed.inject(OrderFormStore);
    dom = new Dom(TestBed.createComponent(PatronSearchComponent));
  });

  const user = (number: number) => ({
    primary_id: `p${String(number)}`,
    last_name: '利用者',
    first_name: `00${String(number)}`,
  });
  function find(words: string, answer: unknown): void {
    host.read.and.returnValue(of(answer));
    dom.type('#patron-words', words);
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    dom.settle();
  }

  it('finds by name or id, and takes the name over as the applicant', () => {
    find(' 利用者 1 ', { user: [user(1), user(2)], total_record_count: 2 });
    expect(host.read).toHaveBeenCalledOnceWith(`/users?q=${encodeURIComponent('ALL~利用者_1')}&limit=20`);
    expect(dom.texts('li .grow')).toEqual(['利用者 001 p1', '利用者 002 p2']);
    dom.click('create.patron.take');
    expect([form.typed().applicant, form.patronId(), dom.all('li').length]).toEqual(['利用者 001', 'p1', 0]);
    form.type('applicant', '利用者 009');
    expect(form.patronId()).toBeUndefined();
  });

  it('says that nobody was found, and that two hundred were, of whom it shows some; what was typed stays', () => {
    const translate = TestBed.inject(TranslateService);
    const words = { nothing: '{{words}}なし', tooMany: '{{count}}人のうち{{shown}}人' };
    translate.setTranslation('ja', { create: { patron: words } });
    translate.use('ja');
    form.type('applicant', '利用者 009');
    find('無い名', { total_record_count: 0 });
    expect(dom.text).toContain('無い名なし');
    find('利用者', { user: [user(1), user(2)], total_record_count: 200 });
    expect(dom.text).toContain('200人のうち2人');
    expect([form.typed().applicant, dom.field('#patron-words').value]).toEqual(['利用者 009', '利用者']);
  });

  it('says that Alma refused or did not answer in a way that can be read, which is not nobody', () => {
    for (const answer of [{}, null, { user: 'x' }]) {
      find('利用者', answer);
      expect([dom.text.includes('error.internal.title'), dom.text.includes('create.patron.nothing')]).toEqual([
        true,
        false,
      ]);
    }
    host.read.and.returnValue(failing('host-refused'));
    dom.click('action.again');
    expect(dom.text).toContain('error.host-refused.title');
  });

  it('leaves out whoever has no id, and shows the id of whoever has no name', () => {
    find('x', { user: [{ last_name: '利用者' }, 7, { primary_id: 'p3' }], total_record_count: 3 });
    expect(dom.texts('li .grow')).toEqual(['p3 p3']);
  });
});
