import Type, { type Static } from 'typebox';
import { IntegrationSchema } from '#domain/api/profile';
import { ALMA_DEFAULTS } from './alma/settings';
import type { ConnectionLimits } from './connections';
import { MAX_DAYS } from './days-before';
import { IMPORT_DEFAULTS } from './imports/settings';
import { NACSIS_DEFAULTS } from './nacsis/settings';
import { numberSetting, numberSettings } from './number-settings';
import type { Secret } from './secret-reader';
import { STORE_DEFAULTS } from './store/pool';

/** A secret is in the environment or in its own file, never in the configuration. */
const SecretSchema = Type.Unsafe<Secret>(
  Type.Union([
    Type.Object({ env: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
    Type.Object({ file: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  ]),
);

/** Milliseconds, at most ten minutes. */
const Timeout = Type.Optional(Type.Integer({ minimum: 100, maximum: 600_000 }));
const connectionLimits = {
  headersTimeoutMs: Timeout,
  requestTimeoutMs: Timeout,
  stalledTimeoutMs: Timeout,
  maxConnections: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  drainMs: Timeout,
} satisfies Readonly<Record<keyof ConnectionLimits, unknown>>;

/**
 * Role codes of Alma's user records; `alma.roles` replaces them. 26 = General System Administrator (alma.md section 3).
 * @unconfirmed I: 214 and 215 are Fulfillment Services Operator and Manager. Ex Libris publishes no table of the numbers.
 * Confirm: GET /almaws/v1/users/{id} of a user with each role, and read `role_type`.
 */
export const DEFAULT_ROLES = { act: ['214', '215', '26'], manage: ['215', '26'] };

/** The configuration file as written. Optional settings have defaults in `config.ts`. */
export const ConfigFileSchema = Type.Object(
  {
    listen: Type.Object(
      {
        host: Type.String({ minLength: 1 }),
        port: Type.Integer({ minimum: 0, maximum: 65535 }),
        ...connectionLimits,
      },
      { additionalProperties: false },
    ),
    store: Type.Object(
      { dataDir: Type.Optional(Type.String({ minLength: 1 })), ...numberSettings(STORE_DEFAULTS) },
      { additionalProperties: false },
    ),
    nacsis: Type.Object(
      {
        url: Type.String(),
        /**
         * @unconfirmed O: How long NACSIS-ILL may still work on a command whose answer did not come (`nacsis.settleSeconds`).
         * Confirm: ask NII; or break the connection of some ORDERs to a test account, and note when each request appears.
         */
        settleSeconds: numberSetting('settleSeconds'),
        fullReadingPauseSeconds: numberSetting('fullReadingPauseSeconds'),
        ...numberSettings(NACSIS_DEFAULTS),
      },
      { additionalProperties: false },
    ),
    auth: Type.Object(
      {
        issuer: Type.Optional(Type.String({ minLength: 1 })),
        audience: Type.String({ minLength: 1 }),
        jwksUrl: Type.String(),
        acceptOldTokenForm: Type.Optional(Type.Boolean()),
        clockToleranceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
      },
      { additionalProperties: false },
    ),
    alma: Type.Object(
      {
        url: Type.String(),
        roles: Type.Optional(
          Type.Object(
            {
              read: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
              act: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
              manage: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
            },
            { additionalProperties: false },
          ),
        ),
        roleCacheSeconds: numberSetting('roleCacheSeconds'),
        ...numberSettings(ALMA_DEFAULTS),
      },
      { additionalProperties: false },
    ),
    imports: Type.Optional(Type.Object(numberSettings(IMPORT_DEFAULTS), { additionalProperties: false })),
    drafts: Type.Optional(
      Type.Object(
        { keepDays: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_DAYS })) },
        { additionalProperties: false },
      ),
    ),
    cors: Type.Object({ origins: Type.Array(Type.String()) }, { additionalProperties: false }),
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
                /** Import settings of a library that has not saved an integration profile yet. */
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
