interface Subfield {
  readonly code: string;
  readonly value: string;
}

export interface DataField {
  readonly tag: string;
  /** Both indicators, blanks included: `1 `. */
  readonly indicators: string;
  readonly subfields: readonly Subfield[];
}

export interface MarcRecord {
  readonly leader: string;
  readonly controls: readonly { readonly tag: string; readonly value: string }[];
  readonly fields: readonly DataField[];
}

/** Example: `field('245', '10', { a: '題名', c: '著者' })`. Omits absent and empty subfields. */
export function field(
  tag: string,
  indicators: string,
  subfields: Readonly<Record<string, string | undefined>>,
): DataField {
  const present = Object.entries(subfields).flatMap(([code, value]) =>
    value ? [{ code: code.slice(0, 1), value }] : [],
  );
  return { tag, indicators, subfields: present };
}

/**
 * MARCXML as Alma puts it in `anies[0]`: no namespace, and a declaration of UTF-16 although the text is a JSON string.
 */
export function marcXml(record: MarcRecord): string {
  const controls = record.controls.map(
    ({ tag, value }) => `<controlfield tag="${tag}">${escapeXml(value)}</controlfield>`,
  );
  const fields = record.fields.map(({ tag, indicators, subfields }) => {
    const inner = subfields.map(({ code, value }) => `<subfield code="${code}">${escapeXml(value)}</subfield>`);
    return `<datafield ind1="${indicators.charAt(0)}" ind2="${indicators.charAt(1)}" tag="${tag}">${inner.join('')}</datafield>`;
  });
  return `<?xml version="1.0" encoding="UTF-16"?><record><leader>${record.leader}</leader>${controls.join('')}${fields.join('')}</record>`;
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
