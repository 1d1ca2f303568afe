import { CatpError } from './errors';

export const CRLF = '\r\n';

const ENCODER = new TextEncoder();
/** Rejects invalid bytes instead of replacing them, and keeps a leading U+FEFF. */
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LONE_SURROGATE = /\p{Surrogate}/u;
/** C0 (including CR, LF and tab), DEL, and C1 (U+0080 to U+009F). */
const CONTROL = /\p{Cc}/u;
const CONTROL_BELOW_C1 = /[\u0000-\u001f\u007f]/;

/** Encodes a text in UTF-8. Throws `unencodable` for half a surrogate pair. */
export function encodeUtf8(text: string): Uint8Array {
  if (LONE_SURROGATE.test(text)) throw new CatpError('unencodable', 'the text holds half a surrogate pair');
  return ENCODER.encode(text);
}

/** Decodes UTF-8. Throws `bad-encoding` for invalid bytes. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes);
  } catch (cause) {
    throw new CatpError('bad-encoding', 'the body is not UTF-8', { cause });
  }
}

/** True for any control character, including U+0080 to U+009F. We write none of them. */
export function hasControlCharacter(text: string): boolean {
  return CONTROL.test(text);
}

/**
 * Like `hasControlCharacter`, for text that we read. Accepts U+0080 to U+009F, because they do not separate lines and
 * result from old conversions.
 */
export function hasUnreadableCharacter(text: string): boolean {
  return CONTROL_BELOW_C1.test(text);
}
