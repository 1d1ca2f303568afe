import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { ConfigError } from './config';

/** Longest wait for the database at the start, in milliseconds. */
const DATABASE_TIMEOUT_MS = 10_000;

/** Throws `ConfigError` when the host is neither an address of this machine nor a name that resolves. */
export async function checkListenHost(host: string): Promise<void> {
  try {
    await lookup(host);
  } catch (error) {
    throw new ConfigError([`listen.host: ${host} cannot be resolved (${codeOf(error)})`]);
  }
}

/** Turns a network error about the listen address into a fault of its setting; returns any other error unchanged. */
export function listenFault(error: unknown, { host, port }: { readonly host: string; readonly port: number }): unknown {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return new ConfigError([`listen.port: ${String(port)} is in use by another program (${host})`]);
  if (code === 'EACCES') return new ConfigError([`listen.port: this user may not listen on ${String(port)}`]);
  const isOfHost = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT', 'EINVAL', 'ENODEV'].includes(code);
  return isOfHost ? new ConfigError([`listen.host: nothing can listen on ${host} (${code})`]) : error;
}

/** Creates the folder if it is missing, for this user only, and writes to it. Throws `ConfigError`. */
export async function checkDataFolder(folder: string): Promise<void> {
  const probe = join(folder, `.write-check-${randomUUID()}`);
  try {
    await makeFolder(resolve(folder));
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new ConfigError([`store.dataDir: ${folder} is no folder that can be written to (${codeOf(error)})`]);
  }
}

/**
 * Creates the folder and its missing parent folders. Node's `recursive` never returns when the system reports a missing
 * folder but does not create one, as below /proc.
 */
async function makeFolder(folder: string): Promise<void> {
  const code = await mkdir(folder, { mode: 0o700 }).then(() => '', codeOf);
  if (code === '' || code === 'EEXIST') return;
  if (code === 'ENOENT' && dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 });
}

/** Opens and closes a connection. Throws `ConfigError` with the cause, without the password. */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  if (!isDatabaseUrl(databaseUrl))
    throw new ConfigError(['DATABASE_URL: is no address of the form postgres://user:password@host:port/database']);
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: DATABASE_TIMEOUT_MS,
      query_timeout: DATABASE_TIMEOUT_MS,
    });
    // Ignores this event: the query reports a connection that breaks after it was opened.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw databaseFault(databaseUrl, error);
  } finally {
    await client?.end().catch(() => undefined);
  }
}

/** The fault of a database that cannot be opened or migrated to the newest schema. */
export function databaseFault(databaseUrl: string, error: unknown): ConfigError {
  const words = withoutPassword(databaseUrl, wordsOf(error).replace(/\s+/gu, ' '));
  return new ConfigError([`DATABASE_URL: the database cannot be used (${words})`], { cause: error });
}

function isDatabaseUrl(text: string): boolean {
  try {
    const { protocol, searchParams, hostname } = new URL(text);
    const isPostgres = protocol === 'postgres:' || protocol === 'postgresql:';
    return isPostgres && (hostname !== '' || searchParams.has('host'));
  } catch {
    return false;
  }
}

/** The error's message, and its code when that adds information; the message of its cause as well. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // For a host with several addresses, Node.js reports all failures in one error without a message.
  const [first = error] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  const inner = first instanceof Error ? first : error;
  const code = codeOf(inner);
  const message = inner.cause instanceof Error ? `${inner.message}: ${inner.cause.message}` : inner.message;
  return [message, ...(code === '' || message.includes(code) ? [] : [code])].filter((word) => word !== '').join(', ');
}

function withoutPassword(databaseUrl: string, words: string): string {
  const { password, searchParams } = new URL(databaseUrl);
  const secrets = [password, decoded(password), searchParams.get('password') ?? ''].filter((secret) => secret !== '');
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), words);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
