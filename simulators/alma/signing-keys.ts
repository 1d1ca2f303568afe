import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { JsonFile } from '../shared/json-file';

/**
 * Issuer and audience of the tokens that Alma gives a Cloud App.
 * @unconfirmed I: Issuer and audience of the host's tokens, as servers of others check them. Confirm: decode a token of a live Cloud App.
 */
export const TOKEN_ISSUER = 'https://apps01.ext.exlibrisgroup.com/auth';
export const TOKEN_AUDIENCE = 'ExlCloudApp:nacsis-ill-for-alma';
/** @unconfirmed O: How long Alma's tokens live, in seconds. Confirm: decode a token of a live Cloud App. */
export const TOKEN_LIFE = 3600;

interface TokenRequest {
  readonly institution: string;
  readonly user: string;
  /** Current time in seconds. */
  readonly issuedAt: number;
  /** Lifetime from `issuedAt` in seconds; negative for an expired token. */
  readonly expiresIn?: number;
  /** Signs with a key that is not in the institution's key set, but under the id of the key that is. */
  readonly wrongKey?: boolean;
  readonly issuer?: string;
  readonly audience?: string;
}

type KeyFile = Readonly<Record<string, JWK>>;

/** One RSA key per institution, created on first use and stored in the folder. */
export class SigningKeys {
  private readonly keys = new Map<string, Promise<JWK>>();
  private strangersKey: Promise<JWK> | undefined;
  private readonly file: JsonFile<KeyFile>;
  private stored: KeyFile;

  /** Without a folder nothing is stored. */
  constructor(folder: string | undefined) {
    this.file = new JsonFile(folder, 'signing-keys.json', () => this.stored);
    this.stored = this.file.read() ?? {};
    for (const [institution, key] of Object.entries(this.stored)) this.keys.set(institution, Promise.resolve(key));
  }

  async publicKeys(institution: string): Promise<{ readonly keys: readonly JWK[] }> {
    const { kty, n, e, kid } = await this.key(institution);
    return { keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }] as readonly JWK[] };
  }

  /** Signs a host token: RS256 with `iss`, `aud`, `inst_code`, `sub`, `iat`, `exp`. */
  async sign(wanted: TokenRequest): Promise<string> {
    const own = await this.key(wanted.institution);
    const jwk = wanted.wrongKey === true ? await this.strangers() : own;
    return new SignJWT({ inst_code: wanted.institution })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: own.kid ?? '' })
      .setIssuer(wanted.issuer ?? TOKEN_ISSUER)
      .setAudience(wanted.audience ?? TOKEN_AUDIENCE)
      .setSubject(wanted.user)
      .setIssuedAt(wanted.issuedAt)
      .setExpirationTime(wanted.issuedAt + (wanted.expiresIn ?? TOKEN_LIFE))
      .sign(await importJWK(jwk, 'RS256'));
  }

  private key(institution: string): Promise<JWK> {
    const known = this.keys.get(institution);
    if (known) return known;
    const made = generateKey(`${institution}-1`);
    this.keys.set(institution, made);
    return made.then(async (key) => {
      this.stored = { ...this.stored, [institution]: key };
      this.file.changed();
      await this.file.saved();
      return key;
    });
  }

  private strangers(): Promise<JWK> {
    this.strangersKey ??= generateKey('stranger');
    return this.strangersKey;
  }
}

async function generateKey(kid: string): Promise<JWK> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(pair.privateKey)), kid };
}
