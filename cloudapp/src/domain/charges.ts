import { MAX_CHARGES } from './fields';
import type { Charge, RequestFields } from './request';

/** A line of the calculator: what, how many, at how many yen each. Empty texts while it is being typed. */
export interface ChargeLine {
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

/** What is wrong with what was typed. Each is an i18n key `chargeFault.<code>`. */
export const CHARGE_FAULTS = [
  'item-missing',
  'not-a-number',
  'incomplete-line',
  'too-many-lines',
  'too-large',
] as const;
export type ChargeFault = (typeof CHARGE_FAULTS)[number];

/** SUM has eight digits (OFF-fmt). */
const MAX_TOTAL = 99_999_999;

export interface Calculation {
  /** Yen of each line; undefined while it cannot be calculated. */
  readonly amounts: readonly (number | undefined)[];
  /** Yen; undefined while something is wrong. */
  readonly total: number | undefined;
  readonly faults: readonly { readonly line?: number; readonly code: ChargeFault }[];
}

/** CHRGE = QNT × UPRCE, SUM = Σ CHRGE + FEE + POSTG, as NACSIS-ILL's own client calculates them (M8-6_3); the server does not (GL 4.3). */
export function calculate(lines: readonly ChargeLine[], fee: string, postage: string): Calculation {
  const used = lines.map(isUsed);
  const amounts = lines.map((line) => product(yenOf(line.quantity), yenOf(line.unitPrice)));
  const others = [fee, postage].map((text) => (text.trim() === '' ? 0 : yenOf(text)));
  const faults = [
    ...lines.flatMap((line, at) => (used[at] === true ? faultsOf(line, at, used.filter(Boolean).length > 1) : [])),
    ...(others.includes(undefined) ? [{ code: 'not-a-number' as const }] : []),
    ...(used.filter(Boolean).length > MAX_CHARGES ? [{ code: 'too-many-lines' as const }] : []),
  ];
  const parts = [...amounts.filter((_amount, at) => used[at]), ...others];
  const sum = parts.reduce<number>((all, amount) => all + (amount ?? 0), 0);
  if (sum > MAX_TOTAL) return { amounts, total: undefined, faults: [...faults, { code: 'too-large' }] };
  return { amounts, total: faults.length > 0 ? undefined : sum, faults };
}

/** The fields of the calculation as SEND takes them; lines that were left empty are not sent. */
export function chargeFields(lines: readonly ChargeLine[], fee: string, postage: string): RequestFields {
  const { amounts, total } = calculate(lines, fee, postage);
  const charges = lines.flatMap((line, at): readonly Charge[] =>
    isUsed(line)
      ? [
          {
            item: line.item.trim(),
            quantity: plain(line.quantity),
            unitPrice: plain(line.unitPrice),
            amount: String(amounts[at] ?? ''),
          },
        ]
      : [],
  );
  return {
    ...(charges.length > 0 && { charges }),
    ...(fee.trim() !== '' && { fee: plain(fee) }),
    ...(postage.trim() !== '' && { postage: plain(postage) }),
    ...(total !== undefined && { total: String(total) }),
  };
}

/** The lines of stored charges, to start from. */
export function linesFrom(charges: readonly Charge[] = []): readonly ChargeLine[] {
  return charges.map(({ item = '', quantity = '', unitPrice = '' }) => ({ item, quantity, unitPrice }));
}

function isUsed({ item, quantity, unitPrice }: ChargeLine): boolean {
  return [item, quantity, unitPrice].some((text) => text.trim() !== '');
}

/** ITEM is required in each line when there are several (M8-6_3). */
function faultsOf(line: ChargeLine, at: number, several: boolean): Calculation['faults'] {
  const numbers = [line.quantity, line.unitPrice];
  const isEmpty = numbers.some((text) => text.trim() === '');
  return [
    ...(several && line.item.trim() === '' ? [{ line: at, code: 'item-missing' as const }] : []),
    ...(isEmpty ? [{ line: at, code: 'incomplete-line' as const }] : []),
    ...(numbers.some((text) => text.trim() !== '' && yenOf(text) === undefined)
      ? [{ line: at, code: 'not-a-number' as const }]
      : []),
  ];
}

function product(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one * other;
}

/** Whole yen or pieces; digits of full width and thousands separators are understood. */
function yenOf(text: string): number | undefined {
  const digits = plain(text);
  return /^\d{1,8}$/.test(digits) ? Number(digits) : undefined;
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[,\s円¥]/gu, '');
}
