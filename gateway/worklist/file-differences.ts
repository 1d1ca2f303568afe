import { sql, type Kysely } from 'kysely';
import type { Kind, Side } from '#domain/kinds';
import { stateByWire, STATES } from '#domain/states';
import type { NacsisAccount, NacsisPort } from '../nacsis/port';
import type { Schema } from '../store/schema';

/** One of the four files of a library. */
export interface RoleFile {
  readonly side: Side;
  readonly kind: Kind;
}

/**
 * The states of a file that are not final of which NACSIS-ILL counts another number than the store: STAT texts. `unreadable`: so many
 * records of the file are known to be unreadable; where NACSIS-ILL counts only so many more than the store holds, these are they.
 */
export async function differingStatuses(
  { db, nacsis }: { readonly db: Kysely<Schema>; readonly nacsis: NacsisPort },
  {
    institution,
    library,
    account,
  }: { readonly institution: string; readonly library: string; readonly account: NacsisAccount },
  { side, kind }: RoleFile,
  unreadable: number,
): Promise<readonly string[]> {
  const counted = await nacsis.countsByStatus(account, kind, side);
  const { rows } = await sql<{ readonly status: string; readonly count: number }>`
    select external_status as status, sum(number)::int as count from request_counts
    where institution = ${institution} and library = ${library} and side = ${side} and level = 'status' and kind = ${kind} and open
    group by external_status`.execute(db);
  const held = new Map(rows.map(({ status, count }) => [status, count]));
  const differences = [...new Set([...counted.keys(), ...held.keys()])]
    .filter((status) => !isFinal(status))
    .map((status) => ({ status, difference: (counted.get(status) ?? 0) - (held.get(status) ?? 0) }))
    .filter(({ difference }) => difference !== 0);
  const excess = differences.reduce((sum, { difference }) => sum + Math.max(0, difference), 0);
  const isExplained = excess <= unreadable;
  return differences.filter(({ difference }) => difference < 0 || !isExplained).map(({ status }) => status);
}

function isFinal(status: string): boolean {
  const state = stateByWire(status);
  return state !== undefined && STATES[state].final;
}
