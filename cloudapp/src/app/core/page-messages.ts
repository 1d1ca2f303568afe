import { inject, Injectable, Injector } from '@angular/core';
import { mergeDeep, TranslateService, type TranslationObject } from '@ngx-translate/core';
import { languageOf, type Language } from './language';

export type MessagesByLanguage = Readonly<Record<Language, TranslationObject>>;

/**
 * Translations of pages that are loaded on demand (tools/i18n.ts). Once added, they are available in every language.
 */
@Injectable({ providedIn: 'root' })
export class PageMessages {
  // Injected lazily: TranslateService is created with the loader, which uses this class.
  private readonly injector = inject(Injector);
  private readonly added = new Set<MessagesByLanguage>();

  /** The added translations of this language. */
  wordsIn(language: Language): TranslationObject {
    return [...this.added].reduce<TranslationObject>(
      (all, words) => mergeDeep(all, words[language]) as TranslationObject,
      {},
    );
  }

  /** Must run before the page shows its first text. Adding the same translations again has no effect. */
  add(...files: readonly MessagesByLanguage[]): void {
    const translate = this.injector.get(TranslateService);
    for (const words of files.filter((file) => !this.added.has(file))) {
      this.added.add(words);
      for (const code of translate.getLangs()) translate.setTranslation(code, words[languageOf(code)], true);
    }
  }
}
