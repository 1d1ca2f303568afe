import { CHARGE_PARTS, FIELDS, MAX_CHARGES } from './fields';
import type { Charge, RequestFields } from './request';

/** A line of the calculator: item, quantity and unit price in yen. Texts may be empty while typing. */
export interface ChargeLine {
  readonly item: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

/** Faults of the typed values. Each has the i18n key `chargeFault.<code>`. */
export const CHARGE_FAULTS = [
  'item-missing',
  'not-a-number',
  'incomplete-line',
  'too-many-lines',
  'too-large',
] as const;
type ChargeFault = (typeof CHARGE_FAULTS)[number];

/** SUM and CHRGE have eight digits (OFF-fmt). */
const MAX_AMOUNT = 99_999_999;
const DIGITS = {
  quantity: CHARGE_PARTS.quantity.maxBytes,
  unitPrice: CHARGE_PARTS.unitPrice.maxBytes,
  fee: FIELDS.fee.maxBytes,
  postage: FIELDS.postage.maxBytes,
} as const;

export interface Calculation {
  /** Yen per line; undefined when it cannot be calculated. */
  readonly amounts: readonly (number | undefined)[];
  /** Yen; undefined when there is a fault. */
  readonly total: number | undefined;
  /** `line`: index from 0; absent for fee, postage and the whole. */
  readonly faults: readonly { readonly line?: number; readonly code: ChargeFault }[];
}

type Read = { readonly yen: number } | { readonly code: 'not-a-number' | 'too-large' };

/**
 * CHRGE = QNT × UPRCE, SUM = Σ CHRGE + FEE + POSTG, as in NACSIS-ILL's own client (M8-6_3). The server does not
 * calculate (GL 4.3).
 */
export function calculate(lines: readonly ChargeLine[], fee: string, postage: string): Calculation {
  const used = lines.filter(isUsed).length;
  const amounts = lines.map(amountOf);
  const others = [
    isBlank(fee) ? { yen: 0 } : read(fee, DIGITS.fee),
    isBlank(postage) ? { yen: 0 } : read(postage, DIGITS.postage),
  ];
  const faults: Calculation['faults'] = [
    ...lines.flatMap((line, at) => (isUsed(line) ? faultsOf(line, used > 1).map((code) => ({ line: at, code })) : [])),
    ...others.flatMap((each) => ('code' in each ? [{ code: each.code }] : [])),
    ...(used > MAX_CHARGES ? [{ code: 'too-many-lines' as const }] : []),
  ];
  if (faults.length > 0) return { amounts, total: undefined, faults };
  const parts = [...amounts, ...others.map((each) => ('yen' in each ? each.yen : 0))];
  const sum = parts.reduce<number>((all, amount) => all + (amount ?? 0), 0);
  if (sum > MAX_AMOUNT) return { amounts, total: undefined, faults: [{ code: 'too-large' }] };
  return { amounts, total: sum, faults };
}

/**
 * The fields as SEND takes them: without empty lines, numbers as plain digits, without `total` when there is a fault.
 */
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
    ...(!isBlank(fee) && { fee: plain(fee) }),
    ...(!isBlank(postage) && { postage: plain(postage) }),
    ...(total !== undefined && { total: String(total) }),
  };
}

/** Calculator lines of stored charges. */
export function linesFrom(charges: readonly Charge[] = []): readonly ChargeLine[] {
  return charges.map(({ item = '', quantity = '', unitPrice = '' }) => ({ item, quantity, unitPrice }));
}

function isUsed({ item, quantity, unitPrice }: ChargeLine): boolean {
  return ![item, quantity, unitPrice].every(isBlank);
}

/** Returns at most one fault of each code. With several lines, each line needs an ITEM (M8-6_3). */
function faultsOf(line: ChargeLine, isOneOfSeveral: boolean): readonly ChargeFault[] {
  const texts = [line.quantity, line.unitPrice];
  const reads = [read(line.quantity, DIGITS.quantity), read(line.unitPrice, DIGITS.unitPrice)];
  const has = (code: ChargeFault): boolean =>
    reads.some((each, at) => 'code' in each && each.code === code && !isBlank(texts[at] ?? ''));
  return [
    ...(isOneOfSeveral && isBlank(line.item) ? (['item-missing'] as const) : []),
    ...(texts.some(isBlank) ? (['incomplete-line'] as const) : []),
    ...(has('not-a-number') ? (['not-a-number'] as const) : []),
    ...(has('too-large') || (amountOf(line) ?? 0) > MAX_AMOUNT ? (['too-large'] as const) : []),
  ];
}

function amountOf(line: ChargeLine): number | undefined {
  const quantity = read(line.quantity, DIGITS.quantity);
  const unitPrice = read(line.unitPrice, DIGITS.unitPrice);
  return 'yen' in quantity && 'yen' in unitPrice ? quantity.yen * unitPrice.yen : undefined;
}

/** Reads whole yen or quantities. Accepts full-width digits, thousands separators and the currency sign. */
function read(text: string, digits: number): Read {
  const number = plain(text);
  if (!/^\d+$/.test(number)) return { code: 'not-a-number' };
  return number.length > digits ? { code: 'too-large' } : { yen: Number(number) };
}

/** Strips separators and leading zeros. Text that is not a number is returned without its separators. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[,\s円¥]/gu, '')
    .replace(/^0+(?=\d)/, '');
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
