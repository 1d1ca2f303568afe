import type { Socket } from 'node:net';

export interface RawRequest {
  readonly path: string;
  /** The whole head including its empty line. */
  readonly head: string;
  readonly body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * Calls `heard` for each complete request on the connection. Does not support bodies of unknown length, which the
 * gateway never sends.
 */
export function onRequests(socket: Socket, heard: (request: RawRequest) => void): void {
  let waiting = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let found = requestIn(waiting); found !== undefined; found = requestIn(waiting)) {
      waiting = waiting.subarray(found.head.length + found.body.length);
      heard(found);
    }
  });
}

function requestIn(bytes: Buffer): RawRequest | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end + END_OF_HEAD.length).toString('latin1');
  const [, path = ''] = head.split(' ');
  const length = Number(/^content-length: *(\d+)\r$/im.exec(head)?.[1] ?? 0);
  const body = bytes.subarray(head.length, head.length + length);
  return body.length < length ? undefined : { path, head, body };
}

export interface RawAnswer {
  /** Example: `302 Found`. Default: `200 OK`. */
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The Content-Length to send. Default: the correct one; null: none. */
  readonly length?: number | null;
}

/** The bytes of an HTTP answer, valid or not. */
export function rawAnswer(
  body: Uint8Array | string,
  { status = '200 OK', headers = {}, length }: RawAnswer = {},
): Buffer {
  const bytes = Buffer.from(body);
  const told = length === undefined ? bytes.length : length;
  const lines = [
    `HTTP/1.1 ${status}`,
    ...Object.entries({ 'Content-Type': 'text/plain; charset=utf-8', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    ...(told === null ? [] : [`Content-Length: ${String(told)}`]),
  ];
  return Buffer.concat([Buffer.from(lines.join('\r\n') + END_OF_HEAD, 'latin1'), bytes]);
}
