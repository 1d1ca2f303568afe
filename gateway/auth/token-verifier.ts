import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { GatewayConfig, InstitutionConfig } from '../config';
import { textFault } from '#domain/ill/sendable-text';
import { GatewayError } from '../gateway-error';

/** The caller: from a verified host token, or from the command line. */
export interface Caller {
  readonly institution: InstitutionConfig;
  /** The user's primary id in Alma. */
  readonly userId: string;
  /** Calls from the command line with the gateway's own key (auth/operator-key.ts); not a user of Alma. */
  readonly isOperator?: true;
}

/** The old token format has the app's id as issuer (cloudapp-sdk 1.8). */
const APP_PREFIX = 'ExlCloudApp:';
/** Maximum number of characters of a user's id, as in a request of the ILS (domain/api/requests.ts). */
const MAX_USER_ID = 255;

/**
 * Verifies host tokens: RS256 with the institution's own keys, issuer, audience, expiry, and an institution that this
 * gateway serves. The institution in the unverified token only selects the keys; the verified one must be the same.
 */
export class TokenVerifier {
  readonly #auth: GatewayConfig['auth'];
  readonly #institutions: ReadonlyMap<string, InstitutionConfig>;
  readonly #keys = new Map<string, JWTVerifyGetKey>();

  constructor(config: Pick<GatewayConfig, 'auth' | 'institutions'>) {
    this.#auth = config.auth;
    this.#institutions = new Map(config.institutions.map((institution) => [institution.code, institution]));
  }

  /** Throws `unauthenticated` for an invalid token, `alma-unavailable` when the keys cannot be fetched. */
  async verify(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) throw refused('the call carries no host token');
    const institution = this.#institutions.get(claimedInstitution(token));
    if (institution === undefined) throw refused('the institution of the token is not served here');
    const payload: Claims = await this.#verified(token, institution.code);
    if (payload['inst_code'] !== institution.code || !isUserId(payload['sub']))
      throw refused('the token names no user');
    return { institution, userId: payload['sub'] };
  }

  async #verified(token: string, institution: string): Promise<JWTPayload> {
    const { audience, issuer, clockToleranceSeconds, acceptOldTokenForm } = this.#auth;
    try {
      const { payload } = await jwtVerify(token, this.#keysOf(institution), {
        algorithms: ['RS256'],
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp'],
      });
      const current = payload.iss === issuer && audiencesOf(payload).includes(audience);
      const old = acceptOldTokenForm && audience.startsWith(APP_PREFIX) && payload.iss === audience;
      if (!current && !old) throw refused('the token is not for this app');
      return payload;
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      if (isKeyTrouble(error))
        throw new GatewayError(
          'alma-unavailable',
          { detail: 'the keys of the institution cannot be read' },
          { cause: error },
        );
      throw new GatewayError(
        'unauthenticated',
        { detail: error instanceof errors.JWTExpired ? 'the token has expired' : 'the token is not valid' },
        { cause: error },
      );
    }
  }

  #keysOf(institution: string): JWTVerifyGetKey {
    const known = this.#keys.get(institution);
    if (known !== undefined) return known;
    const url = new URL(this.#auth.jwksUrl.replaceAll('{institution}', encodeURIComponent(institution)));
    const keys = createRemoteJWKSet(url, { timeoutDuration: 5_000, cooldownDuration: 10_000 });
    this.#keys.set(institution, keys);
    return keys;
  }
}

/** Claims of any type: jose declares their intended types, but checks only times. */
type Claims = Readonly<Record<string, unknown>>;

/** Returns the audiences: a single one, or a list that has only texts; otherwise none. */
function audiencesOf({ aud }: Claims): readonly unknown[] {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return audiences.every((each) => typeof each === 'string') ? audiences : [];
}

/** A primary id of Alma. It is stored, logged, and part of Alma's URLs, where `.` and `..` would change the path. */
function isUserId(sub: unknown): sub is string {
  if (typeof sub !== 'string' || sub.length > MAX_USER_ID || textFault(sub) !== undefined) return false;
  return sub === sub.trim() && !/^\.{0,2}$/.test(sub);
}

function claimedInstitution(token: string): string {
  try {
    const claim = decodeJwt(token)['inst_code'];
    return typeof claim === 'string' ? claim : '';
  } catch {
    throw refused('the token cannot be read');
  }
}

/** True for errors from fetching the keys, not from the token. */
function isKeyTrouble(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
}

function refused(detail: string): GatewayError {
  return new GatewayError('unauthenticated', { detail });
}
