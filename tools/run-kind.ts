import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, COUNTS_FILE, faultOf, readCounts, summarize, type KindResult } from './counts';
import { messageOf, say } from './output';
import { runCommand } from './run-command';

export interface KindRun {
  readonly kind: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Timeout in milliseconds. A longer run is ended and counts as failed. */
  readonly limit: number;
  /** Prints the output as a whole at the end, because other kinds run concurrently. */
  readonly isBeside?: boolean;
}

/** Runs one kind of test in its own process, so that leftovers do not affect the next kind. */
export async function runKind({ kind, command, args, env, limit, isBeside = false }: KindRun): Promise<KindResult> {
  const folder = await mkdtemp(join(tmpdir(), 'test-counts-'));
  const file = join(folder, 'counts.json');
  const log = isBeside ? await open(join(folder, 'output'), 'w+') : undefined;
  const title = `\n== ${kind} ==`;
  if (!isBeside) say(title);
  const start = performance.now();
  const took = (): number => performance.now() - start;
  try {
    const environment = { ...process.env, ...env, [COUNTS_FILE]: file };
    const output = log === undefined ? {} : { output: log.fd };
    const exitCode = await runCommand(command, args, { env: environment, limit, ...output });
    const counts = await readCounts(file);
    return { kind, took: took(), exitCode, ...(counts ? { counts } : {}) };
  } catch (error) {
    return { kind, took: took(), exitCode: 1, fault: messageOf(error) };
  } finally {
    await log?.close();
    if (isBeside) say(`${title}\n${await readFile(join(folder, 'output'), 'utf8')}`);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the spec files of `globs` under Node with the jasmine configuration `config`. */
export function nodeSpecs(
  kind: string,
  config: string,
  globs: readonly string[],
  limit: number,
  env: Readonly<Record<string, string>> = {},
): KindRun {
  return {
    kind,
    command: process.execPath,
    args: ['--import', 'tsx', 'tools/run-specs.ts', config, ...globs],
    env,
    limit,
  };
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
