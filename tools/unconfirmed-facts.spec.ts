import { unconfirmedDocument, unconfirmedFacts, untaggedRemarks } from './unconfirmed-facts';

const SOURCE = `
/** A constant that is certain. */
export const CERTAIN = 1;
/**
 * What it is.
 * @unconfirmed I: It is two, and
 * a <HMLG> | a half. Confirm: count it
 * on an account.
 */
const GUESS: number = 2;
export const TABLE = {
  /** @unconfirmed O: The sign. Confirm: search with it. */
  sign: '*',
} as const;
interface Settings {
  /**
   * How long.
   * @unconfirmed O: The limit. Confirm: wait.
   */
  readonly seconds: number;
}
class Reader {
  /** @unconfirmed I: One. Confirm: look. */
  /** @unconfirmed I: Two. Confirm: look again. */
  read(): void {}
}
/** @unconfirmed I: A rule. Confirm: try it. */
function rule(): void {}
`;

describe('the tags of facts that are not confirmed', () => {
  it('are found at constants, keys, settings, methods and functions, with what they say', () => {
    expect(
      unconfirmedFacts('catp/a.ts', SOURCE).map(({ name, mark, fact, confirm }) => [name, mark, fact, confirm]),
    ).toEqual([
      ['GUESS', 'I', 'It is two, and a <HMLG> | a half', 'count it on an account'],
      ['TABLE.sign', 'O', 'The sign', 'search with it'],
      ['Settings.seconds', 'O', 'The limit', 'wait'],
      ['Reader.read', 'I', 'One', 'look'],
      ['Reader.read', 'I', 'Two', 'look again'],
      ['rule', 'I', 'A rule', 'try it'],
    ]);
  });

  for (const [what, text] of [
    ['another mark', '/** @unconfirmed C: A. Confirm: b. */\nconst A = 1;'],
    ['no way to confirm', '/** @unconfirmed I: A fact. */\nconst A = 1;'],
    ['no mark', '/** @unconfirmed A fact. Confirm: b. */\nconst A = 1;'],
    ['nothing below it', 'const A = 1;\n/** @unconfirmed I: A. Confirm: b. */'],
    ['an import below it', "/** @unconfirmed I: A. Confirm: b. */\nimport './b';"],
  ] as const) {
    it(`with ${what} is an error`, () => {
      expect(() => unconfirmedFacts('catp/a.ts', text)).toThrowError(/catp\/a\.ts.*@unconfirmed/);
    });
  }

  it('are missed where a comment calls a fact uncertain without one', () => {
    const remarks = untaggedRemarks(
      [
        '/** Its limit is not documented. */',
        'const A = 1;',
        '// inferred from the names',
        '/** not confirmed\n * @unconfirmed I: A. Confirm: b. */',
        '/** documented: in a source; inferred: ours. */',
        '/** What is proposed to the librarian. */',
      ].join('\n'),
    );
    expect(remarks.map((remark) => remark.split(':')[0])).toEqual(['line 1', 'line 3']);
  });

  it('become rows of one table', () => {
    const lines = unconfirmedDocument(unconfirmedFacts('catp/a.ts', SOURCE)).split('\n');
    expect(lines.filter((line) => line.startsWith('| ')).length).toBe(2 + 6);
    expect(lines).toContain(
      '| It is two, and a &lt;HMLG> \\| a half | [catp/a.ts](../catp/a.ts) `GUESS` | I | count it on an account |',
    );
  });
});
