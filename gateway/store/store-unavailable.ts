import type { PostgresPool, PostgresPoolClient } from 'kysely';

/** The store is unreachable, full, read-only or shutting down; the statement itself is correct. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(cause: unknown) {
    super('the store cannot be used now', { cause });
  }
}

/** Wraps the pool so that such errors become `StoreUnavailable`. */
export function namingFaults(pool: PostgresPool): PostgresPool {
  return {
    connect: async () => clientOf(await pool.connect().catch(named)),
    end: () => pool.end(),
  };
}

/**
 * Throws `StoreUnavailable` in place of an error that the statement did not cause: a connection fault, which has no
 * SQLSTATE, or one of the classes 08 connection, 25006 read-only, 53 insufficient resources (disk full), 57 operator
 * intervention, 58 system, XX internal.
 */
export function named(error: unknown): never {
  throw isOfStore(error) ? new StoreUnavailable(error) : error;
}

const OF_STORE = /^(?:08|53|57|58|XX)...$|^25006$/;

function isOfStore(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return false;
  return !isOfServer(error) || (typeof error.code === 'string' && OF_STORE.test(error.code));
}

/** True for PostgreSQL's own errors, which have a severity and a SQLSTATE as code. */
function isOfServer(error: unknown): error is Error & { readonly code: unknown } {
  return error instanceof Error && 'severity' in error && 'code' in error;
}

function clientOf(client: PostgresPoolClient & { release(isBroken?: boolean): void }): PostgresPoolClient {
  let isBroken = false;
  const failed = (error: unknown) => {
    // Marks the connection as broken, because a statement that was given up still occupies it.
    isBroken ||= !isOfServer(error);
    named(error);
  };
  return new Proxy(client, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name === 'release')
        return () => {
          target.release(isBroken);
        };
      if (name !== 'query') return value.bind(target) as unknown;
      return (...statement: readonly unknown[]) => {
        const answer: unknown = Reflect.apply(value, target, statement);
        // A query by cursor does not return a promise.
        return answer instanceof Promise ? answer.catch(failed) : answer;
      };
    },
  });
}
