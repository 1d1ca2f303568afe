import type { TranslateService } from '@ngx-translate/core';

/** A text with parameters that are translated themselves. */
export interface Wording {
  /** i18n key. */
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** i18n keys of the translated parameters. */
  readonly words?: Readonly<Record<string, string>>;
}

/** The text in the current language. */
export function wordsOf(translate: TranslateService, { key, params = {}, words = {} }: Wording): string {
  const translated = Object.entries(words).map(([name, word]) => [name, translate.instant(word) as string]);
  return translate.instant(key, { ...params, ...(Object.fromEntries(translated) as Record<string, string>) }) as string;
}
