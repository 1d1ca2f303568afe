import { readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { parseMemberId } from '#domain/identifiers';
import { NACSIS_DEFAULTS, type NacsisSettings } from './nacsis/settings';

/** A secret stands in the environment or in a file of its own, never in the configuration. */
const SecretSchema = Type.Union([
  Type.Object({ env: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  Type.Object({ file: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
]);
type Secret = Static<typeof SecretSchema>;

const optionalNumbers = <const N extends string>(names: readonly N[]) =>
  Object.fromEntries(names.map((name) => [name, Type.Optional(Type.Integer({ minimum: 0 }))])) as { [name in N]: ReturnType<typeof optionalInteger> };
const optionalInteger = () => Type.Optional(Type.Integer({ minimum: 0 }));
const NACSIS_NUMBERS = Object.keys(NACSIS_DEFAULTS) as (keyof typeof NACSIS_DEFAULTS)[];

/**
 * Role codes of Alma's user records. Which numbers the two Fulfillment Services roles have is not confirmed by Ex Libris'
 * pages; correct them here or by `alma.roles`. 26 = General System Administrator (alma.md section 3).
 */
export const DEFAULT_ROLES = { act: ['214', '215', '26'], manage: ['215', '26'] } as const;

const ConfigSchema = Type.Object({
  listen: Type.Object({ host: Type.String({ minLength: 1 }), port: Type.Integer({ minimum: 0, maximum: 65535 }) }, { additionalProperties: false }),
  store: Type.Object({ dataDir: Type.Optional(Type.String({ minLength: 1 })) }, { additionalProperties: false }),
  nacsis: Type.Object({ url: Type.String({ pattern: '^https?://' }), settleSeconds: Type.Optional(Type.Integer({ minimum: 0 })), ...optionalNumbers(NACSIS_NUMBERS) }, { additionalProperties: false }),
  auth: Type.Object({
    issuer: Type.Optional(Type.String({ minLength: 1 })),
    audience: Type.String({ minLength: 1 }),
    jwksUrl: Type.String({ pattern: '^https?://.*\\{institution\\}' }),
    acceptOldTokenForm: Type.Optional(Type.Boolean()),
    clockToleranceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
  }, { additionalProperties: false }),
  alma: Type.Object({
    url: Type.String({ pattern: '^https?://' }),
    roles: Type.Optional(Type.Object({ act: Type.Array(Type.String()), manage: Type.Array(Type.String()) }, { additionalProperties: false })),
    roleCacheSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
  }, { additionalProperties: false }),
  cors: Type.Object({ origins: Type.Array(Type.String({ pattern: '^https?://[^/]+$' })) }, { additionalProperties: false }),
  mode: Type.Optional(Type.Enum(['lenient', 'strict'])),
  logLevel: Type.Optional(Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])),
  institutions: Type.Array(Type.Object({
    code: Type.String({ minLength: 1 }),
    almaApiKey: SecretSchema,
    libraries: Type.Array(Type.Object({
      code: Type.String({ minLength: 1 }),
      name: Type.String({ minLength: 1 }),
      memberId: Type.String({ minLength: 1 }),
      account: Type.Object({ user: Type.String({ minLength: 1 }), password: SecretSchema }, { additionalProperties: false }),
    }, { additionalProperties: false }), { minItems: 1 }),
  }, { additionalProperties: false }), { minItems: 1 }),
}, { additionalProperties: false });
type ConfigFile = Static<typeof ConfigSchema>;

export interface LibraryConfig {
  readonly code: string;
  readonly name: string;
  readonly memberId: string;
  readonly account: { readonly memberId: string; readonly user: string; readonly password: string };
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
  readonly auth: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string; readonly acceptOldTokenForm: boolean; readonly clockToleranceSeconds: number };
  readonly alma: { readonly url: string; readonly roles: { readonly act: readonly string[]; readonly manage: readonly string[] }; readonly roleCacheSeconds: number };
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

type Environment = Readonly<Record<string, string | undefined>>;
type ReadFile = (path: string) => string;

/** Reads and checks the configuration file. Throws a `ConfigError` that names every wrong setting. */
export function loadConfig(path: string, env: Environment = process.env, read: ReadFile = (file) => readFileSync(file, 'utf8')): GatewayConfig {
  let json: unknown;
  try {
    json = JSON.parse(read(path));
  } catch (error) {
    throw new ConfigError([`${path}: cannot be read as JSON (${error instanceof Error ? error.message : String(error)})`]);
  }
  return parseConfig(json, env, read);
}

export function parseConfig(json: unknown, env: Environment, read: ReadFile): GatewayConfig {
  const problems = Value.Errors(ConfigSchema, json).map(({ instancePath, message }) => `${settingName(instancePath)}: ${message}`);
  if (!Value.Check(ConfigSchema, json)) throw new ConfigError([...new Set(problems)]);
  const secrets = new SecretReader(env, read);
  const config = completed(json, env, secrets);
  const wrong = [...secrets.problems, ...contradictions(json, env)];
  if (wrong.length > 0) throw new ConfigError(wrong);
  return config;
}

class SecretReader {
  readonly problems: string[] = [];
  constructor(private readonly env: Environment, private readonly readFile: ReadFile) {}

  read(setting: string, secret: Secret): string {
    const value = 'env' in secret ? this.env[secret.env] : this.#file(secret.file);
    if (value !== undefined && value.trim() !== '') return value.trim();
    this.problems.push(`${setting}: ${'env' in secret ? `the environment has no ${secret.env}` : `the file ${secret.file} is missing or empty`}`);
    return '';
  }

  #file(path: string): string | undefined {
    try {
      return this.readFile(path);
    } catch {
      return undefined;
    }
  }
}

function completed(file: ConfigFile, env: Environment, secrets: SecretReader): GatewayConfig {
  const databaseUrl = env['DATABASE_URL'];
  const { settleSeconds = 30, ...nacsis } = file.nacsis;
  return {
    listen: file.listen,
    store: databaseUrl === undefined || databaseUrl === '' ? { dataDir: file.store.dataDir ?? '' } : { databaseUrl },
    nacsis: { ...NACSIS_DEFAULTS, ...nacsis, settleSeconds },
    auth: { issuer: 'https://apps01.ext.exlibrisgroup.com/auth', acceptOldTokenForm: false, clockToleranceSeconds: 30, ...file.auth },
    alma: { roleCacheSeconds: 300, ...file.alma, roles: file.alma.roles ?? DEFAULT_ROLES },
    cors: file.cors,
    mode: file.mode === 'strict' ? 'strict' : 'lenient',
    logLevel: String(file.logLevel ?? 'info'),
    institutions: file.institutions.map((institution, at) => ({
      code: institution.code,
      almaApiKey: secrets.read(`institutions[${String(at)}].almaApiKey`, institution.almaApiKey),
      libraries: institution.libraries.map((library, place) => ({
        code: library.code,
        name: library.name,
        memberId: library.memberId,
        account: {
          memberId: library.memberId,
          user: library.account.user,
          password: secrets.read(`institutions[${String(at)}].libraries[${String(place)}].account.password`, library.account.password),
        },
      })),
    })),
  };
}

/** What a schema cannot say. */
function contradictions(file: ConfigFile, env: Environment): readonly string[] {
  const libraries = file.institutions.flatMap((institution, at) => institution.libraries.map((library, place) => ({
    ...library, owner: institution.code, setting: `institutions[${String(at)}].libraries[${String(place)}]`,
  })));
  const wrongIds = libraries.flatMap(({ memberId, setting }) => {
    const parsed = parseMemberId(memberId);
    return parsed.ok && parsed.value === memberId ? [] : [`${setting}.memberId: ${memberId} is no FA number (FA, five digits, check character)`];
  });
  const twice = libraries.flatMap(({ memberId, setting }, at) =>
    (libraries.slice(0, at).some((other) => other.memberId === memberId) ? [`${setting}.memberId: ${memberId} is used by another library, too`] : []));
  const sameCode = libraries.flatMap(({ code, owner, setting }, at) =>
    (libraries.slice(0, at).some((other) => other.code === code && other.owner === owner) ? [`${setting}.code: ${code} stands twice in ${owner}`] : []));
  const codes = file.institutions.map(({ code }) => code);
  const institutions = codes.flatMap((code, at) => (codes.indexOf(code) < at ? [`institutions[${String(at)}].code: ${code} stands twice`] : []));
  const noStore = (env['DATABASE_URL'] ?? '') === '' && file.store.dataDir === undefined;
  return [...wrongIds, ...twice, ...sameCode, ...institutions, ...(noStore ? ['store.dataDir: is needed where the environment has no DATABASE_URL'] : [])];
}

/** `/institutions/0/code` → `institutions[0].code` */
function settingName(pointer: string): string {
  const name = pointer.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('');
  return name === '' ? 'configuration' : name.replace(/^\./, '');
}
