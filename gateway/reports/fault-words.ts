import type { ConfigurationFault, ImportFault, RunFault } from '#domain/import';
import en from '../../i18n/en/imports.json' with { type: 'json' };
import ja from '../../i18n/ja/imports.json' with { type: 'json' };

/** Why, and the way out. */
export interface FaultWords {
  readonly reason: string;
  readonly way: string;
}
/** What the app says, too: a report that is a file says the same as the one on the screen. */
interface Words {
  readonly importFault: Readonly<Record<ImportFault, string>>;
  readonly importFaultWay: Readonly<Record<ImportFault, string>>;
  /** Whole sentences, with the way out. */
  readonly runFault: Readonly<Record<RunFault, string>>;
  readonly configurationFault: Readonly<Record<ConfigurationFault, string>>;
}
const WORDS = { ja, en } as const satisfies Readonly<Record<string, Words>>;
type Language = keyof typeof WORDS;

/** Why a request failed. */
export function requestFaultWords(lang: Language, code: ImportFault): FaultWords {
  const { importFault, importFaultWay } = WORDS[lang];
  return { reason: importFault[code], way: importFaultWay[code] };
}

/** Why a run could not finish, and the way out. */
export function runFaultWords(lang: Language, code: RunFault): string {
  return WORDS[lang].runFault[code];
}

/** What is wrong in the integration profile, and the way out. */
export function configurationWords(lang: Language, code: ConfigurationFault): string {
  return WORDS[lang].configurationFault[code];
}
