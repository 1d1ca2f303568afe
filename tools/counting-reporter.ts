import type { Counts } from './counts';

/** The property of a suite (`setSuiteProperty`) that is printed before the closing line. */
export const RESULT_PROPERTY = 'result';

const LONGEST_LINE = 400;

/** Counts the specs of one jasmine run and collects the results of its suites. */
export class CountingReporter implements jasmine.CustomReporter {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #overall: Counts['overall'] = 'failed';
  readonly #results: string[] = [];
  readonly #failures: string[] = [];

  specDone({ status, fullName, failedExpectations }: jasmine.SpecResult): void {
    if (status === 'passed') this.#passed++;
    else if (status === 'failed') {
      this.#failed++;
      this.#failures.push(failureLine(fullName, failedExpectations));
    } else this.#skipped++; // pending, or excluded by fit
  }

  suiteDone({ properties, fullName, failedExpectations }: jasmine.SuiteResult): void {
    if (failedExpectations.length > 0) this.#failures.push(failureLine(fullName, failedExpectations));
    const result: unknown = properties?.[RESULT_PROPERTY];
    if (typeof result === 'string') this.#results.push(result);
  }

  jasmineDone({ overallStatus, failedExpectations }: jasmine.JasmineDoneInfo): void {
    if (failedExpectations.length > 0) this.#failures.push(failureLine('outside of the tests', failedExpectations));
    this.#overall = overallStatus === 'passed' || overallStatus === 'incomplete' ? overallStatus : 'failed';
  }

  get counts(): Counts {
    const results = this.#results.length === 0 ? {} : { results: [...this.#results] };
    const failures = this.#failures.length === 0 ? {} : { failures: [...this.#failures] };
    const counts = { passed: this.#passed, failed: this.#failed, skipped: this.#skipped, overall: this.#overall };
    return { ...counts, ...results, ...failures };
  }
}

/** A single line for the summary. The output of the run has the full message. */
function failureLine(name: string, failed: readonly { readonly message: string }[] = []): string {
  return `${name}: ${failed[0]?.message ?? ''}`.replace(/\s+/g, ' ').slice(0, LONGEST_LINE);
}
