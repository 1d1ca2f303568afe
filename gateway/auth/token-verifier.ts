import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { GatewayConfig, InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';

/** Who calls: read from a verified host token, or from the command line. */
export interface Caller {
  readonly institution: InstitutionConfig;
  /** The user's primary id in Alma. */
  readonly userId: string;
  /** Calls from the command line with the gateway's own key (auth/operator-key.ts), and is no user of Alma. */
  readonly isOperator?: true;
}

/** The old form of the token carries the app's id as issuer (cloudapp-sdk 1.8). */
const APP_PREFIX = 'ExlCloudApp:';

/**
 * Verifies host tokens: RS256 with the institution's own keys, issuer, audience, expiry, and an institution that this gateway
 * serves. The institution is read from the unverified token only to choose the keys; the verified one must be the same.
 */
export class TokenVerifier {
  readonly #auth: GatewayConfig['auth'];
  readonly #institutions: ReadonlyMap<string, InstitutionConfig>;
  readonly #keys = new Map<string, JWTVerifyGetKey>();

  constructor(config: Pick<GatewayConfig, 'auth' | 'institutions'>) {
    this.#auth = config.auth;
    this.#institutions = new Map(config.institutions.map((institution) => [institution.code, institution]));
  }

  /** Throws `unauthenticated` for a token that is not good, `alma-unavailable` when the keys cannot be had. */
  async verify(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) throw refused('the call carries no host token');
    const institution = this.#institutions.get(claimedInstitution(token));
    if (institution === undefined) throw refused('the institution of the token is not served here');
    const payload = await this.#verified(token, institution.code);
    if (payload['inst_code'] !== institution.code || payload.sub === undefined || payload.sub === '')
      throw refused('the token names no user');
    return { institution, userId: payload.sub };
  }

  async #verified(token: string, institution: string): Promise<JWTPayload> {
    const { audience, issuer, clockToleranceSeconds, acceptOldTokenForm } = this.#auth;
    try {
      const { payload } = await jwtVerify(token, this.#keysOf(institution), {
        algorithms: ['RS256'],
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp'],
      });
      const current =
        payload.iss === issuer && (Array.isArray(payload.aud) ? payload.aud : [payload.aud]).includes(audience);
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

function claimedInstitution(token: string): string {
  try {
    const claim = decodeJwt(token)['inst_code'];
    return typeof claim === 'string' ? claim : '';
  } catch {
    throw refused('the token cannot be read');
  }
}

/** Errors that come from fetching the keys, not from the token. */
function isKeyTrouble(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
}

function refused(detail: string): GatewayError {
  return new GatewayError('unauthenticated', { detail });
}
