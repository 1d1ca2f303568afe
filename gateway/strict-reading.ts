import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError } from './gateway-error';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Accepts JSON in UTF-8 only. Node would replace each wrong byte by U+FFFD, which could end up in an order.
 */
export function readJsonStrictly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    let text: string;
    try {
      text = UTF8.decode(bytes);
    } catch {
      done(new GatewayError('invalid-request', { detail: 'the body is not UTF-8' }));
      return;
    }
    void parse(request, text, done);
  });
}

/**
 * Refuses what the framework would accept: an HTTP/1.1 call without a host (RFC 9112 3.2), and a broken escape in the
 * query, which would be taken literally. For the hook `onRequest`.
 */
export function refuseMalformed({ raw }: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const detail = hasBrokenQuery(raw.url ?? '')
    ? 'the query of the address is malformed'
    : raw.headers.host === undefined && raw.httpVersion === '1.1'
      ? 'the call names no host'
      : undefined;
  done(detail === undefined ? undefined : new GatewayError('invalid-request', { detail }));
}

/** True for an invalid escape, or one that is not UTF-8. */
function hasBrokenQuery(url: string): boolean {
  const [, query = ''] = /\?(.*)$/s.exec(url) ?? [];
  try {
    decodeURIComponent(query);
    return false;
  } catch {
    return true;
  }
}
