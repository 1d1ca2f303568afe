import { CatpError } from './errors';
import type { CatpHeaders } from './types';

const LF = 0x0a;
const CR = 0x0d;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/**
 * The lines before the body without their line ends. `end` is the offset of the body; undefined when no empty line ends
 * the block.
 */
interface HeaderBlock {
  readonly lines: readonly string[];
  readonly end: number | undefined;
}

/**
 * Splits the message at its first empty line. Lines may end in CRLF or LF. Everything before the body must be ASCII
 * (CATP-3.1.2).
 */
export function readHeaderBlock(bytes: Uint8Array): HeaderBlock {
  const lines: string[] = [];
  let start = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, start)) {
    const line = asciiLine(bytes.subarray(start, at > start && bytes[at - 1] === CR ? at - 1 : at));
    start = at + 1;
    if (line === '' && lines.length > 1) return { lines, end: start };
    if (line !== '' || lines.length > 0) lines.push(line);
    else throw new CatpError('bad-start-line', 'the message begins with an empty line');
  }
  if (start < bytes.length) lines.push(asciiLine(bytes.subarray(start, bytes.at(-1) === CR ? -1 : undefined)));
  return { lines, end: undefined };
}

function asciiLine(bytes: Uint8Array): string {
  let line = '';
  for (const byte of bytes) {
    if (byte < 0x20 || byte > 0x7e) throw new CatpError('bad-header', 'a line before the body is not plain ASCII');
    line += String.fromCharCode(byte);
  }
  return line;
}

/** Parses `Name: value` or `Name:value`. Trims spaces around the value. */
export function parseHeader(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0)).trim();
  if (!HEADER_NAME.test(name)) throw new CatpError('bad-header', 'a header line is not of the form `Name: value`');
  return [name, line.slice(colon + 1).trim()];
}

/** The header line without its line end. `separator` is `: ` in requests and `:` in answers. */
export function formatHeader([name, value]: readonly [string, string], separator: string): string {
  if (!HEADER_NAME.test(name))
    throw new CatpError('bad-header', 'a header name has characters that a name cannot have');
  if (!PRINTABLE_ASCII.test(value) || value !== value.trim()) {
    throw new CatpError('unencodable', `header ${name} holds what a header value cannot carry`);
  }
  return `${name}${separator}${value}`.trimEnd();
}

export function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** The value of the first header with this name, ignoring case. */
export function headerValue(headers: CatpHeaders, name: string): string | undefined {
  return headers.find(([other]) => sameName(other, name))?.[1];
}
