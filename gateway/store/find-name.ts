import { sql, type Kysely } from 'kysely';
import { folded } from './folded-text';
import type { Schema } from './schema';

/** A row and column that contain the name, and how often. Contains nothing of the surrounding text. */
export interface NameFound {
  /** `public.requests`; the partitions of a table count as tables. */
  readonly table: string;
  readonly column: string;
  /**
   * Primary key columns with their values; empty when the table has no key. A column that contains the name itself is
   * left out.
   */
  readonly key: Readonly<Record<string, string>>;
  /** Number of values in the column (a JSON document has many) that contain the name. */
  readonly count: number;
}

interface Table {
  readonly schema: string;
  readonly name: string;
  readonly key: readonly string[];
}

/** Rows in memory at a time. */
const PAGE = 500;

/** Normalises a name, and the text that is searched for it: ignores case, width and blanks (利用者 ００１ equals 利用者001). */
export function comparableName(text: string): string {
  return folded(text).replaceAll(' ', '');
}

/**
 * Finds the name in every column of every table except the database's own catalogues. `name`: not empty after folding.
 */
export async function* findName(db: Kysely<Schema>, name: string): AsyncGenerator<NameFound, void, undefined> {
  const wanted = comparableName(name);
  for (const table of await tablesOf(db)) for await (const row of rowsOf(db, table)) yield* foundIn(table, row, wanted);
}

/** Tables and materialised views that hold rows, with their primary keys. */
export async function tablesOf(db: Kysely<Schema>): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    select namespace.nspname as schema, relation.relname as name,
      coalesce((select jsonb_agg(attribute.attname order by attribute.attnum) from pg_index as index
        join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum = any(index.indkey)
        where index.indrelid = relation.oid and index.indisprimary), '[]'::jsonb) as key
    from pg_class as relation join pg_namespace as namespace on namespace.oid = relation.relnamespace
    where relation.relkind in ('r', 'm') and namespace.nspname not in ('pg_catalog', 'information_schema')
      and namespace.nspname not like 'pg\\_toast%' and namespace.nspname not like 'pg\\_temp%'
    order by 1, 2`.execute(db);
  return rows;
}

type Row = Readonly<Record<string, unknown>>;

async function* rowsOf(db: Kysely<Schema>, { schema, name }: Table): AsyncGenerator<Row, void, undefined> {
  for (let last = '(0,0)'; ;) {
    const { rows } = await sql<{ readonly at: string; readonly text: string }>`
      select ctid::text as at, to_json(known)::text as text from ${sql.id(schema, name)} as known
      where ctid > ${last}::tid order by ctid limit ${PAGE}`.execute(db);
    for (const { text } of rows) yield JSON.parse(text) as Row;
    last = rows.at(-1)?.at ?? last;
    if (rows.length < PAGE) return;
  }
}

function* foundIn({ schema, name, key }: Table, row: Row, wanted: string): Generator<NameFound> {
  const shown = key.filter((column) => countIn(row[column], wanted) === 0);
  for (const [column, value] of Object.entries(row)) {
    const count = countIn(value, wanted);
    if (count === 0) continue;
    const values = shown.map((part) => [part, textOf(row[part])]);
    yield { table: `${schema}.${name}`, column, key: Object.fromEntries(values) as Record<string, string>, count };
  }
}

/** Number of texts in a value that contain the name. Keys of objects count, too. */
function countIn(value: unknown, wanted: string): number {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).reduce(
      (sum, [name, each]) => sum + (Array.isArray(value) ? 0 : countIn(name, wanted)) + countIn(each, wanted),
      0,
    );
  return comparableName(bytesRead(textOf(value))).includes(wanted) ? 1 : 0;
}

/** Decodes bytes, which are written as `\x` and hex digits, as UTF-8 for the search. */
function bytesRead(text: string): string {
  return /^\\x(?:[0-9a-f]{2})+$/.test(text) ? Buffer.from(text.slice(2), 'hex').toString('utf8') : text;
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
