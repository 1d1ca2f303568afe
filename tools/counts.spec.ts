import { closingLine, faultOf, summarize, type Counts, type KindResult } from './counts';

const counts = (change: Partial<Counts> = {}): Counts => ({
  passed: 3,
  failed: 0,
  skipped: 1,
  overall: 'passed',
  ...change,
});
const result = (change: Partial<KindResult> = {}): KindResult => ({
  kind: 'catp',
  counts: counts(),
  took: 1500,
  exitCode: 0,
  ...change,
});

describe('faultOf', () => {
  it('finds none in a run in which something passed and nothing failed', () => {
    expect(faultOf(result())).toBeUndefined();
  });

  const faults: readonly (readonly [string, Partial<KindResult>, RegExp])[] = [
    ['no count', { counts: undefined, exitCode: 139 }, /code 139 before it could count/],
    ['a failed test', { counts: counts({ failed: 2, overall: 'failed' }), exitCode: 1 }, /^2 failed$/],
    ['no test at all', { counts: counts({ passed: 0, skipped: 0 }) }, /ran no test/],
    ['nothing but skipped tests', { counts: counts({ passed: 0 }) }, /ran no test/],
    ['a focused test', { counts: counts({ overall: 'incomplete' }), exitCode: 1 }, /fit or fdescribe/],
    ['an error outside of the tests', { counts: counts({ overall: 'failed' }), exitCode: 1 }, /outside of the tests/],
    ['an exit code with nothing else wrong', { exitCode: 1 }, /ended with code 1/],
    ['its own word', { counts: undefined, fault: 'took too long' }, /^took too long$/],
  ];
  for (const [what, change, words] of faults) {
    it(`sees ${what}`, () => {
      expect(faultOf(result(change))).toMatch(words);
    });
  }
});

describe('summarize', () => {
  it('adds up the kinds', () => {
    const summary = summarize([
      result(),
      result({ kind: 'app', counts: counts({ passed: 4, failed: 2, overall: 'failed' }), exitCode: 1 }),
    ]);
    expect(closingLine(summary)).toBe('7 passed, 2 failed');
    expect(summary.lines[1]).toMatch(/^catp +3 +0 +1 +1\.5 s$/);
    expect(summary.lines[2]).toMatch(/^app +4 +2 +1 +1\.5 s {2}2 failed$/);
  });

  it('names the failed tests below the table', () => {
    const failures = ['a request is ordered once: Expected 2 to be 1.'];
    const { lines } = summarize([result({ counts: counts({ failed: 1, overall: 'failed', failures }), exitCode: 1 })]);
    expect(lines.at(-1)).toBe('FAILED in catp: a request is ordered once: Expected 2 to be 1.');
  });

  it('never closes green when a kind has shown nothing', () => {
    expect(closingLine(summarize([result(), result({ counts: undefined, exitCode: 1 })]))).toBe('3 passed, 1 failed');
    expect(closingLine(summarize([result({ counts: counts({ passed: 0, skipped: 0 }) })]))).toBe('0 passed, 1 failed');
  });
});
