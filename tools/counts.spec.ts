import { closingLine, CountingReporter, faultOf, summarize, type Counts, type KindResult } from './counts';

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

  it('names the failed tests below the table, in a line each', () => {
    const failures = [`a request is ordered once: Expected\n  2 to be 1.${'x'.repeat(400)}`];
    const { lines } = summarize([result({ counts: counts({ failed: 1, overall: 'failed', failures }), exitCode: 1 })]);
    expect(lines.at(-1)).toMatch(/^FAILED in catp: a request is ordered once: Expected 2 to be 1\.x+$/);
    expect(lines.at(-1)?.length).toBeLessThan(450);
  });

  it('never closes green when a kind has shown nothing', () => {
    expect(closingLine(summarize([result(), result({ counts: undefined, exitCode: 1 })]))).toBe('3 passed, 1 failed');
    expect(closingLine(summarize([result({ counts: counts({ passed: 0, skipped: 0 }) })]))).toBe('0 passed, 1 failed');
  });
});

const spec = (status: string): jasmine.SpecResult =>
  ({
    status,
    fullName: `a ${status} spec`,
    failedExpectations: [{ message: 'Expected\n 1 to be 2.' }],
  }) as unknown as jasmine.SpecResult;
const done = (overallStatus: string): jasmine.JasmineDoneInfo =>
  ({ overallStatus, failedExpectations: [] }) as unknown as jasmine.JasmineDoneInfo;

describe('CountingReporter', () => {
  it('counts by status; pending and excluded are skipped', () => {
    const reporter = new CountingReporter();
    for (const status of ['passed', 'passed', 'failed', 'pending', 'excluded']) reporter.specDone(spec(status));
    reporter.jasmineDone(done('failed'));
    expect(reporter.counts).toEqual({
      ...{ passed: 2, failed: 1, skipped: 2, overall: 'failed' },
      failures: ['a failed spec: Expected\n 1 to be 2.'],
    });
  });

  it('names what failed outside of the specs, too', () => {
    const reporter = new CountingReporter();
    const failedExpectations = [{ message: 'the stack did not start' }];
    reporter.suiteDone({ fullName: 'a suite', failedExpectations } as unknown as jasmine.SuiteResult);
    reporter.jasmineDone({ overallStatus: 'failed', failedExpectations } as unknown as jasmine.JasmineDoneInfo);
    expect(reporter.counts.failures).toEqual([
      'a suite: the stack did not start',
      'outside of the tests: the stack did not start',
    ]);
  });

  it('keeps what the suites found out, in their order', () => {
    const reporter = new CountingReporter();
    for (const properties of [
      { result: '5 exchanges: 0 doubled' },
      null,
      { result: '9 steps', other: 1 },
      { result: 7 },
    ])
      reporter.suiteDone({ properties, failedExpectations: [] } as unknown as jasmine.SuiteResult);
    expect(reporter.counts.results).toEqual(['5 exchanges: 0 doubled', '9 steps']);
  });

  it('is failed as long as jasmine has not said that it is done', () => {
    const reporter = new CountingReporter();
    reporter.specDone(spec('passed'));
    expect(reporter.counts.overall).toBe('failed');
    reporter.jasmineDone(done('passed'));
    expect(reporter.counts.overall).toBe('passed');
  });
});
