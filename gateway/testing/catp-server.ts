import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { decodeRequest, encodeResponse } from '#catp/framing';
import { headerValue } from '#catp/header-block';
import { HEADER } from '#catp/names';
import { resultSetHeaders } from '#catp/result-set';
import { encodeRecords } from '#catp/record';
import { STATUS } from '#catp/status';
import type { CatpHeaders, CatpRecord, CatpRequest } from '#catp/types';
import { NACSIS_DEFAULTS, type NacsisSettings } from '../nacsis/settings';

/** The server's reaction to one request: whatever it writes to the socket, or nothing. */
export type Behaviour = (socket: Socket, request: CatpRequest) => void;

export interface Answer {
  readonly status?: string;
  readonly reason?: string;
  readonly headers?: CatpHeaders;
  readonly body?: string;
}

/** A CATP server with raw bytes over a real socket: as much HTTP as a client needs, and every kind of failure. */
export class CatpServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #always = new Map<string, Behaviour>();
  readonly #once = new Map<string, Behaviour[]>();
  /** Every completely received request, in order. */
  readonly requests: CatpRequest[] = [];
  #handles = 0;

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
      readPosts(socket, (bytes) => {
        this.#take(socket, bytes);
      });
    });
  }

  static async start(): Promise<CatpServer> {
    const server = new CatpServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Settings that lead to this server, with short times. */
  settings(more: Partial<NacsisSettings> = {}): NacsisSettings {
    return { ...NACSIS_DEFAULTS, url: `http://127.0.0.1:${String(this.port)}/catp`, ...more };
  }

  /** Sets the behaviours of the next requests of this method, one each. */
  next(method: string, ...behaviours: readonly Behaviour[]): void {
    this.#once.set(method, [...(this.#once.get(method) ?? []), ...behaviours]);
  }

  /** Sets the behaviour of requests of this method for which `next` sets none. */
  always(method: string, behaviour: Behaviour): void {
    this.#always.set(method, behaviour);
  }

  /** The requested methods, in order. */
  methods(): readonly string[] {
    return this.requests.map(({ method }) => method);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(socket: Socket, bytes: Uint8Array): void {
    const request = decodeRequest(bytes);
    this.requests.push(request);
    const behaviour =
      this.#once.get(request.method)?.shift() ?? this.#always.get(request.method) ?? this.#usual(request);
    behaviour(socket, request);
  }

  /** Accepts logins and returns empty answers. */
  #usual({ method }: CatpRequest): Behaviour {
    if (method === 'SEARCH') return finding([]);
    if (method !== 'GETHANDLE') return answering();
    this.#handles += 1;
    const handle = `H${String(this.#handles).padStart(9, '0')}`;
    return (socket, request) => socket.write(http(answerTo({ ...request, handle, frame: '001' })));
  }
}

/** The bytes of an answer to this request. */
export function answerTo({ method, handle, frame, version }: CatpRequest, answer: Answer = {}): Uint8Array {
  const { status = '200', reason = 'OK', headers = [], body = '' } = answer;
  return encodeResponse({ method, handle, frame, version, status, reason, headers, body });
}

/** An HTTP answer with this content. `length` may be wrong. */
export function http(
  content: Uint8Array | string,
  { status = 200, length }: { status?: number; length?: number } = {},
) {
  const bytes = Buffer.from(content);
  const head = `HTTP/1.1 ${String(status)} X\r\nContent-Length: ${String(length ?? bytes.length)}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

export function answering(answer: Answer = {}): Behaviour {
  return (socket, request) => socket.write(http(answerTo(request, answer)));
}

/** An answer to SEARCH or RETRIEVE. `count`: total number of hits. */
export function finding(records: readonly CatpRecord[], count = records.length): Behaviour {
  const next = records.length < count ? records.length + 1 : 0;
  return answering({
    headers: resultSetHeaders({ count, returned: records.length, next }),
    body: encodeRecords(records),
  });
}

/** Refuses the account. */
export const refusingLogin = answering({ status: STATUS.loginRefused.code, reason: 'LOGIN REFUSED' });
/** Ends the connection without an answer. */
export const cutting: Behaviour = (socket) => socket.destroy();
/** Never answers. */
export const silent: Behaviour = () => undefined;

/** The ILL command of a request, or undefined. */
export function commandIn(request: CatpRequest): string | undefined {
  return headerValue(request.headers, HEADER.illCommand);
}

const HEAD_END = Buffer.from('\r\n\r\n');

function readPosts(socket: Socket, take: (body: Uint8Array) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const end = received.indexOf(HEAD_END);
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(received.subarray(0, end).toString('latin1'))?.[1] ?? '0');
      const start = end + HEAD_END.length;
      if (received.length < start + length) return;
      const body = received.subarray(start, start + length);
      received = received.subarray(start + length);
      take(body);
    }
  });
}
