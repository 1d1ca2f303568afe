import type { Kysely } from 'kysely';
import type { AlmaRecordView, RequestView } from '#domain/api/requests';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { AlmaRecordsStore, type AlmaRecord } from './alma-records-store';

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
