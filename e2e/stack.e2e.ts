import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPortBase, HOST, isPortFree } from '../tools/ports';
import { ROOT } from '../tools/repository';
import { NacsisSim } from './support/nacsis-sim';

const LIMIT = 120_000;
/** A start on data that is there makes no database: it must not take longer than the first one, give or take a busy machine. */
const SECOND_TO_FIRST = 1.5;

interface Urls {
  readonly nacsis: string;
  readonly alma: string;
  readonly gateway: string;
}

/** `npm run stack` as a foreign program runs it. */
class StackCommand {
  readonly ended: Promise<number | null>;
  stdout = '';
  stderr = '';
  /** Milliseconds until it was ready. */
  took = Infinity;
  readonly #start = performance.now();
  readonly #child: ChildProcess;

  constructor(...args: readonly string[]) {
    this.#child = spawn('npm', ['run', '--silent', 'stack', '--', ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.ended = new Promise((resolve) =>
      this.#child.once('close', (code) => {
        resolve(code);
      }),
    );
  }

  /** The JSON line, as soon as it is whole. */
  async ready(): Promise<Urls> {
    const line = new Promise<string>((resolve) =>
      this.#child.stdout?.on('data', () => {
        if (this.stdout.includes('\n')) resolve(this.stdout);
      }),
    );
    const ended = this.ended.then(() => Promise.reject(new Error(`the stack ended: ${this.stderr}`)));
    const urls = JSON.parse(await Promise.race([line, ended])) as Urls;
    this.took = performance.now() - this.#start;
    return urls;
  }

  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }
}

describe('npm run stack', () => {
  let data = '';
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'stack-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  it(
    'prints one line of JSON when all answer, keeps its data for the next start, and ends cleanly',
    async () => {
      const base = await findPortBase();
      const first = new StackCommand('--port-base', String(base), '--data', data);
      const urls = await first.ready();
      const firstTook = first.took;
      expect(urls).toEqual({
        nacsis: `http://${HOST}:${base}`,
        alma: `http://${HOST}:${base + 1}`,
        gateway: `http://${HOST}:${base + 2}`,
      });
      expect((await fetch(`${urls.gateway}/readyz`)).status).toBe(200);
      const id = await seedRequest(urls.nacsis);
      expect(await first.stop()).toBe(0);
      expect(first.stdout.trim().split('\n').length).toBe(1);
      for (let port = base; port < base + 4; port++)
        expect(await isPortFree(port))
          .withContext(`port ${port}`)
          .toBeTrue();

      const second = new StackCommand('--port-base', String(base), '--data', data);
      await second.ready();
      process.stderr.write(
        `[stack] first start ${seconds(firstTook)}, second start on the same data ${seconds(second.took)}\n`,
      );
      expect(second.took).toBeLessThan(firstTook * SECOND_TO_FIRST);
      expect((await new NacsisSim(urls.nacsis).record(id))['ID']).toBe(id);
      expect(await second.stop()).toBe(0);
    },
    LIMIT,
  );

  it(
    'names a busy port and ends',
    async () => {
      const base = await findPortBase();
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(base + 2, HOST, resolve));
      const stack = new StackCommand('--port-base', String(base));
      expect(await stack.ended).toBe(1);
      expect(stack.stderr).toContain(`port ${base + 2} in use`);
      expect(stack.stdout).toBe('');
      await new Promise((resolve) => server.close(resolve));
    },
    LIMIT,
  );

  it(
    'does not let a second stack open the same data; it names the holder',
    async () => {
      const first = new StackCommand('--port-base', String(await findPortBase()), '--data', data);
      await first.ready();
      const second = new StackCommand('--port-base', String(await findPortBase()), '--data', data);
      expect(await second.ended).toBe(1);
      expect(second.stderr).toMatch(/in use by the stack with process id \d+/);
      expect(await first.stop()).toBe(0);
    },
    LIMIT,
  );
});

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A copy of one of the seeded requests under a number of its own. Answers the number. */
async function seedRequest(nacsis: string): Promise<string> {
  const [record] = await new NacsisSim(nacsis).borrowed();
  const { ID: _ID, ...rest } = record ?? {};
  const response = await fetch(`${nacsis}/_sim/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rest),
  });
  const created = (await response.json()) as { readonly ID?: string; readonly message?: string };
  if (created.ID === undefined) throw new Error(created.message ?? 'the record was not taken');
  return created.ID;
}
