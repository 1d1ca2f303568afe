import type { FastifyCorsOptions } from '@fastify/cors';

/** Headers that the app may read, beyond those that any page may. */
const EXPOSED = ['Retry-After', 'X-Request-Id'];

/** Which pages may call, and how. */
export function corsOptions(origins: readonly string[]): FastifyCorsOptions {
  return {
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
    // Answers an OPTIONS that is not a preflight as if it were one; the plugin would refuse it with its own message.
    strictPreflight: false,
  };
}

/** Headers that let the app read an answer written without the plugin; `origin` as the caller sent it. */
export function corsHeaders(origins: readonly string[], origin: string | undefined): Readonly<Record<string, string>> {
  const isAllowed = origin !== undefined && origins.includes(origin);
  return {
    'vary': 'Origin',
    ...(isAllowed ? { 'access-control-allow-origin': origin } : {}),
    'access-control-expose-headers': EXPOSED.join(', '),
  };
}
