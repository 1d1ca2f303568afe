import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer, type AddressInfo } from 'node:net';
import { CatpClient } from '../../test/catp-client/catp-client';
import { idOf, orderBody } from './spec-server';

const MAIN = join(import.meta.dirname, 'main.ts');

describe('the simulator as a process', () => {
  let folder = '';
  let child: ChildProcess | undefined;
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'nacsis-')); });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(...more: readonly string[]): Promise<{ readonly url: string; readonly stop: () => Promise<number | null> }> {
    const running = spawn(process.execPath, ['--import', 'tsx', MAIN, '--port', String(await freePort()), '--data', folder, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = running;
    const lines = createInterface({ input: running.stdout });
    const [line] = (await Promise.race([once(lines, 'line'), once(running, 'exit').then(() => Promise.reject(new Error('the simulator ended')))])) as [string];
    const { ready } = JSON.parse(line) as { readonly ready: string };
    return {
      url: ready,
      stop: async () => {
        running.kill('SIGTERM');
        const [code] = (await once(running, 'exit')) as [number | null];
        return code;
      },
    };
  }

  it('tells its address, ends at SIGTERM, and goes on where it was', async () => {
    const members = join(folder, 'members.json');
    await writeFile(members, JSON.stringify([{ FANO: 'FA000106', NAME: '実在しない館', ILLFLG: 'A', STAT: 'A', COPYS: 'C', LOANS: 'A', LOC: ['本館'] }]));
    const first = await start('--members', members);
    const client = new CatpClient(`${first.url}/catp`);
    expect((await client.login('fa090007', 'pass-fa090007')).status).toBe('200');
    const refused = await client.command('COPYO', 'ORDER', orderBody(['FA000106'], { TYPE: '電子複写' }));
    expect(refused.reason).toContain('lender-cannot-serve FA000106 no-window');
    const id = idOf(await client.command('LOANO', 'ORDER', orderBody(['FA000106'])));
    expect(await first.stop()).toBe(0);
    expect(await readFile(join(folder, 'nacsis-ill.json'), 'utf8')).toContain(id);

    const second = await start();
    const record = await (await fetch(`${second.url}/_sim/records/${id}`)).json() as Readonly<Record<string, unknown>>;
    expect(record).toEqual(jasmine.objectContaining({ ID: id, STAT: '未処理', AMLID: 'FA000106', CLNT: '利用者 001 髙𠮷' }));
    const again = new CatpClient(`${second.url}/catp`);
    await again.login('fa090007', 'pass-fa090007');
    expect(idOf(await again.command('LOANO', 'ORDER', orderBody(['FA000106'])))).toBe(`LA${String(Number(id.slice(2)) + 1)}`);
    expect((await again.command('LOANO', 'CALLBACK', { ID: id })).status).toBe('200');
    expect(await second.stop()).toBe(0);
  }, 30_000);
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
