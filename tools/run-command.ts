import { spawn } from 'node:child_process';
import { ROOT } from './repository';

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Timeout in milliseconds, after which the command and its children get SIGKILL. */
  readonly limit?: number;
  /**
   * stderr: all output goes to our stderr, so that our stdout contains only the result. A number: all output goes to
   * this open file.
   */
  readonly output?: 'inherit' | 'stderr' | number;
}

/**
 * Runs a command to its end and passes its output on. Returns the exit code; 1 when a signal ended the command.
 * @throws Error when it cannot be started or takes longer than `limit`
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  const { output = 'inherit' } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? process.env,
      stdio: ['ignore', output === 'stderr' ? 2 : output, output === 'stderr' ? 2 : output],
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

/** Runs a TypeScript program of the repository with Node. */
export function runTypeScript(
  entry: string,
  args: readonly string[] = [],
  options: CommandOptions = {},
): Promise<number> {
  return runCommand(process.execPath, ['--import', 'tsx', entry, ...args], options);
}
