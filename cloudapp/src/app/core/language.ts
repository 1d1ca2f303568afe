export const LANGUAGES = ['ja', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Maps Alma's language code: `ja`, `jp`, `ja-JP`, `ja_JP` are Japanese, all others English. */
export function languageOf(code: string): Language {
  return /^(?:ja|jp)(?:[-_]|$)/i.test(code.trim()) ? 'ja' : 'en';
}
