import type { Counts } from './counts';

/** Counts the specs of one run of jasmine. */
export class CountingReporter implements jasmine.CustomReporter {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #overall: Counts['overall'] = 'failed';

  specDone({ status }: jasmine.SpecResult): void {
    if (status === 'passed') this.#passed++;
    else if (status === 'failed') this.#failed++;
    else this.#skipped++; // pending, or excluded by fit
  }

  jasmineDone({ overallStatus }: jasmine.JasmineDoneInfo): void {
    this.#overall = overallStatus === 'passed' || overallStatus === 'incomplete' ? overallStatus : 'failed';
  }

  get counts(): Counts {
    return { passed: this.#passed, failed: this.#failed, skipped: this.#skipped, overall: this.#overall };
  }
}
