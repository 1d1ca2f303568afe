import { buildApp } from './app';
import { OperatorKey } from './auth/operator-key';
import type { FoundGateway } from './command-line/find-gateway';
import type { GatewayConfig } from './config';
import { loggerOptions } from './logger-options';
import { Metrics } from './metrics';
import { openRuntime, servicesIn } from './runtime';

/**
 * Opens a gateway in this process for one command: on a free port of this machine only, with a key that only this
 * process knows. `failed` receives errors that are not in the error catalogue. Throws `ConfigError` and
 * `DataFolderInUse`.
 */
export async function openOwnGateway(config: GatewayConfig, failed: (error: unknown) => void): Promise<FoundGateway> {
  const metrics = new Metrics();
  const runtime = await openRuntime(config, metrics, { failed, note: failed });
  try {
    const { key, operator } = OperatorKey.create(config.institutions);
    // Logs to stderr, because the report goes to stdout.
    const logger = { ...loggerOptions('error'), stream: process.stderr };
    const app = await buildApp(servicesIn(runtime, config, metrics, operator), { corsOrigins: [], logger });
    await runtime.startJobs();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const close = async () => {
      await app.connections.drain(new AbortController().signal);
      await runtime.close();
    };
    return { url, key, close };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}
