import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { WordingComponent } from './wording.component';

describe('WordingComponent', () => {
  it('translates the parameters of a text, too, and follows the language', () => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const translate = TestBed.inject(TranslateService);
    translate.setTranslation('ja', { now: '{{at}}から「{{state}}」', state: { SHIPPED: '発送' } });
    translate.setTranslation('en', { now: '{{state}} since {{at}}', state: { SHIPPED: 'shipped' } });
    translate.use('ja');
    const fixture = TestBed.createComponent(WordingComponent);
    fixture.componentRef.setInput('of', { key: 'now', params: { at: '10:42' }, words: { state: 'state.SHIPPED' } });
    const dom = new Dom(fixture);
    expect(dom.text).toBe('10:42から「発送」');
    translate.use('en');
    dom.settle();
    expect(dom.text).toBe('shipped since 10:42');
  });
});
