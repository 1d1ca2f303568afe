import jaNotes from '../../i18n/ja/bridge-notes.json' with { type: 'json' };
import jaBridge from '../../i18n/ja/bridge.json' with { type: 'json' };
import jaDomain from '../../i18n/ja/domain.json' with { type: 'json' };
import { formatDay, isDay } from '#domain/ill/dates';
import { byteLength, COMMENT, PATRON_FIELDS } from '#domain/ill/fields';
import type { Side } from '#domain/ill/kinds';
import { actionLabelKey } from '#domain/ill/labels';
import { offersFor } from '#domain/ill/machine';
import { situationOf, type IllRequest, type RequestFields } from '#domain/ill/request';
import { onOneLine } from '#domain/ill/sendable-text';
import { REFUSAL_TEXTS } from './rules';

/**
 * Characters of a note to Alma, as UTF-16 counts them.
 * @unconfirmed O: Alma takes and shows a note of 2,000 characters. Confirm: send one to a sandbox.
 */
export const MAX_NOTE = 2000;
const CUT = '…';
/** A shorter name would be found within other words. */
const SHORTEST_NAME = 2;
const HIDDEN = '＊＊＊';

/** Notes and comments are Japanese: both ends are libraries in Japan. */
const TEXTS = { ...jaDomain, bridge: { ...jaNotes.bridge, ...jaBridge.bridge } };
export type NoteKey = keyof typeof jaNotes.bridge.note;
type Params = Readonly<Record<string, string>>;

/** A sentence for Alma (`bridge.note.<key>`), in Japanese. */
export function sentence(key: NoteKey, params: Params = {}): string {
  return textAt(`bridge.note.${key}`, params);
}

export function isNoteKey(key: string): key is NoteKey {
  return Object.hasOwn(TEXTS.bridge.note, key);
}

/** A comment for NACSIS-ILL where Alma's message has none (`bridge.comment.<key>`). */
export function standInComment(key: keyof typeof jaNotes.bridge.comment, params: Params = {}): string {
  return textAt(`bridge.comment.${key}`, params);
}

function textAt(key: string, params: Params = {}): string {
  const at = (place: unknown, name: string): unknown =>
    typeof place === 'object' && place !== null ? new Map<string, unknown>(Object.entries(place)).get(name) : undefined;
  const text = key.split('.').reduce<unknown>(at, TEXTS);
  if (typeof text !== 'string') return key;
  return text.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => params[name] ?? '');
}

/**
 * The note from its lines, without the patron's name, without control characters other than line breaks, cut at
 * `MAX_NOTE`; undefined when nothing is left.
 */
export function noteOf(lines: readonly (string | undefined)[], fields: RequestFields = {}): string | undefined {
  const text = lines
    .flatMap((line) => (line ?? '').split(/\r\n|[\n\r\u2028\u2029]/))
    .map((line) => onOneLine(line).trimEnd())
    .filter((line) => line !== '')
    .join('\n');
  const note = cutAt(withoutPatron(text, fields), MAX_NOTE);
  return note === '' ? undefined : note;
}

/** The note of a message as a comment of NACSIS-ILL: one line, cut by bytes. Undefined when it is empty. */
export function commentOf(note: string | undefined, fields: RequestFields = {}): string | undefined {
  const line = withoutPatron(onOneLine(note ?? ''), fields)
    .replace(/\s+/gu, ' ')
    .trim();
  return line === '' ? undefined : cutByBytes(line, COMMENT.maxBytes);
}

/** The text without the names of the patron that the record holds. */
export function withoutPatron(text: string, fields: RequestFields): string {
  const names = PATRON_FIELDS.map((name) => fields[name]?.trim() ?? '').filter((name) => name.length >= SHORTEST_NAME);
  const forms = names.flatMap((name) => [name, name.replace(/\s+/gu, '')]);
  return forms
    .sort((one, other) => other.length - one.length)
    .reduce((rest, name) => rest.replaceAll(name, HIDDEN), text);
}

/** `略称 (FA…)`; the part that is known when one is missing, undefined without both. */
export function libraryName(name: string | undefined, id: string | undefined): string | undefined {
  if (name === undefined || name === '') return id === '' ? undefined : id;
  return id === undefined || id === '' ? name : `${name} (${id})`;
}

export function libraryLine(name: string | undefined, id: string | undefined): string | undefined {
  const library = libraryName(name, id);
  return library === undefined ? undefined : sentence('library', { library });
}

/** `Cost: 500 JPY`, as another gateway writes it for Alma (iso18626.md 3); undefined unless the text is whole yen. */
export function costLine(yen: string | undefined): string | undefined {
  return yen !== undefined && /^\d+$/.test(yen) ? `Cost: ${String(Number(yen))} JPY` : undefined;
}

/** A line with a day, `2026-11-24`; undefined when the text is no date. */
export function dayLine(key: 'due' | 'due-unchanged', day: string | undefined): string | undefined {
  return day !== undefined && isDay(day) ? sentence(key, { day: formatDay(day) }) : undefined;
}

export function commentLine(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : sentence('comment', { text: text.trim() });
}

/**
 * Why the message is refused and what is possible now, for Alma's pages (iso18626.md 6).
 * @param why a reason of the map, or what NACSIS-ILL said, in Japanese
 */
export function refusalLines(why: string, request: IllRequest | undefined, side: Side): readonly string[] {
  const isKnown = (REFUSAL_TEXTS as readonly string[]).includes(why);
  const reason = isKnown ? textAt(`bridge.refusal.${why}`) : why;
  return [sentence('refusal', { why: reason }), sentence('possible', { actions: possibleNow(request, side) })];
}

/** The names of the actions that the panel allows now. */
function possibleNow(request: IllRequest | undefined, side: Side): string {
  if (request === undefined) return sentence('no-record');
  const situation = situationOf(request);
  const names = offersFor(situation, side)
    .filter(({ allowed }) => allowed)
    .map(({ action }) => textAt(actionLabelKey(action, side, request.state, request.kind, situation)));
  return names.length === 0 ? sentence('none-possible') : [...new Set(names)].join('、');
}

function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - CUT.length);
  // Half of a surrogate pair is no character.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}${CUT}`;
}

function cutByBytes(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  const room = maxBytes - byteLength(CUT);
  let used = 0;
  let cut = '';
  for (const character of text) {
    used += byteLength(character);
    if (used > room) break;
    cut += character;
  }
  return `${cut}${CUT}`;
}
