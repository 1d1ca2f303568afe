import type { GatewayConfig, InstitutionConfig } from '../config';
import { EngineRunner } from './engine-runner';
import { GatewayRunner } from './gateway-runner';
import { WrongUsage, type ImportArguments } from './import-arguments';
import type { ImportRunner, OpenImportEngine } from './import-runner';

/** How long a gateway may take to say that it is there, in milliseconds. */
const ANSWER_MS = 5_000;

/** The institution that is meant: the one that is named, else the first that has the library. Throws `WrongUsage`. */
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
 * Who does the import. The embedded store belongs to one process: the gateway that has it is asked, and only where none answers
 * the folder is opened here. On a PostgreSQL server the work is done here, beside the gateways.
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

/** Where a gateway that listens so is reached from its own machine. */
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
