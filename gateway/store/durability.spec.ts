import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../test/support/remove-folder';
import { Program } from '../../test/support/program';
import { embeddedStore } from '../testing/spec-stores';

const KILLS = 15;

/** Timeout in milliseconds for a line of a child process. */
const LINE_LIMIT = 60_000;

interface Child {
  readonly program: Program;
  readonly lines: readonly string[];
}

/** The process id of this folder's server, from PostgreSQL's own file. */
async function serverIn(folder: string): Promise<number> {
  return Number.parseInt(await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

function readUntil({ program }: Child, wanted: string): Promise<string> {
  return program.line((line) => (line === wanted ? line : undefined), LINE_LIMIT);
}

describe('the embedded data folder', () => {
  let folder: string;
  let children: Child[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nacsis-ill-store-'));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) await child.program.kill();
    await removeFolder(folder);
  });

  const started = (script: string, ...args: readonly string[]): Child => {
    const lines: string[] = [];
    const entry = join(import.meta.dirname, '..', 'testing', script);
    const program = Program.start({ name: script, entry, args: [folder, ...args] }, (line) => lines.push(line));
    children.push({ program, lines });
    return { program, lines };
  };
  /** The numbers of the pairs that were reported as committed. */
  const answered = ({ lines }: Child) => lines.filter((line) => /^\d+$/.test(line)).map(Number);

  it('belongs to one process; a second start is told who has it, and a killed holder has it no more', async () => {
    const holder = started('hold-folder.ts');
    await readUntil(holder, 'open');
    await expectAsync(embeddedStore(folder)).toBeRejectedWithError(
      /in use by the gateway with process id \d+, started \d{4}-.*listening on 127\.0\.0\.1:9/,
    );
    const second = started('hold-folder.ts');
    expect((await second.program.ended).exitCode).toBe(75);
    expect(second.lines.join()).toContain('is in use by');
    await holder.program.kill();
    const store = await embeddedStore(folder);
    await store.close();
  }, 60_000);

  // Runs on Linux only: on other systems a server that hangs must be ended by hand.
  if (process.platform === 'linux')
    it('is taken over from a killed holder whose server hangs', async () => {
      const holder = started('hold-folder.ts');
      await readUntil(holder, 'open');
      const server = await serverIn(folder);
      process.kill(server, 'SIGSTOP');
      await holder.program.kill();
      const store = await embeddedStore(folder);
      expect(await serverIn(folder)).not.toBe(server);
      expect(await store.db.selectFrom('requests').selectAll().execute()).toEqual([]);
      await store.close();
    }, 120_000);

  it(`loses nothing that was answered in ${String(KILLS)} kills in the middle of transactions`, async () => {
    const all: number[] = [];
    const undone: number[] = [];
    let next = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Every second writer is held within a transaction: before, between or after its rows. The others are killed at
      // any point.
      const pairs = kill % 4;
      const held = kill % 2 === 0;
      const writer = started('write-rows.ts', String(next), ...(held ? [String(pairs), String((kill / 2) % 3)] : []));
      await readUntil(writer, held ? 'held' : String(next + pairs));
      await writer.program.kill();
      all.push(...answered(writer));
      next = Math.max(next - 1, ...answered(writer)) + 1;
      if (held) undone.push(next);
      // Skips the pair at which the writer was killed. If the writer was not held, its transaction may be committed
      // without an answer.
      next += 1;
    }
    const store = await embeddedStore(folder);
    const rows = await store.db.selectFrom('requests').select(['id', 'side']).execute();
    await store.close();
    const ids = new Set(rows.map(({ id }) => id));
    expect(all.filter((pair) => !ids.has(`LA${String(pair)}`)))
      .withContext('answered and lost')
      .toEqual([]);
    expect(undone.filter((pair) => ids.has(`LA${String(pair)}`)))
      .withContext('not committed and there')
      .toEqual([]);
    expect(undone.length).toBe(8);
    expect(rows.length)
      .withContext('a transaction is there whole or not at all')
      .toBe(ids.size * 2);
  }, 240_000);
});
