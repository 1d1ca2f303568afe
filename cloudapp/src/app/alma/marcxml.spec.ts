import { parseMarcXml } from './marcxml';

const RECORD = `<record>
  <leader>00000nam a2200000 i 4500</leader>
  <controlfield tag="008">s2019</controlfield>
  <datafield ind1="1" ind2="0" tag="245"><subfield code="a">図書館情報学 /</subfield><subfield code="c">著者 A</subfield></datafield>
</record>`;
const READ = {
  leader: '00000nam a2200000 i 4500',
  controlFields: [{ tag: '008', value: 's2019' }],
  dataFields: [
    {
      tag: '245',
      ind1: '1',
      ind2: '0',
      subfields: [
        { code: 'a', value: '図書館情報学 /' },
        { code: 'c', value: '著者 A' },
      ],
    },
  ],
};
const titled = (title: string) =>
  `<record><datafield tag="245"><subfield code="a">${title}</subfield></datafield></record>`;
const titleOf = (xml: string) => parseMarcXml(xml)?.dataFields[0]?.subfields[0]?.value;

describe('parseMarcXml', () => {
  it('reads leader, control fields and data fields in their order', () => {
    expect(parseMarcXml(RECORD)).toEqual(READ);
  });

  it("reads it as Alma sends it: with a declaration that names another encoding than the text's", () => {
    expect(parseMarcXml(`\n<?xml version="1.0" encoding="UTF-16"?>${RECORD}`)).toEqual(READ);
  });

  it('reads it in a namespace, with a prefix, and in a collection', () => {
    const inNamespace = RECORD.replace('<record>', '<record xmlns="http://www.loc.gov/MARC21/slim">');
    const prefixed = RECORD.replace(/<(\/?)(\w)/g, '<$1marc:$2').replace(
      '<marc:record>',
      '<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim">',
    );
    for (const xml of [inNamespace, prefixed, `<collection>${RECORD}</collection>`])
      expect(parseMarcXml(xml)).toEqual(READ);
  });

  it('reads the first record of several', () => {
    expect(titleOf(`<collection>${titled('first')}${titled('second')}</collection>`)).toBe('first');
  });

  it('has empty texts where attributes and leader are missing', () => {
    expect(parseMarcXml('<record><datafield><subfield>x</subfield></datafield></record>')).toEqual({
      leader: '',
      controlFields: [],
      dataFields: [{ tag: '', ind1: '', ind2: '', subfields: [{ code: '', value: 'x' }] }],
    });
  });

  it('reads nothing from what is no well-formed XML', () => {
    for (const xml of [
      '',
      '   ',
      'text',
      '<record',
      '<record><datafield tag="245"></record>',
      titled('A & B'),
      titled('a < b'),
      '{"record":{}}',
    ]) {
      expect(parseMarcXml(xml)).withContext(xml).toBeUndefined();
    }
  });

  it('reads nothing from a document without a record, or a record without fields', () => {
    for (const xml of ['<html><body/></html>', '<record/>', '<record><leader>x</leader></record>', '<collection/>']) {
      expect(parseMarcXml(xml)).withContext(xml).toBeUndefined();
    }
  });

  it('reads characters that are written as references, and markup as the text that it is', () => {
    expect(titleOf(titled('A &amp; B &#x5FC3;&#29702; &lt;b&gt;'))).toBe('A & B 心理 <b>');
    expect(titleOf(titled('<![CDATA[<img src=x onerror=alert(1)>]]>'))).toBe('<img src=x onerror=alert(1)>');
  });

  it('fetches nothing that the document refers to', () => {
    const xml = `<!DOCTYPE record [<!ENTITY outside SYSTEM "https://elsewhere.example/x">]>${titled('a&outside;b')}`;
    expect([undefined, 'ab']).toContain(titleOf(xml));
  });

  it('reads a title of ten thousand characters whole', () => {
    const title = '𠮷野'.repeat(5000);
    expect(titleOf(titled(title))).toBe(title);
  });
});
