import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { request } from 'undici';
import type { GatewayConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { Caller } from './token-verifier';

export interface Permissions {
  /** Fulfillment Services Operator: may order and act. */
  readonly mayAct: boolean;
  /** Manager, General System Administrator: may also change profile and schedule. */
  readonly mayManage: boolean;
}

const UserSchema = Type.Object({
  user_role: Type.Optional(
    Type.Array(
      Type.Object({
        status: Type.Optional(Type.Object({ value: Type.Optional(Type.String()) })),
        role_type: Type.Optional(Type.Object({ value: Type.Optional(Type.String()) })),
      }),
    ),
  ),
});

const TIMEOUT_MS = 10_000;
/** Alma's error code of a user that does not exist, in a body of status 400. */
const NO_SUCH_USER = '401861';

type Settings = Pick<GatewayConfig['alma'], 'url' | 'roles' | 'roleCacheSeconds'>;

/** The roles of a user, read from Alma with the institution's API key and kept for a while. */
export class RoleReader {
  readonly #alma: Settings;
  readonly #base: string;
  readonly #now: () => number;
  readonly #cache = new Map<string, { readonly permissions: Permissions; readonly until: number }>();

  constructor(alma: Settings, now: () => number = Date.now) {
    this.#alma = alma;
    this.#base = alma.url.replace(/\/$/, '');
    this.#now = now;
  }

  /** Throws `alma-unavailable` when Alma does not say. A user that Alma does not know may do nothing. */
  async permissionsOf(caller: Caller): Promise<Permissions> {
    const key = `${caller.institution.code}\n${caller.userId}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && cached.until > this.#now()) return cached.permissions;
    const roles = await this.#roles(caller);
    const has = (codes: readonly string[]) => codes.some((code) => roles.has(code));
    const permissions = { mayAct: has(this.#alma.roles.act), mayManage: has(this.#alma.roles.manage) };
    this.#cache.set(key, { permissions, until: this.#now() + this.#alma.roleCacheSeconds * 1000 });
    return permissions;
  }

  async #roles(caller: Caller): Promise<ReadonlySet<string>> {
    try {
      const user = await this.#user(caller);
      const active = (user?.user_role ?? []).filter((role) => role.status?.value === 'ACTIVE');
      return new Set(active.flatMap((role) => role.role_type?.value ?? []));
    } catch (error) {
      const detail = 'the roles of the user cannot be read from Alma';
      throw new GatewayError('alma-unavailable', { detail }, { cause: error });
    }
  }

  /** undefined: Alma knows no such user. */
  async #user({ institution, userId }: Caller): Promise<Static<typeof UserSchema> | undefined> {
    const { statusCode, body } = await request(`${this.#base}/almaws/v1/users/${encodeURIComponent(userId)}`, {
      headers: { authorization: `apikey ${institution.almaApiKey}`, accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (statusCode === 200) return Value.Parse(UserSchema, await body.json());
    // A wrong API key is answered with 400, too, and says nothing of the user.
    const text = await body.text();
    if (statusCode === 400 && text.includes(NO_SUCH_USER)) return undefined;
    throw new Error(`Alma answered ${String(statusCode)}`);
  }
}
