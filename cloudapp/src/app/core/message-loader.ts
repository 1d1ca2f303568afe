import { inject } from '@angular/core';
import { mergeDeep, type TranslateLoader, type TranslationObject } from '@ngx-translate/core';
import { from, map, type Observable } from 'rxjs';
import { languageOf, type Language } from './language';
import { PageMessages } from './page-messages';

/** Each language is a chunk of its own; tools/budget.ts knows the names of the chunks. */
const CHUNKS: Readonly<Record<Language, () => Promise<{ readonly default: TranslationObject }>>> = {
  ja: () => import(/* webpackChunkName: "messages-ja" */ '../../i18n/ja.json'),
  en: () => import(/* webpackChunkName: "messages-en" */ '../../i18n/en.json'),
};

/** Loads the messages of the language in use from the app's own files, and adds those of the pages (PageMessages). */
export class MessageLoader implements TranslateLoader {
  private readonly pages = inject(PageMessages);

  getTranslation(code: string): Observable<TranslationObject> {
    const language = languageOf(code);
    return from(CHUNKS[language]()).pipe(
      // A page may have added messages while the language was loading.
      map(({ default: messages }) => mergeDeep(messages, this.pages.wordsIn(language)) as TranslationObject),
    );
  }
}
