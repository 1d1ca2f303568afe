import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configOfRunningStack, nameRunningStack } from './running-stacks';

describe('the stacks that run', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stacks-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const named = (name: string, stack: unknown) => writeFile(join(folder, name), JSON.stringify(stack));
  const found = () => configOfRunningStack(folder);

  it('is none where none was started, or none ever', async () => {
    expect(await found()).toBeUndefined();
    expect(await configOfRunningStack(join(folder, 'nowhere'))).toBeUndefined();
  });

  it('is the one of this process until it ends', async () => {
    const end = await nameRunningStack('/data/gateway.json', folder);
    expect(await found()).toBe('/data/gateway.json');
    await end();
    expect(await found()).toBeUndefined();
  });

  it('is the newest that still runs, and an older one when that has ended', async () => {
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((resolve) => dead.once('close', resolve));
    await named('killed.json', { pid: dead.pid, config: 'killed', since: 30 });
    await named('older.json', { pid: process.pid, config: 'older', since: 10 });
    await named('newer.json', { pid: process.ppid, config: 'newer', since: 20 });
    await writeFile(join(folder, 'half.json'), '{"pid": 1');
    await named('empty.json', {});
    expect(await found()).toBe('newer');
    await rm(join(folder, 'newer.json'));
    expect(await found()).toBe('older');
  });
});
