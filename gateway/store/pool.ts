import pg from 'pg';
import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import { count, group, milliseconds } from '../setting-kinds';

/** The numeric settings of `store`. */
export const PoolSchema = group({
  poolSize: count(10, 'connections to the database', { maximum: 500 }),
  connectTimeoutMs: milliseconds(5_000, 'wait for a connection; then `store-unavailable`'),
  statementTimeoutMs: milliseconds(30_000, 'time for one statement; then `store-unavailable`'),
});
export type PoolLimits = Readonly<Static<typeof PoolSchema>>;
export const STORE_DEFAULTS = Value.Create(PoolSchema);

/**
 * Milliseconds beyond the statement limit: a server that has not ended the statement by then hangs, and is given up.
 */
const GRACE_MS = 2_000;

/** Receives errors that no caller waits for. */
export type Note = (error: unknown, what: string) => void;

/** The connections to the server. Waiting for a connection fails after `connectTimeoutMs`. */
export function poolOf(
  place: pg.PoolConfig,
  { poolSize, connectTimeoutMs, statementTimeoutMs }: PoolLimits,
  note: Note,
): pg.Pool {
  const pool = new pg.Pool({
    ...place,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + GRACE_MS,
    keepAlive: true,
    application_name: 'nacsis-ill-gateway',
  });
  return watched(pool, note);
}

/** One connection without time limits, for work whose duration depends on the amount of data. */
export function patientPool(place: pg.PoolConfig, note: Note): pg.Pool {
  return watched(new pg.Pool({ ...place, max: 1 }), note);
}

/**
 * Adds error listeners, without which a lost connection would end the process. The next query replaces the connection.
 */
function watched(pool: pg.Pool, note: Note): pg.Pool {
  pool.on('error', (error) => {
    // While the pool closes, the server may end connections that are closing anyway.
    if (!pool.ending) note(error, 'an idle connection to the store was lost');
  });
  // Ignores the loss of a connection in use between two statements, because the next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
