/** A MARC 21 record as plain data, independent of its source format (MARCXML, JSON). */
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

export function fieldsWith(record: MarcRecord, tag: string): readonly MarcDataField[] {
  return record.dataFields.filter((field) => field.tag === tag);
}

/** The values of these subfields, in field order. */
export function subfields(field: MarcDataField, codes: string): readonly string[] {
  return field.subfields.filter(({ code }) => code !== '' && codes.includes(code)).map(({ value }) => value);
}
