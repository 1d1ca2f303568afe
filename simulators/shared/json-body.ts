import type { FastifyInstance } from 'fastify';

/**
 * Reads bodies of this content type (`*`: of any, for controls that are called by hand, too) as JSON in this scope.
 * An empty body is none; one that is no JSON is the caller's fault (400).
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
