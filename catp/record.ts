import { CatpError } from './errors';
import { BOUNDARY, CLOSING_BOUNDARY, GROUP_TAGS, REPEATED_PARTS } from './names';
import { CRLF, hasControlCharacter, hasUnreadableCharacter } from './text';
import type { CatpGroup, CatpRecord, CatpValue } from './types';

const FIELD = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Writes the record as lines `NAME=value`, each ended by CRLF. In a command an empty text or list deletes the field
 * (SPC 3). Throws `unencodable` for a name or value that cannot be written.
 */
export function encodeRecord(record: CatpRecord): string {
  return Object.entries(record)
    .flatMap(([name, value]) => linesOf(name, value))
    .map((line) => line + CRLF)
    .join('');
}

/**
 * Reads lines `NAME=value`, which may end in CRLF or LF. A single field becomes a text, a repeated field a list of
 * texts, a group always a list of occurrences. Throws `bad-record`. Any field name is safe, because a record has own
 * keys only.
 */
export function decodeRecord(body: string): CatpRecord {
  return recordFromLines(linesIn(body));
}

/**
 * Writes the records of an answer. A single record has no boundary; several have `--NACSIS-CATP` before each and
 * `--NACSIS-CATP--` at the end (JS 3, RUBY).
 */
export function encodeRecords(records: readonly CatpRecord[]): string {
  return joinRecords(records.map(encodeRecord));
}

/** Like `encodeRecords`, for records that are already written. */
export function joinRecords(written: readonly string[]): string {
  if (written.length < 2) return written.join('');
  return written.map((record) => BOUNDARY + CRLF + record).join('') + CLOSING_BOUNDARY + CRLF;
}

/** Reads the records of a body; none for an empty body. Throws `bad-boundary` and `bad-record`. */
export function decodeRecords(body: string): readonly CatpRecord[] {
  return sectionsIn(body).map(recordFromLines);
}

/** Splits a body into records for callers that decode each one themselves (`decodeRecord`). Throws `bad-boundary`. */
export function splitRecords(body: string): readonly string[] {
  return sectionsIn(body).map((lines) => lines.join(CRLF));
}

/** The text of a field, or the first text of a repeated field; undefined when it is absent or a group. */
export function text(record: CatpRecord, name: string): string | undefined {
  const value = own(record, name);
  return typeof value === 'string' ? value : value?.find((item): item is string => typeof item === 'string');
}

/** The non-empty texts of a field that may repeat; none when it is absent or a group. */
export function texts(record: CatpRecord, name: string): readonly string[] {
  const value = own(record, name) ?? [];
  const items: readonly (string | CatpGroup)[] = typeof value === 'string' ? [value] : value;
  return items.filter((item): item is string => typeof item === 'string' && item !== '');
}

/** The occurrences of a group; none when it is absent, deleted or not a group. */
export function groups(record: CatpRecord, name: string): readonly CatpGroup[] {
  const value = own(record, name) ?? [];
  const items: readonly (string | CatpGroup)[] = typeof value === 'string' ? [value] : value;
  return items.filter((item): item is CatpGroup => typeof item !== 'string');
}

/** The lines of a body without their line ends. */
function linesIn(body: string): readonly string[] {
  const lines = body.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function recordFromLines(lines: readonly string[]): CatpRecord {
  const fields = new Map<string, string[]>();
  const groups = new Map<string, CatpGroup[]>();
  const names = new Set<string>();
  for (let at = 0; at < lines.length; at += 1) {
    const opened = GROUP_TAGS.openForm.exec(lines[at] ?? '')?.[1];
    if (opened === undefined) {
      const [name, value] = fieldIn(lines[at] ?? '');
      append(fields, name, value);
      names.add(name);
    } else {
      const end = lines.indexOf(GROUP_TAGS.close(opened), at);
      if (end < 0) throw new CatpError('bad-record', 'a group is not closed');
      append(groups, opened, groupFrom(opened, lines.slice(at + 1, end)));
      names.add(opened);
      at = end;
    }
  }
  return Object.fromEntries([...names].map((name) => [name, valueOf(fields.get(name), groups.get(name))]));
}

/** Splits a body into the lines of each record. */
function sectionsIn(body: string): readonly (readonly string[])[] {
  const lines = linesIn(body);
  if (lines.length === 0) return [];
  if (lines[0] !== BOUNDARY) {
    if (lines.some(isBoundary)) throw new CatpError('bad-boundary', 'the body does not begin with a boundary');
    return [lines];
  }
  if (lines.at(-1) !== CLOSING_BOUNDARY) throw new CatpError('bad-boundary', 'the last boundary is missing');
  return sections(lines.slice(1, -1));
}

function sections(lines: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [[]];
  for (const line of lines) {
    if (line === BOUNDARY) found.push([]);
    else if (isBoundary(line)) throw new CatpError('bad-boundary', 'a record follows the last boundary');
    else found.at(-1)?.push(line);
  }
  return found;
}

function isBoundary(line: string): boolean {
  return line.startsWith(BOUNDARY);
}

function own(record: CatpRecord, name: string): CatpValue | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function linesOf(name: string, value: CatpValue): readonly string[] {
  if (typeof value === 'string') return [fieldLine(name, value)];
  if (value.length === 0) return [fieldLine(name, '')];
  return value.flatMap((item) => (typeof item === 'string' ? [fieldLine(name, item)] : groupLines(name, item)));
}

function groupLines(name: string, group: CatpGroup): readonly string[] {
  if (!NAME.test(name)) throw new CatpError('unencodable', 'a group has a name that no line can carry');
  const parts = Object.entries(group).map(([part, value]) => fieldLine(part, value));
  return [GROUP_TAGS.open(name), ...parts, GROUP_TAGS.close(name)];
}

function fieldLine(name: string, value: string): string {
  if (!NAME.test(name)) throw new CatpError('unencodable', 'a field has a name that no line can carry');
  if (hasControlCharacter(value))
    throw new CatpError('unencodable', `field ${name} holds a line end or another control character`);
  return `${name}=${value}`;
}

function fieldIn(line: string): readonly [name: string, value: string] {
  const [, name, value] = FIELD.exec(line) ?? [];
  if (name === undefined || value === undefined || hasUnreadableCharacter(value))
    throw new CatpError('bad-record', 'a line is not of the form NAME=value');
  return [name, value];
}

function groupFrom(group: string, lines: readonly string[]): CatpGroup {
  const parts = new Map<string, string>();
  for (const line of lines) {
    const [name, value] = fieldIn(line);
    const repeated = parts.has(name);
    if (repeated && REPEATED_PARTS.get(group)?.includes(name) !== true)
      throw new CatpError('bad-record', `${name} stands twice in one ${group}`);
    if (!repeated) parts.set(name, value);
  }
  return Object.fromEntries(parts);
}

function valueOf(fields: readonly string[] | undefined, occurrences: readonly CatpGroup[] | undefined): CatpValue {
  if (occurrences === undefined) return fields?.length === 1 ? (fields[0] ?? '') : (fields ?? []);
  if (fields !== undefined) throw new CatpError('bad-record', 'a name is used for a field and for a group');
  return occurrences;
}

function append<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [item]);
  else list.push(item);
}
