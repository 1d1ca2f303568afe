import { execa } from 'execa';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, COUNTS_FILE, faultOf, readCounts, summarize, type KindResult } from './counts';
import { say } from './output';
import { ROOT } from './repository';

export interface KindRun {
  readonly kind: string;
  /** Node's arguments. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Timeout in milliseconds. A longer run is ended and counts as failed. */
  readonly limit: number;
  /** True when the output is printed as a whole at the end, because other kinds run concurrently. */
  readonly isBeside?: boolean;
}

/** Runs one kind of test in its own process, so that leftovers do not affect the next kind. */
export async function runKind({ kind, args, env, limit, isBeside = false }: KindRun): Promise<KindResult> {
  const folder = await mkdtemp(join(tmpdir(), 'test-counts-'));
  const file = join(folder, 'counts.json');
  // Writes the output to a file instead of a pipe, because leftovers of the run may keep a pipe open.
  const log = isBeside ? createWriteStream(join(folder, 'output')) : undefined;
  if (log) await once(log, 'open');
  const output = log ?? 'inherit';
  const title = `\n== ${kind} ==`;
  if (!isBeside) say(title);
  const start = performance.now();
  const { exitCode, timedOut, shortMessage } = await execa(process.execPath, args, {
    cwd: ROOT,
    env: { ...env, [COUNTS_FILE]: file },
    stdin: 'ignore',
    stdout: output,
    stderr: output,
    timeout: limit,
    reject: false,
  });
  const took = performance.now() - start;
  const counts = await readCounts(file);
  log?.destroy();
  if (isBeside) say(`${title}\n${await readFile(join(folder, 'output'), 'utf8')}`);
  await rm(folder, { recursive: true, force: true });
  if (timedOut || exitCode === undefined) return { kind, took, exitCode: 1, fault: shortMessage };
  return { kind, took, exitCode, ...(counts ? { counts } : {}) };
}

/** Runs the spec files of `globs` under Node with the jasmine configuration `config`. */
export function nodeSpecs(config: string, globs: readonly string[]): readonly string[] {
  return ['--import', 'tsx', 'tools/run-specs.ts', config, ...globs];
}

/** Runs `lanes` jobs at a time. Returns their results in the order of the jobs. */
export async function inLanes<T>(lanes: number, jobs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const waiting = jobs.entries();
  const lane = async (): Promise<void> => {
    for (const [at, job] of waiting) results[at] = await job();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** Prints the table of the kinds, what their specs found out, and the closing line. Returns the exit code. */
export function tellResults(results: readonly KindResult[]): number {
  const summary = summarize(results);
  say();
  summary.lines.forEach(say);
  say();
  for (const { counts } of results) counts?.results?.forEach(say);
  say(closingLine(summary));
  return results.every((result) => faultOf(result) === undefined) ? 0 : 1;
}
