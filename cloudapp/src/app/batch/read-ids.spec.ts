import { ISBN, ISSN, memberIdOf, ncidOf } from '../testing/records';
import { numberKindOf, readIds } from './read-ids';

const A = 'LA0012345671';
const B = 'LA0012345682';

describe('readIds', () => {
  for (const [what, text, expected] of [
    ['one a line', `${A}\n${B}\n`, [A, B]],
    ['Windows lines, blanks and empty lines around them', `  ${A} \r\n\r\n\t${B}`, [A, B]],
    ['lower case and full width', 'la0012345671\nＬＡ００１２３４５６８２', [A, B]],
    ['several on a line, whatever stands between', `${A}, ${B}`, [A, B]],
    ['commas and semicolons of Japanese', `${A}、${B}；`, [A, B]],
    ['blanks and hyphens inside', 'LA 0012-345671', [A]],
    ['start and stop of Code 39', `*${A}*`, [A]],
    ['an AIM symbology identifier before it', `]C1${A}`, [A]],
    ['start and stop of Codabar', `A${A}B`, [A]],
    ['two without an end between them', A + B, [A, B]],
    ['a check character X', 'la000000001x', ['LA000000001X']],
    ['a table with titles and days', `1\t${A}\t心理学研究 12(3)\t2026-11-24\n2\t${B}\t教育学`, [A, B]],
    ['a label before it', `ILLレコードID: ${A}`, [A]],
    ['a label before one with blanks', 'ID LA 0012-345671', [A]],
    ['one with a check character X and another without an end between them', `LA000000001X${B}`, ['LA000000001X', B]],
    ['no id out of an ISBN', 'ISBN4003101014', ['ISBN4003101014']],
    ['no id out of a telephone number', 'TEL0312345678', ['TEL0312345678']],
    ['the id beside an ISBN', `ISBN 4-00-310101-4 ${A}`, [A]],
    ['the id beside an ISBN, both with blanks', 'ISBN 4-00-310101-4 / LA 0012 345671', [A]],
    ['another number, as it is', '1234567', ['1234567']],
    ['a number too long for an id, as it is', `${A}9`, [`${A}9`]],
  ] as const) {
    it(`reads ${what}`, () => {
      expect(readIds(text)).toEqual({ ids: [...expected], repeated: 0, unreadable: [] });
    });
  }

  it('takes each once and counts the others', () => {
    expect(readIds(`${A}\n${B}\n${A.toLowerCase()}\n*${A}*`)).toEqual({ ids: [A, B], repeated: 2, unreadable: [] });
  });

  it('names the lines without an id', () => {
    expect(readIds(`ILLレコードID\n${A}\n心理学研究`)).toEqual({
      ids: [A],
      repeated: 0,
      unreadable: ['ILLレコードID', '心理学研究'],
    });
  });

  it('finds nothing in nothing', () => {
    expect(readIds(' \r\n　\n')).toEqual({ ids: [], repeated: 0, unreadable: [] });
  });
});

describe('numberKindOf', () => {
  it('tells the numbers on a book and in NACSIS-CAT from ids of requests', () => {
    const numbers = [A, ISBN, ISSN.replace('-', ''), ncidOf(1), memberIdOf(1), '2026012'];
    expect(numbers.map(numberKindOf)).toEqual([undefined, 'isbn', 'issn', 'ncid', 'member', 'other']);
  });
});
