import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * Locks a data folder for one stack with a local socket named after the folder. The operating system frees the socket
 * whenever the process ends. A process that connects to the socket receives the name of the holder. Returns the
 * function that releases the lock.
 * @throws Error that names the holder
 */
export async function lockStackFolder(folder: string, holder: string): Promise<() => Promise<void>> {
  const address = addressOf(await realpath(folder));
  const server = createServer((socket) => socket.end(holder));
  const isBound = await bind(server, address);
  if (!isBound)
    throw new Error(
      `the data folder ${folder} is in use by ${await holderAt(address)}; end it or choose another with --data`,
    );
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/**
 * Returns the address of the lock's socket. On Linux the socket has no file. On other systems a killed stack leaves a
 * file behind, to be removed by hand.
 */
function addressOf(folder: string): string {
  const name = `nacsis-ill-stack-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function bind(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(address, () => resolve(true));
  });
}

async function holderAt(address: string): Promise<string> {
  return text(connect(address)).catch(() => 'another process');
}
