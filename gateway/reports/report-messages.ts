import enApp from '../../i18n/en/app.json' with { type: 'json' };
import enDomain from '../../i18n/en/domain.json' with { type: 'json' };
import enFile from '../../i18n/en/import-file.json' with { type: 'json' };
import enImports from '../../i18n/en/imports.json' with { type: 'json' };
import enWorkList from '../../i18n/en/worklist.json' with { type: 'json' };
import jaApp from '../../i18n/ja/app.json' with { type: 'json' };
import jaDomain from '../../i18n/ja/domain.json' with { type: 'json' };
import jaFile from '../../i18n/ja/import-file.json' with { type: 'json' };
import jaImports from '../../i18n/ja/imports.json' with { type: 'json' };
import jaWorkList from '../../i18n/ja/worklist.json' with { type: 'json' };

export const REPORT_LANGUAGES = ['ja', 'en'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

/** The areas of the app's messages that reports use. */
const JA = {
  ...jaImports,
  ...jaFile,
  ...jaWorkList,
  ...{ kind: jaDomain.kind, field: jaDomain.field, message: jaApp.message },
};
const EN = {
  ...enImports,
  ...enFile,
  ...enWorkList,
  ...{ kind: enDomain.kind, field: enDomain.field, message: enApp.message },
};

type KeyOf<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${KeyOf<Tree[Key]>}`;
}[keyof Tree & string];
/** A key that both languages have; any other key does not compile. */
export type WordKey = KeyOf<typeof JA> & KeyOf<typeof EN>;

type Messages = { readonly [key: string]: string | Messages };
const MESSAGES: Readonly<Record<ReportLanguage, Messages>> = { ja: JA, en: EN };

/** A message of the app by its key; `params` replace `{{name}}`. */
export type Say = (key: WordKey, params?: Readonly<Record<string, string | number | undefined>>) => string;

/**
 * The messages of the report as a file and on the terminal: those of the app, and `import-file.json`, which no page
 * needs.
 */
export function wordsIn(lang: ReportLanguage): Say {
  return (key, params = {}) => {
    const message = key.split('.').reduce<string | Messages | undefined>(partOf, MESSAGES[lang]);
    return typeof message === 'string'
      ? message.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name: string) => String(params[name] ?? ''))
      : key;
  };
}

function partOf(messages: string | Messages | undefined, name: string): string | Messages | undefined {
  return typeof messages === 'object' ? messages[name] : undefined;
}
