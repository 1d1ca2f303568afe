import { inject, Injectable, Injector } from '@angular/core';
import { TranslateService, type TranslationObject } from '@ngx-translate/core';
import { languageOf, type Language } from './static-translate-loader';

export type WordsByLanguage = Readonly<Record<Language, TranslationObject>>;

/** Words that come with a page that is loaded on demand (tools/i18n.ts). From then on they are known, in every language. */
@Injectable({ providedIn: 'root' })
export class PageWords {
  // The service of the words is made with the loader, which asks here.
  private readonly injector = inject(Injector);
  private readonly added = new Set<WordsByLanguage>();

  /** What was added in this language, by area. */
  wordsIn(language: Language): TranslationObject {
    return Object.assign({}, ...[...this.added].map((words) => words[language])) as TranslationObject;
  }

  /** Before the page shows its first word. Adding the same words again does nothing. */
  add(words: WordsByLanguage): void {
    if (this.added.has(words)) return;
    this.added.add(words);
    const translate = this.injector.get(TranslateService);
    for (const code of translate.getLangs()) translate.setTranslation(code, words[languageOf(code)], true);
  }
}
