/** Parts title and statement of responsibility in TRD, by ISBD. */
const RESPONSIBILITY = ' / ';

/** Title and statement of responsibility of a transcription such as `新潟の地誌 / 髙橋著`; the whole is the title where nothing parts them. */
export function transcribedTitle(trd: string): readonly [title: string, responsibility: string | undefined] {
  const at = trd.indexOf(RESPONSIBILITY);
  return at < 0 ? [trd, undefined] : [trd.slice(0, at), trd.slice(at + RESPONSIBILITY.length)];
}
