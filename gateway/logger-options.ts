import type { LoggerOptions } from 'pino';

/** Maximum number of logged causes of an error. */
const MAX_CAUSES = 5;

/**
 * Settings of the log. Tokens, passwords and names of persons never reach it: of a request only what `app.ts` names is
 * logged, and of an error only name, code and stack. (PostgreSQL's errors contain the failing row.)
 */
export function loggerOptions(level: string): LoggerOptions {
  return {
    level,
    redact: ['req.headers', 'authorization', 'password'],
    serializers: {
      err: (error: unknown) => loggedError(error),
      error: (error: unknown) => loggedError(error),
      // Where the framework logs a request itself: the address may contain a secret.
      req: () => ({}),
    },
  };
}

interface LoggedError {
  readonly name: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: loggedError(error.cause, depth + 1) };
  const stack = error.stack === undefined ? {} : { stack: error.stack };
  return { name: error.name, ...code, ...stack, ...cause };
}
