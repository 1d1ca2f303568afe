import { readFile } from 'node:fs/promises';

/** What one run of a kind of test came to; written by the reporters as JSON. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** passed only when every spec was meant to run and none failed, errors outside of specs included. */
  readonly overall: 'passed' | 'failed' | 'incomplete';
}

export interface KindResult {
  readonly kind: string;
  /** Absent when the run ended before it could count. */
  readonly counts?: Counts;
  /** Milliseconds. */
  readonly took: number;
  readonly exitCode: number;
  /** Why there is no count: `took longer than 10 minutes`. */
  readonly fault?: string;
}

/** The environment variable that tells a reporter where to write. */
export const COUNTS_FILE = 'TEST_COUNTS_FILE';

/** undefined when the file is not there or holds something else. */
export async function readCounts(file: string): Promise<Counts | undefined> {
  const text = await readFile(file, 'utf8').catch(() => 'null');
  const value = parse(text);
  return isCounts(value) ? value : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isCounts(value: unknown): value is Counts {
  if (typeof value !== 'object' || value === null) return false;
  const { passed, failed, skipped, overall } = value as Record<string, unknown>;
  return (
    [passed, failed, skipped].every((count) => Number.isInteger(count) && (count as number) >= 0) &&
    ['passed', 'failed', 'incomplete'].includes(overall as string)
  );
}

/** Why this kind may not count as passed; undefined when it may. A kind that ran no test has not shown anything. */
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

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly lines: readonly string[];
}

/** A table by kind, and the sums. A kind with a fault but no failed test counts as one failure, so that the last line cannot look green. */
export function summarize(results: readonly KindResult[]): Summary {
  const failed = (result: KindResult): number =>
    Math.max(result.counts?.failed ?? 0, faultOf(result) === undefined ? 0 : 1);
  const rows = results.map((result) => {
    const cells = [result.counts?.passed ?? 0, failed(result), result.counts?.skipped ?? 0].map((count) =>
      String(count).padStart(8),
    );
    return `${result.kind.padEnd(12)}${cells.join('')}${`${(result.took / 1000).toFixed(1)} s`.padStart(10)}  ${faultOf(result) ?? ''}`.trimEnd();
  });
  const sum = (count: (result: KindResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  return {
    passed: sum((result) => result.counts?.passed ?? 0),
    failed: sum(failed),
    lines: [
      `${'kind'.padEnd(12)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(8)}${'time'.padStart(10)}`,
      ...rows,
    ],
  };
}

/** The closing line of every test command. */
export function closingLine({ passed, failed }: Pick<Summary, 'passed' | 'failed'>): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}
