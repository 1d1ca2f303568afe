import { RestAlma } from './alma/rest-alma';
import type { OperatorKey } from './auth/operator-key';
import { RoleReader } from './auth/role-reader';
import { TokenVerifier } from './auth/token-verifier';
import { Callers } from './caller';
import { ConfigError, type GatewayConfig } from './config';
import { almaSync } from './alma-sync/request-import';
import { ProfilesStore } from './profiles/profiles-store';
import { ImportQueue } from './runs/import-queue';
import { ImportService } from './runs/import-service';
import { loadStatusMap, type StatusMap } from './profiles/status-map';
import type { Metrics } from './metrics';
import { CatpNacsis } from './nacsis/catp-nacsis';
import { readersOf, servicesOf, type Readers, type Services } from './services';
import { checkDatabase, checkDataFolder, databaseFault } from './start-checks';
import { EmbeddedFault } from './postgres/embedded-fault';
import { openStore, type Store } from './store/open-store';
import type { Note } from './store/pool';
import { UpkeepStore } from './store/upkeep-store';
import { Upkeep } from './upkeep/upkeep';
import { upkeepWork } from './upkeep/upkeep-work';

/** Everything that a gateway process works with: the store, NACSIS-ILL, Alma, and the import job. */
export interface Runtime {
  readonly store: Store;
  readonly nacsis: CatpNacsis;
  readonly readers: Readers;
  readonly statusMap: StatusMap;
  readonly imports: ImportService;
  readonly now: () => Date;
  /** Resumes unfinished runs, and works on them and on the schedules until the end. */
  startJobs(): Promise<void>;
  /** Closes everything, the jobs first, so that they can finish their calls to the other parts. */
  close(): Promise<void>;
}

/**
 * Opens everything; the jobs work only after `startJobs`. `failed` receives errors that are not in the error catalogue,
 * `note` receives store errors that no caller waits for. Throws `ConfigError` (status map, store) and
 * `DataFolderInUse`.
 */
export async function openRuntime(
  config: GatewayConfig,
  metrics: Pick<Metrics, 'observeNacsis' | 'observeAlma' | 'countUpkeepFailure'>,
  { failed, note }: { readonly failed: (error: unknown) => void; readonly note: Note },
): Promise<Runtime> {
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
  const queue = new ImportQueue({
    ...{ database: store.jobs, embedded: store.embedded, institutions: config.institutions, failed },
    stepSeconds: config.imports.stepSeconds,
    callTimeoutMs: config.alma.callTimeoutMs,
  });
  const imports = new ImportService({
    ...{ db: store.db, ...readers, now, failed, push: queue },
    alma: almaSync({ db: store.db, alma, statusMap, settings: config.alma, now }),
    settings: config.imports,
    atATime: config.alma.atATime,
  });
  const upkeep = new Upkeep({
    ...{ now, failed, store: new UpkeepStore(store.db), count: metrics.countUpkeepFailure },
    work: upkeepWork({ db: store.db, config, now }),
  });
  const startJobs = () =>
    queue.start({
      ...{ imports, upkeep },
      integrationOf: ({ code }, library) => new ProfilesStore(store.db, code).integration(library),
    });
  const close = async () => {
    await queue.stop();
    await Promise.all([nacsis.close(), alma.close()]);
    await store.close();
  };
  return { store, nacsis, readers, statusMap, imports, startJobs, now, close };
}

/** Opens the store. A store that cannot be opened is a fault of its setting. */
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

/** The services of the routes. `operator`: absent when the command line has no access. */
export function servicesIn(
  { store: { db }, nacsis, readers, statusMap, imports, now }: Runtime,
  config: GatewayConfig,
  metrics: Metrics,
  operator: OperatorKey | undefined,
): Services {
  return servicesOf({
    ...{ db, nacsis, readers, metrics, now },
    callers: new Callers(new TokenVerifier(config), new RoleReader(config.alma), operator),
    imports,
    statusMap: statusMap.rows,
    mode: config.mode,
    callTimeoutMs: config.nacsis.connectTimeoutMs + config.nacsis.answerTimeoutMs,
    settleSeconds: config.nacsis.settleSeconds,
  });
}
