import type { Tariff } from '../../domain/api/profile';
import { MAX_CHARGES } from '../../domain/ill/fields';
import { KINDS, type Kind } from '../../domain/ill/kinds';

/** A tariff line in the form. */
export interface LineEdit {
  readonly item: string;
  readonly unitPrice: string;
}

/** A tariff in the form. */
export interface TariffEdit {
  readonly name: string;
  readonly kind: Kind | '';
  readonly lines: readonly LineEdit[];
  readonly fee: string;
  readonly postage: string;
}

export const NEW_LINE: LineEdit = { item: '', unitPrice: '' };
export const NEW_TARIFF: TariffEdit = { name: '', kind: '', lines: [NEW_LINE], fee: '', postage: '' };

/** Faults of a tariff. Each has the i18n key `tariffs.fault.<code>`. */
type TariffFault = 'name-missing' | 'name-twice' | 'incomplete-line' | 'not-yen' | 'too-many-lines';

/** Limits of the contract (domain/api/profile.ts). */
const MAX_NAME = 60;
const MAX_ITEM = 40;
const MAX_YEN = 999_999;
const MAX_DAYS = 366;

export function editOf({ name, kind, lines, fee, postage }: Tariff): TariffEdit {
  return {
    name,
    kind: kind ?? '',
    lines: lines.map(({ item, unitPrice }) => ({ item, unitPrice: String(unitPrice) })),
    fee: fee === undefined ? '' : String(fee),
    postage: postage === undefined ? '' : String(postage),
  };
}

/** The tariffs to save; undefined when there are faults. Omits empty lines. */
export function tariffsOf(edits: readonly TariffEdit[]): readonly Tariff[] | undefined {
  if (edits.some((edit, at) => faultsOf(edit, edits.slice(0, at)).length > 0)) return undefined;
  return edits.map((edit) => {
    const kind = KINDS.find((each) => each === edit.kind);
    const [fee, postage] = [yenOf(edit.fee), yenOf(edit.postage)];
    return {
      name: edit.name.trim(),
      ...(kind !== undefined && { kind }),
      lines: usedLines(edit).map(({ item, unitPrice }) => ({ item: item.trim(), unitPrice: yenOf(unitPrice) ?? 0 })),
      ...(fee !== undefined && { fee }),
      ...(postage !== undefined && { postage }),
    };
  });
}

/**
 * Returns the faults of a tariff. `before`: the tariffs above it; of two with the same name and kind, the lower one is
 * reported.
 */
export function faultsOf(edit: TariffEdit, before: readonly TariffEdit[]): readonly TariffFault[] {
  const name = edit.name.trim();
  const lines = usedLines(edit);
  const isWrongYen = (text: string): boolean => text.trim() !== '' && yenOf(text) === undefined;
  const isTaken = before.some((other) => other.name.trim() === name && other.kind === edit.kind);
  const isIncomplete = lines.some(
    ({ item, unitPrice }) => item.trim() === '' || item.trim().length > MAX_ITEM || unitPrice.trim() === '',
  );
  return [
    ...(name === '' || name.length > MAX_NAME ? (['name-missing'] as const) : []),
    ...(name !== '' && isTaken ? (['name-twice'] as const) : []),
    ...(isIncomplete ? (['incomplete-line'] as const) : []),
    ...([edit.fee, edit.postage, ...lines.map(({ unitPrice }) => unitPrice)].some(isWrongYen)
      ? (['not-yen'] as const)
      : []),
    ...(lines.length > MAX_CHARGES ? (['too-many-lines'] as const) : []),
  ];
}

/** Returns the loan period in days; null when the library has none of its own, undefined for an invalid number. */
export function daysOf(text: string): number | null | undefined {
  const digits = plain(text);
  if (digits === '') return null;
  const days = /^\d{1,3}$/.test(digits) ? Number(digits) : 0;
  return days >= 1 && days <= MAX_DAYS ? days : undefined;
}

function usedLines({ lines }: TariffEdit): readonly LineEdit[] {
  return lines.filter(({ item, unitPrice }) => item.trim() !== '' || unitPrice.trim() !== '');
}

function yenOf(text: string): number | undefined {
  const digits = plain(text);
  const yen = /^\d{1,6}$/.test(digits) ? Number(digits) : undefined;
  return yen !== undefined && yen <= MAX_YEN ? yen : undefined;
}

/** Accepts full-width digits, thousands separators and currency signs. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/[,\s円¥]/gu, '');
}
