import en from '../../i18n/imports.en.json';
import ja from '../../i18n/imports.ja.json';
import type { WordsByLanguage } from '../core/page-words';

/** The words of the import's pages, which come with these. */
export const IMPORT_WORDS: WordsByLanguage = { en, ja };
