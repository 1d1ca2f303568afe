import type { Kind } from '../../domain/kinds';
import { isDay } from '../../domain/dates';

/**
 * What stands on a slip is Japanese in every language of the user interface, for it goes to another Japanese library. So these words
 * are here and not among the translations; a spec holds them against the Japanese ones.
 */
export const KIND_WORDS: Readonly<Record<Kind, string>> = { copy: '複写', loan: '貸借' };

const PAYMENT_WORDS: Readonly<Record<string, string>> = {
  pb: '公費・校費',
  pr: '私費',
  re: '研究所',
  ho: '大学附属病院',
  co: '産学連携等研究費',
};

/** A code that is not known is printed as it is. */
export function paymentWord(code = ''): string {
  return PAYMENT_WORDS[code] ?? code;
}

/** yyyyMMdd → 2026年11月24日; any other text as it is. */
export function slipDay(day = ''): string {
  if (!isDay(day)) return day;
  return `${day.slice(0, 4)}年${String(Number(day.slice(4, 6)))}月${String(Number(day.slice(6)))}日`;
}

/** Digits → 1,234円; any other text as it is. */
export function slipYen(yen = ''): string {
  return /^\d{1,9}$/.test(yen) ? `${Number(yen).toLocaleString('ja-JP')}円` : yen;
}
