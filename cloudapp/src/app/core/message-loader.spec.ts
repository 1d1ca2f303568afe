import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateLoader, TranslateService } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import en from '../../i18n/en.json';
import ja from '../../i18n/ja.json';
import { languageOf } from './language';
import { PageMessages } from './page-messages';
import { MessageLoader } from './message-loader';

describe('languageOf', () => {
  it('knows every way in which Alma may say Japanese', () => {
    for (const code of ['ja', 'jp', 'ja-JP', 'ja_JP', 'jp-JP', 'JA', 'JP', 'Ja_jp', ' ja '])
      expect(languageOf(code)).withContext(code).toBe('ja');
  });

  it('is English for everything else', () => {
    for (const code of ['en', 'en-US', 'fr', '', ' ', 'jav', 'jam', 'x-ja', 'deja'])
      expect(languageOf(code)).withContext(code).toBe('en');
  });
});

describe('MessageLoader', () => {
  const PAGE = { ja: { action: { page: 'ページ' } }, en: { action: { page: 'Page' } } };
  let translate: TranslateService;
  const said = (key: string): string => translate.instant(key) as string;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideTranslateService({ loader: { provide: TranslateLoader, useClass: MessageLoader } })],
    });
    translate = TestBed.inject(TranslateService);
  });

  it('has the messages of every code that Alma may name', async () => {
    const loader = TestBed.inject(TranslateLoader);
    const messages = (code: string) => firstValueFrom(loader.getTranslation(code));
    expect(await Promise.all(['ja', 'jp', 'ja_JP', 'en', 'fr', ''].map(messages))).toEqual([ja, ja, ja, en, en, en]);
  });

  it('loads only the language in use, and another one when it comes into use', async () => {
    await firstValueFrom(translate.use('ja'));
    expect([said('action.again'), ...translate.getLangs()]).toEqual([ja.action.again, 'ja']);
    await firstValueFrom(translate.use('en'));
    expect([said('action.again'), ...translate.getLangs()]).toEqual([en.action.again, 'ja', 'en']);
  });

  it('keeps the language before on the screen until the new one is loaded', async () => {
    await firstValueFrom(translate.use('en'));
    const loaded = firstValueFrom(translate.use('ja'));
    expect(said('action.again')).toBe(en.action.again);
    await loaded;
    expect(said('action.again')).toBe(ja.action.again);
  });

  it('does not lose the messages that a page adds while the language is loading', async () => {
    await firstValueFrom(translate.use('en'));
    const loaded = firstValueFrom(translate.use('ja'));
    TestBed.inject(PageMessages).add(PAGE);
    expect(said('action.page')).toBe('Page');
    await loaded;
    expect([said('action.page'), said('action.again')]).toEqual(['ページ', ja.action.again]);
  });
});
