import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { MOMENTS, TRAP_PATH, type Moment, type Strike, type Way } from './hostile-proxy';
import { rawAnswer, type RawAnswer } from './raw-http';

/** A way to break an exchange and the cases to which it applies. */
export interface BreakWay extends Way {
  readonly moments: readonly Moment[];
  /** Limits the way to commands for new or for existing requests. Default: both. */
  readonly only?: 'new' | 'existing';
  /** A complete answer in which NACSIS-ILL claims that it did nothing. The command must not be executed then. */
  readonly refuses?: true;
  /** An answer that confirms with other wording than usual that NACSIS-ILL has executed the command. */
  readonly succeeds?: true;
  /** Applies to any call, not only to commands. */
  readonly anyCall?: true;
}

/** What happens to the connection after the bytes were sent. */
type End = 'open' | 'fin' | 'reset';

/** Moments at which something answers instead of NACSIS-ILL. */
export const INSTEAD: readonly Moment[] = ['head', 'body', 'received', 'working', 'done'];
const AFTERWARDS: readonly Moment[] = ['answered'];

export function ended(socket: Socket, end: End): void {
  if (end === 'fin') socket.end();
  if (end === 'reset') socket.resetAndDestroy();
}

/** Sends these bytes and ends the connection in this way. */
function sends(name: string, bytes: Uint8Array | string, end: End): BreakWay {
  const strike = async ({ socket }: Strike): Promise<void> => {
    socket.write(bytes);
    if (end === 'reset') await pause(30);
    ended(socket, end);
  };
  return { name, moments: INSTEAD, anyCall: true, strike };
}

const cut = (name: string, strike: (socket: Socket) => void): BreakWay => ({
  name,
  moments: MOMENTS,
  anyCall: true,
  strike: ({ socket }) => strike(socket),
});

/** Failures of the connection: reset, closed, half-closed, silent. */
export const CUTS: readonly BreakWay[] = [
  cut('a reset', (socket) => socket.resetAndDestroy()),
  cut('an end', (socket) => socket.end(() => socket.destroy())),
  cut('a half-close', (socket) => socket.end()),
  cut('silence', () => undefined),
];

const HTML = '<!DOCTYPE html><html><body><h1>Please wait</h1></body></html>';
const HTML_TYPE = { 'Content-Type': 'text/html' };

const page = (name: string, answer: RawAnswer = {}, end: End = 'open', body = HTML): BreakWay =>
  sends(name, rawAnswer(body, { ...answer, headers: { ...HTML_TYPE, ...answer.headers } }), end);

/**
 * HTTP status lines that are not answers of NACSIS-ILL. By default an HTML page follows and the connection stays open.
 */
const STATUSES: readonly BreakWay[] = [
  ...[
    '201 Created',
    '202 Accepted',
    '206 Partial Content',
    '300 Multiple Choices',
    '400 Bad Request',
    '401 Unauthorized',
  ],
  ...['403 Forbidden', '404 Not Found', '405 Method Not Allowed', '407 Proxy Authentication Required', '409 Conflict'],
  ...[
    '411 Length Required',
    '412 Precondition Failed',
    '422 Unprocessable Entity',
    '451 Unavailable',
    '500 Internal Server Error',
  ],
  ...['501 Not Implemented', '502 Bad Gateway', '504 Gateway Timeout', '599 Whatever'],
].map((status) => page(`HTTP ${status}`, { status }));

const REDIRECTIONS: readonly BreakWay[] = ['301', '302', '303', '307', '308'].map((code) =>
  page(`HTTP ${code} with a place to go to`, { status: `${code} Moved`, headers: { Location: TRAP_PATH } }),
);

const OTHER_STATUSES: readonly BreakWay[] = [
  sends('HTTP 204', 'HTTP/1.1 204 No Content\r\n\r\n', 'open'),
  sends('HTTP 205 with a body', rawAnswer(HTML, { status: '205 Reset Content' }), 'fin'),
  sends('HTTP 304', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n', 'open'),
  page('HTTP 408 and an end', { status: '408 Request Timeout', headers: { Connection: 'close' } }, 'fin'),
  page('HTTP 413 and a reset', { status: '413 Payload Too Large', headers: { Connection: 'close' } }, 'reset'),
  page('HTTP 429 with Retry-After', { status: '429 Too Many Requests', headers: { 'Retry-After': '1' } }),
  page('HTTP 503 with Retry-After', { status: '503 Service Unavailable', headers: { 'Retry-After': '0' } }),
  page('HTTP 200 with a page', { status: '200 OK' }),
  page('HTTP 200 with a page and an end', { headers: { Connection: 'close' } }, 'fin'),
  sends('HTTP 200 with nothing', rawAnswer(''), 'open'),
  sends('HTTP 200 with nothing and no length', 'HTTP/1.1 200 OK\r\n\r\n', 'fin'),
  sends('HTTP 200 with a blank line', rawAnswer('\r\n'), 'open'),
];

/** Interim answers. */
const INTERIM: readonly BreakWay[] = [
  sends('100 Continue and silence', 'HTTP/1.1 100 Continue\r\n\r\n', 'open'),
  sends('100 Continue and a reset', 'HTTP/1.1 100 Continue\r\n\r\n', 'reset'),
  sends(
    '100 Continue three times and a 204',
    'HTTP/1.1 100 Continue\r\n\r\n'.repeat(3) + 'HTTP/1.1 204 No Content\r\n\r\n',
    'open',
  ),
  sends(
    '102 and 103 and an end',
    'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n',
    'fin',
  ),
  sends(
    '101 Switching Protocols',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: catp\r\nConnection: Upgrade\r\n\r\n',
    'open',
  ),
];

const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
/** Invalid or incomplete HTTP. */
const MALFORMED: readonly BreakWay[] = [
  sends('garbage', '\u0000\u0001\u0002 no HTTP at all\r\n\r\n', 'open'),
  sends('garbage and an end', 'SSH-2.0-OpenSSH\r\n', 'fin'),
  sends('half a status line and an end', 'HTTP/1.1 200 O', 'fin'),
  sends('half a status line and silence', 'HTTP/1.1 2', 'open'),
  sends('half a head and an end', 'HTTP/1.1 200 OK\r\nContent-Ty', 'fin'),
  sends('half a head and a reset', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n', 'reset'),
  sends('a head without its body and an end', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n', 'fin'),
  sends('a head without its body and silence', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n', 'open'),
  sends('a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nOK', 'open'),
  sends('a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nOK', 'open'),
  sends('two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nOKOKO', 'open'),
  sends('chunks that are garbage', `${CHUNKED}zz\r\nOK\r\n`, 'open'),
  sends('chunks without an end', `${CHUNKED}2\r\nOK\r\n`, 'fin'),
  sends('a chunk that is shorter than it says', `${CHUNKED}ff\r\nOK\r\n0\r\n\r\n`, 'reset'),
  sends(
    'chunks with a length',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nOK\r\n0\r\n\r\n',
    'open',
  ),
  sends('a head of 200 kB', `HTTP/1.1 200 OK\r\n${`X-Filler: ${'x'.repeat(1_000)}\r\n`.repeat(200)}\r\n`, 'open'),
  sends('a page of 3 MB', rawAnswer('x'.repeat(3_000_000)), 'open'),
  sends(
    'compressed garbage',
    rawAnswer(gzipSync(HTML).subarray(0, 20), { headers: { 'Content-Encoding': 'gzip' } }),
    'open',
  ),
  sends('an answer of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'open'),
  { ...sends('one byte after the other', '', 'open'), strike: drip },
];

/** Sends until the other side disconnects. */
async function drip({ socket }: Strike): Promise<void> {
  const bytes = rawAnswer(HTML);
  for (let at = 0; at < bytes.length && !socket.destroyed; at += 1) {
    socket.write(bytes.subarray(at, at + 1));
    await pause(200);
  }
}

export const HTTP_WAYS: readonly BreakWay[] = [
  ...STATUSES,
  ...REDIRECTIONS,
  ...OTHER_STATUSES,
  ...INTERIM,
  ...MALFORMED,
];

/** Sends the bytes after a random time, so that the connection may already serve another call. */
const afterwards = (name: string, bytes: (strike: Strike) => Uint8Array | string, end: End = 'open'): BreakWay => ({
  name,
  moments: AFTERWARDS,
  strike: async (strike) => {
    await pause(Math.random() * 400);
    strike.socket.write(bytes(strike));
    if (end === 'reset') await pause(30);
    ended(strike.socket, end);
  },
});

/** Bytes or events after a complete answer. */
export const AFTER_WAYS: readonly BreakWay[] = [
  afterwards('the same answer again', ({ answer }) => rawAnswer(answer ?? '')),
  afterwards(
    'the same answer three times more and an end',
    ({ answer }) => Buffer.concat(Array(3).fill(rawAnswer(answer ?? ''))),
    'fin',
  ),
  afterwards('an unasked 408 and an end', () => rawAnswer(HTML, { status: '408 Request Timeout' }), 'fin'),
  afterwards('an unasked page', () => rawAnswer(HTML)),
  afterwards('trailing garbage', () => 'garbage\r\n\r\n'),
  afterwards('trailing garbage and a reset', () => '\u0000'.repeat(100), 'reset'),
  { ...afterwards('a reset after a while', () => '', 'reset'), anyCall: true },
  { ...afterwards('an end after a while', () => '', 'fin'), anyCall: true },
];

/** Events on a connection from which nothing is read. */
export const BLIND_WAYS: Readonly<Record<string, (socket: Socket) => void>> = {
  'a reset': (socket) => socket.resetAndDestroy(),
  'an end': (socket) => socket.end(() => socket.destroy()),
  'a half-close': (socket) => socket.end(),
  'an unasked 408 and an end': (socket) => socket.end(rawAnswer(HTML, { status: '408 Request Timeout' })),
  'an unasked page': (socket) => socket.write(rawAnswer(HTML)),
  'garbage': (socket) => socket.write('garbage\r\n\r\n'),
  'silence': () => undefined,
};
