import en from '../../i18n/tariffs.en.json';
import ja from '../../i18n/tariffs.ja.json';
import type { WordsByLanguage } from '../core/page-words';

/** Translations of the tariffs, loaded with their page. */
export const TARIFF_WORDS: WordsByLanguage = { en, ja };
