/**
 * The frame of a CATP message: start line, header lines, empty line, body (CATP-3, JS 1, RUBY).
 *
 * Writes CRLF, `Encoding: UTF8`, and Content-Length in bytes of UTF-8. Requests have `Name: value`; answers have
 * `Name:value`, because the known client looks for `Result-count:5` without a space.
 *
 * That client also reads an answer by line position, so the layout is fixed:
 * - 0: status line
 * - 1: `Methods:`, empty unless the server lists its methods, as for GETHANDLE. In an answer to SEARCH:
 * `Database-names:`, because that client ignores the line
 * - 2 to 4: `Result-count:`, `Number-of-records-returned:`, `Next-result-set-position:`
 * - 5 and 6: `Content-Length:`, `Encoding:`
 * - 7: empty
 * - 8: body
 *
 * An answer without a result set omits lines 2 to 4. Other headers come before Content-Length and move the rest down.
 */
import { CatpError } from './errors';
import { formatHeader, headerValue, parseHeader, readHeaderBlock, sameName } from './header-block';
import { ENCODING, HEADER, isKnownEncoding, RESULT_SET_HEADERS } from './names';
import { formatRequestLine, formatStatusLine, parseRequestLine, parseStatusLine } from './start-line';
import { CRLF, decodeUtf8, encodeUtf8 } from './text';
import type { CatpHeaders, CatpRequest, CatpResponse } from './types';

type StartLine = Pick<CatpRequest, 'method' | 'handle' | 'frame'>;

const OWN_HEADERS = [HEADER.contentLength, HEADER.encoding];
const LF = 0x0a;
const CR = 0x0d;

/** Encodes a request. Throws `bad-start-line`, `bad-header` or `unencodable` for data that CATP cannot represent. */
export function encodeRequest(request: CatpRequest): Uint8Array {
  return encodeMessage(formatRequestLine(request), request.headers, ': ', request.body);
}

/** Encodes an answer in the layout above. Throws like `encodeRequest`, and also `bad-status`. */
export function encodeResponse(response: CatpResponse): Uint8Array {
  return encodeMessage(formatStatusLine(response), positioned(response.headers), ':', response.body);
}

/**
 * Reads a request leniently, as a server must (dossier 4.2): LF or CRLF, optional space after the colon, no empty line
 * without a body, Content-Length in bytes or in characters. Reads a body longer than Content-Length to its end, and
 * drops the one line end that the known client adds. Throws `truncated` for a shorter body.
 */
export function decodeRequest(bytes: Uint8Array): CatpRequest {
  const block = readHeaderBlock(bytes);
  const start = parseRequestLine(block.lines[0] ?? '');
  const headers = block.lines
    .slice(1)
    .filter((line) => line !== '')
    .map(parseHeader);
  const raw = bytes.subarray(block.end ?? bytes.length);
  const closed = block.end !== undefined || block.lines.at(-1) === '';
  const body = lenientBody(raw, contentLength(headers), closed);
  if (body.length > 0) checkEncoding(headers, true);
  return { ...start, headers: withoutOwn(headers), body: decodeUtf8(body) };
}

/**
 * Reads an answer strictly: status line, Content-Length in bytes and encoding must be exact.
 * With `request` it also checks the echo (`wrong-echo`); GETHANDLE answers have a new handle and frame.
 * Line 1 may be empty or a bare list of methods. An empty `Methods` is dropped.
 */
export function decodeResponse(bytes: Uint8Array, request?: StartLine): CatpResponse {
  const block = readHeaderBlock(bytes);
  if (block.end === undefined) throw new CatpError('truncated', 'the answer ends before its body');
  const start = parseStatusLine(block.lines[0] ?? '');
  if (request !== undefined) checkEcho(start, request);
  const headers = answerHeaders(block.lines.slice(1));
  const body = strictBody(bytes.subarray(block.end), contentLength(headers));
  checkEncoding(headers, body.length === 0);
  return { ...start, headers: withoutOwn(headers), body: decodeUtf8(body) };
}

function encodeMessage(startLine: string, headers: CatpHeaders, separator: string, text: string): Uint8Array {
  if (headers.some(([name]) => isOwn(name)))
    throw new CatpError('bad-header', 'Content-Length and Encoding are written by the codec');
  const body = encodeUtf8(text);
  const all: CatpHeaders = [...headers, [HEADER.contentLength, String(body.length)], [HEADER.encoding, ENCODING]];
  const lines = [startLine, ...all.map((header) => formatHeader(header, separator)), '', ''];
  const head = encodeUtf8(lines.join(CRLF));
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  return message;
}

/** The headers in the order of the layout, with line 1 filled. */
function positioned(headers: CatpHeaders): CatpHeaders {
  const methods = headers.find(([name]) => sameName(name, HEADER.methods));
  const databases = headers.find(([name]) => sameName(name, HEADER.databaseNames));
  const first = methods ?? databases ?? [HEADER.methods, ''];
  const placed = RESULT_SET_HEADERS.flatMap((name) => headers.filter(([other]) => sameName(other, name)));
  return [first, ...placed, ...headers.filter((header) => header !== first && !placed.includes(header))];
}

function answerHeaders(lines: readonly string[]): CatpHeaders {
  const [first, ...rest] = lines;
  const methods: CatpHeaders =
    first === undefined ? [] : [first.includes(':') ? parseHeader(first) : [HEADER.methods, first.trim()]];
  return [...methods, ...rest.map(parseHeader)].filter(
    ([name, value]) => value !== '' || !sameName(name, HEADER.methods),
  );
}

function isOwn(name: string): boolean {
  return OWN_HEADERS.some((own) => sameName(own, name));
}

function withoutOwn(headers: CatpHeaders): CatpHeaders {
  return headers.filter(([name]) => !isOwn(name));
}

function contentLength(headers: CatpHeaders): number | undefined {
  const values = headers.filter(([name]) => sameName(name, HEADER.contentLength)).map(([, value]) => value);
  if (values.length > 1) throw new CatpError('bad-header', 'Content-Length stands twice');
  const [value] = values;
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new CatpError('bad-length', 'Content-Length is no number');
  return Number(value);
}

function lenientBody(bytes: Uint8Array, length: number | undefined, closed: boolean): Uint8Array {
  if (length === undefined) {
    if (closed && bytes.length === 0) return bytes;
    throw new CatpError('missing-length', 'the request has no Content-Length');
  }
  if (bytes.length < length) throw new CatpError('truncated', 'the body is shorter than Content-Length');
  return bytes.length > length ? withoutLineEnd(bytes) : bytes;
}

/** Removes one trailing LF or CRLF. */
function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== LF) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CR ? -2 : -1);
}

/** @unconfirmed I: NACSIS-ILL counts Content-Length of an answer in bytes. Confirm: compare it with the body of an answer that holds Japanese. */
function strictBody(bytes: Uint8Array, length: number | undefined): Uint8Array {
  if (length === undefined) throw new CatpError('missing-length', 'the answer has no Content-Length');
  if (bytes.length < length) throw new CatpError('truncated', 'the body is shorter than Content-Length');
  if (bytes.length > length) throw new CatpError('bad-length', 'the body is longer than Content-Length');
  return bytes;
}

/** Only UTF8 is supported. A missing header is an error only in an answer with a body. */
function checkEncoding(headers: CatpHeaders, mayBeAbsent: boolean): void {
  const encoding = headerValue(headers, HEADER.encoding);
  if (encoding === undefined ? mayBeAbsent : isKnownEncoding(encoding)) return;
  throw new CatpError(
    'unsupported-encoding',
    encoding === undefined ? 'the message does not name its encoding' : 'the message is not in UTF8',
  );
}

function checkEcho(answer: StartLine, request: StartLine): void {
  const sameSession = answer.handle === request.handle && answer.frame === request.frame;
  if (answer.method !== request.method || !(sameSession || request.method === 'GETHANDLE')) {
    throw new CatpError('wrong-echo', 'the answer belongs to another request');
  }
}
