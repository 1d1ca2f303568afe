import type { Integration } from '../api/profile';
import { partsBesideMarks } from '../ill/order-mark';
import type { RequestFields } from '../ill/request';

/** @unconfirmed I: A primary id of Alma has 255 characters at most. Confirm: create a user with a longer one. */
const LONGEST_ID = 255;

const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]/;
/**
 * Letters, digits and blanks in another width. Only the width is changed: for Alma, `A²` and `A2` are different ids.
 */
const OTHER_WIDTH = /[\u3000\uff01-\uffee]+/g;

/**
 * Extracts the patron's id by the rule, without asking Alma. The id is the text from the prefix to the end of the line
 * or to our own mark. A text with two different ids yields none, because it is ambiguous.
 */
export function patronIdOf(
  fields: RequestFields,
  { patronIdField, patronIdPrefix = '' }: Integration['requester'],
): string | undefined {
  if (patronIdField === undefined) return undefined;
  const prefix = inUsualWidth(patronIdPrefix);
  const found = partsBesideMarks(fields[patronIdField] ?? '')
    .flatMap((part) => part.split(LINE_END))
    .map((line) => behind(prefix, inUsualWidth(line)).trim())
    .filter((id) => id !== '');
  const [id, ...others] = prefix === '' ? found.slice(0, 1) : new Set(found);
  return id === undefined || others.length > 0 || id.length > LONGEST_ID ? undefined : id;
}

/** The text after the first occurrence of the prefix. `PAID=` does not contain the prefix `ID=`. */
function behind(prefix: string, line: string): string {
  if (prefix === '') return line;
  for (let at = line.indexOf(prefix); at >= 0; at = line.indexOf(prefix, at + 1))
    if (!(/^\w/.test(prefix) && /\w$/.test(line.slice(0, at)))) return line.slice(at + prefix.length);
  return '';
}

function inUsualWidth(text: string): string {
  return text.replace(OTHER_WIDTH, (wide) => wide.normalize('NFKC')).normalize('NFC');
}
