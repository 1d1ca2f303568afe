import { RestAlma } from './alma/rest-alma';
import type { GatewayConfig } from './config';
import { ImportJob } from './imports/import-job';
import { loadStatusMap, type StatusMap } from './imports/status-map';
import type { Metrics } from './metrics';
import { CatpNacsis } from './nacsis/catp-nacsis';
import { readersOf, type Readers } from './services';
import { eraseNames } from './store/names';
import { openStore, type Store } from './store/open-store';

/** What a process of the gateway works with: the store, NACSIS-ILL and Alma, and the import job over them. */
export interface Workplace {
  readonly store: Store;
  readonly nacsis: CatpNacsis;
  readonly readers: Readers;
  readonly statusMap: StatusMap;
  readonly job: ImportJob;
  readonly now: () => Date;
  /** The job first, so that it can finish what it is saying to the others. */
  close(): Promise<void>;
}

/**
 * The job does not work before its `start`. `failed` is told what is not of the catalogue. Throws `ConfigError` (status map) and
 * `DataFolderInUse`.
 */
export async function openWorkplace(
  config: GatewayConfig,
  metrics: Pick<Metrics, 'observeNacsis' | 'observeAlma'>,
  failed: (error: unknown) => void,
): Promise<Workplace> {
  const statusMap = loadStatusMap();
  const { host, port } = config.listen;
  const store = await openStore(
    'databaseUrl' in config.store ? config.store : { dataDir: config.store.dataDir, listen: `${host}:${String(port)}` },
  );
  const now = () => new Date();
  const nacsis = new CatpNacsis(config.nacsis, metrics.observeNacsis);
  const alma = new RestAlma(config.alma, metrics.observeAlma);
  const readers = readersOf({ db: store.db, nacsis, now });
  const job = new ImportJob({
    ...{ config, store, alma, statusMap, readers, now, failed },
    eraseNames: (before) => eraseNames(store.db, before),
  });
  const close = async () => {
    await job.stop();
    await Promise.all([nacsis.close(), alma.close()]);
    await store.close();
  };
  return { store, nacsis, readers, statusMap, job, now, close };
}
