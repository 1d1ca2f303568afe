import type { Tariff } from '../../domain/api/profile';
import { chargeFields, linesFrom, type ChargeLine } from '../../domain/ill/charges';
import type { Kind } from '../../domain/ill/kinds';
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

/** The tariffs to choose from for requests of this kind. */
export function tariffsFor(kind: Kind, tariffs: readonly Tariff[]): readonly Tariff[] {
  return tariffs.filter((tariff) => tariff.kind === undefined || tariff.kind === kind);
}

/** The prices of a sole tariff; without a tariff, or with several to choose from, nothing. */
export function proposedDraft(tariffs: readonly Tariff[]): ChargeDraft {
  const [sole, other] = tariffs;
  return sole === undefined || other !== undefined ? NO_CHARGES : draftOfTariff(sole);
}

/** The prices of a tariff, with the quantities that were typed. */
export function pricedBy(tariff: Tariff, { lines }: ChargeDraft): ChargeDraft {
  const priced = draftOfTariff(tariff);
  return { ...priced, lines: priced.lines.map((line, at) => ({ ...line, quantity: lines[at]?.quantity ?? '' })) };
}

/** True when the draft has the prices of this tariff, whatever the quantities. */
export function isPricedBy(tariff: Tariff, draft: ChargeDraft): boolean {
  const { lines, fee, postage } = pricedBy(tariff, draft);
  const isSame = (one: ChargeLine, other: ChargeLine | undefined): boolean =>
    one.item === other?.item && one.unitPrice === other.unitPrice;
  return (
    fee === draft.fee &&
    postage === draft.postage &&
    lines.length === draft.lines.length &&
    lines.every((line, at) => isSame(line, draft.lines[at]))
  );
}

/** True for a tariff line without quantity. Such a line stays on the form and is not sent. */
export function isUnused({ item, quantity, unitPrice }: ChargeLine): boolean {
  return item.trim() !== '' && unitPrice.trim() !== '' && quantity.trim() === '';
}

/** The lines with unused ones blanked, at the same indices. */
export function countedLines({ lines }: ChargeDraft): readonly ChargeLine[] {
  return lines.map((line) => (isUnused(line) ? EMPTY_LINE : line));
}

/** True when a tariff's prices are there and no line has a quantity. */
export function lacksQuantity(draft: ChargeDraft): boolean {
  return draft.lines.some(isUnused) && isBlank({ ...draft, fee: '', postage: '' });
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
