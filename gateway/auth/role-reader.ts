import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { request } from 'undici';
import type { GatewayConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { Caller } from './token-verifier';

export interface Permissions {
  /**
   * May read requests with their patrons, drafts and reports, and search NACSIS-CAT. Included in the rights to act and
   * to manage.
   */
  readonly mayRead: boolean;
  /** Fulfillment Services Operator: may order and act. */
  readonly mayAct: boolean;
  /** Manager, General System Administrator: may also change profile and schedule. */
  readonly mayManage: boolean;
}

/**
 * What the permissions are needed for. While Alma cannot answer, users who could read a while ago may still read;
 * nobody may change anything.
 */
export type Purpose = 'reading' | 'changing';

const UserSchema = Type.Object({
  primary_id: Type.String(),
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
/** 8 hours, a working day: expired permissions still allow reading for this long while Alma cannot answer. */
const STALE_MS = 8 * 3_600_000;
/** Alma's error code for a user that does not exist, in a body with status 400. */
const NO_SUCH_USER = '401861';

type Settings = Pick<GatewayConfig['alma'], 'url' | 'roles' | 'roleCacheSeconds'>;

/** Reads the roles of a user from Alma with the institution's API key, and caches them for a while. */
export class RoleReader {
  readonly #alma: Settings;
  readonly #base: string;
  readonly #now: () => number;
  readonly #cache = new Map<string, { readonly permissions: Permissions; readonly until: number }>();
  /** Shares one call to Alma among the parallel calls of a page. */
  readonly #asked = new Map<string, Promise<Permissions>>();

  constructor(alma: Settings, now: () => number = Date.now) {
    this.#alma = alma;
    this.#base = alma.url.replace(/\/$/, '');
    this.#now = now;
  }

  /** Throws `alma-unavailable` when Alma does not answer. A user unknown to Alma has no permissions. */
  async permissionsOf(caller: Caller, purpose: Purpose = 'changing'): Promise<Permissions> {
    const key = `${caller.institution.code}\n${caller.userId}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined && cached.until > this.#now()) return cached.permissions;
    const asked = this.#asked.get(key) ?? this.#ask(key, caller).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked.catch((error: unknown) => {
      if (purpose === 'reading' && cached !== undefined && cached.until + STALE_MS > this.#now())
        return cached.permissions;
      throw error;
    });
  }

  async #ask(key: string, caller: Caller): Promise<Permissions> {
    const roles = await this.#roles(caller);
    const has = (codes: readonly string[]) => codes.some((code) => roles.has(code));
    const { read, act, manage } = this.#alma.roles;
    const [mayAct, mayManage] = [has(act), has(manage)];
    const permissions = { mayRead: mayAct || mayManage || has(read), mayAct, mayManage };
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

  /** Undefined when Alma does not know the user. */
  async #user({ institution, userId }: Caller): Promise<Static<typeof UserSchema> | undefined> {
    const { statusCode, body } = await request(`${this.#base}/almaws/v1/users/${encodeURIComponent(userId)}`, {
      headers: { authorization: `apikey ${institution.almaApiKey}`, accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (statusCode === 200) {
      const user = Value.Parse(UserSchema, await body.json());
      // Alma also finds users by other identifiers: the id of one user may be the barcode of another.
      return user.primary_id.toLowerCase() === userId.toLowerCase() ? user : undefined;
    }
    // A wrong API key is also answered with 400, and says nothing about the user.
    const text = await body.text();
    if (statusCode === 400 && text.includes(NO_SUCH_USER)) return undefined;
    throw new Error(`Alma answered ${String(statusCode)}`);
  }
}
