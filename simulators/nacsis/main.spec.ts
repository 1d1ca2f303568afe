import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackDoor } from '../../test/support/back-door';
import { SimulatorProcess } from '../../test/support/simulator-process';
import { idOf, orderBody } from './testing/spec-server';

describe('the simulator as a process', () => {
  let folder = '';
  const running = new Set<SimulatorProcess>();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nacsis-'));
  });
  afterEach(async () => {
    for (const simulator of running) await simulator.stop();
    running.clear();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(...args: readonly string[]): Promise<SimulatorProcess> {
    const simulator = await SimulatorProcess.nacsis('--data', folder, ...args);
    running.add(simulator);
    return simulator;
  }
  async function firstLibrary({ url }: SimulatorProcess): ReturnType<BackDoor['logIn']> {
    const door = new BackDoor(url);
    const [account] = await door.accounts();
    if (account === undefined) throw new Error('there is no account');
    return door.logIn(account);
  }

  it('tells its address, ends at SIGTERM, and goes on where it was', async () => {
    const members = join(folder, 'members.json');
    const odd = {
      FANO: 'FA09100X',
      NAME: '見本第三大学 図書館',
      ILLFLG: 'A',
      STAT: 'A',
      COPYS: 'C',
      LOANS: 'A',
      LOC: ['本館'],
    };
    await writeFile(members, JSON.stringify([odd]));
    const first = await start('--members', members);
    const client = await firstLibrary(first);
    const refused = await client.command('COPYO', 'ORDER', orderBody([odd.FANO], { TYPE: '電子複写' }));
    expect(refused.reason).toContain(`lender-cannot-serve ${odd.FANO} no-window`);
    const id = idOf(await client.command('LOANO', 'ORDER', orderBody([odd.FANO])));
    expect(await first.stop()).toBe(0);
    expect(await readFile(join(folder, 'nacsis-ill.json'), 'utf8')).toContain(id);

    const second = await start();
    const kept = { ID: id, STAT: '未処理', AMLID: odd.FANO, CLNT: '利用者 001 髙𠮷' };
    expect(await new BackDoor(second.url).record(id)).toEqual(jasmine.objectContaining(kept));
    const again = await firstLibrary(second);
    const next = idOf(await again.command('LOANO', 'ORDER', orderBody([odd.FANO])));
    expect(next).toBe(`LA${String(Number(id.slice(2)) + 1)}`);
    expect((await again.command('LOANO', 'CALLBACK', { ID: id })).status).toBe('200');
    expect(await second.stop()).toBe(0);
  }, 30_000);

  it('takes its switches: strict tables, and the lock after a settlement', async () => {
    const simulator = await start('--strict', '--settlement-lock', '--handle-idle-seconds', '600');
    const door = new BackDoor(simulator.url);
    const [me = '', lender = ''] = (await door.accounts()).map(({ memberId }) => memberId);
    const copy = { SRVCE: 'C', OMLID: me, AMLID: lender, HMLG: [{ HMLID: lender }], SUM: '500', RNWDT: '20200131' };
    const client = await firstLibrary(simulator);
    const callback = async (state: string): Promise<string> => {
      const { ID = '' } = await door.seed({ ...copy, STAT: state });
      return (await client.command('COPYO', 'CALLBACK', { ID })).reason;
    };
    expect(await callback('クレーム未処理')).toBe('NOT ALLOWED IN THIS STATE: strict-mode');
    expect(await callback('確認')).toBe('NOT ALLOWED IN THIS STATE: settled');
    expect(await callback('未処理')).toBe('OK');
  }, 30_000);
});
