import {
  byteLength,
  CHARGE_PARTS,
  fieldSpec,
  HISTORY_PARTS,
  LENDER_PARTS,
  SCALAR_NAMES,
  type MemberSpec,
} from '#domain/ill/fields';
import type { StoredRequest } from '../store/requests-store';

/** A field or group with a text that exceeds the limit of NACSIS-ILL. */
interface LongField {
  readonly field: string;
  readonly detail: string;
}

/** The first field of the record that exceeds its limit (domain/ill/fields). */
export function longField({ record: { fields, history } }: StoredRequest): LongField | undefined {
  for (const name of SCALAR_NAMES) {
    const { setBy, maxBytes } = fieldSpec(name);
    // Fields that NACSIS-ILL sets are not checked: クレーム未処理 alone exceeds the 20 bytes that the documents give for STAT.
    if (setBy === 'server') continue;
    const over = excess(fields[name], maxBytes);
    if (over !== undefined) return { field: name, detail: over };
  }
  return (
    longPart('lenders', LENDER_PARTS, fields.lenders) ??
    longPart('charges', CHARGE_PARTS, fields.charges) ??
    longPart('history', HISTORY_PARTS, history)
  );
}

type Parts = Readonly<Record<string, MemberSpec>>;

function longPart(
  group: string,
  parts: Parts,
  entries: readonly Readonly<Partial<Record<string, string>>>[] = [],
): LongField | undefined {
  for (const [at, entry] of entries.entries())
    for (const [name, { maxBytes }] of Object.entries(parts)) {
      const over = excess(entry[name], maxBytes);
      if (over !== undefined) return { field: group, detail: `${name} of entry ${String(at + 1)}: ${over}` };
    }
  return undefined;
}

function excess(text: string | undefined, max: number): string | undefined {
  const bytes = byteLength(text ?? '');
  return bytes > max ? `${String(bytes)} bytes of ${String(max)}` : undefined;
}
