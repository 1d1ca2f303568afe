import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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
const SECRET_BYTES = 36;
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
  /** Settings of the bridge that differ from the defaults. */
  readonly bridgeSettings?: Readonly<Record<string, unknown>>;
  /** The address at which Alma takes messages of ISO 18626, when a proxy is in front. Default: the simulator's own. */
  readonly isoUrl?: string;
  /** Who writes to Alma until a library saves its profile. Default: `rest`. */
  readonly writer?: string;
  readonly isStrict?: boolean;
}

/** The gateway as a partner of the simulated Alma, as `PUT /_sim/iso18626` takes it. */
export interface IsoLink {
  readonly institution: string;
  readonly library: string;
  /** With the secret. */
  readonly address: string;
  readonly almaSymbol: string;
  readonly partnerSymbol: string;
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
  const library = async (institution: string, { code, name }: ConfiguredLibrary, place: number): Promise<object> => {
    const account = setup.accounts[place];
    if (!account) throw new Error(`the NACSIS-ILL simulator has no account for ${institution} (${code})`);
    const password = await secretFile(`${institution}-${code}-nacsis-password`, account.password);
    const { memberId, user } = account;
    const secret = await secretFile(isoSecretName(institution, code), await isoSecret(folder, institution, code));
    const iso18626 = { address: setup.isoUrl ?? `${setup.urls.alma}/iso18626`, ...symbolsOf(place), secret };
    const integration = { requester: REQUESTER, ...(setup.writer === undefined ? {} : { writer: setup.writer }) };
    return { code, name, memberId, account: { user, password }, iso18626, integration };
  };
  const institutions = await Promise.all(
    INSTITUTIONS.map(async (code, index) => {
      const apiKey = setup.apiKeys[code];
      if (apiKey === undefined) throw new Error(`the simulated Alma has no API key for ${code}`);
      const more = index === 0 ? (setup.moreLibraries ?? []) : [];
      const libraries = await Promise.all([
        library(code, LIBRARY, index),
        ...more.map((each, at) => library(code, each, INSTITUTIONS.length + at)),
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

/** Symbols of the gateway and of the library in Alma, by the place of the library's account. */
function symbolsOf(place: number): Pick<IsoLink, 'almaSymbol'> & { readonly symbol: string } {
  const number = String(place + 1);
  return { symbol: `ISIL:JP-NACSIS-${number}`, almaSymbol: `ISIL:JP-ALMA-${number}` };
}

function isoSecretName(institution: string, library: string): string {
  return `${institution}-${library}-iso18626`;
}

/** The secret of the last start, because Alma's partner record holds it; else a new one. */
async function isoSecret(folder: string, institution: string, library: string): Promise<string> {
  const known = await readFile(join(folder, 'secrets', isoSecretName(institution, library)), 'utf8').catch(() => '');
  return known.trim() || randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * The links of the institutions' own libraries with the simulated Alma. `writeGatewayConfig` has written the secrets.
 */
export async function isoLinks({
  dataFolder,
  urls,
}: Pick<GatewaySetup, 'dataFolder' | 'urls'>): Promise<readonly IsoLink[]> {
  return Promise.all(
    INSTITUTIONS.map(async (institution, place) => {
      const secret = await isoSecret(join(dataFolder, 'gateway'), institution, LIBRARY.code);
      const { symbol: partnerSymbol, almaSymbol } = symbolsOf(place);
      const address = `${urls.gateway}/iso18626/${secret}`;
      return { institution, library: LIBRARY.code, address, almaSymbol, partnerSymbol };
    }),
  );
}

/** Makes the gateway a partner of the simulated Alma. */
export async function linkWithAlma(setup: Pick<GatewaySetup, 'dataFolder' | 'urls'>): Promise<void> {
  for (const link of await isoLinks(setup)) {
    const response = await fetch(`${setup.urls.alma}/_sim/iso18626`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(link),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`the simulated Alma takes no partner of ${link.library}: ${response.status}`);
  }
}

function settingsOf(
  {
    urls,
    nacsisUrl = `${urls.nacsis}/catp`,
    almaUrl = urls.alma,
    nacsisSettings,
    almaSettings,
    importSettings = {},
    bridgeSettings = {},
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
    bridge: bridgeSettings,
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
