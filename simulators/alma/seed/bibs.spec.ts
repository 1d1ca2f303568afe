import { MANY_HOLDERS_BOOK, MANY_HOLDINGS_SERIAL, MIXED_HOLDERS_SERIAL } from '../../shared/special-records';
import { INSTITUTIONS } from './institutions';
import { seedBibs } from './bibs';

const TEXT = '(?:[^<&]|&(?:amp|lt|gt|quot);)*';
const SUBFIELD = `<subfield code="[a-z0-9]">${TEXT}</subfield>`;
/** The complete grammar of a MARCXML record from Alma. */
const MARC_XML = new RegExp(
  '^<\\?xml version="1\\.0" encoding="UTF-16"\\?><record><leader>.{24}</leader>' +
    `(?:<controlfield tag="00\\d">${TEXT}</controlfield>)+` +
    `(?:<datafield ind1="[ \\d]" ind2="[ \\d]" tag="\\d{3}">(?:${SUBFIELD})*</datafield>)+</record>$`,
);

describe('seeded bibliographic records', () => {
  const [first, second] = INSTITUTIONS.map(seedBibs);
  const bibs = first ?? [];
  const having = (pattern: RegExp): number => bibs.filter(({ marcXml }) => pattern.test(marcXml)).length;

  it('are at least 200, each with its own number, 18 digits', () => {
    expect(bibs.length).toBeGreaterThanOrEqual(200);
    expect(new Set([...bibs, ...(second ?? [])].map(({ mmsId }) => mmsId)).size).toBe(bibs.length * 2);
    expect(bibs.every(({ mmsId }) => /^99\d{16}$/.test(mmsId))).toBeTrue();
  });

  it('are well-formed MARCXML, but for the broken one', () => {
    const broken = bibs.filter(({ marcXml }) => !MARC_XML.test(marcXml));
    expect(broken.map(({ title }) => title)).toEqual(['壊れた MARCXML の見本']);
  });

  it('have a 008 of 40 characters', () => {
    for (const { marcXml, mmsId } of bibs)
      expect(/<controlfield tag="008">(.*?)<\/controlfield>/.exec(marcXml)?.[1]?.length)
        .withContext(mmsId)
        .toBe(40);
  });

  it('carry the NCID in 035, in 016, in both, or not at all', () => {
    const in016 = /tag="016"><subfield code="a">[A-Z]{2}\d+[\dX]<\/subfield><subfield code="2">NACSIS</;
    const in035 = /tag="035"><subfield code="a">\(NACSIS\)[A-Z]{2}\d+[\dX]</;
    const count = (with016: boolean, with035: boolean): number =>
      bibs.filter(({ marcXml }) => in016.test(marcXml) === with016 && in035.test(marcXml) === with035).length;
    expect(count(true, true)).toBeGreaterThan(20);
    expect(count(true, false)).toBeGreaterThan(20);
    expect(count(false, true)).toBeGreaterThan(100);
    expect(count(false, false) / bibs.length).toBeGreaterThan(0.25);
    expect(count(false, false) / bibs.length).toBeLessThan(0.45);
  });

  it('are books and serials with 260 and 264, 880 pairs, 490, 100 and 700', () => {
    expect(bibs.filter(({ form, issn }) => form === 'serial' && issn !== null).length).toBeGreaterThan(50);
    expect(having(/tag="260"/)).toBeGreaterThan(30);
    expect(having(/ind2="1" tag="264"/)).toBeGreaterThan(having(/tag="260"/));
    expect(having(/tag="490"/)).toBeGreaterThan(10);
    expect(having(/tag="700"/)).toBeGreaterThan(10);
    expect(having(/tag="100"/)).toBeGreaterThan(having(/tag="700"/));
    expect(having(/tag="880"/)).toBeGreaterThan(30);
  });

  it('tie every linked field to an 880 and back', () => {
    for (const { marcXml, mmsId } of bibs) {
      const to880 = [...marcXml.matchAll(/tag="(\d{3})"><subfield code="6">880-(\d\d)</g)].map(
        ([, tag, link]) => `${tag ?? ''}-${link ?? ''}/$1`,
      );
      const from880 = [...marcXml.matchAll(/tag="880"><subfield code="6">([^<]+)</g)].map(([, link]) => link ?? '');
      expect(from880.sort()).withContext(mmsId).toEqual(to880.sort());
    }
  });

  it('hold the difficult cases', () => {
    expect(bibs.filter(({ title }) => title === null).length).toBe(1);
    expect(bibs.some(({ title }) => title?.length === 10_000)).toBeTrue();
    expect(bibs.some(({ title }) => title?.includes('髙') === true && title.includes('𠮷'))).toBeTrue();
    expect(having(/&amp; .*&lt;.*&gt;/)).toBe(1);
    expect(having(/&amp;amp;/)).toBe(1);
  });

  it('hold the works whose holders in NACSIS-CAT are special, by their NCID', () => {
    for (const { ncid, title, form } of [MANY_HOLDERS_BOOK, MANY_HOLDINGS_SERIAL, MIXED_HOLDERS_SERIAL]) {
      const found = bibs.filter((bib) => bib.title === title);
      expect(found.map((bib) => [bib.form, bib.systemNumbers])).toEqual([[form, [`(NACSIS)${ncid}`]]]);
      expect(found[0]?.marcXml).toContain(`tag="035"><subfield code="a">(NACSIS)${ncid}<`);
    }
  });
});
