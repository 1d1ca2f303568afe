import en from '../../i18n/templates.en.json';
import ja from '../../i18n/templates.ja.json';
import type { WordsByLanguage } from '../core/page-words';

/** The words of the templates, which come with the form of the order. */
export const TEMPLATE_WORDS: WordsByLanguage = { en, ja };
