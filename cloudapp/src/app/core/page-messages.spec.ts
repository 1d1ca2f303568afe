import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import ja from '../../i18n/ja.json';
import { provideMessages } from '../testing/messages-at-once';
import { PageMessages } from './page-messages';

const HELLO = { ja: { page: { hello: 'こんにちは' } }, en: { page: { hello: 'Hello' } } };

describe('PageMessages', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideMessages()],
    });
  });

  const said = (): string => TestBed.inject(TranslateService).instant('page.hello') as string;

  it('are known in the language that is in use already, beside the others', () => {
    TestBed.inject(TranslateService).use('ja');
    expect(said()).toBe('page.hello');
    TestBed.inject(PageMessages).add(HELLO);
    expect(said()).toBe('こんにちは');
    expect(TestBed.inject(TranslateService).instant('action.again')).toBe(ja.action.again);
  });

  it('are known in a language that comes into use later', () => {
    TestBed.inject(TranslateService).use('en');
    TestBed.inject(PageMessages).add(HELLO);
    expect(said()).toBe('Hello');
    TestBed.inject(TranslateService).use('ja');
    expect(said()).toBe('こんにちは');
    TestBed.inject(TranslateService).use('en');
    expect(said()).toBe('Hello');
  });

  it('change nothing when they are added again', () => {
    const translate = TestBed.inject(TranslateService);
    TestBed.inject(PageMessages).add(HELLO);
    const set = spyOn(translate, 'setTranslation').and.callThrough();
    TestBed.inject(PageMessages).add(HELLO);
    expect(set).not.toHaveBeenCalled();
  });
});
