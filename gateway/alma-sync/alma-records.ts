import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Writer } from '#domain/api/profile';
import type { AlmaRecordView, RequestView } from '#domain/api/requests';
import type { AlmaRecordsTable } from '../store/import-schema';
import type { Schema } from '../store/schema';
import type { StoredRequest } from '../store/requests-store';
import type { KeptField } from './kept-fields';

export type AlmaRecord = Selectable<AlmaRecordsTable>;
type Key = Pick<StoredRequest, 'institution' | 'side' | 'id'>;

/** A create that was sent and whose outcome nobody knows yet. */
export interface Claim {
  readonly at: Date;
  /** The patron or partner for whom the create was sent; '' once the name was erased. */
  readonly for: string;
  /** Number of creates sent in a row without an answer. */
  readonly count: number;
  /** True when nothing more is sent and staff must check. */
  readonly isUnknown: boolean;
}

/** What is known after a request was brought to Alma. */
interface Synced {
  /** null when the next run has something left to do. */
  readonly version: number | null;
  readonly externalStatus: string | null;
  readonly wantedStatus: string | null;
  readonly status?: { readonly code: string; readonly name?: string };
  readonly kept: readonly KeptField[];
  readonly at: Date;
  /** The writer to which something of this version was left. */
  readonly leftTo: Writer | null;
  /** When Alma answered the create. */
  readonly madeAt?: Date;
  /** Alma's id, set when the request was read in Alma and names no other NACSIS id. */
  readonly namesNoOther?: string;
}

/** Stores what Alma has of each request, and who is about to create it there. */
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
   * Claims the right to create the request in Alma; the claim is committed when this resolves. `instead`: the claim to
   * replace; undefined: no claim may exist. Resolves to false when another process was faster or the request is linked
   * by now.
   */
  claim(
    { institution, side, id }: Key,
    claim: { at: Date; for: string; instead: Claim | undefined },
  ): Promise<boolean> {
    return this.db.transaction().execute(async (transaction) => {
      // The process that created the request links it and releases the claim in one transaction, which locks this row
      // too.
      const request = await transaction
        .selectFrom('requests')
        .select('alma_request_id')
        .where('institution', '=', institution)
        .where('side', '=', side)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (request?.alma_request_id !== null) return false;
      const values = {
        claimed_at: claim.at,
        claimed_for: claim.for,
        claims: (claim.instead?.count ?? 0) + 1,
        ...(claim.instead === undefined ? {} : { repeated: true }),
      };
      const won = await transaction
        .insertInto('alma_records')
        .values({ institution, side, id, ...values, unknown: false, kept: '[]' })
        .onConflict((conflict) =>
          conflict
            .columns(['institution', 'side', 'id'])
            .doUpdateSet(values)
            .where('alma_records.claimed_at', claim.instead === undefined ? 'is' : '=', claim.instead?.at ?? null),
        )
        .returning('id')
        .executeTakeFirst();
      return won !== undefined;
    });
  }

  /** Restores the earlier claim, because the create claimed at this time did nothing. */
  async giveBack({ institution, side, id }: Key, at: Date, before: Claim | undefined): Promise<void> {
    const claims = before?.count ?? 0;
    const claim = { claimed_at: before?.at ?? null, claimed_for: before?.for ?? null, claims, repeated: claims > 1 };
    await this.db
      .updateTable('alma_records')
      .set({ ...claim, unknown: false })
      .where('institution', '=', institution)
      .where('side', '=', side)
      .where('id', '=', id)
      .where('claimed_at', '=', at)
      .execute();
  }

  /**
   * Returns the patrons of this library with a request whose create was sent twice; Alma may show the first create
   * later.
   */
  async patronsOfRepeated({ institution, library }: Pick<StoredRequest, 'institution' | 'library'>): Promise<string[]> {
    const rows = await this.db
      .selectFrom('alma_records')
      .innerJoin('requests', (join) =>
        join
          .onRef('requests.institution', '=', 'alma_records.institution')
          .onRef('requests.side', '=', 'alma_records.side')
          .onRef('requests.id', '=', 'alma_records.id'),
      )
      .select('requests.alma_user_id')
      .distinct()
      .where('alma_records.institution', '=', institution)
      .where('alma_records.side', '=', 'borrower')
      .where('alma_records.repeated', '=', true)
      .where('requests.library', '=', library)
      .execute();
    return rows.flatMap(({ alma_user_id: userId }) => userId ?? []);
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

  /** Saves the result and clears the claim. */
  async save(transaction: Transaction<Schema>, { institution, side, id }: Key, synced: Synced): Promise<void> {
    const { status } = synced;
    const columns = {
      claimed_at: null,
      claimed_for: null,
      claims: 0,
      unknown: false,
      names_no_other: synced.namesNoOther ?? null,
      left_to: synced.leftTo,
      ...(synced.madeAt === undefined ? {} : { made_at: synced.madeAt }),
      imported_version: synced.version,
      imported_status: synced.externalStatus,
      imported_at: synced.at,
      wanted_status: synced.wantedStatus,
      kept: JSON.stringify(synced.kept),
      ...(status === undefined
        ? {}
        : { alma_status: status.code, alma_status_name: status.name ?? null, alma_seen_at: synced.at }),
    };
    await transaction
      .insertInto('alma_records')
      .values({ institution, side, id, ...columns })
      .onConflict((conflict) => conflict.columns(['institution', 'side', 'id']).doUpdateSet(columns))
      .execute();
  }
}

/** What the app shows of the request in Alma; empty until an import has processed it. */
export async function almaRecordOf(db: Kysely<Schema>, row: StoredRequest): Promise<Pick<RequestView, 'almaRecord'>> {
  const record = await new AlmaRecordsStore(db).find(row);
  return record === undefined || (record.imported_at === null && !record.unknown)
    ? {}
    : { almaRecord: almaRecordView(record) };
}

function almaRecordView(record: AlmaRecord): AlmaRecordView {
  const { alma_status: code, alma_status_name: name, wanted_status: wantedStatus, alma_seen_at: seenAt } = record;
  return {
    ...(code === null ? {} : { status: { code, ...(name === null ? {} : { name }) } }),
    ...(wantedStatus === null ? {} : { wantedStatus }),
    kept: record.kept.map(({ field, value }) => ({ field, value })),
    ...(seenAt === null ? {} : { seenAt: seenAt.toISOString() }),
    ...(record.unknown ? { isUnknown: true } : {}),
  };
}
