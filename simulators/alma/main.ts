import { parseArgs } from 'node:util';
import { buildAlma } from './app';
import { buildAppOrigin } from './app-origin';
import { AlmaWorld } from './world';

const USAGE =
  'tsx simulators/alma/main.ts --port P (--app-port Q | --app-url URL) [--data DIR] [--gateway URL] [--app-dir build] [--institution CODE] [--lang ja]';

/**
 * Starts the simulated Alma and the app's origin. Prints one JSON line when both listen. Stops on SIGTERM or SIGINT.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'port': { type: 'string' },
      'app-port': { type: 'string' },
      'app-url': { type: 'string' },
      'data': { type: 'string' },
      'gateway': { type: 'string' },
      'app-dir': { type: 'string', default: 'build' },
      'institution': { type: 'string' },
      'lang': { type: 'string', default: 'ja' },
    },
  });
  const url = `http://127.0.0.1:${portOf(values.port, '--port')}`;
  // With --app-url another program serves the app.
  const ownApp = values['app-url'] === undefined ? portOf(values['app-port'], '--app-port') : undefined;
  const appUrl = values['app-url'] ?? `http://127.0.0.1:${String(ownApp)}`;
  for (const name of ['gateway', 'app-url'] as const) {
    const url = values[name];
    if (url !== undefined && !URL.canParse(url)) throw new Error(`--${name} is not an address: ${url}`);
  }
  const world = await AlmaWorld.open({ url, dataFolder: values.data, gateway: values.gateway });
  if (values.institution !== undefined && !world.institution(values.institution))
    throw new Error(`--institution: there is no institution ${values.institution}`);
  const defaults = { institution: values.institution, lang: values.lang };
  const alma = buildAlma(world, { appUrl, appDir: values['app-dir'], defaults });
  const app = buildAppOrigin({ appDir: values['app-dir'], gateway: values.gateway });
  // Registered before listening, so that a signal during startup also stops cleanly.
  const stop = async (): Promise<void> => {
    await Promise.all([alma.close(), app.close()]);
    await world.saved();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
  await Promise.all([
    alma.listen({ host: '127.0.0.1', port: Number(values.port) }),
    ...(ownApp === undefined ? [] : [app.listen({ host: '127.0.0.1', port: ownApp })]),
  ]);
  process.stdout.write(`${JSON.stringify({ ready: url, app: appUrl })}\n`);
}

function portOf(text: string | undefined, name: string): number {
  const port = Number(text);
  if (text === undefined || !Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name} must be a port number. Usage: ${USAGE}`);
  return port;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
