import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import ja from '../../i18n/ja.json';
import { provideWords } from '../testing/words-at-once';
import { PageWords } from './page-words';

const WORDS = { ja: { page: { hello: 'こんにちは' } }, en: { page: { hello: 'Hello' } } };

describe('PageWords', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideWords()],
    });
  });

  const said = (): string => TestBed.inject(TranslateService).instant('page.hello') as string;

  it('are known in the language that is in use already, beside the others', () => {
    TestBed.inject(TranslateService).use('ja');
    expect(said()).toBe('page.hello');
    TestBed.inject(PageWords).add(WORDS);
    expect(said()).toBe('こんにちは');
    expect(TestBed.inject(TranslateService).instant('action.again')).toBe(ja.action.again);
  });

  it('are known in a language that comes into use later', () => {
    TestBed.inject(TranslateService).use('en');
    TestBed.inject(PageWords).add(WORDS);
    expect(said()).toBe('Hello');
    TestBed.inject(TranslateService).use('ja');
    expect(said()).toBe('こんにちは');
    TestBed.inject(TranslateService).use('en');
    expect(said()).toBe('Hello');
  });

  it('change nothing when they are added again', () => {
    const translate = TestBed.inject(TranslateService);
    TestBed.inject(PageWords).add(WORDS);
    const set = spyOn(translate, 'setTranslation').and.callThrough();
    TestBed.inject(PageWords).add(WORDS);
    expect(set).not.toHaveBeenCalled();
  });
});
