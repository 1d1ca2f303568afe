import { CountingReporter } from './counting-reporter';

const spec = (status: string): jasmine.SpecResult => ({ status }) as jasmine.SpecResult;
const done = (overallStatus: string): jasmine.JasmineDoneInfo => ({ overallStatus }) as jasmine.JasmineDoneInfo;

describe('CountingReporter', () => {
  it('counts by status; pending and excluded are skipped', () => {
    const reporter = new CountingReporter();
    for (const status of ['passed', 'passed', 'failed', 'pending', 'excluded']) reporter.specDone(spec(status));
    reporter.jasmineDone(done('failed'));
    expect(reporter.counts).toEqual({ passed: 2, failed: 1, skipped: 2, overall: 'failed' });
  });

  it('is failed as long as jasmine has not said that it is done', () => {
    const reporter = new CountingReporter();
    reporter.specDone(spec('passed'));
    expect(reporter.counts.overall).toBe('failed');
    reporter.jasmineDone(done('passed'));
    expect(reporter.counts.overall).toBe('passed');
  });
});
