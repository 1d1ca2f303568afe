import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { buildApp } from './app';
import { RoleReader } from './auth/role-reader';
import { TokenVerifier } from './auth/token-verifier';
import { Callers } from './caller';
import { CommandRunner } from './commands/command-runner';
import { RequestService } from './commands/request-service';
import { ConfigError, loadConfig, type GatewayConfig } from './config';
import { Metrics } from './metrics';
import { CatpNacsis } from './nacsis/catp-nacsis';
import { DataFolderInUse } from './store/data-folder-lock';
import { JournalStore } from './store/journal-store';
import { openStore } from './store/open-store';

/** Exit code of a start that was given a wrong configuration (sysexits EX_CONFIG), or a folder in use (EX_TEMPFAIL). */
const EXIT_CONFIG = 78;
const EXIT_IN_USE = 75;

async function start(config: GatewayConfig): Promise<void> {
  const logger = pino({ level: config.logLevel, base: undefined, redact: ['req.headers.authorization', 'authorization', 'password'] });
  const listen = `${config.listen.host}:${String(config.listen.port)}`;
  const store = await openStore('databaseUrl' in config.store ? { databaseUrl: config.store.databaseUrl } : { dataDir: config.store.dataDir, listen });
  const journal = new JournalStore(store.db);
  const left = store.embedded ? await journal.expireAll(new Date()) : 0;
  if (left > 0) logger.warn({ commands: left }, 'commands were left in the middle; their outcome is read before they are repeated');

  const metrics = new Metrics();
  const nacsis = new CatpNacsis(config.nacsis, metrics.observeNacsis);
  const runner = new CommandRunner(store.db, journal, nacsis, { callTimeoutMs: config.nacsis.answerTimeoutMs + config.nacsis.connectTimeoutMs, settleSeconds: config.nacsis.settleSeconds });
  const callers = new Callers(new TokenVerifier(config), new RoleReader(config.alma));
  const requests = new RequestService(store.db, nacsis, runner, config.mode);
  const app = await buildApp(
    { db: store.db, journal, nacsis, callers, requests, metrics, mode: config.mode, now: () => new Date() },
    { corsOrigins: config.cors.origins, logger: { level: config.logLevel, base: undefined } },
  );
  closeWithGrace({ delay: 10_000, logger }, async () => {
    await app.close();
    await nacsis.close();
    await store.close();
  });
  await app.listen({ host: config.listen.host, port: config.listen.port });
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
