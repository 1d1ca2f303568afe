import { CatpError } from './errors';

export const CRLF = '\r\n';

const ENCODER = new TextEncoder();
/** Refuses wrong bytes instead of replacing them, and keeps a leading U+FEFF as it is. */
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LONE_SURROGATE = /\p{Surrogate}/u;
const CONTROL = /\p{Cc}/u;

/** The bytes of a text in UTF-8. A text with half a surrogate pair has none: `unencodable`. */
export function encodeUtf8(text: string): Uint8Array {
  if (LONE_SURROGATE.test(text)) throw new CatpError('unencodable', 'the text holds half a surrogate pair');
  return ENCODER.encode(text);
}

/** The text of UTF-8 bytes; `bad-encoding` when they are none. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes);
  } catch (cause) {
    throw new CatpError('bad-encoding', 'the body is not UTF-8', { cause });
  }
}

/** True for CR, LF, tab and every other control character: none of them can stand in a value. */
export function hasControlCharacter(text: string): boolean {
  return CONTROL.test(text);
}
