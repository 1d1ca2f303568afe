import { existsSync, readFileSync } from 'node:fs';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';

/** ISO's schema, not part of this repository. */
const FILE = new URL('../../../shared/data/ISO-18626-v1_2.xsd', import.meta.url);

export const HAS_XSD = existsSync(FILE);
export const NO_XSD = 'the XSD of ISO 18626 is not here';

let compiled: XsdValidator | undefined;

/** What the XSD finds wrong with a document, which must be well-formed. Call it only when `HAS_XSD`. */
export function xsdFaults(xml: string | Uint8Array): readonly string[] {
  compiled ??= compile();
  const document = XmlDocument.fromBuffer(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml);
  try {
    compiled.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.map(({ message }) => message.trim());
  } finally {
    document.dispose();
  }
}

/** The values that the XSD lists for a type, for example `type_action`. */
export function xsdList(type: string): readonly string[] {
  const document = XmlDocument.fromBuffer(readFileSync(FILE));
  try {
    return document
      .find(`//xs:simpleType[@name="${type}"]//xs:enumeration/@value`, { xs: 'http://www.w3.org/2001/XMLSchema' })
      .map(({ content }) => content);
  } finally {
    document.dispose();
  }
}

function compile(): XsdValidator {
  const document = XmlDocument.fromBuffer(readFileSync(FILE));
  try {
    return XsdValidator.fromDoc(document);
  } finally {
    document.dispose();
  }
}
