import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedFault, OTHER_SERVER } from './embedded-fault';

/** The account that the server runs as. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Accounts without rights; the first one on the machine is used. PostgreSQL asks for the name of its user, so a number
 * alone is not enough.
 */
const UNPRIVILEGED = ['postgres', 'nobody'] as const;

/**
 * Returns the account for the server, because PostgreSQL refuses to run as root. Under root: the account that owns
 * `folder`, or an unprivileged one when there is no folder yet. Otherwise undefined, which means the gateway's own
 * account. Throws `EmbeddedFault`.
 */
export async function serverAccount(folder: string): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(folder).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of UNPRIVILEGED) {
    const found = await accountOf(name).catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new EmbeddedFault(
    `PostgreSQL does not run as root, and this machine has no account ${UNPRIVILEGED.join(' or ')}; start the gateway as another user, or ${OTHER_SERVER}`,
  );
}

async function accountOf(name: string): Promise<ServerAccount> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((which) => promisify(execFile)('id', [which, name])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}
