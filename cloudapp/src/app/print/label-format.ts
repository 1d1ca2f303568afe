/** Label sheets. Each has the i18n key `print.format.<format>`. */
export const LABEL_FORMATS = ['a4-12', 'a4-24', 'single'] as const;
export type LabelFormat = (typeof LABEL_FORMATS)[number];

/** Dimensions in mm. The grid is centred on the sheet and has no gaps. */
interface LabelSheet {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

const A4 = { width: 210, height: 297 };

/** 12 = 2 × 6 of 86.4 × 42.3; 24 = 3 × 8 of 66 × 33.9: the two common sheets with margins on all sides. */
export const LABEL_SHEETS: Readonly<Record<LabelFormat, LabelSheet>> = {
  'a4-12': centred(2, 6, 86.4, 42.3),
  'a4-24': centred(3, 8, 66, 33.9),
  'single': { columns: 1, rows: 1, width: 100, height: 60, left: 0, top: 0 },
};

export function labelsOf(format: LabelFormat): number {
  const { columns, rows } = LABEL_SHEETS[format];
  return columns * rows;
}

/** Position of a label on its sheet in mm. */
export interface LabelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
type PlacedLabel<T> = LabelPlace & { readonly item: T };

/** Fills sheets row by row; `start` (from 1) is the first free label of a partly used sheet. */
export function labelSheets<T>(
  items: readonly T[],
  format: LabelFormat,
  start: number,
): readonly (readonly PlacedLabel<T>[])[] {
  const { columns, width, height, left, top } = LABEL_SHEETS[format];
  const perSheet = labelsOf(format);
  const skipped = Math.min(Math.max(Math.trunc(start) || 1, 1), perSheet) - 1;
  const sheets: PlacedLabel<T>[][] = [];
  for (const [at, item] of items.entries()) {
    const place = (at + skipped) % perSheet;
    const sheet = (sheets[Math.floor((at + skipped) / perSheet)] ??= []);
    sheet.push({
      item,
      left: left + (place % columns) * width,
      top: top + Math.floor(place / columns) * height,
      width,
      height,
    });
  }
  return sheets;
}

function centred(columns: number, rows: number, width: number, height: number): LabelSheet {
  const margin = (whole: number, used: number): number => Math.round((whole - used) * 50) / 100;
  return {
    columns,
    rows,
    width,
    height,
    left: margin(A4.width, columns * width),
    top: margin(A4.height, rows * height),
  };
}
