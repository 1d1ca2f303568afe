import { sql, type Kysely, type Migration } from 'kysely';

/**
 * Marks requests that NACSIS-ILL no longer delivers, instead of guessing that they are ended or passed on, and counts
 * them separately. A reading stores which counts of final states it could not explain.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await nameTheUncertain(db);
    await db.schema
      .alterTable('requests')
      .addColumn('delivered', 'boolean', (column) =>
        column
          .notNull()
          .generatedAlwaysAs(sql`gone is null`)
          .stored(),
      )
      .execute();
    await replaceCounts(db, `${SHARED}, delivered`);
    await db.schema.dropIndex('requests_state').execute();
    // In the list, a status contains delivered requests only.
    await sql`create index requests_state on requests (institution, library, side, external_status, updated_on asc nulls first, id)
      where delivered`.execute(db);
    await sql`create index requests_gone on requests (institution, library, side, updated_on asc nulls first, id)
      where not delivered`.execute(db);
    await sql`analyze requests`.execute(db);
    await db.schema.alterTable('readings').addColumn('unexplained', 'jsonb').execute();
  },
  async down(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('readings').dropColumn('unexplained').execute();
    for (const name of ['requests_state', 'requests_gone']) await db.schema.dropIndex(name).execute();
    await sql`create index requests_state on requests (institution, library, side, external_status, updated_on asc nulls first, id)`.execute(
      db,
    );
    await replaceCounts(db, SHARED);
    await db.schema.alterTable('requests').dropColumn('delivered').execute();
    await sql`update requests set gone = 'ended' where gone = 'not-delivered'`.execute(db);
  },
};

/**
 * Marks gone requests as not delivered, because they were judged only by the last state seen. Requests that the library
 * refused itself, or that name another lender, stay passed on.
 */
async function nameTheUncertain(db: Kysely<unknown>): Promise<void> {
  await sql`update requests set gone = 'not-delivered' where gone = 'ended' or (gone = 'passed-on'
    and coalesce(record #>> '{fields,lenderId}', '') in ('', member_id)
    and not exists (select 1 from journal where journal.institution = requests.institution and journal.side = requests.side
      and journal.request_id = requests.id and journal.command = 'PARDON' and journal.state = 'applied'))`.execute(db);
}

const SHARED = 'institution, library, side, kind, waits, open';
const PARTS = 'external_status, state, partner_id, partner_name';
const LEVEL =
  "case when grouping(partner_id) = 1 then 'status' when grouping(external_status) = 1 then 'partner' else 'all' end";
const TABLES = {
  insert: 'new table as added',
  update: 'old table as removed new table as added',
  delete: 'old table as removed',
} as const;
const EVENTS = Object.keys(TABLES) as readonly (keyof typeof TABLES)[];

/** Recreates the counts of migration 004, split by these columns. */
async function replaceCounts(db: Kysely<unknown>, partedBy: string): Promise<void> {
  for (const event of EVENTS) await sql`drop trigger ${sql.id(`requests_${event}`)} on requests`.execute(db);
  await sql`drop function count_requests()`.execute(db);
  await db.schema.dropTable('request_counts').execute();
  const counted = sql.raw(`${LEVEL} as level, ${partedBy}, ${PARTS}, sum(number)::int as number`);
  const sets = sql.raw(
    `grouping sets ((${partedBy}, external_status, state), (${partedBy}, partner_id, partner_name), (${partedBy}, ${PARTS}))`,
  );
  const changed = sql.raw(`${partedBy}, ${PARTS}`);
  await sql`create table request_counts as select ${counted} from (select *, 1 as number from requests) as present group by ${sets}`.execute(
    db,
  );
  await sql`create index request_counts_key on request_counts (institution, library, side, level)`.execute(db);
  await sql`create function count_requests() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into request_counts select ${counted} from (select *, 1 as number from added) as changes group by ${sets};
      elsif tg_op = 'DELETE' then
        insert into request_counts select ${counted} from (select *, -1 as number from removed) as changes group by ${sets};
      else
        insert into request_counts select ${counted} from (
          select ${changed}, 1 as number from added union all select ${changed}, -1 from removed
        ) as changes group by ${sets} having sum(number) <> 0;
      end if;
      return null;
    end $$`.execute(db);
  for (const event of EVENTS)
    await sql`create trigger ${sql.id(`requests_${event}`)} after ${sql.raw(event)} on requests
      referencing ${sql.raw(TABLES[event])} for each statement execute function count_requests()`.execute(db);
}
