import Type, { type Static } from 'typebox';
import { IntegrationSchema } from '#domain/api-profile';
import { ALMA_DEFAULTS } from './alma/settings';
import { IMPORT_DEFAULTS } from './imports/settings';
import { NACSIS_DEFAULTS } from './nacsis/settings';
import type { Secret } from './secret-reader';

/** A secret stands in the environment or in a file of its own, never in the configuration. */
const SecretSchema = Type.Unsafe<Secret>(
  Type.Union([
    Type.Object({ env: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
    Type.Object({ file: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  ]),
);

/** What may be nothing at all; every other number is at least 1. */
const MAY_BE_ZERO: readonly string[] = [
  ...['queueLimit', 'loginPauseSeconds', 'memberCacheSeconds'],
  ...['createSettleSeconds', 'eraseNamesDays'],
];
const optionalNumber = (minimum: number) => Type.Optional(Type.Integer({ minimum }));
const numbersOf = <T extends object>(defaults: T) =>
  Object.fromEntries(
    Object.keys(defaults).map((name) => [name, optionalNumber(MAY_BE_ZERO.includes(name) ? 0 : 1)]),
  ) as { [name in keyof T]: ReturnType<typeof optionalNumber> };

/**
 * Role codes of Alma's user records. Which numbers the two Fulfillment Services roles have is not confirmed by Ex Libris'
 * pages; correct them here or by `alma.roles`. 26 = General System Administrator (alma.md section 3).
 */
export const DEFAULT_ROLES = { act: ['214', '215', '26'], manage: ['215', '26'] } as const;

/** The configuration file as it is written: what may be left out has a default in `config.ts`. */
export const ConfigFileSchema = Type.Object(
  {
    listen: Type.Object(
      { host: Type.String({ minLength: 1 }), port: Type.Integer({ minimum: 0, maximum: 65535 }) },
      { additionalProperties: false },
    ),
    store: Type.Object({ dataDir: Type.Optional(Type.String({ minLength: 1 })) }, { additionalProperties: false }),
    nacsis: Type.Object(
      {
        url: Type.String({ pattern: '^https?://' }),
        settleSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
        ...numbersOf(NACSIS_DEFAULTS),
      },
      { additionalProperties: false },
    ),
    auth: Type.Object(
      {
        issuer: Type.Optional(Type.String({ minLength: 1 })),
        audience: Type.String({ minLength: 1 }),
        jwksUrl: Type.String({ pattern: '^https?://.*\\{institution\\}' }),
        acceptOldTokenForm: Type.Optional(Type.Boolean()),
        clockToleranceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
      },
      { additionalProperties: false },
    ),
    alma: Type.Object(
      {
        url: Type.String({ pattern: '^https?://' }),
        roles: Type.Optional(
          Type.Object(
            { act: Type.Array(Type.String()), manage: Type.Array(Type.String()) },
            { additionalProperties: false },
          ),
        ),
        roleCacheSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
        ...numbersOf(ALMA_DEFAULTS),
      },
      { additionalProperties: false },
    ),
    imports: Type.Optional(Type.Object(numbersOf(IMPORT_DEFAULTS), { additionalProperties: false })),
    cors: Type.Object(
      { origins: Type.Array(Type.String({ pattern: '^https?://[^/]+$' })) },
      { additionalProperties: false },
    ),
    mode: Type.Optional(Type.Enum(['lenient', 'strict'])),
    logLevel: Type.Optional(Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])),
    institutions: Type.Array(
      Type.Object(
        {
          code: Type.String({ minLength: 1 }),
          almaApiKey: SecretSchema,
          libraries: Type.Array(
            Type.Object(
              {
                code: Type.String({ minLength: 1 }),
                name: Type.String({ minLength: 1 }),
                memberId: Type.String({ minLength: 1 }),
                account: Type.Object(
                  { user: Type.String({ minLength: 1 }), password: SecretSchema },
                  { additionalProperties: false },
                ),
                /** How the import works for a library that has saved no integration profile yet. */
                integration: Type.Optional(Type.Partial(IntegrationSchema)),
              },
              { additionalProperties: false },
            ),
            { minItems: 1 },
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
);
export type ConfigFile = Static<typeof ConfigFileSchema>;
