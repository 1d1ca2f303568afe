import type { Member } from '../../domain/catalog/catalog';

/** A postal address. An empty part is printed as a gap to fill by hand. */
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
/** Start of an institution's name within an address; 大学町, 大学通 and similar names are streets. */
const INSTITUTION = new RegExp(
  [
    '(?:大学|大學|学校|学院|学園|短大|高専|図書館|図書室|資料館|資料室|博物館|研究|機構|病院|学会)(?![町村通都])',
    '法人|財団|社団|会社|医師会|済生会|センター|文庫|天文台|館$|Univ|Librar|Instit',
  ].join('|'),
  'iu',
);
/**
 * Matches parts that are a street even if they contain an institution: parts with a block number, parts starting with
 * prefecture or city, and remarks in brackets.
 */
const STREET = new RegExp(
  [
    String.raw`\d[-‐‑–−ー]\d|[\d〇一二三四五六七八九十]+(?:丁目?|番|号(?!館)|条)|\p{Script=Han}\d+$|ビル|^\(.*\)$`,
    String.raw`^(?:北海道|東京都|京都府|大阪府|\p{Script=Han}{2,3}県)\p{Script=Han}+?[市区郡町村](?!立)`,
    String.raw`^\p{Script=Han}{2,4}市\p{Script=Han}{1,4}区(?!立)`,
  ].join('|'),
  'u',
);
/** Honorific that a sender may have appended; the slip adds its own 御中. */
const HONORIFIC = /\s*(?:御中|宛て?|行き?|様|殿)\s*$/u;

/**
 * Parses OADRS or AADRS. NACSIS-ILL clients write `〒zip address name department`, but the form is free. Keeps the whole
 * text except a trailing honorific.
 */
export function postalAddress(text: string | undefined, name = ''): PostalAddress {
  const whole = (text ?? '').replace(/[\s\u3000]+/gu, ' ').trim();
  if (whole === '') return { ...NO_ADDRESS, name };
  const [matched = '', area, block] = ZIP.exec(whole.normalize('NFKC').replace(/^〒\s*/u, '')) ?? [];
  const zip = area === undefined || block === undefined ? '' : `${area}-${block}`;
  const rest = withoutZip(whole, matched);
  const parts = rest.replace(HONORIFIC, '').split(' ');
  const at = parts.findIndex((part) => INSTITUTION.test(part) && !STREET.test(part.normalize('NFKC')));
  return at < 0
    ? { zip, street: parts.join(' '), name }
    : { zip, street: parts.slice(0, at).join(' '), name: parts.slice(at).join(' ') };
}

/** The address in the member directory. */
export function memberAddress(member: Member): PostalAddress {
  const { zip = '', address = '', name, illDepartment, tel } = member;
  return {
    zip: zip.replace(/^(\d{3})(\d{4})$/, '$1-$2'),
    street: address,
    name: [name, illDepartment].filter((part) => part !== undefined && part !== '').join(' '),
    ...(tel !== undefined && tel !== '' && { tel }),
  };
}

/** Removes the postal code by its length, because the digits may be full-width. */
function withoutZip(whole: string, matched: string): string {
  const bare = whole.replace(/^〒\s*/u, '');
  return matched === '' ? whole : bare.slice(matched.length);
}
