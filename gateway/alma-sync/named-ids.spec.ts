import { namedIds } from './named-ids';

const [A, B] = ['LA0000000011', 'LA0000000022'];

describe('the NACSIS ids that a request of Alma names', () => {
  const CASES: readonly (readonly [string, Parameters<typeof namedIds>[0], ReturnType<typeof namedIds>])[] = [
    ['none', { note: '急ぎ', externalId: '972SPEC00000104146' }, { mentions: [] }],
    ['its external id', { externalId: A }, { externalId: A, mentions: [] }],
    ['its external id, typed otherwise', { externalId: ' ｌａ 0000-000011' }, { externalId: A, mentions: [] }],
    ['another text in the external id', { externalId: `NACSIS ${A}` }, { mentions: [A] }],
    ['our mark', { note: `NACSIS-ILL ${A}` }, { mark: A, mentions: [] }],
    ['our mark of a lending request', { note: `NACSIS-ILL ${A} FA090018 見本大学` }, { mark: A, mentions: [] }],
    ['our mark in a line of its own', { note: `急ぎ\nNACSIS-ILL ${A}\n` }, { mark: A, mentions: [] }],
    ['another prefix', { note: 'NACSIS-ILL LB0000000011' }, { mark: 'LB0000000011', mentions: [] }],
    ['our mark and a mention', { note: `NACSIS-ILL ${B} (${A} は取消済み)` }, { mark: B, mentions: [A] }],
    ['our mark in the middle of a line', { note: `元は NACSIS-ILL ${A}` }, { mentions: [A] }],
    ['two marks', { note: `NACSIS-ILL ${A}\nNACSIS-ILL ${B}` }, { mentions: [A, B] }],
    ['the same mark twice', { note: `NACSIS-ILL ${A}\nNACSIS-ILL ${A}` }, { mark: A, mentions: [] }],
    ['a mark with a longer number', { note: `NACSIS-ILL ${A}1` }, { mentions: [] }],
    ['an id by itself', { note: A }, { mentions: [A] }],
    ['a mark with a blank in the id', { note: 'NACSIS-ILL LA 0000000011' }, { mentions: [A] }],
    ['blanks and hyphens in an id', { note: '依頼 l a-00000 000-11 です' }, { mentions: [A] }],
    ['an id glued to a word', { note: `no${A}です` }, { mentions: [A] }],
    [
      'our mark in full width',
      { note: 'ＮＡＣＳＩＳ－ＩＬＬ　ＬＡ０００００００１１Ｘ' },
      { mark: 'LA000000011X', mentions: [] },
    ],
    ['full width in a text', { note: '番号ＬＡ００００００００１Ｘ' }, { mentions: ['LA000000001X'] }],
    [
      'external id and mark that differ',
      { externalId: A, note: `NACSIS-ILL ${B}` },
      { externalId: A, mark: B, mentions: [] },
    ],
  ];
  for (const [name, request, expected] of CASES)
    it(`are read: ${name}`, () => {
      expect(namedIds(request)).toEqual(expected);
    });
});
