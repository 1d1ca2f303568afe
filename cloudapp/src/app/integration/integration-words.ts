import en from '../../i18n/integration.en.json';
import ja from '../../i18n/integration.ja.json';
import type { WordsByLanguage } from '../core/page-words';

/** Translations of the integration profile, loaded with its page. */
export const INTEGRATION_WORDS: WordsByLanguage = { en, ja };
