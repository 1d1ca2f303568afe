import { inject } from '@angular/core';
import { type TranslateLoader, type TranslationObject } from '@ngx-translate/core';
import { of, type Observable } from 'rxjs';
import en from '../../i18n/en.json';
import ja from '../../i18n/ja.json';
import { languageOf } from './language';
import { PageWords } from './page-words';

/** Serves translations from the bundle: no request, no flash of keys, no race between languages. */
export class StaticTranslateLoader implements TranslateLoader {
  private readonly pages = inject(PageWords);

  getTranslation(code: string): Observable<TranslationObject> {
    const language = languageOf(code);
    return of({ ...(language === 'ja' ? ja : en), ...this.pages.wordsIn(language) });
  }
}
