import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

export const ISSUER = 'https://issuer.example/auth';
export const AUDIENCE = 'ExlCloudApp:spec-app';

/** Result of the next reading of the keys. */
type KeyFate = 'keys' | 'no-json' | 'status-500' | 'cut';

/** The key sets of the institutions, served over HTTP like Alma does, with a private key for each to sign with. */
export class SpecKeys {
  readonly #server: Server;
  readonly #keys = new Map<string, { readonly kid: string; readonly privateKey: CryptoKey; readonly jwk: object }>();
  fate: KeyFate = 'keys';
  /** Paths that were read. */
  readonly read: string[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(...institutions: readonly string[]): Promise<SpecKeys> {
    const server = createServer((request, response) => {
      keys.read.push(request.url ?? '');
      const { fate } = keys;
      if (fate === 'cut') return void request.socket.destroy();
      response.writeHead(fate === 'status-500' ? 500 : 200, { 'content-type': 'application/json' });
      response.end(fate === 'no-json' ? 'not json' : keys.#setFor(request.url ?? ''));
    });
    const keys = new SpecKeys(server);
    for (const code of institutions) await keys.renew(code);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return keys;
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/auth/{institution}/jwks.json`;
  }

  /** Creates a new key pair for the institution, with a new key id. */
  async renew(institution: string): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const kid = `${institution}-${String(Math.random()).slice(2)}`;
    this.#keys.set(institution, {
      kid,
      privateKey,
      jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    });
  }

  /**
   * A token as the host creates it, signed with the institution's key. `claims` replace those of a valid token;
   * undefined removes one.
   */
  async token(institution: string, claims: JWTPayload = {}, signedBy = institution): Promise<string> {
    const { kid, privateKey } = this.#keys.get(signedBy)!;
    return new SignJWT(goodClaims(institution, claims)).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #setFor(path: string): string {
    const institution = /^\/auth\/(\w+)\/jwks\.json$/.exec(path)?.[1] ?? '';
    const key = this.#keys.get(institution);
    return JSON.stringify({ keys: key === undefined ? [] : [key.jwk] });
  }
}

/** The claims of a token that is valid for an hour. */
export function goodClaims(institution: string, claims: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const good = { iss: ISSUER, aud: AUDIENCE, inst_code: institution, sub: 'staff001', iat: now, exp: now + 3600 };
  const all: Readonly<Record<string, unknown>> = { ...good, ...claims };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
