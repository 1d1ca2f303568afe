import { readFileSync, statSync } from 'node:fs';
import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Integration } from '#domain/api/profile';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import { catpPassword, ConfigFileSchema, type ConfigFile, type EnvironmentSchema, type Secret } from './config-file';
import { checkIntegration } from './profiles/integration-check';
import { faultOfValues, SecretFile, valuesIn, type RotatingSecret, type SecretFiles } from './rotating-secret';
import { hasForm, schemaFaults } from './schema-faults';
import type { TextRule } from './setting-kinds';
import type { StoreSettings } from './store/open-store';

/** The gateway as the library's resource sharing partner in Alma. Symbols are `type:value`, compared in any case. */
export interface PartnerConfig {
  /** Alma's own address for messages. */
  readonly address: string;
  /** The gateway's symbol in Alma. */
  readonly symbol: string;
  /** The library's own symbol in Alma. */
  readonly almaSymbol: string;
  /** The last part of our address. */
  readonly secret: RotatingSecret;
  /** What Alma sends as `securityCode`; absent: not checked. */
  readonly securityCode?: RotatingSecret;
  /** IP addresses and ranges from which messages are taken; absent: all. */
  readonly allowedAddresses?: readonly string[];
}

export interface LibraryConfig {
  readonly code: string;
  readonly name: string;
  readonly memberId: string;
  readonly account: { readonly memberId: string; readonly user: string; readonly password: string };
  /** Required for the writer `iso18626`. */
  readonly iso18626?: PartnerConfig;
  /** Differences from DEFAULT_INTEGRATION until the library saves a profile. */
  readonly integration?: Partial<Integration>;
}
export interface InstitutionConfig {
  readonly code: string;
  readonly almaApiKey: string;
  readonly libraries: readonly LibraryConfig[];
}
type Roles = Readonly<Record<'read' | 'act' | 'manage', readonly string[]>>;
/** The configuration with its secrets. */
export interface GatewayConfig extends Readonly<Omit<ConfigFile, 'store' | 'alma' | 'institutions'>> {
  readonly store: StoreSettings;
  readonly alma: Readonly<Omit<ConfigFile['alma'], 'roles'>> & { readonly roles: Roles };
  readonly institutions: readonly InstitutionConfig[];
}

type Environment = Readonly<Record<string, string | undefined> & Static<typeof EnvironmentSchema>>;
type ReadFile = SecretFiles['read'];
/** Any change of a file changes one of these; a link (Kubernetes) also changes the inode. */
const stampOf: SecretFiles['stamp'] = (path) => {
  const { mtimeMs, size, ino } = statSync(path);
  return [mtimeMs, size, ino].join(' ');
};

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

/** The path of the configuration: that of the command line, else that of the environment. */
export function configPath(named: string | undefined, env: Environment = process.env): string | undefined {
  return named ?? env.GATEWAY_CONFIG;
}

/** Reads and checks the configuration file. Throws a `ConfigError` that names every wrong setting. */
export function loadConfig(
  path: string,
  env: Environment = process.env,
  read: ReadFile = (file) => readFileSync(file, 'utf8'),
): GatewayConfig {
  return parseConfig(readJson(path, read), env, read);
}

/** Reads a JSON file. Throws a `ConfigError` that names the file when it cannot be read or is not JSON. */
export function readJson(path: string, read: ReadFile): unknown {
  try {
    return JSON.parse(read(path));
  } catch (error) {
    throw new ConfigError([
      `${path}: cannot be read as JSON (${error instanceof Error ? error.message : String(error)})`,
    ]);
  }
}

export function parseConfig(json: unknown, env: Environment, read: ReadFile, stamp = stampOf): GatewayConfig {
  const file = Value.Default(ConfigFileSchema, structuredClone(json));
  const faults = schemaFaults(ConfigFileSchema, file);
  if (!hasForm(ConfigFileSchema, file)) throw new ConfigError(faults);
  const secrets = new SecretReader(env, { read, stamp });
  const config = completed(file, env, secrets);
  const wrong = [...secrets.problems, ...faults, ...contradictionsIn(config), ...missingStore(file, config)];
  if (wrong.length > 0) throw new ConfigError(wrong);
  return config;
}

function completed(file: ConfigFile, env: Environment, secrets: SecretReader): GatewayConfig {
  return {
    ...file,
    store: storeOf(file.store, env.DATABASE_URL),
    alma: { ...file.alma, roles: rolesOf(file.alma.roles) },
    institutions: file.institutions.map((institution, at) =>
      institutionOf(institution, `institutions[${String(at)}]`, secrets),
    ),
  };
}

function storeOf({ dataDir = '', ...limits }: ConfigFile['store'], databaseUrl = ''): StoreSettings {
  return { ...limits, ...(databaseUrl === '' ? { dataDir } : { databaseUrl }) };
}

/** Users with the right to act or manage may read; by default nobody else may. */
function rolesOf({ act, manage, read = [...new Set([...act, ...manage])] }: ConfigFile['alma']['roles']): Roles {
  return { act, manage, read };
}

function institutionOf(
  { code, almaApiKey, libraries }: ConfigFile['institutions'][number],
  setting: string,
  secrets: SecretReader,
): InstitutionConfig {
  return {
    code,
    almaApiKey: secrets.read(`${setting}.almaApiKey`, almaApiKey, apiKey),
    libraries: libraries.map(({ account: { user, password }, iso18626, ...library }, at) => {
      const place = `${setting}.libraries[${String(at)}]`;
      const read = secrets.read(`${place}.account.password`, password, catpPassword);
      const account = { memberId: library.memberId, user, password: read };
      const partner = iso18626 && partnerOf(iso18626, `${place}.iso18626`, secrets);
      return { ...library, account, ...(partner && { iso18626: partner }) };
    }),
  };
}

type PartnerFile = NonNullable<ConfigFile['institutions'][number]['libraries'][number]['iso18626']>;

function partnerOf(
  { secret, securityCode, ...partner }: PartnerFile,
  setting: string,
  secrets: SecretReader,
): PartnerConfig {
  return {
    ...partner,
    secret: secrets.rotating(`${setting}.secret`, secret, addressPart),
    ...(securityCode && { securityCode: secrets.rotating(`${setting}.securityCode`, securityCode, securityCodeText) }),
  };
}

/** The text after `apikey` in a header. */
const apiKey: TextRule = (key) => (/^[\x21-\x7e]+$/.test(key) ? undefined : 'holds a character that no API key has');

/** The last part of an address that only Alma knows. */
const addressPart: TextRule = (secret) =>
  /^[A-Za-z0-9_-]{32,128}$/.test(secret) ? undefined : 'must have 32 to 128 letters, digits, - and _';

const securityCodeText: TextRule = (code) =>
  /^[^\s\p{Cc}]{1,255}$/u.test(code) ? undefined : 'holds a blank or a control character, or is too long';

/** Reads secrets and records missing ones under the name of their setting. */
class SecretReader {
  readonly problems: string[] = [];
  readonly #env: Environment;
  readonly #files: SecretFiles;

  constructor(env: Environment, files: SecretFiles) {
    this.#env = env;
    this.#files = files;
  }

  /**
   * The secret without surrounding blanks and line ends; '' when it is missing or the rule refuses it. No message
   * contains its value.
   */
  read(setting: string, secret: Secret, rule: TextRule): string {
    const value = ('env' in secret ? this.#env[secret.env] : this.#file(secret.file))?.trim() ?? '';
    const fault = value === '' ? missing(secret) : rule(value);
    if (fault === undefined) return value;
    this.problems.push(`${setting}: ${fault}`);
    return '';
  }

  /** A secret of one or two lines that is read again when its file changes. Faults as in `read`. */
  rotating(setting: string, secret: Secret, rule: TextRule): RotatingSecret {
    const values = valuesIn(('env' in secret ? this.#env[secret.env] : this.#file(secret.file)) ?? '');
    const fault = values.length === 0 ? missing(secret) : faultOfValues(values, rule);
    if (fault !== undefined) this.problems.push(`${setting}: ${fault}`);
    const valid = fault === undefined ? values : [];
    return 'env' in secret ? { current: () => valid } : new SecretFile(valid, setting, secret.file, this.#files, rule);
  }

  #file(path: string): string | undefined {
    try {
      return this.#files.read(path);
    } catch {
      return undefined;
    }
  }
}

function missing(secret: Secret): string {
  return 'env' in secret ? `the environment has no ${secret.env}` : `the file ${secret.file} is missing or empty`;
}

/** Faults that a schema cannot express, one line each: `path: what is wrong`. */
function contradictionsIn({ institutions }: GatewayConfig): readonly string[] {
  const libraries = institutions.flatMap(({ code, libraries: own }, at) =>
    own.map((library, place) => ({
      ...{ library, institution: code },
      setting: `institutions[${String(at)}].libraries[${String(place)}]`,
    })),
  );
  const codes = institutions.map(({ code }) => code);
  const twice = codes.flatMap((code, at) =>
    codes.indexOf(code) < at ? [`institutions[${String(at)}].code: ${code} stands twice`] : [],
  );
  return [...libraries.flatMap((place, at) => contradictionsOf(place, libraries.slice(0, at))), ...twice];
}

interface NamedLibrary {
  readonly library: LibraryConfig;
  readonly institution: string;
  /** Path of the library's setting: `institutions[0].libraries[1]`. */
  readonly setting: string;
}

function contradictionsOf(
  { library, institution, setting }: NamedLibrary,
  before: readonly NamedLibrary[],
): readonly string[] {
  const { code, memberId, integration, iso18626 } = library;
  const isUsed = before.some((other) => other.library.memberId === memberId);
  const sameCode = before.some((other) => other.library.code === code && other.institution === institution);
  return [
    ...(isUsed ? [`${setting}.memberId: ${memberId} is used by another library, too`] : []),
    ...(sameCode ? [`${setting}.code: ${code} stands twice in ${institution}`] : []),
    ...(iso18626 === undefined ? [] : contradictionsOfPartner(iso18626, before)).map(
      (fault) => `${setting}.iso18626.${fault}`,
    ),
    ...checkIntegration({ ...DEFAULT_INTEGRATION, ...integration }, library).map(
      ({ field, code: fault }) => `${setting}.${field}: ${fault}`,
    ),
  ];
}

/** Both the address and the symbols of a message must name one library only. */
function contradictionsOfPartner(partner: PartnerConfig, before: readonly NamedLibrary[]): readonly string[] {
  const others = before.flatMap(({ library }) => library.iso18626 ?? []);
  const secrets = partner.secret.current();
  const sameSecret = others.some(({ secret }) => secret.current().some((value) => secrets.includes(value)));
  const sameSymbols = others.some((other) => symbolsOf(other) === symbolsOf(partner));
  const isOne = partner.symbol.toLowerCase() === partner.almaSymbol.toLowerCase();
  return [
    ...(sameSecret ? ['secret: is used by another library, too'] : []),
    ...(sameSymbols ? ['symbol: another library has the same symbol and almaSymbol'] : []),
    ...(isOne ? ['symbol: is the almaSymbol, too'] : []),
  ];
}

function symbolsOf({ symbol, almaSymbol }: PartnerConfig): string {
  return [symbol, almaSymbol].sort().join(' ').toLowerCase();
}

function missingStore(file: ConfigFile, { store }: GatewayConfig): readonly string[] {
  const isMissing = file.store.dataDir === undefined && !('databaseUrl' in store);
  return isMissing ? ['store.dataDir: is needed where the environment has no DATABASE_URL'] : [];
}
