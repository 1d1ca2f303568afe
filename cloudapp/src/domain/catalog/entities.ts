/** HTML entity names that occur in titles: U+00A0 to U+00FF in code order, then Greek, then single names. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot ' +
  'cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml ' +
  'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
  'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const GREEK =
  'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega';
const FIRST_OF_LATIN = 0xa0;
const FIRST_CAPITAL = 0x391;
const FIRST_SMALL = 0x3b1;
const SINGLE: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  lsaquo: '‹',
  rsaquo: '›',
  hellip: '…',
  bull: '•',
  prime: '′',
  Prime: '″',
  dagger: '†',
  Dagger: '‡',
  permil: '‰',
  euro: '€',
  trade: '™',
  minus: '−',
  infin: '∞',
  ne: '≠',
  le: '≤',
  ge: '≥',
  asymp: '≈',
  larr: '←',
  rarr: '→',
  harr: '↔',
  radic: '√',
  OElig: 'Œ',
  oelig: 'œ',
  Scaron: 'Š',
  scaron: 'š',
  Yuml: 'Ÿ',
  fnof: 'ƒ',
  sigmaf: 'ς',
};
/** Characters by HTML entity name, without `&` and `;`. */
export const NAMED: ReadonlyMap<string, string> = new Map([
  ...inOrder(LATIN, FIRST_OF_LATIN),
  ...inOrder(GREEK, FIRST_CAPITAL),
  ...inOrder(GREEK.toLowerCase(), FIRST_SMALL),
  ...Object.entries(SINGLE),
]);

function inOrder(names: string, first: number): readonly (readonly [string, string])[] {
  return names.split(' ').map((name, at) => [name, String.fromCodePoint(first + at)] as const);
}
