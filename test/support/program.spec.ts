import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from './program';

/** Timeout in milliseconds, longer than any of these programs needs. */
const LIMIT = 20_000;

describe('Program', () => {
  let folder = '';
  const log: string[] = [];
  const start = async (code: string, ...args: readonly string[]): Promise<Program> => {
    const file = join(folder, 'program.mts');
    await writeFile(file, code);
    return Program.start({ name: 'sample', entry: file, args }, (line) => log.push(line));
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'program-'));
    log.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it(
    'gives the line that is looked for and logs every line',
    async () => {
      const program = await start(
        "console.log('first'); console.log(process.argv[2]); setInterval(() => {}, 1000);",
        '--port=1',
      );
      expect(await program.line((line) => (line.startsWith('--port') ? line : undefined), LIMIT)).toBe('--port=1');
      expect(log).toEqual(['first', '--port=1']);
      expect(await program.stop()).toEqual({ exitCode: undefined, signal: 'SIGTERM' });
      expect(program.isEnded).toBeTrue();
    },
    LIMIT,
  );

  it(
    'says what the program said last when it ends before it is ready',
    async () => {
      const program = await start("console.error('the setting port is missing'); process.exitCode = 3;");
      await expectAsync(program.line(() => undefined, LIMIT)).toBeRejectedWithError(
        /^sample ended with code 3:\n {2}the setting port is missing$/,
      );
    },
    LIMIT,
  );

  it(
    'does not wait for ever, and leaves nothing running',
    async () => {
      const program = await start('setInterval(() => {}, 1000);');
      await expectAsync(program.line(() => undefined, 10)).toBeRejectedWithError(/sample is not ready after 0\.01 s/);
      expect(program.isEnded).toBeTrue();
    },
    LIMIT,
  );

  it(
    'kills at once',
    async () => {
      const program = await start(
        "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000);",
      );
      await program.line((line) => (line === 'ready' ? line : undefined), LIMIT);
      expect(await program.kill()).toEqual({ exitCode: undefined, signal: 'SIGKILL' });
    },
    LIMIT,
  );

  it(
    'leaves no child behind when the parent is killed',
    async () => {
      const child = join(folder, 'child.mts');
      await writeFile(child, "console.log('child ' + process.pid); setInterval(() => {}, 1000);");
      const parent = await start(`
      import { Program } from ${JSON.stringify(join(import.meta.dirname, 'program.ts'))};
      Program.start({ name: 'child', entry: ${JSON.stringify(child)}, args: [] }, (line) => console.log(line));`);
      const pid = await parent.line((line) => /child (\d+)$/.exec(line)?.[1], LIMIT);
      await parent.kill();
      await expectAsync(untilGone(Number(pid))).toBeResolved();
    },
    LIMIT,
  );
});

async function untilGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`process ${String(pid)} is still there`);
}
