import { sql, type Kysely } from 'kysely';
import type { Kind, Side } from '#domain/ill/kinds';
import { stateByWire, STATES } from '#domain/ill/states';
import type { NacsisAccount, NacsisPort } from '../nacsis/port';
import type { Schema } from '../store/schema';

/** One of the four files of a library. */
export interface RoleFile {
  readonly side: Side;
  readonly kind: Kind;
}

/** The owner of the files. */
export interface FilesOf {
  readonly institution: string;
  readonly library: string;
  readonly account: NacsisAccount;
}

/** A state of a file for which NACSIS-ILL and the store have different counts. */
export interface Difference {
  /** STAT text */
  readonly status: string;
  /** Count of NACSIS-ILL minus count of the store. */
  readonly difference: number;
}

export interface Differences {
  /** Differences in states in which a request is still open. */
  readonly open: readonly Difference[];
  readonly final: readonly Difference[];
}

/**
 * States of a file for which the count of NACSIS-ILL differs from the number of delivered requests in the store.
 * `unreadable`: number of known unreadable records of the file; they explain a surplus of NACSIS-ILL up to that number.
 */
export async function differencesIn(
  { db, nacsis }: { readonly db: Kysely<Schema>; readonly nacsis: NacsisPort },
  { institution, library, account }: FilesOf,
  { side, kind }: RoleFile,
  unreadable: number,
): Promise<Differences> {
  const counted = await nacsis.countsByStatus(account, kind, side);
  const { rows } = await sql<{ readonly status: string; readonly count: number }>`
    select external_status as status, sum(number)::int as count from request_counts
    where institution = ${institution} and library = ${library} and side = ${side} and level = 'status' and kind = ${kind} and delivered
    group by external_status`.execute(db);
  const held = new Map(rows.map(({ status, count }) => [status, count]));
  const all = [...new Set([...counted.keys(), ...held.keys()])]
    .map((status) => ({ status, difference: (counted.get(status) ?? 0) - (held.get(status) ?? 0) }))
    .filter(({ difference }) => difference !== 0);
  const open = all.filter(({ status }) => !isFinal(status));
  const final = all.filter(({ status }) => isFinal(status));
  return {
    open: unexplained(open, excessOf(open), unreadable),
    // Records that explain an open surplus cannot explain a final one too.
    final: unexplained(final, excessOf(all), unreadable),
  };
}

function unexplained(differences: readonly Difference[], excess: number, unreadable: number): readonly Difference[] {
  return differences.filter(({ difference }) => difference < 0 || excess > unreadable);
}

function excessOf(differences: readonly Difference[]): number {
  return differences.reduce((sum, { difference }) => sum + Math.max(0, difference), 0);
}

function isFinal(status: string): boolean {
  const state = stateByWire(status);
  return state !== undefined && STATES[state].final;
}
