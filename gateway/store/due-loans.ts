import type { Kysely } from 'kysely';
import { STATES } from '#domain/ill/states';
import { needsAction } from '#domain/ill/urgency';
import { dayOf } from './request-columns';
import type { Schema } from './schema';

/**
 * Brings up to date which loans in use need action. That changes with the day, while NACSIS-ILL returns the same
 * record.
 */
export async function updateDueLoans(
  db: Kysely<Schema>,
  institution: string,
  library: string,
  now: Date,
): Promise<void> {
  const loans = await db
    .selectFrom('requests')
    .select(['id', 'state', 'due_date', 'waits'])
    .where('institution', '=', institution)
    .where('library', '=', library)
    .where('side', '=', 'borrower')
    .where('external_status', '=', STATES.ON_LOAN.wire)
    .where('delivered', '=', true)
    .execute();
  const day = dayOf(now);
  const isDue = (loan: (typeof loans)[number]) =>
    needsAction({ state: loan.state, dueDate: loan.due_date ?? '' }, 'borrower', day);
  for (const waits of [true, false]) {
    const changed = loans.filter((loan) => loan.waits !== waits && isDue(loan) === waits).map(({ id }) => id);
    if (changed.length === 0) continue;
    await db
      .updateTable('requests')
      .set({ waits })
      .where('institution', '=', institution)
      .where('side', '=', 'borrower')
      .where('id', 'in', changed)
      .where('external_status', '=', STATES.ON_LOAN.wire)
      .where('delivered', '=', true)
      .execute();
  }
}
