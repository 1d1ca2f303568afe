import type { Kysely } from 'kysely';
import type { GatewayConfig } from './config';
import type { Callers } from './caller';
import type { RequestService } from './commands/request-service';
import type { Metrics } from './metrics';
import type { NacsisPort } from './nacsis/port';
import type { JournalStore } from './store/journal-store';
import type { Schema } from './store/schema';

/** What the routes work with. */
export interface Services {
  readonly db: Kysely<Schema>;
  readonly journal: JournalStore;
  readonly nacsis: NacsisPort;
  readonly callers: Callers;
  readonly requests: RequestService;
  readonly metrics: Metrics;
  readonly mode: GatewayConfig['mode'];
  readonly now: () => Date;
}
