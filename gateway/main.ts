import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import { pino, type Logger } from 'pino';
import { buildApp } from './app';
import { OperatorKey } from './auth/operator-key';
import { ConfigError, configPath, loadConfig, type GatewayConfig } from './config';
import { Ending } from './ending';
import { loggerOptions } from './logger-options';
import { Metrics } from './metrics';
import { checkListenHost, listenFault } from './start-checks';
import { DataFolderInUse } from './store/data-folder-lock';
import { openRuntime, servicesIn, type Runtime } from './runtime';

/** Exit codes for a wrong configuration (sysexits EX_CONFIG), and for a folder in use (EX_TEMPFAIL). */
const EXIT_CONFIG = 78;
const EXIT_IN_USE = 75;
/**
 * Time limit in milliseconds for job, NACSIS-ILL and store to close, in addition to the calls that are answered.
 * Whatever takes longer hangs.
 */
const CLOSE_MS = 40_000;

/**
 * Runs the gateway until it is asked to end, which may happen during the start. Closes in reverse order: connections,
 * job, store.
 */
async function run(config: GatewayConfig, ending: Ending, logger: Logger): Promise<void> {
  await checkListenHost(config.listen.host);
  const metrics = new Metrics();
  const failed = (error: unknown) => {
    logger.error({ err: error }, 'a job met a fault of ours');
  };
  const note = (error: unknown, what: string) => {
    logger.warn({ err: error }, what);
  };
  const runtime = await openRuntime(config, metrics, { failed, note });
  try {
    if (!ending.asked.aborted) await serve(runtime, config, metrics, { ending, logger });
  } finally {
    await runtime.close();
  }
}

async function serve(
  runtime: Runtime,
  config: GatewayConfig,
  metrics: Metrics,
  { ending, logger }: { readonly ending: Ending; readonly logger: Logger },
): Promise<void> {
  const services = servicesIn(runtime, config, metrics, await operatorIn(config));
  const left = runtime.store.embedded ? await services.journal.expireAll(new Date()) : 0;
  if (left > 0) {
    logger.warn({ commands: left }, 'commands were left in the middle; their outcome is read before they are repeated');
  }
  const { host, port, ...limits } = config.listen;
  const options = { corsOrigins: config.cors.origins, logger: loggerOptions(config.logLevel), limits };
  const app = await buildApp(services, options);
  try {
    if (!ending.asked.aborted) await runtime.startJobs();
    if (ending.asked.aborted) return;
    await app.listen({ host, port }).catch((error: unknown) => {
      throw listenFault(error, config.listen);
    });
    await ending.whenAsked();
    logger.info('the gateway ends; what is being worked on is answered first');
  } finally {
    await app.connections.drain(ending.cut);
  }
}

/** Writes the key of the command line when this process owns the store; otherwise resolves to undefined. */
async function operatorIn({ store, institutions }: GatewayConfig): Promise<OperatorKey | undefined> {
  return 'dataDir' in store ? OperatorKey.write(store.dataDir, institutions) : undefined;
}

/** The path from the command line. Throws a `ConfigError` for unknown arguments. */
function namedConfig(): string | undefined {
  try {
    return parseArgs({ options: { config: { type: 'string' } } }).values.config;
  } catch (error) {
    throw new ConfigError([error instanceof Error ? error.message : String(error)]);
  }
}

/** Ensures an orderly end, also after an uncaught error (exit code 1). */
function endInOrder(ending: Ending, running: Promise<void>, logger: Logger, limitMs: number): void {
  void ending.whenAsked().then(() => {
    setTimeout(() => {
      logger.error('something did not close in time');
      process.exit(1);
    }, limitMs).unref();
  });
  closeWithGrace({ delay: limitMs, logger, skip: ['SIGTERM', 'SIGINT'] }, async ({ err }) => {
    if (err !== undefined) {
      logger.error({ err }, 'a fault that nobody caught');
      ending.exitCode = 1;
    }
    ending.ask();
    await running.catch(() => undefined);
  });
}

const ending = new Ending();
ending.listen();
try {
  const path = configPath(namedConfig());
  if (path === undefined) throw new ConfigError(['--config or GATEWAY_CONFIG: names the configuration file']);
  const config = loadConfig(path);
  const logger = pino(loggerOptions(config.logLevel));
  const running = run(config, ending, logger);
  endInOrder(ending, running, logger, config.listen.drainMs + CLOSE_MS);
  await running;
  process.exit(ending.exitCode);
} catch (error) {
  const known = error instanceof ConfigError || error instanceof DataFolderInUse;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : error instanceof DataFolderInUse ? EXIT_IN_USE : 1);
}
