import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService, TranslateLoader, TranslateService } from '@ngx-translate/core';
import { StaticTranslateLoader } from '../core/static-translate-loader';
import { Dom } from '../testing/dom';
import { HelpPage } from './help.page';

describe('HelpPage', () => {
  function open(language: string): Dom {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService({ loader: { provide: TranslateLoader, useClass: StaticTranslateLoader } }),
      ],
    });
    TestBed.inject(TranslateService).use(language);
    return new Dom(TestBed.createComponent(HelpPage));
  }

  for (const language of ['ja', 'en']) {
    it(`has a title and words for each of its topics (${language})`, () => {
      const dom = open(language);
      const [titles, texts] = [dom.texts('h2'), dom.texts('section p')];
      expect([titles.length, texts.length]).toEqual([8, 8]);
      for (const words of [...titles, ...texts]) expect(words).not.toMatch(/^help\.|^$/);
      expect(new Set(titles).size).toBe(8);
    });
  }

  it('leads back to the start', () => {
    expect(open('ja').one('header a').getAttribute('href')).toBe('/');
  });
});
