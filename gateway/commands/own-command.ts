import { createHash } from 'node:crypto';
import { commandByWire } from '#domain/ill/commands';
import { parseRequestId } from '#domain/catalog/identifiers';
import { markOf } from '#domain/ill/order-mark';
import type { HistoryEntry, IllRequest, RequestFields } from '#domain/ill/request';
import type { JournalKey, JournalRow } from '../store/journal-store';

/**
 * Everything that was sent with a command: a hash for the path of each value (`total`, `lenders[1].memberId`,
 * `comment`). The command's key salts the hash, so equal values of two commands have different hashes.
 */
type SentValues = Readonly<Record<string, string>>;

type Sent = Pick<JournalRow, 'institution' | 'idempotency_key' | 'member_id' | 'command' | 'history_length' | 'sent'>;

/** The path of the comment; no field has this name. */
const COMMENT = 'comment';
/** Not compared: NACSIS-ILL has member names itself, and may write its own. */
const NOT_COMPARED = 'memberName';

export function sentValues(key: JournalKey, fields: RequestFields, comment: string | undefined): SentValues {
  const paths = [...pathsOf(fields), [COMMENT, comment ?? ''] as const];
  return Object.fromEntries(paths.map(([path, value]) => [path, hashOf(key, path, value)]));
}

/**
 * True when the record shows that this very command was done: a new history entry of this library with the command and
 * the comment that were sent, and every field as it was sent. The same command with other values belongs to another
 * program of the library.
 */
export function showsCommand(row: Sent, { history, fields }: IllRequest): boolean {
  const entries = history.slice(row.history_length).filter((entry) => isEntryOf(row, entry));
  const isSame = (path: string, value: string) => row.sent?.[path] === hashOf(keyOf(row), path, value);
  const now = new Map(pathsOf(fields));
  const paths = Object.keys(row.sent ?? {}).filter((path) => path !== COMMENT);
  return (
    entries.some(({ comment = '' }) => isSame(COMMENT, comment)) &&
    paths.every((path) => isSame(path, now.get(path) ?? ''))
  );
}

/**
 * True when an answer belongs to the command that was sent on an existing request. An older answer, or that of another
 * call, lacks the history entry. Values are not compared, since NACSIS-ILL may write them in another form.
 */
export function answersCommand(row: Omit<Sent, 'sent'>, { history }: IllRequest): boolean {
  return history.slice(row.history_length).some((entry) => isEntryOf(row, entry));
}

/** True when an answer belongs to the order of a new record: its id is valid, and it carries our mark (ADR 0002). */
export function answersOrder(mark: string, { id, fields }: IllRequest): boolean {
  const parsed = parseRequestId(id);
  return parsed.ok && parsed.value === id && markOf(fields.borrowerLocalData) === mark;
}

/** True when this entry records this command of this library, with this comment when one is given. */
export function isEntryOf(
  { member_id: memberId, command }: { readonly member_id: string; readonly command: string },
  entry: HistoryEntry,
  comment?: string,
): boolean {
  const isSame = entry.memberId === memberId && commandByWire(entry.command ?? '') === command;
  return isSame && (comment === undefined || entry.comment === comment);
}

/** Each value with its path. A group also has its length, since it is replaced as a whole. */
function pathsOf(fields: RequestFields): readonly (readonly [path: string, value: string])[] {
  return Object.entries(fields).flatMap(([name, value]: readonly [string, unknown]) => {
    if (!Array.isArray(value)) return typeof value === 'string' ? [[name, value] as const] : [];
    const items = value as readonly Readonly<Record<string, string>>[];
    const parts = items.flatMap((item, at) =>
      Object.entries(item).flatMap(([part, text]) =>
        part === NOT_COMPARED ? [] : [[`${name}[${String(at)}].${part}`, text] as const],
      ),
    );
    return [[name, items.length === 0 ? '' : String(items.length)] as const, ...parts];
  });
}

/**
 * @unconfirmed O: NACSIS-ILL may store a value with letters of another width or with other blanks; that counts as the same value.
 * Confirm: send such a value, and read it back.
 */
function hashOf({ institution, key }: JournalKey, path: string, value: string): string {
  const plain = value.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  return createHash('sha256').update([institution, key, path, plain].join('\n')).digest('base64url').slice(0, 22);
}

function keyOf({ institution, idempotency_key: key }: Sent): JournalKey {
  return { institution, key };
}
