import { transcribedTitle } from '#catp/transcribed-title';
import { normalised } from './normalise';

/** Language of titles whose transcription is abbreviated by characters. */
const JAPANESE = 'jpn';
/** Positions of the characters taken from a Japanese title, from 0. */
const CHARACTERS = [0, 2, 4] as const;
/** Number of characters taken from each of the first four words. */
const WORDS = [3, 1, 1, 1] as const;

/**
 * The short keys (AKEY, 短縮キー) of a record, by the rules of the NACSIS-CAT manual (catill.bitbucket.io/CAT/furoku_c,
 * `jissou_siyo/idx_akey`). For a Japanese title (TTLL = jpn): the 1st, 3rd and 5th character of TRD; and of its reading
 * TRR the first 3 characters of the first word and one character of each of the next three. For any other title: TRD
 * and TRR both by words. Hiragana equals katakana; small kana differ from large ones.
 * @unconfirmed I: The statement of responsibility does not count for a short key, punctuation neither. Confirm: search BOOK by the AKEY of a title with both.
 */
export function titleKeysOf(
  transcriptions: readonly string[],
  readings: readonly string[],
  language: string,
): readonly string[] {
  const ofTranscription = language === JAPANESE ? byCharacters : byWords;
  return [
    ...transcriptions.map((trd) => ofTranscription(titleIn(trd))),
    ...readings.map((trr) => byWords(titleIn(trr))),
  ].filter((key) => key !== '');
}

function byCharacters(title: string): string {
  const characters = [...title.replaceAll(' ', '')];
  return CHARACTERS.map((at) => characters[at] ?? '').join('');
}

function byWords(title: string): string {
  const words = title.split(' ');
  return WORDS.map((length, at) => [...(words[at] ?? '')].slice(0, length).join('')).join('');
}

function titleIn(transcription: string): string {
  return normalised(transcribedTitle(transcription)[0]);
}
