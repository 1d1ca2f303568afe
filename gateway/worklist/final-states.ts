import { sql, type Kysely } from 'kysely';
import { today } from '#domain/ill/dates';
import { NacsisError, type NacsisPort } from '../nacsis/port';
import type { Schema, Unexplained } from '../store/schema';
import type { Difference, FilesOf, RoleFile } from './file-differences';
import { MONTH } from './missing-requests';
import type { SearchBudget } from './search-budget';

/** Milliseconds until an unexplained difference is examined again, unless it changes before. */
const AGAIN_AFTER_MS = 86_400_000;
/** Newest first: changes by others mostly affect requests that ended lately. */
const MONTHS = Array.from({ length: 12 }, (_, at) => String(12 - at).padStart(2, '0'));

export interface FinalDifference extends Difference {
  readonly file: RoleFile;
}

interface FinalParts {
  readonly db: Kysely<Schema>;
  readonly nacsis: NacsisPort;
  readonly now: () => Date;
  readonly of: FilesOf;
  readonly budget: SearchBudget;
  /**
   * Reads a part of a file, and looks up stored requests of that part that NACSIS-ILL did not deliver. `updatedIn`
   * null: only looks up requests without a valid day.
   */
  readonly readPart: (file: RoleFile, status: string, updatedIn: string | null) => Promise<void>;
  /** Number of requests so far that were new, different or gone. */
  readonly found: () => number;
}

/**
 * Examines final states for which NACSIS-ILL and the store have different counts. A file has tens of thousands of such
 * requests, so they are not all read: searches that return no records count years and then months, and only a month
 * that differs is read.
 */
export class FinalStates {
  constructor(private readonly parts: FinalParts) {}

  /**
   * Examines the smallest differences first. Resolves to the unexplained ones, including those in `known` that still
   * hold. Throws what NACSIS-ILL throws.
   */
  async read(differences: readonly FinalDifference[], known: Unexplained): Promise<Unexplained> {
    const { budget, found, now } = this.parts;
    const isKnown = (each: FinalDifference) => {
      const before = known[nameOf(each)];
      const isFresh = before !== undefined && now().getTime() - Date.parse(before.at) < AGAIN_AFTER_MS;
      return isFresh && before.difference === each.difference;
    };
    const kept = Object.entries(known).filter(([name]) =>
      differences.some((each) => nameOf(each) === name && isKnown(each)),
    );
    const unexplained = new Map(kept);
    const due = differences.filter((each) => !isKnown(each));
    for (const each of [...due].sort((one, other) => Math.abs(one.difference) - Math.abs(other.difference))) {
      if (budget.left <= 0) break;
      const before = found();
      await this.#narrow(each).catch(leftAlone);
      const { difference } = each;
      if (found() === before) unexplained.set(nameOf(each), { difference, at: now().toISOString() });
    }
    return Object.fromEntries(unexplained);
  }

  async #narrow({ file, status, difference }: FinalDifference): Promise<void> {
    const held = await this.#heldByMonth(file, status);
    let left = difference;
    for (const year of yearsOf(held, today(this.parts.now))) {
      if (left === 0) return;
      const inYear = await this.#differenceIn(file, status, year, held);
      if (inYear === undefined) return;
      left -= inYear;
      if (inYear !== 0) await this.#readMonths(file, status, { year, inYear, held });
    }
    if (left !== 0) await this.parts.readPart(file, status, null);
  }

  async #readMonths(
    file: RoleFile,
    status: string,
    { year, inYear, held }: { readonly year: string; readonly inYear: number; readonly held: Held },
  ): Promise<void> {
    let left = inYear;
    for (const month of MONTHS) {
      if (left === 0) return;
      const inMonth = await this.#differenceIn(file, status, year + month, held);
      if (inMonth === undefined) return;
      left -= inMonth;
      if (inMonth !== 0) await this.parts.readPart(file, status, year + month);
    }
  }

  /** The difference in a year or month; undefined when no search is left. */
  async #differenceIn(file: RoleFile, status: string, updatedIn: string, held: Held): Promise<number | undefined> {
    const { nacsis, of, budget } = this.parts;
    if (!budget.take()) return undefined;
    const count = await nacsis.countInFile(of.account, { ...file, status, updatedIn });
    const here = [...held].filter(([month]) => month?.startsWith(updatedIn) === true);
    return count - here.reduce((sum, [, number]) => sum + number, 0);
  }

  async #heldByMonth({ side, kind }: RoleFile, status: string): Promise<Held> {
    const { db, of } = this.parts;
    const { rows } = await sql<{ readonly month: string | null; readonly count: number }>`
      select ${MONTH} as month, count(*)::int as count from requests
      where institution = ${of.institution} and library = ${of.library} and side = ${side} and kind = ${kind}
        and external_status = ${status} and delivered group by 1`.execute(db);
    return new Map(rows.map(({ month, count }) => [month, count]));
  }
}

/** Ignores the refusal of a search by year and month: the difference stays unexplained and the reading goes on. */
function leftAlone(error: unknown): void {
  if (!(error instanceof NacsisError && error.code === 'nacsis-rejected')) throw error;
}

/** yyyyMM → number of requests in the store; null: those without a valid day. */
type Held = ReadonlyMap<string | null, number>;

function yearsOf(held: Held, day: string): readonly string[] {
  const years = [...held.keys()].flatMap((month) => (month === null ? [] : [month.slice(0, 4)]));
  return [...new Set([day.slice(0, 4), ...years])].sort().reverse();
}

function nameOf({ file: { side, kind }, status }: FinalDifference): string {
  return [side, kind, status].join(' ');
}
