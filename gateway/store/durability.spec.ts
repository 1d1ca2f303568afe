import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openStore } from './open-store';

const KILLS = 15;

/** A child whose lines can be awaited one by one. */
function run(script: string, ...args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'spec', script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => {
    lines.push(line);
    waiting.shift()?.(line);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    lines,
    ended,
    kill: async () => { child.kill('SIGKILL'); await ended; },
    next: () => new Promise<string>((resolve) => { waiting.push(resolve); }),
  };
}

describe('the embedded data folder', () => {
  let folder: string;
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'nacsis-ill-store-')); });
  afterEach(async () => { await rm(folder, { recursive: true, force: true }); });

  it('belongs to one process; a second start is told who has it, and a killed holder has it no more', async () => {
    const holder = run('hold-folder.ts', folder);
    expect(await holder.next()).toBe('open');
    await expectAsync(openStore({ dataDir: folder, listen: 'spec' })).toBeRejectedWithError(/in use by the gateway with process id \d+, started \d{4}-.*listening on 127\.0\.0\.1:9/);
    const second = run('hold-folder.ts', folder);
    expect(await second.ended).toBe(75);
    expect(second.lines.join()).toContain('is in use by');
    await holder.kill();
    const store = await openStore({ dataDir: folder, listen: 'spec' });
    await store.close();
  }, 60_000);

  it(`loses nothing that was answered in ${String(KILLS)} kills in the middle of transactions`, async () => {
    let next = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const writer = run('write-rows.ts', folder, String(next));
      expect(await writer.next()).toBe('open');
      // Not a fixed moment: after some rows, then somewhere in the middle of the next transaction.
      for (let row = 0; row <= kill % 4; row += 1) await writer.next();
      await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 13));
      await writer.kill();
      next = Math.max(...writer.lines.slice(1).map(Number)) + 1;
    }
    const store = await openStore({ dataDir: folder, listen: 'spec' });
    const rows = await store.db.selectFrom('requests').select(['id', 'side']).execute();
    await store.close();
    const ids = new Set(rows.map(({ id }) => id));
    expect(Array.from({ length: next }, (_, at) => `LA${String(at)}`).filter((id) => !ids.has(id))).toEqual([]);
    expect(rows.length).withContext('a transaction is there whole or not at all').toBe(ids.size * 2);
  }, 180_000);
});
