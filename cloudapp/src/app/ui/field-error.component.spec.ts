import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { FIELD_ERRORS, type FieldError } from '../../domain/errors';
import { Dom } from '../testing/dom';
import { provideMessages } from '../testing/messages-at-once';
import { FieldErrorComponent } from './field-error.component';

describe('FieldErrorComponent', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideMessages()],
    });
    TestBed.inject(TranslateService).use('ja');
  });

  function show(error: FieldError): Dom {
    const fixture = TestBed.createComponent(FieldErrorComponent);
    fixture.componentRef.setInput('error', error);
    return new Dom(fixture);
  }

  it('says what is wrong, with its numbers', () => {
    expect(show({ field: 'volume', code: 'too-long', params: { bytes: 300, maxBytes: 254 } }).text).toContain(
      '300バイト、上限 254バイト',
    );
  });

  it('names the fields of which one is needed', () => {
    expect(
      show({ field: 'bibId', code: 'required-one-of', params: { fields: 'bibId, bibNote, standardNumber' } }).text,
    ).toContain('書誌ID（NCID） / 書誌事項 / 標準番号');
  });

  it('follows the language', () => {
    const dom = show({ field: 'payment', code: 'required' });
    expect(dom.text).toBe('必須項目です');
    TestBed.inject(TranslateService).use('en');
    dom.settle();
    expect(dom.text).not.toContain('必須');
    expect(dom.text).not.toContain('fieldError.');
  });

  it('has words for every fault', () => {
    for (const code of FIELD_ERRORS)
      expect(show({ field: 'volume', code }).text)
        .withContext(code)
        .not.toContain('fieldError.');
  });

  it('shows markup in a parameter as text', () => {
    const dom = show({ field: 'lenders[0].memberId', code: 'lender-cannot-serve', params: { memberId: '<b>館</b>' } });
    expect(dom.all('b').length).toBe(0);
    expect(dom.text).toContain('<b>館</b>');
  });
});
