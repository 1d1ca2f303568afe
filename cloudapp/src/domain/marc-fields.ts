/** A MARC 21 record as plain data, however it arrived (MARCXML, JSON). */
export interface MarcRecord {
  readonly leader: string;
  readonly controlFields: readonly { readonly tag: string; readonly value: string }[];
  readonly dataFields: readonly MarcDataField[];
}
export interface MarcDataField {
  readonly tag: string;
  readonly ind1: string;
  readonly ind2: string;
  readonly subfields: readonly { readonly code: string; readonly value: string }[];
}

/** A field with its forms in other scripts (880, linked by $6), the field itself first. */
export type Versions = readonly MarcDataField[];

export function fieldsWith(record: MarcRecord, tag: string): readonly MarcDataField[] {
  return record.dataFields.filter((field) => field.tag === tag);
}

/** The values of these subfields, in the order of the field. */
export function subfields(field: MarcDataField, codes: string): readonly string[] {
  return field.subfields.filter(({ code }) => code !== '' && codes.includes(code)).map(({ value }) => value);
}

/** Every field of this tag with its 880 partners; an 880 whose partner is missing (or occurrence 00) stands alone. */
export function versionsOf(record: MarcRecord, tag: string): readonly Versions[] {
  const alternates = fieldsWith(record, '880').flatMap((field) => {
    const link = linkOf(field);
    return link?.tag === tag ? [{ field, occurrence: link.occurrence }] : [];
  });
  const groups = fieldsWith(record, tag).map((main) => {
    const occurrence = linkOf(main)?.occurrence;
    const linked = alternates.filter((alternate) => alternate.occurrence === occurrence && occurrence !== '00');
    return [main, ...linked.map(({ field }) => field)];
  });
  const used = new Set(groups.flat());
  return [...groups, ...alternates.filter(({ field }) => !used.has(field)).map(({ field }) => [field])];
}

function linkOf(field: MarcDataField): { readonly tag: string; readonly occurrence: string } | undefined {
  const [, tag, occurrence] = /^\s*(\d{3})-(\d{2})/.exec(subfields(field, '6')[0] ?? '') ?? [];
  return tag === undefined || occurrence === undefined ? undefined : { tag, occurrence };
}

/** The version that a Japanese library prints, and the reading that comes with it. */
export interface Printed {
  readonly text: string;
  readonly reading?: string;
}

/**
 * Of several versions the one with kanji or hiragana, else the one in another original script, else the first.
 * A kana or romanised version of the chosen text is its reading; two texts in one script are no reading of each other.
 */
export function printedOf(texts: readonly string[]): Printed | undefined {
  const present = texts.filter((text) => text !== '');
  const [first] = present;
  if (first === undefined) return undefined;
  const text = present.reduce((best, next) => (originality(next) > originality(best) ? next : best), first);
  const readings = present.filter((other) => originality(other) < originality(text));
  const reading = readings.find((other) => originality(other) > 0) ?? readings[0];
  return reading === undefined ? { text } : { text, reading };
}

/** 2: kanji or hiragana; 1: another script than Latin (katakana too, which Japanese readings are written in); 0: Latin. */
function originality(text: string): number {
  if (/[\p{Script=Han}\p{Script=Hiragana}]/u.test(text)) return 2;
  return /[^\P{L}\p{Script=Latin}]/u.test(text) ? 1 : 0;
}
