import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockStackFolder } from './stack-lock';

describe('lockStackFolder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('names the holder to the second, by whatever path it comes, until the first lets go', async () => {
    const release = await lockStackFolder(folder, 'the stack on port 8400');
    const link = join(folder, 'link');
    await symlink(folder, link);
    await expectAsync(lockStackFolder(link, 'me')).toBeRejectedWithError(/in use by the stack on port 8400; end it/);
    await release();
    const again = await lockStackFolder(folder, 'me');
    await again();
  });
});
