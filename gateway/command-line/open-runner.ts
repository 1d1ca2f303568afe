import type { GatewayConfig, InstitutionConfig } from '../config';
import { EngineRunner } from './engine-runner';
import { GatewayRunner } from './gateway-runner';
import { WrongUsage, type ImportArguments } from './import-arguments';
import type { ImportRunner, OpenImportEngine } from './import-runner';

/** Milliseconds that a gateway gets to answer. */
const ANSWER_MS = 5_000;

/** The named institution, else the first one that has the library. Throws `WrongUsage`. */
export function institutionFor(
  { institutions }: Pick<GatewayConfig, 'institutions'>,
  { institution, library }: Pick<ImportArguments, 'institution' | 'library'>,
): InstitutionConfig {
  const named = institutions.filter(({ code }) => institution === undefined || code === institution);
  if (named.length === 0) throw new WrongUsage(`--institution: ${institution ?? ''} is not in the configuration`);
  const found = named.find(({ libraries }) => library === undefined || libraries.some(({ code }) => code === library));
  if (found === undefined) throw new WrongUsage(`--library: ${library ?? ''} is not in the configuration`);
  return found;
}

/**
 * Chooses the runner. The embedded store belongs to one process: a running gateway does the import, and only when none
 * answers is the folder opened here. With a PostgreSQL server the import runs here, beside the gateways.
 */
export async function openRunner(
  config: GatewayConfig,
  institution: InstitutionConfig,
  { wait, openEngine }: { readonly wait: boolean; readonly openEngine: OpenImportEngine },
): Promise<ImportRunner> {
  if ('databaseUrl' in config.store) return new EngineRunner(await openEngine(config), institution);
  const { dataDir } = config.store;
  const url = addressOf(config.listen);
  if (await isThere(url)) return new GatewayRunner({ url, dataDir, institution: institution.code });
  if (!wait) throw new WrongUsage('--no-wait: no gateway runs that would do the work');
  return new EngineRunner(await openEngine(config), institution);
}

/** The address by which a gateway with these settings is reached on its own machine. */
function addressOf({ host, port }: GatewayConfig['listen']): string {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${local.includes(':') ? `[${local}]` : local}:${String(port)}`;
}

function isThere(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
