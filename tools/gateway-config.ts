import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The institutions of the simulated Alma in the order of their accounts. The seeded requests belong to the first one's
 * library.
 */
export const INSTITUTIONS = ['81SIM_INST', '81SIM2_INST'] as const;
export const LIBRARY = { code: 'RES_SHARE', name: '相互利用サービス' } as const;
/** The audience of the simulated Alma's tokens. */
export const TOKEN_AUDIENCE = 'ExlCloudApp:nacsis-ill-for-alma';

/**
 * The seeded requests of NACSIS-ILL name their patron in this form. The collective patron exists in the simulated Alma.
 */
const REQUESTER = {
  patronIdField: 'borrowerLocalData',
  patronIdPrefix: 'ID=',
  collectivePatron: 'ILL000',
} as const;

/** An account with the NACSIS-ILL simulator. */
interface SimulatedAccount {
  readonly memberId: string;
  readonly user: string;
  readonly password: string;
}
type ApiKeys = Readonly<Record<string, string>>;

export interface ConfiguredLibrary {
  readonly code: string;
  readonly name: string;
}

export interface GatewaySetup {
  readonly urls: { readonly nacsis: string; readonly alma: string; readonly gateway: string; readonly app: string };
  /** Folder of the stack. The files and the store go to its subfolder `gateway`. */
  readonly dataFolder: string;
  readonly accounts: readonly SimulatedAccount[];
  readonly apiKeys: ApiKeys;
  /** The CATP address when a proxy is in front of the simulator. Default: the simulator's own. */
  readonly nacsisUrl?: string;
  /** The address of Alma's REST API when a proxy is in front of the simulator. Default: the simulator's own. */
  readonly almaUrl?: string;
  /** More libraries of the first institution. They use the accounts after those of the institutions. */
  readonly moreLibraries?: readonly ConfiguredLibrary[];
  /** NACSIS-ILL timeouts and pauses that differ from the gateway's defaults. */
  readonly nacsisSettings?: Readonly<Record<string, number>>;
  /**
   * Settings for Alma (such as `callTimeoutMs`) and for the import (such as `stepSeconds`) that differ from the
   * defaults.
   */
  readonly almaSettings?: Readonly<Record<string, number>>;
  readonly importSettings?: Readonly<Record<string, number>>;
  readonly isStrict?: boolean;
}

/**
 * Writes the gateway's configuration, and its secrets into files that only this user can read. Returns the path of the
 * configuration.
 */
export async function writeGatewayConfig(setup: GatewaySetup): Promise<string> {
  const folder = join(setup.dataFolder, 'gateway');
  const secretsFolder = join(folder, 'secrets');
  await mkdir(secretsFolder, { recursive: true, mode: 0o700 });
  const secretFile = async (name: string, secret: string): Promise<{ readonly file: string }> => {
    const file = join(secretsFolder, name);
    await writeFile(file, secret, { mode: 0o600 });
    return { file };
  };
  const library = async (
    institution: string,
    { code, name }: ConfiguredLibrary,
    account: SimulatedAccount | undefined,
  ): Promise<object> => {
    if (!account) throw new Error(`the NACSIS-ILL simulator has no account for ${institution} (${code})`);
    const password = await secretFile(`${institution}-${code}-nacsis-password`, account.password);
    const { memberId, user } = account;
    return { code, name, memberId, account: { user, password }, integration: { requester: REQUESTER } };
  };
  const institutions = await Promise.all(
    INSTITUTIONS.map(async (code, index) => {
      const apiKey = setup.apiKeys[code];
      if (apiKey === undefined) throw new Error(`the simulated Alma has no API key for ${code}`);
      const more = index === 0 ? (setup.moreLibraries ?? []) : [];
      const libraries = await Promise.all([
        library(code, LIBRARY, setup.accounts[index]),
        ...more.map((each, at) => library(code, each, setup.accounts[INSTITUTIONS.length + at])),
      ]);
      return { code, almaApiKey: await secretFile(`${code}-alma-api-key`, apiKey), libraries };
    }),
  );
  const path = join(folder, 'gateway.json');
  await writeFile(path, `${JSON.stringify({ ...settingsOf(setup, folder), institutions }, null, 2)}\n`, {
    mode: 0o600,
  });
  return path;
}

function settingsOf(
  {
    urls,
    nacsisUrl = `${urls.nacsis}/catp`,
    almaUrl = urls.alma,
    nacsisSettings,
    almaSettings,
    importSettings = {},
    isStrict = false,
  }: GatewaySetup,
  folder: string,
): object {
  const { hostname, port } = new URL(urls.gateway);
  return {
    listen: { host: hostname, port: Number(port) },
    store: { dataDir: join(folder, 'store') },
    nacsis: { url: nacsisUrl, ...nacsisSettings },
    auth: { audience: TOKEN_AUDIENCE, jwksUrl: `${urls.alma}/auth/{institution}/jwks.json` },
    alma: { url: almaUrl, ...almaSettings },
    imports: importSettings,
    cors: { origins: [urls.app] },
    ...(isStrict ? { mode: 'strict' } : {}),
    logLevel: 'warn',
  };
}

export async function readAccounts(nacsis: string): Promise<readonly SimulatedAccount[]> {
  const answer = await readJson(`${nacsis}/_sim/accounts`);
  if (!Array.isArray(answer) || !answer.every(isAccount))
    throw new Error('the accounts of the NACSIS-ILL simulator are not {memberId, user, password}');
  return answer;
}

export async function readApiKeys(alma: string): Promise<ApiKeys> {
  const answer = await readJson(`${alma}/_sim/api-keys`);
  if (typeof answer !== 'object' || answer === null || !Object.values(answer).every((key) => typeof key === 'string')) {
    throw new Error('the API keys of the simulated Alma are not institution: key');
  }
  return answer as ApiKeys;
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

function isAccount(value: unknown): value is SimulatedAccount {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['memberId', 'user', 'password'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string')
  );
}
