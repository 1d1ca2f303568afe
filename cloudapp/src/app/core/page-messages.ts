import { inject, Injectable, Injector } from '@angular/core';
import { mergeDeep, TranslateService, type TranslationObject } from '@ngx-translate/core';
import { languageOf, type Language } from './language';

export type MessagesByLanguage = Readonly<Record<Language, TranslationObject>>;

/**
 * Holds the messages of pages that are loaded on demand (tools/i18n.ts). Once added, they are available in every
 * language.
 */
@Injectable({ providedIn: 'root' })
export class PageMessages {
  // Injected lazily: TranslateService is created with the loader, which uses this class.
  private readonly injector = inject(Injector);
  private readonly added = new Set<MessagesByLanguage>();

  /** Returns the added messages in this language. */
  wordsIn(language: Language): TranslationObject {
    return [...this.added].reduce<TranslationObject>(
      (all, messages) => mergeDeep(all, messages[language]) as TranslationObject,
      {},
    );
  }

  /**
   * Adds the messages of a page. Must run before the page shows its first text. Adding the same file again has no
   * effect.
   */
  add(...files: readonly MessagesByLanguage[]): void {
    const translate = this.injector.get(TranslateService);
    for (const messages of files.filter((file) => !this.added.has(file))) {
      this.added.add(messages);
      for (const code of translate.getLangs()) translate.setTranslation(code, messages[languageOf(code)], true);
    }
  }
}
