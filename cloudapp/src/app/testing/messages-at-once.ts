import { inject } from '@angular/core';
import { mergeDeep, provideTranslateService, TranslateLoader, type TranslationObject } from '@ngx-translate/core';
import { of, type Observable } from 'rxjs';
import en from '../../i18n/en.json';
import ja from '../../i18n/ja.json';
import { languageOf } from '../core/language';
import { PageMessages, type MessagesByLanguage } from '../core/page-messages';

class MessagesAtOnce implements TranslateLoader {
  private readonly added = inject(PageMessages);

  constructor(private readonly pages: readonly MessagesByLanguage[]) {}

  getTranslation(code: string): Observable<TranslationObject> {
    const language = languageOf(code);
    const messages = [...this.pages.map((page) => page[language]), this.added.wordsIn(language)];
    return of(messages.reduce(mergeDeep, language === 'ja' ? ja : en) as TranslationObject);
  }
}

/**
 * Provides the messages that MessageLoader loads, without waiting for them. `pages`: the messages of the page to which
 * the tested component belongs, because only the page itself adds them.
 */
export const provideMessages = (...pages: readonly MessagesByLanguage[]) =>
  provideTranslateService({ loader: { provide: TranslateLoader, useFactory: () => new MessagesAtOnce(pages) } });
