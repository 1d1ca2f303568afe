import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { buildApp } from './app';
import { OperatorKey } from './auth/operator-key';
import { RoleReader } from './auth/role-reader';
import { TokenVerifier } from './auth/token-verifier';
import { Callers } from './caller';
import { ConfigError, loadConfig, type GatewayConfig } from './config';
import { loggerOptions } from './logger-options';
import { Metrics } from './metrics';
import { servicesOf, type Services } from './services';
import { DataFolderInUse } from './store/data-folder-lock';
import { openWorkplace, type Workplace } from './workplace';

/** Exit code of a start that was given a wrong configuration (sysexits EX_CONFIG), or a folder in use (EX_TEMPFAIL). */
const EXIT_CONFIG = 78;
const EXIT_IN_USE = 75;

async function start(config: GatewayConfig): Promise<void> {
  const logger = pino(loggerOptions(config.logLevel));
  const metrics = new Metrics();
  const failed = (error: unknown) => {
    logger.error({ err: error }, 'the import job met a fault of ours');
  };
  const workplace = await openWorkplace(config, metrics, failed);
  const services = servicesIn(workplace, config, metrics, await operatorIn(config));
  const left = workplace.store.embedded ? await services.journal.expireAll(new Date()) : 0;
  if (left > 0) {
    logger.warn({ commands: left }, 'commands were left in the middle; their outcome is read before they are repeated');
  }
  const options = { corsOrigins: config.cors.origins, logger: loggerOptions(config.logLevel) };
  const app = await buildApp(services, options);
  closeWithGrace({ delay: 10_000, logger }, async () => {
    await app.close();
    await workplace.close();
  });
  await workplace.job.start();
  await app.listen({ host: config.listen.host, port: config.listen.port });
}

function servicesIn(
  { store: { db }, nacsis, readers, statusMap, job, now }: Workplace,
  config: GatewayConfig,
  metrics: Metrics,
  operator: OperatorKey | undefined,
): Services {
  return servicesOf({
    ...{ db, nacsis, readers, metrics, now },
    callers: new Callers(new TokenVerifier(config), new RoleReader(config.alma), operator),
    imports: job.imports,
    statusMap: statusMap.rows,
    mode: config.mode,
    callTimeoutMs: config.nacsis.connectTimeoutMs + config.nacsis.answerTimeoutMs,
    settleSeconds: config.nacsis.settleSeconds,
  });
}

/** The key of the command line, where the store is this process' own. */
async function operatorIn({ store, institutions }: GatewayConfig): Promise<OperatorKey | undefined> {
  return 'dataDir' in store ? OperatorKey.write(store.dataDir, institutions) : undefined;
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
