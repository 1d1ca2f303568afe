import en from '../../i18n/imports.en.json';
import ja from '../../i18n/imports.ja.json';
import type { WordsByLanguage } from '../core/page-words';

/** Translations of the import pages, loaded with them. */
export const IMPORT_WORDS: WordsByLanguage = { en, ja };
