import { transcribedTitle } from '#catp/transcribed-title';
import { normalised } from './normalise';

/** Language of titles whose transcription is cut by characters. */
const JAPANESE = 'jpn';
/** Places of the characters that a Japanese title gives, from 0. */
const CHARACTERS = [0, 2, 4] as const;
/** Characters that each of the first four words gives. */
const WORDS = [3, 1, 1, 1] as const;

/**
 * The short keys (AKEY, 短縮キー) of a record, as the manual of NACSIS-CAT makes them (catill.bitbucket.io/CAT/furoku_c, `jissou_siyo/idx_akey`):
 * of a Japanese title (TTLL = jpn) the 1st, 3rd and 5th character of TRD, and of its reading TRR the first 3 characters of the first word
 * and one each of the next three; of any other title TRD and TRR both by words. Hiragana and katakana are one, small kana are not large ones.
 * Not said there, and supposed here: the statement of responsibility does not count, punctuation neither.
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
