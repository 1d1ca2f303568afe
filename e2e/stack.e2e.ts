import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPortBase, HOST, isPortFree } from '../tools/ports';
import { BUNDLES_FOLDER } from '../test/support/program-arguments';
import { ROOT } from '../tools/repository';
import { NacsisSim } from './support/nacsis-sim';

const LIMIT = 120_000;

interface Urls {
  readonly nacsis: string;
  readonly alma: string;
  readonly gateway: string;
}

/** `npm run stack`, run as an external program would. */
class StackCommand {
  readonly ended: Promise<number | null>;
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;

  constructor(...args: readonly string[]) {
    this.#child = spawn('npm', ['run', '--silent', 'stack', '--', ...args], {
      cwd: ROOT,
      // Runs from the sources, like a user, not from the bundles of the tests.
      env: { ...process.env, [BUNDLES_FOLDER]: '' },
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

  /** The JSON line once it is complete. */
  async ready(): Promise<Urls> {
    const line = new Promise<string>((resolve) =>
      this.#child.stdout?.on('data', () => {
        if (this.stdout.includes('\n')) resolve(this.stdout);
      }),
    );
    const ended = this.ended.then(() => Promise.reject(new Error(`the stack ended: ${this.stderr}`)));
    return JSON.parse(await Promise.race([line, ended])) as Urls;
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
      expect(urls).toEqual({
        nacsis: `http://${HOST}:${base}`,
        alma: `http://${HOST}:${base + 1}`,
        gateway: `http://${HOST}:${base + 2}`,
      });
      expect((await fetch(`${urls.gateway}/readyz`)).status).toBe(200);
      const id = await seedRequest(urls.nacsis);
      const madeAt = await databaseMadeAt(data);
      expect(await first.stop()).toBe(0);
      expect(first.stdout.trim().split('\n').length).toBe(1);
      for (let port = base; port < base + 4; port++)
        expect(await isPortFree(port))
          .withContext(`port ${port}`)
          .toBeTrue();

      const second = new StackCommand('--port-base', String(base), '--data', data);
      await second.ready();
      expect(await databaseMadeAt(data)).toBe(madeAt);
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

/** When the gateway's database was created. This file is never written again. */
async function databaseMadeAt(data: string): Promise<number> {
  return (await stat(join(data, 'gateway', 'store', 'postgres', 'PG_VERSION'))).mtimeMs;
}

/** Adds a copy of a seeded request under a new id. Returns the id. */
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
