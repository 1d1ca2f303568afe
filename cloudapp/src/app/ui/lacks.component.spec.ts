import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { provideMessages } from '../testing/messages-at-once';
import { LacksComponent } from './lacks.component';

describe('LacksComponent', () => {
  it('names the fields in the language in use', () => {
    TestBed.configureTestingModule({ providers: [provideMessages()] });
    const translate = TestBed.inject(TranslateService);
    translate.use('ja');
    const fixture = TestBed.createComponent(LacksComponent);
    fixture.componentRef.setInput('fields', ['payment', 'bibId']);
    const dom = new Dom(fixture);
    expect(dom.text).toBe('⚠ 不足: 支払区分・資料（書誌ID・書誌事項・標準番号のいずれか）');
    translate.use('en');
    dom.settle();
    expect(dom.text).toMatch(/^⚠ Missing: Payment.*, the item \(/i);
  });
});
