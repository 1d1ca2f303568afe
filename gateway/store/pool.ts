import pg from 'pg';

/** The numeric settings of `store`. */
export interface PoolLimits {
  readonly poolSize: number;
  /** Time limit for getting a connection, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** Time limit for one statement, in milliseconds. */
  readonly statementTimeoutMs: number;
}
export const STORE_DEFAULTS: PoolLimits = { poolSize: 10, connectTimeoutMs: 5_000, statementTimeoutMs: 30_000 };

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

/** Without listeners a lost connection would end the process. The next query replaces the connection. */
function watched(pool: pg.Pool, note: Note): pg.Pool {
  pool.on('error', (error) => {
    // While the pool closes, the server may end connections that are closing anyway.
    if (!pool.ending) note(error, 'an idle connection to the store was lost');
  });
  // A connection in use, between two statements: the next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
