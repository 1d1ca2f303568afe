import { TestBed } from '@angular/core/testing';
import en from '../../i18n/en.json';
import ja from '../../i18n/ja.json';
import { languageOf } from './language';
import { StaticTranslateLoader } from './static-translate-loader';

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

describe('StaticTranslateLoader', () => {
  it('has the words at once, without any request', () => {
    const loader = TestBed.runInInjectionContext(() => new StaticTranslateLoader());
    const seen: unknown[] = [];
    for (const code of ['ja', 'jp', 'ja_JP', 'en', 'fr', ''])
      loader.getTranslation(code).subscribe((words) => seen.push(words));
    expect(seen).toEqual([ja, ja, ja, en, en, en]);
  });
});
