import type { Action } from '../../domain/ill/commands';
import type { Side } from '../../domain/ill/kinds';

/**
 * Common comment texts, sent in Japanese in both languages because Japanese staff read them. The button label is
 * `reason.<id>`, in English with a gloss. The texts of reject come from the manual (M7-6_8).
 */
export const REASONS = {
  'missing-issue': '欠号',
  'not-arrived': '未着',
  'not-held': '未所蔵',
  'at-binding': '製本中',
  'on-loan': '貸出中',
  'rare-book': '貸出不可（貴重書）',
  'fragile': '複写不可（劣化資料）',
  'check-volume-pages': '巻号・ページをご確認ください',
  'no-such-article': '該当する記事が見当たりません',
  'confirm-charge': '料金をご確認ください',
  'check-bibliography': '書誌事項をご確認ください',
  'other-edition': '別の版を所蔵しています',
  'proceed-please': 'そのままお進めください',
  'charge-accepted': '料金を了承しました',
  'other-edition-good': 'その版で結構です',
  'pages-missing': 'ページの不足',
  'illegible': '不鮮明',
  'wrong-leaves': '落丁・乱丁',
  'wrong-article': '別の記事の複写',
  'wrong-material': '別の資料',
  'charge-wrong': '料金の誤り',
  'parts-missing': '付属資料の不足',
  'damaged': '汚損・破損',
  'sent-again': '再送しました',
  'charge-corrected': '料金を訂正しました',
} as const;
export type ReasonId = keyof typeof REASONS;

interface Situation {
  readonly action: Action;
  readonly side: Side;
  readonly kind: 'copy' | 'loan';
  readonly claimOpen: boolean;
}

const REJECT: readonly ReasonId[] = ['missing-issue', 'not-arrived', 'not-held', 'at-binding', 'on-loan'];
const INQUIRY: readonly ReasonId[] = [
  'check-volume-pages',
  'no-such-article',
  'check-bibliography',
  'other-edition',
  'confirm-charge',
];

/** Common texts for an action's comment, most common first. */
export function reasonsFor({ action, side, kind, claimOpen }: Situation): readonly ReasonId[] {
  switch (action) {
    case 'reject':
      return [...REJECT, kind === 'copy' ? 'fragile' : 'rare-book'];
    case 'inquiry':
      return INQUIRY;
    case 'answer':
      return ['proceed-please', 'charge-accepted', 'other-edition-good'];
    case 'claim':
      if (side === 'lender') return ['parts-missing', 'damaged', 'wrong-material'];
      return kind === 'copy'
        ? ['wrong-leaves', 'illegible', 'pages-missing', 'wrong-article', 'charge-wrong']
        : ['wrong-material', 'parts-missing', 'damaged', 'charge-wrong'];
    case 'ship':
      return claimOpen ? ['sent-again', 'charge-corrected'] : [];
    default:
      return [];
  }
}

/** Appends the text to the comment unless it is already there. */
export function withReason(comment: string, text: string): string {
  const before = comment.trim();
  if (before === '') return text;
  return before.includes(text) ? comment : `${before}、${text}`;
}

const WISH = /更新希望[:：]\s*(\d{4})-?(\d{2})-?(\d{2})/u;

/** The wished due date as text in the comment of RENEW; NACSIS-ILL has no field for it (ISO-3.20). `day`: yyyy-mm-dd */
export function wishText(day: string, rest: string): string {
  return [`更新希望: ${day}`, rest.trim()].filter((text) => text !== '').join(' ');
}

/** Finds the wished date in a comment. Returns yyyyMMdd, or undefined when the comment has no such date. */
export function wishIn(comment: string | undefined): string | undefined {
  const [, year, month, day] = WISH.exec(comment ?? '') ?? [];
  return year === undefined || month === undefined || day === undefined ? undefined : year + month + day;
}

/** The lender's answer to a renewal request, as sent. `day`: the due date from now on, yyyy-mm-dd */
export function replyText(reply: 'grant' | 'refuse', day: string): string {
  return reply === 'grant'
    ? `更新を承認します。新しい返却期限: ${day}`
    : `更新はできません。返却期限（${day}）までに返却してください。`;
}

/** A typed comment and its additions. Dates yyyy-mm-dd. */
interface CommentParts {
  /** Undefined until the comment is edited. */
  readonly typed: string | undefined;
  readonly reply?: { readonly choice: 'grant' | 'refuse'; readonly dueDate: string };
  /** '' = no date chosen. */
  readonly wish?: string;
}

/**
 * Returns the comment as sent. A renewal's wished date comes first. A renewal answer has its standard text until
 * another text is typed.
 */
export function commentOf({ typed, reply, wish }: CommentParts): string {
  if (reply !== undefined && typed === undefined) return replyText(reply.choice, reply.dueDate);
  return wish === undefined || wish === '' ? (typed ?? '') : wishText(wish, typed ?? '');
}
