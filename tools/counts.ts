import { readFile } from 'node:fs/promises';

/** The result of running one kind of test, which the reporters write as JSON. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** `passed` only when no spec was excluded and nothing failed, in specs or outside of them. */
  readonly overall: 'passed' | 'failed' | 'incomplete';
  /** Results reported by the specs, one line each: `412 exchanges: 0 doubled, 0 lost`. */
  readonly results?: readonly string[];
  /** The failed tests with their first message. */
  readonly failures?: readonly string[];
}

export interface KindResult {
  readonly kind: string;
  /** Absent when the run ended before it wrote the counts. */
  readonly counts?: Counts;
  /** In milliseconds. */
  readonly took: number;
  readonly exitCode: number;
  /** Reason for missing counts: `Command timed out after 600000 milliseconds: …`. */
  readonly fault?: string;
}

/** Maximum number of failed tests of one kind named below the table. */
const NAMED_FAILURES = 10;
/** Maximum length of a failed test's lines below the table. The output of the run has the full message. */
const LONGEST_LINE = 400;

/** The property of a suite (`setSuiteProperty`) that is printed before the closing line. */
export const RESULT_PROPERTY = 'result';

/** The environment variable with the path of the counts file. */
export const COUNTS_FILE = 'TEST_COUNTS_FILE';

/** Reads the counts. Returns undefined when the run wrote no file, or only a part of it. */
export async function readCounts(file: string): Promise<Counts | undefined> {
  return readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Counts,
    () => undefined,
  );
}

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
      this.#failures.push(failure(fullName, failedExpectations));
    } else this.#skipped++; // pending, or excluded by fit
  }

  suiteDone({ properties, fullName, failedExpectations }: jasmine.SuiteResult): void {
    if (failedExpectations.length > 0) this.#failures.push(failure(fullName, failedExpectations));
    const result: unknown = properties?.[RESULT_PROPERTY];
    if (typeof result === 'string') this.#results.push(result);
  }

  jasmineDone({ overallStatus, failedExpectations }: jasmine.JasmineDoneInfo): void {
    if (failedExpectations.length > 0) this.#failures.push(failure('outside of the tests', failedExpectations));
    this.#overall = overallStatus === 'passed' || overallStatus === 'incomplete' ? overallStatus : 'failed';
  }

  get counts(): Counts {
    const results = this.#results.length === 0 ? {} : { results: [...this.#results] };
    const failures = this.#failures.length === 0 ? {} : { failures: [...this.#failures] };
    const counts = { passed: this.#passed, failed: this.#failed, skipped: this.#skipped, overall: this.#overall };
    return { ...counts, ...results, ...failures };
  }
}

function failure(name: string, failed: readonly { readonly message: string }[]): string {
  return `${name}: ${failed[0]?.message ?? ''}`;
}

/** Returns the reason why this kind did not pass, or undefined when it passed. Running no test is also a fault. */
export function faultOf({ counts, exitCode, fault }: KindResult): string | undefined {
  if (fault !== undefined) return fault;
  if (!counts) return `ended with code ${String(exitCode)} before it could count`;
  if (counts.failed > 0) return `${String(counts.failed)} failed`;
  if (counts.passed === 0) return 'ran no test';
  if (counts.overall !== 'passed')
    return counts.overall === 'incomplete'
      ? 'only a part was meant to run (fit or fdescribe)'
      : 'an error outside of the tests';
  return exitCode === 0 ? undefined : `ended with code ${String(exitCode)}`;
}

interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly lines: readonly string[];
}

/**
 * A table by kind, and the totals. A kind with a fault but no failed test counts as one failure, so that the last line
 * never looks successful.
 */
export function summarize(results: readonly KindResult[]): Summary {
  const failed = (result: KindResult): number =>
    Math.max(result.counts?.failed ?? 0, faultOf(result) === undefined ? 0 : 1);
  const width = Math.max(12, ...results.map(({ kind }) => kind.length + 1));
  const rows = results.map((result) => {
    const cells = [result.counts?.passed ?? 0, failed(result), result.counts?.skipped ?? 0].map((count) =>
      String(count).padStart(8),
    );
    return `${result.kind.padEnd(width)}${cells.join('')}${`${(result.took / 1000).toFixed(1)} s`.padStart(10)}  ${faultOf(result) ?? ''}`.trimEnd();
  });
  const sum = (count: (result: KindResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  return {
    passed: sum((result) => result.counts?.passed ?? 0),
    failed: sum(failed),
    lines: [
      `${'kind'.padEnd(width)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(8)}${'time'.padStart(10)}`,
      ...rows,
      ...results.flatMap(failureLines),
    ],
  };
}

function failureLines({ kind, counts }: KindResult): readonly string[] {
  const { failures = [] } = counts ?? {};
  const more = failures.length - NAMED_FAILURES;
  const named = failures.slice(0, NAMED_FAILURES).map((line) => line.replace(/\s+/g, ' ').slice(0, LONGEST_LINE));
  return [...named, ...(more > 0 ? [`and ${String(more)} more`] : [])].map((line) => `FAILED in ${kind}: ${line}`);
}

/** The closing line of every test command. */
export function closingLine({ passed, failed }: Pick<Summary, 'passed' | 'failed'>): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}
