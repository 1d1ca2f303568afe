import type { Tariff } from '../../domain/api/profile';
import { chargeFields, linesFrom, type ChargeLine } from '../../domain/ill/charges';
import type { RequestFields } from '../../domain/ill/request';
import type { ActionParams } from './action-steps';

/** The typed content of the calculator. */
export interface ChargeDraft {
  readonly lines: readonly ChargeLine[];
  readonly fee: string;
  readonly postage: string;
}

export const EMPTY_LINE: ChargeLine = { item: '', quantity: '', unitPrice: '' };
export const NO_CHARGES: ChargeDraft = { lines: [EMPTY_LINE], fee: '', postage: '' };

/** The stored charges, for correction; a total without parts becomes one line. */
export function draftFrom({ charges, fee = '', postage = '', total = '' }: RequestFields): ChargeDraft {
  const lines = linesFrom(charges);
  if (lines.length > 0) return { lines, fee, postage };
  const isTotalOnly = fee === '' && postage === '' && /^[1-9]\d*$/.test(total);
  return { lines: [isTotalOnly ? { item: '', quantity: '1', unitPrice: total } : EMPTY_LINE], fee, postage };
}

/** The lines of a tariff, without quantities. */
export function draftOfTariff({ lines, fee, postage }: Tariff): ChargeDraft {
  const typed = lines.map(({ item, unitPrice }) => ({ item, quantity: '', unitPrice: String(unitPrice) }));
  return {
    lines: typed.length > 0 ? typed : [EMPTY_LINE],
    fee: fee === undefined ? '' : String(fee),
    postage: postage === undefined ? '' : String(postage),
  };
}

/** True for a tariff line without quantity. Such a line stays on the form and is not sent. */
export function isUnused({ item, quantity, unitPrice }: ChargeLine): boolean {
  return item.trim() !== '' && unitPrice.trim() !== '' && quantity.trim() === '';
}

/** The lines with unused ones blanked, at the same indices. */
export function countedLines({ lines }: ChargeDraft): readonly ChargeLine[] {
  return lines.map((line) => (isUnused(line) ? EMPTY_LINE : line));
}

/** True when nothing was typed. Free of charge is typed as an explicit 0. */
export function isBlank(draft: ChargeDraft): boolean {
  const texts = countedLines(draft).flatMap(({ item, quantity, unitPrice }) => [item, quantity, unitPrice]);
  return [...texts, draft.fee, draft.postage].every((text) => text.trim() === '');
}

/** The params of SEND. Removed values are deleted by an empty text or an empty group (SPC 3). */
export function chargeParams(draft: ChargeDraft, stored: RequestFields): ActionParams {
  const now = isBlank(draft) ? {} : chargeFields(countedLines(draft), draft.fee, draft.postage);
  return {
    ...((stored.charges?.length ?? 0) > 0 && { charges: [] }),
    ...((stored.fee ?? '') !== '' && { fee: '' }),
    ...((stored.postage ?? '') !== '' && { postage: '' }),
    ...(now as ActionParams),
  };
}
