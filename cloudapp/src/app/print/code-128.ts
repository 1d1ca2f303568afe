/**
 * Own implementation of Code 128: the app has no library for it among its dependencies and may not load code at run
 * time, and the ids (A-Z, 0-9) need code set B only. Source: ISO/IEC 15417; the check character is part of the symbol.
 */

/** Module widths of bar, space, bar … by symbol value; 104 = start B, 106 = stop. */
const WIDTHS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ');
const START_B = 104;
const STOP = 106;
const CHECK_MODULUS = 103;
/** Width of the blank margin on either side, in modules. */
export const QUIET_ZONE = 10;

interface Bar {
  /** Modules from the left edge, including the quiet zone. */
  readonly at: number;
  readonly width: number;
}

interface Symbol128 {
  readonly bars: readonly Bar[];
  /** Modules, including both quiet zones. */
  readonly width: number;
}

/** Values of the symbol: start, characters, check character, stop. @throws RangeError for text outside of code set B */
export function code128Values(text: string): readonly number[] {
  const values = Array.from(text, (character) => (character.codePointAt(0) ?? 0) - 32);
  if (values.length === 0 || values.some((value) => value < 0 || value > 94))
    throw new RangeError('Code 128 B takes printable ASCII characters');
  const sum = values.reduce((all, value, at) => all + value * (at + 1), START_B);
  return [START_B, ...values, sum % CHECK_MODULUS, STOP];
}

/** @throws RangeError for text outside of code set B */
export function code128(text: string): Symbol128 {
  const widths = code128Values(text).flatMap((value) => Array.from(WIDTHS[value] ?? '', Number));
  let at = QUIET_ZONE;
  const bars: Bar[] = [];
  for (const [place, width] of widths.entries()) {
    if (place % 2 === 0) bars.push({ at, width });
    at += width;
  }
  return { bars, width: at + QUIET_ZONE };
}
