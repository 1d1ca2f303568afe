import type { Selectable } from 'kysely';
import type { ImportRunsTable } from '../store/import-schema';
import type { ImportOrder } from './import-jobs';

export type RunRow = Selectable<ImportRunsTable>;

/** A run to be queued. */
export interface NewRun extends Omit<ImportOrder, 'libraries'> {
  readonly institution: string;
  readonly libraries: readonly string[];
  readonly only?: NonNullable<RunRow['only']>;
  readonly retryOf?: string;
}

export interface Queued {
  readonly run: RunRow;
  /** True when the run existed before. */
  readonly isJoined: boolean;
}
