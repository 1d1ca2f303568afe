import { RestAlma } from './alma/rest-alma';
import type { OperatorKey } from './auth/operator-key';
import { RoleReader } from './auth/role-reader';
import { TokenVerifier } from './auth/token-verifier';
import { Bridge } from './bridge/bridge';
import { loadBridgeMap } from './bridge/bridge-map';
import { Callers } from './caller';
import { commandsOf, type Commands } from './commands/commands';
import { ConfigError, type GatewayConfig } from './config';
import { almaSync } from './alma-sync/request-import';
import { ProfilesStore } from './profiles/profiles-store';
import { Jobs } from './jobs/jobs';
import { ImportQueue } from './runs/import-queue';
import { ImportService } from './runs/import-service';
import { loadStatusMap, type StatusMap } from './profiles/status-map';
import { ClosureQueue, ClosureWork } from './members/closure-work';
import { MemberChanges } from './members/member-changes';
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

/** Everything that a gateway process works with: the store, NACSIS-ILL, Alma, the import job and the bridge. */
export interface Runtime {
  readonly store: Store;
  readonly nacsis: CatpNacsis;
  readonly readers: Readers;
  readonly commands: Commands;
  readonly statusMap: StatusMap;
  readonly imports: ImportService;
  readonly bridge: Bridge;
  readonly memberChanges: MemberChanges;
  readonly closureQueue: ClosureQueue;
  readonly now: () => Date;
  /** Resumes unfinished runs, and works on them, on the schedules and on the bridge until the end. */
  startJobs(): Promise<void>;
  /** Closes everything, the jobs first, so that they can finish their calls to the other parts. */
  close(): Promise<void>;
}

/**
 * Opens everything; the jobs work only after `startJobs`. `failed` receives errors that are not in the error catalogue,
 * `note` receives store errors that no caller waits for. Throws `ConfigError` (status map, map of the bridge, store)
 * and `DataFolderInUse`.
 */
export async function openRuntime(
  config: GatewayConfig,
  metrics: Pick<Metrics, 'observeNacsis' | 'observeAlma' | 'observeDelivery' | 'countUpkeepFailure'>,
  { failed, note }: { readonly failed: (error: unknown) => void; readonly note: Note },
): Promise<Runtime> {
  const statusMap = loadStatusMap();
  const bridgeMap = loadBridgeMap();
  const { host, port } = config.listen;
  const store = await openedStore(config.store, `${host}:${String(port)}`, note);
  const now = () => new Date();
  const nacsis = new CatpNacsis(config.nacsis, metrics.observeNacsis);
  const alma = new RestAlma(config.alma, metrics.observeAlma);
  const readers = readersOf({
    ...{ db: store.db, nacsis, now },
    fullReadingPauseSeconds: config.nacsis.fullReadingPauseSeconds,
  });
  const jobs = new Jobs({ database: store.jobs, embedded: store.embedded, failed });
  const queue = new ImportQueue({
    ...{ jobs, institutions: config.institutions },
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
  const commands = commandsOf({
    ...commandSettings(config),
    ...{ db: store.db, nacsis, now, requests: readers.requests },
  });
  const bridge = new Bridge({
    ...{ db: store.db, jobs, nacsis, commands, now, failed, map: bridgeMap },
    ...{ institutions: config.institutions, settings: config.bridge, mode: config.mode, reading: readers.reading },
    observeDelivery: metrics.observeDelivery,
  });
  const members = membersOf(config, { db: store.db, jobs, nacsis, now, failed });
  const startJobs = async () => {
    await jobs.start();
    await queue.start({
      ...{ imports, upkeep },
      integrationOf: ({ code }, library) => new ProfilesStore(store.db, code).integration(library),
    });
    await bridge.start();
    await members.closureQueue.start(members.closureWork);
  };
  const close = async () => {
    await jobs.stop();
    await Promise.all([nacsis.close(), alma.close(), bridge.close()]);
    await store.close();
  };
  return { store, nacsis, readers, commands, statusMap, imports, bridge, ...members, startJobs, now, close };
}

/** Changes of the own member records, and the closures that make such changes. */
function membersOf(
  config: GatewayConfig,
  {
    jobs,
    failed,
    ...parts
  }: Pick<Runtime, 'nacsis' | 'now'> & {
    readonly db: Store['db'];
    readonly jobs: Jobs;
    readonly failed: (error: unknown) => void;
  },
) {
  const { db, now } = parts;
  const memberChanges = new MemberChanges({ ...parts, ...commandSettings(config) });
  const closureWork = new ClosureWork({ db, now, failed, changes: memberChanges, institutions: config.institutions });
  return { memberChanges, closureWork, closureQueue: new ClosureQueue(jobs, failed) };
}

function commandSettings({ mode, nacsis }: GatewayConfig) {
  const { connectTimeoutMs, answerTimeoutMs, settleSeconds } = nacsis;
  return { mode, callTimeoutMs: connectTimeoutMs + answerTimeoutMs, settleSeconds };
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
  { store: { db }, nacsis, readers, commands, statusMap, imports, bridge, memberChanges, closureQueue, now }: Runtime,
  config: GatewayConfig,
  metrics: Metrics,
  operator: OperatorKey | undefined,
): Services {
  return servicesOf({
    ...{ db, nacsis, readers, commands, metrics, bridge, memberChanges, now },
    kickClosures: closureQueue.kick,
    callers: new Callers(new TokenVerifier(config), new RoleReader(config.alma), operator),
    imports,
    statusMap: statusMap.rows,
    ...commandSettings(config),
  });
}
