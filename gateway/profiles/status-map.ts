import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { StatusMapRowSchema, type StatusMapRow } from '#domain/api/imports';
import { KINDS, SIDES, type Kind, type Side } from '#domain/ill/kinds';
import { STATE_IDS, stateSpec } from '#domain/ill/states';
import { ConfigError, readJson } from '../config';

/**
 * @unconfirmed I: The pairing of a status of NACSIS-ILL with one of Alma, in every row of config/status-map.json with the source `inferred`.
 * Confirm: bring a request of each side and kind to each status by hand in an Alma sandbox, and compare the codes.
 */
const FILE = fileURLToPath(new URL('../../config/status-map.json', import.meta.url));
const FileSchema = Type.Array(StatusMapRowSchema);

/** Maps statuses of NACSIS-ILL to statuses of Alma. Wrong pairs are corrected in `config/status-map.json`. */
export class StatusMap {
  readonly rows: readonly StatusMapRow[];
  readonly #rows: ReadonlyMap<string, StatusMapRow>;

  /** Throws a `ConfigError` with every fault of the table. */
  constructor(rows: readonly StatusMapRow[], name = 'status map') {
    const faults = faultsOf(rows);
    if (faults.length > 0) throw new ConfigError(faults.map((fault) => `${name}: ${fault}`));
    this.rows = rows;
    this.#rows = new Map(rows.map((row) => [keyOf(row.side, row.kind, row.nacsis), row]));
  }

  /** `nacsis`: STAT, in Japanese. Returns undefined for a text that the table does not contain. */
  row(side: Side, kind: Kind, nacsis: string): StatusMapRow | undefined {
    return this.#rows.get(keyOf(side, kind, nacsis));
  }
}

/** Reads the table beside the code. Throws a `ConfigError` with every fault. */
export function loadStatusMap(
  path = FILE,
  read: (path: string) => string = (file) => readFileSync(file, 'utf8'),
): StatusMap {
  const json = readJson(path, read);
  if (Value.Check(FileSchema, json)) return new StatusMap(json, path);
  const faults = Value.Errors(FileSchema, json).map(
    ({ instancePath, message }) => `${place(instancePath)}: ${message}`,
  );
  throw new ConfigError([...new Set(faults)].map((fault) => `${path}: ${fault}`));
}

function faultsOf(rows: readonly StatusMapRow[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { side, kind, nacsis } of rows) {
    const key = keyOf(side, kind, nacsis);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const expected = expectedKeys();
  return [
    ...expected.filter((key) => !counts.has(key)).map((key) => `${key}: missing`),
    ...[...counts.keys()].filter((key) => !expected.includes(key)).map((key) => `${key}: there is no such status`),
    ...[...counts]
      .filter(([, count]) => count > 1)
      .map(([key, count]) => `${key}: stands there ${String(count)} times`),
    ...rows
      .filter((row) => row.applied === 'cancel' && !mayBeCancelled(row))
      .map((row) => `${keyOf(row.side, row.kind, row.nacsis)}: only the borrower's CANCEL can be told to Alma`),
  ];
}

/** Every status that a request of the kind can have, for each side. */
function expectedKeys(): readonly string[] {
  return SIDES.flatMap((side) =>
    KINDS.flatMap((kind) =>
      STATE_IDS.map(stateSpec)
        .filter(({ kinds }) => kinds.includes(kind))
        .map(({ wire }) => keyOf(side, kind, wire)),
    ),
  );
}

function mayBeCancelled({ side, nacsis }: StatusMapRow): boolean {
  return side === 'borrower' && nacsis === stateSpec('CANCELLED').wire;
}

function keyOf(side: Side, kind: Kind, nacsis: string): string {
  return `${side} ${kind} ${nacsis}`;
}

/** `/0/alma` → `row 1 alma` */
function place(pointer: string): string {
  const [, row = '', ...rest] = pointer.split('/');
  return row === '' ? 'the file' : ['row', String(Number(row) + 1), ...rest].join(' ');
}
