import { execa } from 'execa';
import { once } from 'node:events';
import { mkdtemp, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { removeFolder } from '../test/support/remove-folder';
import { findPortBase, HOST, isPortFree } from '../test/support/ports';
import { BUNDLES_FOLDER } from '../test/support/program';
import { ROOT } from '../tools/repository';
import { NacsisSim } from './support/nacsis-sim';

const LIMIT = 120_000;

interface Urls {
  readonly nacsis: string;
  readonly alma: string;
  readonly gateway: string;
}

type StackCommand = ReturnType<typeof runStack>;

/** `npm run stack`, run as an external program would. */
function runStack(...args: readonly string[]) {
  return execa('npm', ['run', '--silent', 'stack', '--', ...args], {
    cwd: ROOT,
    // Runs from the sources, as a user does, and not from the bundles that the tests use.
    env: { [BUNDLES_FOLDER]: '' },
    stdin: 'ignore',
    reject: false,
    forceKillAfterDelay: LIMIT,
  });
}

/** The JSON line once it is complete. */
async function ready(stack: StackCommand): Promise<Urls> {
  const line = once(createInterface({ input: stack.stdout }), 'line') as Promise<[string]>;
  const ended = stack.then(({ stderr }) => Promise.reject(new Error(`the stack ended: ${stderr}`)));
  return JSON.parse((await Promise.race([line, ended]))[0]) as Urls;
}

function stop(stack: StackCommand): StackCommand {
  stack.kill('SIGTERM');
  return stack;
}

describe('npm run stack', () => {
  let data = '';
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'stack-'));
  });
  afterEach(() => removeFolder(data));

  it(
    'prints one line of JSON when all answer, keeps its data for the next start, and ends cleanly',
    async () => {
      const base = await findPortBase();
      const first = runStack('--port-base', String(base), '--data', data);
      const urls = await ready(first);
      expect(urls).toEqual({
        nacsis: `http://${HOST}:${base}`,
        alma: `http://${HOST}:${base + 1}`,
        gateway: `http://${HOST}:${base + 2}`,
      });
      expect((await fetch(`${urls.gateway}/readyz`)).status).toBe(200);
      const id = await seedRequest(urls.nacsis);
      const madeAt = await databaseMadeAt(data);
      const { exitCode, stdout } = await stop(first);
      expect(exitCode).toBe(0);
      expect(stdout.split('\n').length).toBe(1);
      for (let port = base; port < base + 4; port++)
        expect(await isPortFree(port))
          .withContext(`port ${port}`)
          .toBeTrue();

      const second = runStack('--port-base', String(base), '--data', data);
      await ready(second);
      expect(await databaseMadeAt(data)).toBe(madeAt);
      expect((await new NacsisSim(urls.nacsis).record(id))['ID']).toBe(id);
      expect((await stop(second)).exitCode).toBe(0);
    },
    LIMIT,
  );

  it(
    'names a busy port and ends',
    async () => {
      const base = await findPortBase();
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(base + 2, HOST, resolve));
      const stack = runStack('--port-base', String(base));
      const { exitCode, stderr, stdout } = await stack;
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`port ${base + 2} in use`);
      expect(stdout).toBe('');
      await new Promise((resolve) => server.close(resolve));
    },
    LIMIT,
  );

  it(
    'does not let a second stack open the same data; it names the holder',
    async () => {
      const first = runStack('--port-base', String(await findPortBase()), '--data', data);
      await ready(first);
      const second = runStack('--port-base', String(await findPortBase()), '--data', data);
      const { exitCode, stderr } = await second;
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/in use by the stack with process id \d+/);
      expect((await stop(first)).exitCode).toBe(0);
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
