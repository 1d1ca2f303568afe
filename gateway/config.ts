import { readFileSync } from 'node:fs';
import { ConfigFileSchema, DEFAULT_ROLES, type ConfigFile } from './config-file';
import { contradictionsIn, textFaults } from './config-rules';
import type { Integration } from '#domain/api/profile';
import { ALMA_DEFAULTS, type AlmaSettings } from './alma/settings';
import { CONNECTION_DEFAULTS, type ConnectionLimits } from './connections';
import { IMPORT_DEFAULTS, type ImportSettings } from './imports/settings';
import { NACSIS_DEFAULTS, type NacsisSettings } from './nacsis/settings';
import { fits, schemaFaults } from './schema-faults';
import type { StoreSettings } from './store/open-store';
import { STORE_DEFAULTS } from './store/pool';
import { apiKey, catpPassword } from './text-settings';
import { SecretReader, type Environment, type ReadFile } from './secret-reader';

export interface LibraryConfig {
  readonly code: string;
  readonly name: string;
  readonly memberId: string;
  readonly account: { readonly memberId: string; readonly user: string; readonly password: string };
  /** Differences from DEFAULT_INTEGRATION until the library saves a profile. */
  readonly integration?: Partial<Integration>;
}
export interface InstitutionConfig {
  readonly code: string;
  readonly almaApiKey: string;
  readonly libraries: readonly LibraryConfig[];
}
export interface GatewayConfig {
  readonly listen: { readonly host: string; readonly port: number } & ConnectionLimits;
  readonly store: StoreSettings;
  readonly nacsis: NacsisSettings & { readonly settleSeconds: number; readonly fullReadingPauseSeconds: number };
  readonly auth: {
    readonly issuer: string;
    readonly audience: string;
    readonly jwksUrl: string;
    readonly acceptOldTokenForm: boolean;
    readonly clockToleranceSeconds: number;
  };
  readonly alma: AlmaSettings & {
    readonly roles: Readonly<Record<'read' | 'act' | 'manage', readonly string[]>>;
    readonly roleCacheSeconds: number;
  };
  readonly imports: ImportSettings;
  /** Drafts are deleted when nobody has changed them for this many days; 0: never. */
  readonly drafts: { readonly keepDays: number };
  readonly cors: { readonly origins: readonly string[] };
  readonly mode: 'lenient' | 'strict';
  readonly logLevel: string;
  readonly institutions: readonly InstitutionConfig[];
}

/**
 * Ten minutes, in seconds: a full reading may take some hundred calls to NACSIS-ILL, and changes can be read at any
 * time.
 */
const FULL_READING_PAUSE = 600;

/** Librarians resume a draft within days, and start anew after a month; a draft names the patron. */
const DRAFT_DAYS = 30;

/** Every fault of the configuration, one line each: `path: what is expected`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    readonly problems: readonly string[],
    options?: ErrorOptions,
  ) {
    super(`the configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`, options);
  }
}

/** Reads and checks the configuration file. Throws a `ConfigError` that names every wrong setting. */
export function loadConfig(
  path: string,
  env: Environment = process.env,
  read: ReadFile = (file) => readFileSync(file, 'utf8'),
): GatewayConfig {
  let json: unknown;
  try {
    json = JSON.parse(read(path));
  } catch (error) {
    throw new ConfigError([
      `${path}: cannot be read as JSON (${error instanceof Error ? error.message : String(error)})`,
    ]);
  }
  return parseConfig(json, env, read);
}

export function parseConfig(json: unknown, env: Environment, read: ReadFile): GatewayConfig {
  if (!fits(ConfigFileSchema, json)) throw new ConfigError(schemaFaults(ConfigFileSchema, json));
  const secrets = new SecretReader(env, read);
  const config = completed(json, env, secrets);
  const wrong = [...secrets.problems, ...textFaults(json), ...contradictionsIn(json, 'databaseUrl' in config.store)];
  if (wrong.length > 0) throw new ConfigError(wrong);
  return config;
}

function completed(file: ConfigFile, env: Environment, secrets: SecretReader): GatewayConfig {
  const { settleSeconds = 30, fullReadingPauseSeconds = FULL_READING_PAUSE, ...nacsis } = file.nacsis;
  return {
    listen: { ...CONNECTION_DEFAULTS, ...file.listen },
    store: storeOf(file.store, env['DATABASE_URL']),
    nacsis: { ...NACSIS_DEFAULTS, ...nacsis, settleSeconds, fullReadingPauseSeconds },
    auth: {
      /**
       * @unconfirmed I: The issuer of the host's tokens, as other servers check it. Confirm: decode a token of a live Cloud App.
       */
      issuer: 'https://apps01.ext.exlibrisgroup.com/auth',
      acceptOldTokenForm: false,
      clockToleranceSeconds: 30,
      ...file.auth,
    },
    alma: { ...ALMA_DEFAULTS, roleCacheSeconds: 300, ...file.alma, roles: rolesOf(file.alma.roles) },
    imports: { ...IMPORT_DEFAULTS, ...file.imports },
    drafts: { keepDays: DRAFT_DAYS, ...file.drafts },
    cors: file.cors,
    mode: file.mode === 'strict' ? 'strict' : 'lenient',
    logLevel: file.logLevel ?? 'info',
    institutions: file.institutions.map((institution, at) =>
      institutionOf(institution, `institutions[${String(at)}]`, secrets),
    ),
  };
}

function storeOf({ dataDir = '', ...limits }: ConfigFile['store'], databaseUrl = ''): StoreSettings {
  return { ...STORE_DEFAULTS, ...limits, ...(databaseUrl === '' ? { dataDir } : { databaseUrl }) };
}

/** Users with the right to act or manage may read; by default nobody else may. */
function rolesOf({ act = DEFAULT_ROLES.act, manage = DEFAULT_ROLES.manage, read }: ConfigFile['alma']['roles'] = {}) {
  return { act, manage, read: read ?? [...new Set([...act, ...manage])] };
}

function institutionOf(
  { code, almaApiKey, libraries }: ConfigFile['institutions'][number],
  setting: string,
  secrets: SecretReader,
): InstitutionConfig {
  return {
    code,
    almaApiKey: secrets.read(`${setting}.almaApiKey`, almaApiKey, apiKey),
    libraries: libraries.map(({ account: { user, password }, ...library }, at) => {
      const passwordSetting = `${setting}.libraries[${String(at)}].account.password`;
      const read = secrets.read(passwordSetting, password, catpPassword);
      const account = { memberId: library.memberId, user, password: read };
      return { ...library, account };
    }),
  };
}
