import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#domain/api/problem';
import { ERRORS, type ErrorCode } from '#domain/errors';
import { corsHeaders } from './cross-origin';
import { GatewayError } from './gateway-error';
import type { Metrics } from './metrics';
import { answerProblem, PROBLEM_TYPE } from './problem';

interface Parts {
  readonly corsOrigins: readonly string[];
  readonly metrics: Pick<Metrics, 'countError'>;
}

/** Fastify's own messages repeat the URL, which may contain what a patron asked for. */
const WORDS: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'the address is malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'a part of the address is too long',
};

/**
 * Answers what fastify refuses before it looks for a route, when no hook has run yet: sends a problem with the CORS
 * headers.
 */
export function frameworkErrors({ corsOrigins, metrics }: Parts) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    void reply.headers({ 'x-request-id': request.id, ...corsHeaders(corsOrigins, request.headers.origin) });
    const detail = WORDS[error.code] ?? 'the address cannot be served';
    metrics.countError(answerProblem(new GatewayError('invalid-request', { detail }), request, reply));
  };
}

/** Answers in progress by connection. */
type Replies = WeakMap<Socket, ServerResponse>;

const DETAILS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'the head of the call is too long',
  HPE_INVALID_METHOD: 'there is no such method',
  ERR_HTTP_REQUEST_TIMEOUT: 'the call did not come to its end in time',
};

/**
 * True when an answer can be written; false also for a connection on which nothing was sent. Browsers open such
 * connections in advance, and would take the answer for that of a call that they send at the same moment; without an
 * answer they repeat the call.
 */
function isAnswerable({ code }: ConnectionError, socket: Socket): boolean {
  const isSpare = code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
  return code !== 'ECONNRESET' && socket.writable && !isSpare;
}

/** Answers input that is not HTTP, or stops being HTTP, when an answer can still be written. */
export class ClientErrors {
  readonly #parts: Parts;
  readonly #replies: Replies = new WeakMap();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Call once, with the server of the application. */
  watch(server: Server): void {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#replies.set(request.socket, response);
    });
    // Ignores an unknown expectation (RFC 9110 10.1.1); without a listener Node would answer it.
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    // CONNECT has no target here.
    server.on('connect', (_request, socket) => {
      socket.on('error', () => undefined);
      socket.end(this.#answer('not-found', 'there is nothing at this address', ''));
    });
  }

  readonly answer = (error: ConnectionError, socket: Socket): void => {
    if (isAnswerable(error, socket) && !this.#isTaken(socket)) {
      // The bytes read last. The declared type of `rawPacket` is wrong.
      const packet: unknown = error.rawPacket;
      const head = Buffer.isBuffer(packet) ? packet.toString('latin1') : '';
      socket.end(this.#answer('invalid-request', DETAILS[error.code] ?? 'the call is no whole HTTP', head));
    }
    socket.destroySoon();
  };

  /**
   * True when a call on this connection was received completely and its answer is not sent yet. The client would take a
   * second answer for that one, and report a running command as refused.
   */
  #isTaken(socket: Socket): boolean {
    const reply = this.#replies.get(socket);
    if (reply === undefined || reply.writableFinished) return false;
    return reply.headersSent || reply.req.complete;
  }

  #answer(code: ErrorCode, detail: string, head: string): string {
    this.#parts.metrics.countError(code);
    const { status } = ERRORS[code];
    const requestId = crypto.randomUUID();
    const problem: Problem = { type: `urn:nacsis-ill:error:${code}`, title: code, status, code, detail, requestId };
    const body = JSON.stringify(problem);
    const headers = {
      'content-type': PROBLEM_TYPE,
      'content-length': String(Buffer.byteLength(body)),
      'x-request-id': requestId,
      'connection': 'close',
      ...corsHeaders(this.#parts.corsOrigins, /^origin:[ \t]*(\S+)[ \t]*\r?$/im.exec(head)?.[1]),
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return [`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n');
  }
}
