import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNTS_FILE, readCounts, type KindResult } from './counts';
import { messageOf, say } from './output';
import { runCommand } from './run-command';

export interface KindRun {
  readonly kind: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds; a run that takes longer is ended and counts as failed. */
  readonly limit: number;
}

/** Runs one kind of test in a process of its own, so that nothing that it leaves behind reaches the next. */
export async function runKind({ kind, command, args, env, limit }: KindRun): Promise<KindResult> {
  say(`\n== ${kind} ==`);
  const folder = await mkdtemp(join(tmpdir(), 'test-counts-'));
  const file = join(folder, 'counts.json');
  const start = performance.now();
  const took = (): number => performance.now() - start;
  try {
    const exitCode = await runCommand(command, args, { env: { ...process.env, ...env, [COUNTS_FILE]: file }, limit });
    const counts = await readCounts(file);
    return { kind, took: took(), exitCode, ...(counts ? { counts } : {}) };
  } catch (error) {
    return { kind, took: took(), exitCode: 1, fault: messageOf(error) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The spec files of `globs` under Node with the jasmine configuration `config`. */
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
