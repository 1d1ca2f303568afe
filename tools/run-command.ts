import { spawn } from 'node:child_process';
import { ROOT } from './repository';

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Ended with SIGKILL, its children too, when it takes longer. Milliseconds. */
  readonly limit?: number;
  /** stderr: what it prints goes to our stderr, so that our stdout stays an answer. */
  readonly output?: 'inherit' | 'stderr';
}

/**
 * Runs a command to its end, its output passed on as it comes. Answers the exit code; 128 + signal number is 1 here.
 * @throws Error when it cannot be started or takes longer than `limit`
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? process.env,
      stdio: ['ignore', options.output === 'stderr' ? 2 : 'inherit', 'inherit'],
      detached: options.limit !== undefined,
    });
    let isLate = false;
    const timer =
      options.limit === undefined
        ? undefined
        : setTimeout(() => {
            isLate = true;
            if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
          }, options.limit);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${command} cannot be started: ${error.message}`));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      if (isLate)
        reject(
          new Error(
            `${command} ${args.join(' ')} took longer than ${String((options.limit ?? 0) / 60_000)} minutes and was ended`,
          ),
        );
      else resolve(code ?? 1);
    });
  });
}

/** Runs a Node program of the repository that is written in TypeScript. */
export function runTypeScript(
  entry: string,
  args: readonly string[] = [],
  options: CommandOptions = {},
): Promise<number> {
  return runCommand(process.execPath, ['--import', 'tsx', entry, ...args], options);
}
