import { RestAlma } from './alma/rest-alma';
import { ConfigError, type GatewayConfig } from './config';
import { ImportJob } from './imports/import-job';
import { loadStatusMap, type StatusMap } from './imports/status-map';
import type { Metrics } from './metrics';
import { CatpNacsis } from './nacsis/catp-nacsis';
import { readersOf, type Readers } from './services';
import { checkDatabase, checkDataFolder, databaseFault } from './start-checks';
import { EmbeddedFault } from './postgres/embedded-fault';
import { openStore, type Store } from './store/open-store';
import type { Note } from './store/pool';
import { UpkeepStore } from './store/upkeep-store';
import { Upkeep } from './upkeep/upkeep';
import { upkeepWork } from './upkeep/upkeep-work';

/** Everything that a gateway process works with: the store, NACSIS-ILL, Alma, and the import job. */
export interface Workplace {
  readonly store: Store;
  readonly nacsis: CatpNacsis;
  readonly readers: Readers;
  readonly statusMap: StatusMap;
  readonly job: ImportJob;
  readonly now: () => Date;
  /** Closes the job first, so that it can finish its calls to the others. */
  close(): Promise<void>;
}

/**
 * Opens everything; the job works only after its `start`. `failed` receives errors that are not in the error catalogue,
 * `note` receives store errors that no caller waits for. Throws `ConfigError` (status map, store) and
 * `DataFolderInUse`.
 */
export async function openWorkplace(
  config: GatewayConfig,
  metrics: Pick<Metrics, 'observeNacsis' | 'observeAlma' | 'countUpkeepFailure'>,
  { failed, note }: { readonly failed: (error: unknown) => void; readonly note: Note },
): Promise<Workplace> {
  const statusMap = loadStatusMap();
  const { host, port } = config.listen;
  const store = await openedStore(config.store, `${host}:${String(port)}`, note);
  const now = () => new Date();
  const nacsis = new CatpNacsis(config.nacsis, metrics.observeNacsis);
  const alma = new RestAlma(config.alma, metrics.observeAlma);
  const readers = readersOf({
    ...{ db: store.db, nacsis, now },
    fullReadingPauseSeconds: config.nacsis.fullReadingPauseSeconds,
  });
  const job = new ImportJob({
    ...{ config, store, alma, statusMap, readers, now, failed },
    upkeep: new Upkeep({
      ...{ now, failed, store: new UpkeepStore(store.db), count: metrics.countUpkeepFailure },
      work: upkeepWork({ db: store.db, config, now }),
    }),
  });
  const close = async () => {
    await job.stop();
    await Promise.all([nacsis.close(), alma.close()]);
    await store.close();
  };
  return { store, nacsis, readers, statusMap, job, now, close };
}

/** A store that cannot be opened is a fault of its setting. */
async function openedStore(settings: GatewayConfig['store'], listen: string, note: Note): Promise<Store> {
  if ('databaseUrl' in settings) await checkDatabase(settings.databaseUrl);
  else await checkDataFolder(settings.dataDir);
  return openStore(settings, listen, note).catch((error: unknown) => {
    if ('databaseUrl' in settings) throw databaseFault(settings.databaseUrl, error);
    throw error instanceof EmbeddedFault
      ? new ConfigError([`store.dataDir: ${error.message}`], { cause: error })
      : error;
  });
}
