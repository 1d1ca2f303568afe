import { sqlPerAction, type SqlPerAction } from '../testing/sql-per-action';

/**
 * Maximum number of SQL statements per call. Lower a number when its call needs fewer; `npm run house -- --sql` prints
 * the numbers.
 */
const AT_MOST: SqlPerAction = { action: 10, repeat: 1, refusal: 6, save: 14, order: 10 };

describe('the SQL statements of one call', () => {
  it('are at most these', async () => {
    const counted = await sqlPerAction();
    for (const [call, most] of Object.entries(AT_MOST))
      expect(counted[call as keyof SqlPerAction])
        .withContext(call)
        .toBeLessThanOrEqual(most as number);
    expect(counted.repeat).toBeGreaterThan(0);
  }, 30_000);
});
