import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The institutions of the simulated Alma, in the order of the accounts that they use; the first one's library is that of the seeded requests. */
export const INSTITUTIONS = ['81SIM_INST', '81SIM2_INST'] as const;
export const LIBRARY = { code: 'RES_SHARE', name: '相互利用サービス' } as const;
/** The audience of the simulated Alma's tokens. */
export const TOKEN_AUDIENCE = 'ExlCloudApp:nacsis-ill-for-alma';

/** The seeded requests of NACSIS-ILL name their patron so; the collective patron is one of the simulated Alma. */
export const REQUESTER = {
  patronIdField: 'borrowerLocalData',
  patronIdPrefix: 'ID=',
  collectivePatron: 'ILL000',
} as const;

/** An account with the NACSIS-ILL simulator. */
export interface SimulatedAccount {
  readonly memberId: string;
  readonly user: string;
  readonly password: string;
}
export type ApiKeys = Readonly<Record<string, string>>;

export interface GatewaySetup {
  readonly urls: { readonly nacsis: string; readonly alma: string; readonly gateway: string; readonly app: string };
  /** The files go to its folder `gateway`; the store too. */
  readonly dataFolder: string;
  readonly accounts: readonly SimulatedAccount[];
  readonly apiKeys: ApiKeys;
  /** Time limits and pauses towards NACSIS-ILL that differ from the gateway's own. */
  readonly nacsisSettings?: Readonly<Record<string, number>>;
  /** The same of Alma, such as `callTimeoutMs`, and of the import job, such as `stepSeconds`. */
  readonly almaSettings?: Readonly<Record<string, number>>;
  readonly importSettings?: Readonly<Record<string, number>>;
  readonly isStrict?: boolean;
}

interface Secrets {
  readonly password: string;
  readonly apiKey: string;
}

/** Writes the configuration of the gateway, and its secrets into files that only this user can read. Answers the path of the configuration. */
export async function writeGatewayConfig(setup: GatewaySetup): Promise<string> {
  const folder = join(setup.dataFolder, 'gateway');
  const secretsFolder = join(folder, 'secrets');
  await mkdir(secretsFolder, { recursive: true, mode: 0o700 });
  const institutions = await Promise.all(
    INSTITUTIONS.map(async (code, index) => {
      const { account, secrets } = accessOf(code, setup.accounts[index], setup.apiKeys[code]);
      const files = {
        password: join(secretsFolder, `${code}-nacsis-password`),
        apiKey: join(secretsFolder, `${code}-alma-api-key`),
      };
      await writeFile(files.password, secrets.password, { mode: 0o600 });
      await writeFile(files.apiKey, secrets.apiKey, { mode: 0o600 });
      const library = {
        ...LIBRARY,
        memberId: account.memberId,
        account: { user: account.user, password: { file: files.password } },
        integration: { requester: REQUESTER },
      };
      return { code, almaApiKey: { file: files.apiKey }, libraries: [library] };
    }),
  );
  const path = join(folder, 'gateway.json');
  await writeFile(path, `${JSON.stringify({ ...settingsOf(setup, folder), institutions }, null, 2)}\n`, {
    mode: 0o600,
  });
  return path;
}

function settingsOf(
  { urls, nacsisSettings, almaSettings, importSettings = {}, isStrict = false }: GatewaySetup,
  folder: string,
): object {
  const { hostname, port } = new URL(urls.gateway);
  return {
    listen: { host: hostname, port: Number(port) },
    store: { dataDir: join(folder, 'store') },
    nacsis: { url: `${urls.nacsis}/catp`, ...nacsisSettings },
    auth: { audience: TOKEN_AUDIENCE, jwksUrl: `${urls.alma}/auth/{institution}/jwks.json` },
    alma: { url: urls.alma, ...almaSettings },
    imports: importSettings,
    cors: { origins: [urls.app] },
    ...(isStrict ? { mode: 'strict' } : {}),
    logLevel: 'warn',
  };
}

function accessOf(
  code: string,
  account: SimulatedAccount | undefined,
  apiKey: string | undefined,
): { readonly account: SimulatedAccount; readonly secrets: Secrets } {
  if (!account) throw new Error(`the NACSIS-ILL simulator has no account for ${code}`);
  if (apiKey === undefined) throw new Error(`the simulated Alma has no API key for ${code}`);
  return { account, secrets: { password: account.password, apiKey } };
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
