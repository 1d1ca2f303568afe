import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { ConfigFileSchema, DEFAULT_ROLES, type ConfigFile } from './config-file';
import { contradictionsIn } from './config-rules';
import type { Integration } from '#domain/api-profile';
import { ALMA_DEFAULTS, type AlmaSettings } from './alma/settings';
import { IMPORT_DEFAULTS, type ImportSettings } from './imports/settings';
import { NACSIS_DEFAULTS, type NacsisSettings } from './nacsis/settings';
import { SecretReader, type Environment, type ReadFile } from './secret-reader';

export interface LibraryConfig {
  readonly code: string;
  readonly name: string;
  readonly memberId: string;
  readonly account: { readonly memberId: string; readonly user: string; readonly password: string };
  /** What differs from DEFAULT_INTEGRATION while the library has saved no profile. */
  readonly integration?: Partial<Integration>;
}
export interface InstitutionConfig {
  readonly code: string;
  readonly almaApiKey: string;
  readonly libraries: readonly LibraryConfig[];
}
export interface GatewayConfig {
  readonly listen: { readonly host: string; readonly port: number };
  readonly store: { readonly databaseUrl: string } | { readonly dataDir: string };
  readonly nacsis: NacsisSettings & { readonly settleSeconds: number };
  readonly auth: {
    readonly issuer: string;
    readonly audience: string;
    readonly jwksUrl: string;
    readonly acceptOldTokenForm: boolean;
    readonly clockToleranceSeconds: number;
  };
  readonly alma: AlmaSettings & {
    readonly roles: { readonly act: readonly string[]; readonly manage: readonly string[] };
    readonly roleCacheSeconds: number;
  };
  readonly imports: ImportSettings;
  readonly cors: { readonly origins: readonly string[] };
  readonly mode: 'lenient' | 'strict';
  readonly logLevel: string;
  readonly institutions: readonly InstitutionConfig[];
}

/** Everything that is wrong with the configuration, one line each: `path: what is expected`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`the configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
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
  const problems = Value.Errors(ConfigFileSchema, json).map(
    ({ instancePath, message }) => `${settingName(instancePath)}: ${message}`,
  );
  if (!Value.Check(ConfigFileSchema, json)) throw new ConfigError([...new Set(problems)]);
  const secrets = new SecretReader(env, read);
  const config = completed(json, env, secrets);
  const wrong = [...secrets.problems, ...contradictionsIn(json, 'databaseUrl' in config.store)];
  if (wrong.length > 0) throw new ConfigError(wrong);
  return config;
}

function completed(file: ConfigFile, env: Environment, secrets: SecretReader): GatewayConfig {
  const databaseUrl = env['DATABASE_URL'];
  const { settleSeconds = 30, ...nacsis } = file.nacsis;
  return {
    listen: file.listen,
    store: databaseUrl === undefined || databaseUrl === '' ? { dataDir: file.store.dataDir ?? '' } : { databaseUrl },
    nacsis: { ...NACSIS_DEFAULTS, ...nacsis, settleSeconds },
    auth: {
      issuer: 'https://apps01.ext.exlibrisgroup.com/auth',
      acceptOldTokenForm: false,
      clockToleranceSeconds: 30,
      ...file.auth,
    },
    alma: { ...ALMA_DEFAULTS, roleCacheSeconds: 300, ...file.alma, roles: file.alma.roles ?? DEFAULT_ROLES },
    imports: { ...IMPORT_DEFAULTS, ...file.imports },
    cors: file.cors,
    mode: file.mode === 'strict' ? 'strict' : 'lenient',
    logLevel: file.logLevel ?? 'info',
    institutions: file.institutions.map((institution, at) =>
      institutionOf(institution, `institutions[${String(at)}]`, secrets),
    ),
  };
}

function institutionOf(
  { code, almaApiKey, libraries }: ConfigFile['institutions'][number],
  setting: string,
  secrets: SecretReader,
): InstitutionConfig {
  return {
    code,
    almaApiKey: secrets.read(`${setting}.almaApiKey`, almaApiKey),
    libraries: libraries.map(({ account: { user, password }, ...library }, at) => {
      const passwordSetting = `${setting}.libraries[${String(at)}].account.password`;
      const account = { memberId: library.memberId, user, password: secrets.read(passwordSetting, password) };
      return { ...library, account };
    }),
  };
}

/** `/institutions/0/code` → `institutions[0].code` */
function settingName(pointer: string): string {
  const name = pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('');
  return name === '' ? 'configuration' : name.replace(/^\./, '');
}
