import type { Member } from '../../domain/catalog';

/** An address as a label has it. Every part may be '' : then there is a gap to be filled by hand. */
export interface PostalAddress {
  /** 123-4567 */
  readonly zip: string;
  readonly street: string;
  /** Library and department, without 御中. */
  readonly name: string;
  readonly tel?: string;
}

export const NO_ADDRESS: PostalAddress = { zip: '', street: '', name: '' };

const ZIP = /^〒?\s*(\d{3})\s*[-‐‑–ー－]?\s*(\d{4})(?!\d)\s*/u;
/** A part of an address line with which the name of an institution begins. */
const INSTITUTION =
  /大学|大學|学校|学院|短大|高専|図書館|図書室|資料館|資料室|博物館|研究|機構|病院|学会|館$|Univ|Librar|Instit/iu;
/** What a sender may have put behind the name; the slip adds its own 御中. */
const HONORIFIC = /\s*(?:御中|宛て?|行き?|様|殿)\s*$/u;

/** The parts of OADRS or AADRS, written as `〒zip address name department` by NACSIS-ILL's clients but free in form. Nothing of the text is lost. */
export function postalAddress(text: string | undefined, name = ''): PostalAddress {
  const whole = (text ?? '').replace(/[\s\u3000]+/gu, ' ').trim();
  if (whole === '') return { ...NO_ADDRESS, name };
  const [matched = '', area, block] = ZIP.exec(whole.normalize('NFKC').replace(/^〒\s*/u, '')) ?? [];
  const zip = area === undefined || block === undefined ? '' : `${area}-${block}`;
  const rest = withoutZip(whole, matched);
  const parts = rest.replace(HONORIFIC, '').split(' ');
  const at = parts.findIndex((part) => INSTITUTION.test(part));
  return at < 0
    ? { zip, street: parts.join(' '), name }
    : { zip, street: parts.slice(0, at).join(' '), name: parts.slice(at).join(' ') };
}

/** The library's own entry in the member directory. */
export function memberAddress(member: Member): PostalAddress {
  const { zip = '', address = '', name, illDepartment, tel } = member;
  return {
    zip: zip.replace(/^(\d{3})(\d{4})$/, '$1-$2'),
    street: address,
    name: [name, illDepartment].filter((part) => part !== undefined && part !== '').join(' '),
    ...(tel !== undefined && tel !== '' && { tel }),
  };
}

/** The digits may have been of full width: so many characters are cut off as were matched. */
function withoutZip(whole: string, matched: string): string {
  const bare = whole.replace(/^〒\s*/u, '');
  return matched === '' ? whole : bare.slice(matched.length);
}
