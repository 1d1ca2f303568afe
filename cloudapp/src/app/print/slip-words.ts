import type { Kind } from '../../domain/ill/kinds';
import { isDay } from '../../domain/ill/dates';

/**
 * Slips are in Japanese in every UI language, because they go to other Japanese libraries. These texts are therefore
 * not translations; a spec compares them with the Japanese translations.
 */
export const KIND_WORDS: Readonly<Record<Kind, string>> = { copy: '複写', loan: '貸借' };

const PAYMENT_WORDS: Readonly<Record<string, string>> = {
  pb: '公費・校費',
  pr: '私費',
  re: '研究所',
  ho: '大学附属病院',
  co: '産学連携等研究費',
};

/** Unknown codes are printed unchanged. */
export function paymentWord(code = ''): string {
  return PAYMENT_WORDS[code] ?? code;
}

/** yyyyMMdd → 2026年11月24日; any other text is returned unchanged. */
export function slipDay(day = ''): string {
  if (!isDay(day)) return day;
  return `${day.slice(0, 4)}年${String(Number(day.slice(4, 6)))}月${String(Number(day.slice(6)))}日`;
}

/** Digits → 1,234円; any other text is returned unchanged. */
export function slipYen(yen = ''): string {
  return /^\d{1,9}$/.test(yen) ? `${Number(yen).toLocaleString('ja-JP')}円` : yen;
}
