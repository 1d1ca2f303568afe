import { CountingReporter } from './counting-reporter';

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
      failures: ['a failed spec: Expected 1 to be 2.'],
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
