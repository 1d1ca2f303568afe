/** Separates title and statement of responsibility in TRD, by ISBD. */
const RESPONSIBILITY = ' / ';

/** Splits a transcription such as `新潟の地誌 / 髙橋著`. Without a separator the whole text is the title. */
export function transcribedTitle(trd: string): readonly [title: string, responsibility: string | undefined] {
  const at = trd.indexOf(RESPONSIBILITY);
  return at < 0 ? [trd, undefined] : [trd.slice(0, at), trd.slice(at + RESPONSIBILITY.length)];
}
