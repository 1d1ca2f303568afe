import type { FastifyInstance } from 'fastify';

/**
 * Parses bodies of this content type as JSON in this scope. `*` accepts any type, for controls that are also called by
 * hand.
 * An empty body is undefined; invalid JSON is a client error (400).
 */
export function takeJson(scope: FastifyInstance, contentType: 'application/json' | '*'): void {
  if (contentType === '*') scope.removeAllContentTypeParsers();
  else scope.removeContentTypeParser(contentType);
  scope.addContentTypeParser(contentType, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(String(body)) as unknown));
    } catch (error) {
      done(Object.assign(error instanceof Error ? error : new Error('JSON'), { statusCode: 400 }), undefined);
    }
  });
}

/** True for a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it is a JSON object, otherwise an empty object. */
export function objectOrEmpty(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

/** The value when it is a text, otherwise an empty text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
