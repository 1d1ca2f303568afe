import { discardPeriodicTasks, fakeAsync, TestBed, tick, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import japanese from '../../i18n/ja.json';
import { AppError } from '../core/app-error';
import type { Asking } from '../core/until-known';
import { Dom } from '../testing/dom';
import { AskingComponent } from './asking.component';

describe('AskingComponent', () => {
  let fixture: ComponentFixture<AskingComponent>;
  let dom: Dom;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService({ defaultLanguage: 'ja' })] });
    TestBed.inject(TranslateService).setTranslation('ja', japanese);
  });

  function show(asking: Partial<Asking> = {}): void {
    fixture = TestBed.createComponent(AskingComponent);
    give(asking);
    dom = new Dom(fixture);
  }
  const give = (asking: Partial<Asking>) =>
    fixture.componentRef.setInput('asking', { since: Date.now(), count: 0, isCalling: false, ...asking });

  it('says it in a live region that stands there before, without the seconds', fakeAsync(() => {
    show();
    const region = dom.one('[role=status]');
    expect(region.textContent?.trim()).toBe('');
    tick(0);
    dom.settle();
    expect(region.textContent).toContain(japanese.asking.title);
    expect(region.textContent).toContain(japanese.asking.note);
    expect(region.querySelector('.time')).toBeNull();
    discardPeriodicTasks();
  }));

  it('counts the seconds since it asks', fakeAsync(() => {
    const since = Date.now();
    show({ since });
    expect(dom.text).toContain('問い合わせを始めてから 0秒');
    tick(12_000);
    dom.settle();
    expect(dom.text).toContain('問い合わせを始めてから 12秒');
    give({ since, isCalling: true, count: 4 });
    dom.settle();
    expect(dom.text).toContain('問い合わせを始めてから 12秒');
    discardPeriodicTasks();
  }));

  it('says why it is not known where that says more', () => {
    show({ error: new AppError('outcome-unknown') });
    expect(dom.text).not.toContain(japanese.asking.last);
    give({ error: new AppError('gateway-unreachable') });
    dom.settle();
    expect(dom.text).toContain(`${japanese.asking.last} ${japanese.error['gateway-unreachable'].title}`);
  });

  it('has a button to ask now, and one to stop', () => {
    show();
    const said: string[] = [];
    fixture.componentInstance.now.subscribe(() => said.push('now'));
    fixture.componentInstance.stopped.subscribe(() => said.push('stop'));
    dom.click(japanese.asking.now);
    dom.click(japanese.asking.stop);
    expect(said).toEqual(['now', 'stop']);
  });
});
