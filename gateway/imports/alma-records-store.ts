import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AlmaRecordsTable } from '../store/import-schema';
import type { Schema } from '../store/schema';
import type { StoredRequest } from '../store/requests-store';
import type { KeptField } from './kept-fields';

export type AlmaRecord = Selectable<AlmaRecordsTable>;
type Key = Pick<StoredRequest, 'institution' | 'side' | 'id'>;

/** What is known after a request was brought to Alma. */
export interface Brought {
  /** null: something is still to be done; the next run does it. */
  readonly version: number | null;
  readonly externalStatus: string | null;
  readonly wantedStatus: string | null;
  readonly status?: { readonly code: string; readonly name?: string };
  readonly kept: readonly KeptField[];
  readonly at: Date;
}

/** What Alma is known to have of each request, and who is about to make it there. */
export class AlmaRecordsStore {
  constructor(private readonly db: Kysely<Schema>) {}

  find({ institution, side, id }: Key): Promise<AlmaRecord | undefined> {
    return this.db
      .selectFrom('alma_records')
      .selectAll()
      .where('institution', '=', institution)
      .where('side', '=', side)
      .where('id', '=', id)
      .executeTakeFirst();
  }

  /**
   * Claims the right to make the request in Alma; committed when this returns. `instead`: when the claim was made that is replaced; null:
   * there must be none. false: another process was faster, or it is tied by now.
   */
  claim({ institution, side, id }: Key, claim: { at: Date; for: string; instead: Date | null }): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      // Whoever made it ties it and gives the claim up in one transaction, which locks this row, too.
      const request = await transaction
        .selectFrom('requests')
        .select('alma_request_id')
        .where('institution', '=', institution)
        .where('side', '=', side)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (request?.alma_request_id !== null) return false;
      const values = { claimed_at: claim.at, claimed_for: claim.for };
      const won = await transaction
        .insertInto('alma_records')
        .values({ institution, side, id, ...values, unknown: false, kept: '[]' })
        .onConflict((conflict) =>
          conflict
            .columns(['institution', 'side', 'id'])
            .doUpdateSet(values)
            .where('alma_records.claimed_at', claim.instead === null ? 'is' : '=', claim.instead),
        )
        .returning('id')
        .executeTakeFirst();
      return won !== undefined;
    });
  }

  /** Nothing was made. Does nothing to a claim of another time. */
  async giveBack({ institution, side, id }: Key, at: Date, db: Kysely<Schema> = this.db): Promise<void> {
    await db
      .updateTable('alma_records')
      .set({ claimed_at: null, claimed_for: null, unknown: false })
      .where('institution', '=', institution)
      .where('side', '=', side)
      .where('id', '=', id)
      .where('claimed_at', '=', at)
      .execute();
  }

  async markUnknown(transaction: Transaction<Schema>, { institution, side, id }: Key): Promise<void> {
    await transaction
      .updateTable('alma_records')
      .set({ unknown: true })
      .where('institution', '=', institution)
      .where('side', '=', side)
      .where('id', '=', id)
      .execute();
  }

  /** It is in Alma, as far as it ever will be: no claim is left. */
  async save(transaction: Transaction<Schema>, { institution, side, id }: Key, brought: Brought): Promise<void> {
    const { status } = brought;
    const columns = {
      claimed_at: null,
      claimed_for: null,
      unknown: false,
      imported_version: brought.version,
      imported_status: brought.externalStatus,
      imported_at: brought.at,
      wanted_status: brought.wantedStatus,
      kept: JSON.stringify(brought.kept),
      ...(status === undefined
        ? {}
        : { alma_status: status.code, alma_status_name: status.name ?? null, alma_seen_at: brought.at }),
    };
    await transaction
      .insertInto('alma_records')
      .values({ institution, side, id, ...columns })
      .onConflict((conflict) => conflict.columns(['institution', 'side', 'id']).doUpdateSet(columns))
      .execute();
  }
}
