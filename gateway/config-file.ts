import Type, { type Static } from 'typebox';
import { CatpError } from '#catp/errors';
import { formatHeader } from '#catp/header-block';
import { loginHeader } from '#catp/login';
import { IntegrationSchema } from '#domain/api/profile';
import { parseMemberId } from '#domain/catalog/identifiers';
import { AlmaSchema } from './alma/settings';
import { BridgeSchema } from './bridge/settings';
import { ConnectionsSchema } from './connections';
import { ImportsSchema } from './runs/settings';
import { NacsisSchema } from './nacsis/settings';
import {
  days,
  group,
  jwksAddress,
  plainCode,
  plainName,
  seconds,
  ipRange,
  text,
  webAddress,
  webOrigin,
  type TextRule,
} from './setting-kinds';
import { PoolSchema } from './store/pool';

/** Environment variables, besides those that hold the secrets. */
export const EnvironmentSchema = Type.Object({
  GATEWAY_CONFIG: Type.Optional(
    Type.String({ description: 'path of the configuration, when the command line has no `--config`' }),
  ),
  DATABASE_URL: Type.Optional(
    Type.String({
      description:
        "`postgres://user:password@host:port/database`. With TLS: `?sslmode=verify-full`, and `&sslrootcert=FILE` when Node does not know the server's authority",
    }),
  ),
});

/** Location of a secret: an environment variable, or a file that contains nothing else. */
export type Secret = { readonly env: string } | { readonly file: string };
function secret(description: string) {
  return Type.Unsafe<Secret>(
    Type.Union([group({ env: Type.String({ minLength: 1 }) }), group({ file: Type.String({ minLength: 1 }) })], {
      description,
    }),
  );
}

/** CATP writes `user,password` into a header, and the first comma ends the user. */
const catpUser: TextRule = (user) => loginFault({ user, password: 'x' });
export const catpPassword: TextRule = (password) => loginFault({ user: 'x', password });

function loginFault(login: Parameters<typeof loginHeader>[0]): string | undefined {
  const words = 'cannot stand in a login of CATP (plain ASCII, no blank at an end, no comma in the user)';
  try {
    formatHeader(loginHeader(login), ': ');
    return login.user === login.user.trim() && login.password === login.password.trim() ? undefined : words;
  } catch (error) {
    if (error instanceof CatpError) return words;
    throw error;
  }
}

const memberId: TextRule = (id) => {
  const parsed = parseMemberId(id);
  return parsed.ok && parsed.value === id ? undefined : `${id} is no FA number (FA, five digits, check character)`;
};

/** Role codes of Alma's user records. */
const roleCodes = (description: string, codes?: readonly string[]) =>
  Type.Array(text(plainName), codes === undefined ? { description } : { description, default: [...codes] });

/** `type:value`, as Alma's partner form takes it. */
const symbol: TextRule = (value) =>
  /^[^\s:]{1,20}:[^\s:]{1,40}$/.test(value) ? undefined : 'is no symbol of the form type:value';

/** The gateway as a resource sharing partner of Alma. */
const PartnerSchema = group(
  {
    address: text(webAddress, "Alma's own address for messages of ISO 18626"),
    symbol: text(symbol, "the gateway's symbol in Alma's partner record, such as `ISIL:JP-NACSIS`"),
    almaSymbol: text(symbol, "the library's own symbol in Alma, such as `ISIL:JP-EXAMPLE`"),
    secret: secret(
      'secret; the last part of the address in the partner record: `/iso18626/<secret>`, 32 to 128 letters, digits, `-` and `_`. A file is read again when it changes, and may hold an old and a new secret on two lines',
    ),
    securityCode: Type.Optional(
      secret('secret; what Alma sends as `securityCode`, if it sends one. A file is read again when it changes'),
    ),
    allowedAddresses: Type.Optional(
      Type.Array(text(ipRange), {
        description:
          'IP addresses and ranges (`192.0.2.0/24`) from which messages are taken; others get 404. The address is that of the connection: behind a proxy, that of the proxy. Absent: all',
      }),
    ),
  },
  { description: 'for the writer `iso18626` ([how to set it up](iso18626.md))' },
);

const LibrarySchema = group({
  code: text(plainCode, 'code of the resource sharing library'),
  name: text(plainName, 'name of the library'),
  memberId: text(memberId, 'FA number', { minLength: 1 }),
  account: group({
    user: text(catpUser, 'user of the NACSIS-ILL account, without a comma'),
    password: secret('secret, in plain ASCII'),
  }),
  iso18626: Type.Optional(PartnerSchema),
  integration: Type.Optional(
    Type.Partial(IntegrationSchema, {
      description: 'how the import works until the library saves an integration profile',
    }),
  ),
});

/**
 * Every setting of the configuration, with its meaning, default and limits. A module with settings of its own defines
 * its group in its own schema. `npm run settings` writes the tables of docs/operate.md from this schema, in this order.
 */
export const ConfigFileSchema = group({
  listen: group(
    {
      host: text(plainName, 'address on which the gateway listens'),
      port: Type.Integer({ minimum: 0, maximum: 65535, description: 'port on which the gateway listens' }),
      ...ConnectionsSchema.properties,
    },
    { title: 'Connections' },
  ),
  cors: group({ origins: Type.Array(text(webOrigin), { description: 'origins that serve the app' }) }),
  store: group(
    {
      dataDir: Type.Optional(
        text(
          plainName,
          'folder of the embedded PostgreSQL (`postgres/`, log in `postgres/log/`) and of `operator-key`. Belongs to one process at a time. Unused with `DATABASE_URL`, required without',
        ),
      ),
      ...PoolSchema.properties,
    },
    { title: 'Store' },
  ),
  nacsis: group(
    {
      ...NacsisSchema.properties,
      /**
       * @unconfirmed O: How long NACSIS-ILL may still work on a command whose answer did not come (`nacsis.settleSeconds`).
       * Confirm: ask NII; or break the connection of some ORDERs to a test account, and note when each request appears.
       */
      settleSeconds: seconds(
        30,
        'how long NACSIS-ILL may still work on a command without an answer, counted from the last moment at which it can have received it',
        { minimum: 0 },
      ),
      // A full reading may take some hundred calls to NACSIS-ILL.
      fullReadingPauseSeconds: seconds(
        600,
        'shortest time between two full readings of a library that users ask for; 0: no pause. What changed can be read at any time, and a full import always reads everything',
        { minimum: 0 },
      ),
    },
    { title: 'NACSIS-ILL' },
  ),
  mode: Type.Enum(['lenient', 'strict'], {
    default: 'lenient',
    description: '`strict` drops the transitions that the documents do not confirm',
  }),
  auth: group(
    {
      audience: text(plainName, "audience of the host's tokens: `ExlCloudApp:<app id>`"),
      /**
       * @unconfirmed I: The issuer of the host's tokens, as other servers check it. Confirm: decode a token of a live Cloud App.
       */
      issuer: text(plainName, 'who signs the tokens', { default: 'https://apps01.ext.exlibrisgroup.com/auth' }),
      jwksUrl: text(jwksAddress, 'where the keys are, with `{institution}` in the address'),
      acceptOldTokenForm: Type.Boolean({
        default: false,
        description: 'also accept tokens whose issuer is the app, without an audience',
      }),
      clockToleranceSeconds: seconds(30, 'how far the clocks may differ', { minimum: 0, maximum: 300 }),
    },
    { title: 'Tokens' },
  ),
  alma: group(
    {
      ...AlmaSchema.properties,
      /**
       * 26 = General System Administrator (alma.md section 3).
       * @unconfirmed I: 214 and 215 are Fulfillment Services Operator and Manager. Ex Libris publishes no table of the numbers.
       * Confirm: GET /almaws/v1/users/{id} of a user with each role, and read `role_type`.
       */
      roles: group(
        {
          act: roleCodes('role codes that may order and act', ['214', '215', '26']),
          manage: roleCodes('role codes that may also change templates, views and tariffs, and run imports', [
            '215',
            '26',
          ]),
          read: Type.Optional(
            roleCodes(
              'role codes that may see requests with their patrons, drafts and reports, and search NACSIS-CAT; by default those of `act` and `manage`. Whoever may act or manage may always read',
            ),
          ),
        },
        { default: {} },
      ),
      roleCacheSeconds: seconds(300, 'how long the roles of a user are kept', { minimum: 0 }),
    },
    { title: 'Alma and roles' },
  ),
  imports: group(ImportsSchema.properties, { title: 'Import and retention', default: {} }),
  bridge: group(BridgeSchema.properties, { title: 'Bridge to Alma (ISO 18626)', default: {} }),
  // Librarians resume a draft within days, and start anew after a month; a draft names the patron.
  drafts: group(
    { keepDays: days(30, 'days after the last change until a draft is deleted; 0: never', { minimum: 0 }) },
    { default: {} },
  ),
  logLevel: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
    default: 'info',
    description: 'the least severe events that are logged',
  }),
  institutions: Type.Array(
    group({
      code: text(plainCode, "Alma's institution code"),
      almaApiKey: secret('secret. The key needs the right to read and write users, partners and task lists'),
      libraries: Type.Array(LibrarySchema, { minItems: 1 }),
    }),
    { minItems: 1, title: 'Institutions and libraries' },
  ),
});
/** The configuration file with its defaults. */
export type ConfigFile = Static<typeof ConfigFileSchema>;
