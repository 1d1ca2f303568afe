import { sql, type Kysely, type Migration } from 'kysely';
import { COMMON_FORMS, VARIANTS } from '#domain/catalog/variant-characters';

/** Folds the searched texts as searches do now: without accents, in hiragana, with the common forms of characters. */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const [katakana, hiragana] = [kana(0x30a1), kana(0x3041)];
    await sql`update requests set search_text = translate(
      normalize(regexp_replace(normalize(search_text, NFD), '[\u0300-\u036f]', '', 'g'), NFC),
      ${katakana + VARIANTS}::text, ${hiragana + COMMON_FORMS}::text)`.execute(db);
  },
  // The older search finds folded texts, too, except by what was folded.
  down(): Promise<void> {
    return Promise.resolve();
  },
};

/** The 86 kana from this code point on that both scripts have. */
function kana(first: number): string {
  return Array.from({ length: 86 }, (_, at) => String.fromCharCode(first + at)).join('');
}
