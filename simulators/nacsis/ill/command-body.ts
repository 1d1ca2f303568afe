import type { CatpGroup, CatpRecord, CatpValue } from '#catp/types';
import type { FieldError } from '#domain/errors';
import {
  CHARGE_PARTS,
  COMMENT,
  FIELDS,
  fieldSpec,
  GROUPS,
  LENDER_PARTS,
  SCALAR_NAMES,
  type MemberSpec,
  type ScalarName,
} from '#domain/ill/fields';
import type { RequestFields } from '#domain/ill/request';
import { refuseFields } from '../refused';

/** The body of a command: the record's id, the changed fields (SPC 3) and the comment. */
export interface CommandBody {
  readonly id?: string;
  /** An empty text or list deletes the field. */
  readonly fields: RequestFields;
  readonly comment?: string;
}

type Entry = readonly [name: string, value: unknown];
type Read = { readonly entries: readonly Entry[] } | { readonly error: FieldError };

/** Scalar fields by wire name, with the parts of BIBG: the group occurs once, and clients may omit its tags. */
const SCALAR_BY_WIRE: ReadonlyMap<string, ScalarName> = new Map(
  SCALAR_NAMES.map((name) => [fieldSpec(name).wire, name]),
);
const BIBLIOGRAPHY = SCALAR_NAMES.filter((name) => fieldSpec(name).group === 'bibliography');
const BIBLIOGRAPHY_PARTS: Readonly<Record<string, MemberSpec>> = Object.fromEntries(
  BIBLIOGRAPHY.map((name) => [name, fieldSpec(name)]),
);

/** Reads the body by wire names. Refuses unknown fields and parts, and repeated scalars (`invalidFields`). */
export function readCommandBody(record: CatpRecord): CommandBody {
  const reads = Object.entries(record).map(([wire, value]) => readField(wire, value));
  const errors = reads.flatMap((read) => ('error' in read ? [read.error] : []));
  if (errors.length > 0) throw refuseFields(errors);
  const { id, comment, ...fields } = Object.fromEntries(
    reads.flatMap((read) => ('entries' in read ? read.entries : [])),
  ) as RequestFields & { readonly comment?: string };
  return { ...(id ? { id } : {}), fields, ...(comment === undefined ? {} : { comment }) };
}

function readField(wire: string, value: CatpValue): Read {
  if (wire === GROUPS.bibliography.wire) return readBibliography(value);
  if (wire === GROUPS.lenders.wire) return readGroup('lenders', wire, value, LENDER_PARTS);
  if (wire === GROUPS.charges.wire) return readGroup('charges', wire, value, CHARGE_PARTS);
  if (wire === GROUPS.history.wire) return fault(wire, 'not-editable-now');
  const name = wire === COMMENT.wire ? 'comment' : SCALAR_BY_WIRE.get(wire);
  if (name === undefined) return fault(wire, 'unknown-field');
  return typeof value === 'string' ? { entries: [[name, value]] } : fault(wire, 'bad-format');
}

/** Replaces the whole group, so a missing part is deleted. */
function readBibliography(value: CatpValue): Read {
  const wire = GROUPS.bibliography.wire;
  const read = readGroup('bibliography', wire, value, BIBLIOGRAPHY_PARTS);
  if ('error' in read) return read;
  const occurrences = (read.entries[0]?.[1] ?? []) as readonly Readonly<Record<string, string>>[];
  if (occurrences.length > GROUPS.bibliography.max) return fault(wire, 'too-many');
  return { entries: BIBLIOGRAPHY.map((name) => [name, occurrences[0]?.[name] ?? ''] as const) };
}

function readGroup(name: string, wire: string, value: CatpValue, parts: Readonly<Record<string, MemberSpec>>): Read {
  if (value === '') return { entries: [[name, []]] };
  const items: readonly (string | CatpGroup)[] = typeof value === 'string' ? [value] : value;
  const occurrences: Readonly<Record<string, string>>[] = [];
  for (const item of items) {
    if (typeof item === 'string') return fault(wire, 'bad-format');
    const unknown = Object.keys(item).find((part) => partName(parts, part) === undefined);
    if (unknown !== undefined) return fault(`${wire}.${unknown}`, 'unknown-field');
    occurrences.push(
      Object.fromEntries(
        Object.entries(item).flatMap(([part, text]) => (text === '' ? [] : [[partName(parts, part) ?? part, text]])),
      ),
    );
  }
  return { entries: [[name, occurrences]] };
}

function partName(parts: Readonly<Record<string, MemberSpec>>, wire: string): string | undefined {
  return Object.keys(parts).find((name) => parts[name]?.wire === wire);
}

function fault(field: string, code: FieldError['code']): Read {
  return { error: { field, code } };
}

/** The wire name of the id, for code that needs the id before it reads the body. */
export const ID_WIRE: string = FIELDS.id.wire;
