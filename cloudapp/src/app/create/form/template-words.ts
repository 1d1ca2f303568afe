import en from '../../../i18n/templates.en.json';
import ja from '../../../i18n/templates.ja.json';
import type { WordsByLanguage } from '../../core/page-words';

/** Translations of the templates, loaded with the order form. */
export const TEMPLATE_WORDS: WordsByLanguage = { en, ja };
