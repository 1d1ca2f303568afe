import type { MarcDataField, MarcRecord } from '../../domain/catalog/marc-fields';

/**
 * The first record of a MARCXML document, with any namespace prefix, alone or in a collection. Undefined when the text
 * is not well-formed XML or contains no record with fields.
 */
export function parseMarcXml(xml: string): MarcRecord | undefined {
  const document = new DOMParser().parseFromString(xml.trim(), 'application/xml');
  if (document.getElementsByTagName('parsererror').length > 0) return undefined;
  const record = elements(document, 'record')[0];
  if (record === undefined) return undefined;
  const controlFields = elements(record, 'controlfield').map((field) => ({
    tag: attribute(field, 'tag'),
    value: field.textContent ?? '',
  }));
  const dataFields = elements(record, 'datafield').map(dataField);
  if (controlFields.length + dataFields.length === 0) return undefined;
  return { leader: elements(record, 'leader')[0]?.textContent ?? '', controlFields, dataFields };
}

function dataField(field: Element): MarcDataField {
  return {
    tag: attribute(field, 'tag'),
    ind1: attribute(field, 'ind1'),
    ind2: attribute(field, 'ind2'),
    subfields: elements(field, 'subfield').map((subfield) => ({
      code: attribute(subfield, 'code'),
      value: subfield.textContent ?? '',
    })),
  };
}

function elements(within: Document | Element, name: string): readonly Element[] {
  return [...within.getElementsByTagNameNS('*', name)];
}

function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? '';
}
