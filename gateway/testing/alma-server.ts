import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in, in order. */
export interface Received {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}
/** What the server does with one call: whatever it writes, or does not. */
export type AlmaBehaviour = (response: ServerResponse, received: Received) => void;

/** A server in Alma's place that answers whatever a spec tells it to, in every way of going wrong. */
export class AlmaServer {
  readonly #server: Server;
  readonly #next: AlmaBehaviour[] = [];
  readonly received: Received[] = [];
  /** For calls for which nothing else is set. */
  usual: AlmaBehaviour = answers(200, {});

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#take(request, response);
    });
  }

  static async start(): Promise<AlmaServer> {
    const server = new AlmaServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** The next calls, one behaviour for each. */
  next(...behaviours: readonly AlmaBehaviour[]): void {
    this.#next.push(...behaviours);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const body = Buffer.concat(chunks).toString();
    const received = { method, url, authorization: headers.authorization ?? '', body };
    this.received.push(received);
    (this.#next.shift() ?? this.usual)(response, received);
  }
}

/** An answer with this content: a text as it is, anything else as JSON. */
export function answers(status: number, content: unknown): AlmaBehaviour {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

/** Alma's error body. */
export function refuses(status: number, errorCode: string, errorMessage: unknown = 'Alma says no.'): AlmaBehaviour {
  const error = [{ errorCode, errorMessage, trackingId: 'E01-0' }];
  return answers(status, { errorsExist: true, errorList: { error }, result: null });
}

/** The connection ends without an answer. */
export const cuts: AlmaBehaviour = (response) => response.destroy();
/** An answer begins and does not go on. */
export const stalls: AlmaBehaviour = (response) => void response.writeHead(200).write('{"request_id":');
/** Bytes that are not HTTP. */
export const babbles: AlmaBehaviour = (response) => response.socket?.end('user=patron001\r\n\r\n');
