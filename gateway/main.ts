import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { buildApp } from './app';
import { OperatorKey } from './auth/operator-key';
import { RoleReader } from './auth/role-reader';
import { TokenVerifier } from './auth/token-verifier';
import { Callers } from './caller';
import { ConfigError, loadConfig, type GatewayConfig } from './config';
import { RestAlma } from './alma/rest-alma';
import { ImportJob } from './imports/import-job';
import { loadStatusMap } from './imports/status-map';
import { loggerOptions } from './logger-options';
import { Metrics } from './metrics';
import { CatpNacsis } from './nacsis/catp-nacsis';
import { readersOf, servicesOf } from './services';
import { DataFolderInUse } from './store/data-folder-lock';
import { openStore, type Store } from './store/open-store';

/** Exit code of a start that was given a wrong configuration (sysexits EX_CONFIG), or a folder in use (EX_TEMPFAIL). */
const EXIT_CONFIG = 78;
const EXIT_IN_USE = 75;

async function start(config: GatewayConfig): Promise<void> {
  const logger = pino(loggerOptions(config.logLevel));
  const store = await storeOf(config);
  const metrics = new Metrics();
  const nacsis = new CatpNacsis(config.nacsis, metrics.observeNacsis);
  const operator =
    'dataDir' in config.store ? await OperatorKey.write(config.store.dataDir, config.institutions) : undefined;
  const now = () => new Date();
  const readers = readersOf({ db: store.db, nacsis, now });
  const alma = new RestAlma(config.alma, metrics.observeAlma);
  const statusMap = loadStatusMap();
  const failed = (error: unknown) => {
    logger.error({ err: error }, 'the import job met a fault of ours');
  };
  const job = new ImportJob({
    config,
    store,
    alma,
    statusMap,
    readers,
    eraseNames: () => Promise.resolve(0),
    now,
    failed,
  });
  const services = servicesOf({
    db: store.db,
    nacsis,
    callers: new Callers(new TokenVerifier(config), new RoleReader(config.alma), operator),
    metrics,
    readers,
    imports: job.imports,
    statusMap: statusMap.rows,
    mode: config.mode,
    callTimeoutMs: config.nacsis.connectTimeoutMs + config.nacsis.answerTimeoutMs,
    settleSeconds: config.nacsis.settleSeconds,
    now,
  });
  const left = store.embedded ? await services.journal.expireAll(new Date()) : 0;
  if (left > 0) {
    logger.warn({ commands: left }, 'commands were left in the middle; their outcome is read before they are repeated');
  }
  const options = { corsOrigins: config.cors.origins, logger: loggerOptions(config.logLevel) };
  const app = await buildApp(services, options);
  closeWithGrace({ delay: 10_000, logger }, async () => {
    await app.close();
    await job.stop();
    await Promise.all([nacsis.close(), alma.close()]);
    await store.close();
  });
  await job.start();
  await app.listen({ host: config.listen.host, port: config.listen.port });
}

function storeOf({ store, listen: { host, port } }: GatewayConfig): Promise<Store> {
  return openStore('databaseUrl' in store ? store : { dataDir: store.dataDir, listen: `${host}:${String(port)}` });
}

try {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  const path = values.config ?? process.env['GATEWAY_CONFIG'];
  if (path === undefined) throw new ConfigError(['--config or GATEWAY_CONFIG: names the configuration file']);
  await start(loadConfig(path));
} catch (error) {
  const known = error instanceof ConfigError || error instanceof DataFolderInUse;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : error instanceof DataFolderInUse ? EXIT_IN_USE : 1);
}
