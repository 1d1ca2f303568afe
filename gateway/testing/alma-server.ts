import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was received, in order. */
interface Received {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}
/** The server's reaction to one call: whatever it writes, or nothing. */
export type AlmaBehaviour = (response: ServerResponse, received: Received) => void;

/** A server in place of Alma that answers as a spec tells it, with every kind of failure. */
export class AlmaServer {
  readonly #server: Server;
  readonly #next: AlmaBehaviour[] = [];
  readonly received: Received[] = [];
  /** The behaviour of calls for which `next` sets none. */
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

  /** Sets the behaviours of the next calls, one each. */
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

/** Answers with this content: a text as it is, anything else as JSON. */
export function answers(status: number, content: unknown): AlmaBehaviour {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

/** Answers with Alma's error body. */
export function refuses(status: number, errorCode: string, errorMessage: unknown = 'Alma says no.'): AlmaBehaviour {
  const error = [{ errorCode, errorMessage, trackingId: 'E01-0' }];
  return answers(status, { errorsExist: true, errorList: { error }, result: null });
}

/** Ends the connection without an answer. */
export const cuts: AlmaBehaviour = (response) => response.destroy();
/** Begins an answer and does not continue. */
export const stalls: AlmaBehaviour = (response) => void response.writeHead(200).write('{"request_id":');
/** Sends bytes that are not HTTP. */
export const babbles: AlmaBehaviour = (response) => response.socket?.end('user=patron001\r\n\r\n');
