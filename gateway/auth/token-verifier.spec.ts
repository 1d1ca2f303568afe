import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { GatewayConfig, InstitutionConfig } from '../config';
import { AUDIENCE, goodClaims, ISSUER, SpecKeys } from '../testing/spec-keys';
import { TokenVerifier } from './token-verifier';

const HOME = '81SIM_INST';
const OTHER = '81SIM2_INST';
const UNSERVED = '81ELSE_INST';
const now = () => Math.floor(Date.now() / 1000);

/** Claims of any type, as a foreign signer may write them. */
const claims = (some: Readonly<Record<string, unknown>>) => some as JWTPayload;

describe('TokenVerifier', () => {
  let keys: SpecKeys;
  let verifier: TokenVerifier;

  const institution = (code: string): InstitutionConfig => ({ code, almaApiKey: 'key', libraries: [] });
  const verifierWith = (auth: Partial<GatewayConfig['auth']> = {}) =>
    new TokenVerifier({
      auth: {
        issuer: ISSUER,
        audience: AUDIENCE,
        jwksUrl: keys.jwksUrl,
        acceptOldTokenForm: false,
        clockToleranceSeconds: 30,
        ...auth,
      },
      institutions: [institution(HOME), institution(OTHER)],
    });

  beforeAll(async () => {
    keys = await SpecKeys.start(HOME, OTHER, UNSERVED);
  });
  afterAll(async () => {
    await keys.close();
  });
  beforeEach(() => {
    keys.fate = 'keys';
    keys.read.length = 0;
    verifier = verifierWith();
  });

  const verify = (token: string, by = verifier) => by.verify(`Bearer ${token}`);
  const refused = (code: string) => jasmine.objectContaining({ name: 'GatewayError', code });
  const expectRefused = async (token: string, by = verifier) => {
    await expectAsync(verify(token, by)).toBeRejectedWith(refused('unauthenticated'));
  };

  it('says who calls for which institution', async () => {
    const caller = await verify(await keys.token(HOME));
    expect([caller.institution.code, caller.userId]).toEqual([HOME, 'staff001']);
    expect((await verify(await keys.token(OTHER, { sub: 'x' }))).institution.code).toBe(OTHER);
  });

  it('reads the keys of each institution from its own address, and keeps them', async () => {
    for (const code of [HOME, HOME, OTHER]) await verify(await keys.token(code));
    expect(keys.read).toEqual([`/auth/${HOME}/jwks.json`, `/auth/${OTHER}/jwks.json`]);
  });

  it('takes the new key when the institution has changed it', async () => {
    const fresh = await SpecKeys.start(HOME);
    const other = verifierWith({ jwksUrl: fresh.jwksUrl });
    await verify(await fresh.token(HOME), other);
    await fresh.renew(HOME);
    // During the pause after a reading, an unknown key id causes no new reading.
    await expectRefused(await fresh.token(HOME), other);
    expect((await verify(await fresh.token(HOME), verifierWith({ jwksUrl: fresh.jwksUrl }))).userId).toBe('staff001');
    await fresh.close();
  });

  const WRONG: readonly (readonly [what: string, claims: JWTPayload])[] = [
    ['another issuer', { iss: 'https://issuer.example' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'ExlCloudApp:other-app' }],
    ['the audience of an app in development', { aud: 'ExlCloudApp:!~spec-app' }],
    ['no audience', { aud: undefined }],
    ['an expiry that is past', { exp: now() - 60 }],
    ['no expiry', { exp: undefined }],
    ['a beginning that is not yet', { nbf: now() + 3600 }],
    ['no user', { sub: undefined }],
    ['an empty user', { sub: '' }],
    ['no institution', { inst_code: undefined }],
    ['an institution that is no text', { inst_code: 5 }],
    ...[
      5,
      true,
      null,
      ['staff001'],
      { id: 'staff001' },
      ' ',
      'a\u0000b',
      'a\nb',
      'a\u0085',
      '\ud800',
      '\uffff',
      'x ',
    ].map((sub) => [`the user ${JSON.stringify(sub)}`, claims({ sub })] as const),
    ...['.', '..', 'x'.repeat(256)].map((sub) => [`the user ${sub.slice(0, 5)}`, { sub }] as const),
    ...[5, null, [ISSUER], { x: ISSUER }, ''].map(
      (iss) => [`the issuer ${JSON.stringify(iss)}`, claims({ iss })] as const,
    ),
    ...[5, null, {}, [], [5], [[AUDIENCE]], [AUDIENCE, 5], [AUDIENCE, null]].map(
      (aud) => [`the audience ${JSON.stringify(aud)}`, claims({ aud })] as const,
    ),
    ...['9999999999', null, [], {}, true, -1, 0].map(
      (exp) => [`the expiry ${JSON.stringify(exp)}`, claims({ exp })] as const,
    ),
    ...['0', null, [], true].map((nbf) => [`the beginning ${JSON.stringify(nbf)}`, claims({ nbf })] as const),
    ...['0', null, [], true].map((iat) => [`the time of issue ${JSON.stringify(iat)}`, claims({ iat })] as const),
    ...[null, [HOME], {}, '', `${HOME} `, `${HOME}\u0000`, '__proto__', 'constructor'].map(
      (code) => [`the institution ${JSON.stringify(code)}`, claims({ inst_code: code })] as const,
    ),
  ];
  for (const [what, claims] of WRONG) {
    it(`refuses ${what}`, async () => {
      await expectRefused(await keys.token(HOME, claims));
    });
  }

  it('lets clocks differ by the tolerance, and no more', async () => {
    expect((await verify(await keys.token(HOME, { exp: now() - 10 }))).userId).toBe('staff001');
    await expectRefused(await keys.token(HOME, { exp: now() - 40 }));
    await expectRefused(await keys.token(HOME, { exp: now() - 10 }), verifierWith({ clockToleranceSeconds: 0 }));
  });

  it('says when a token has expired', async () => {
    const expired = jasmine.objectContaining({ details: { detail: 'the token has expired' } });
    await expectAsync(verify(await keys.token(HOME, { exp: now() - 60 }))).toBeRejectedWith(expired);
  });

  it('takes an audience among several', async () => {
    expect((await verify(await keys.token(HOME, { aud: ['other', AUDIENCE] }))).userId).toBe('staff001');
  });

  it('takes the ids of users that Alma has', async () => {
    for (const sub of ['x', '123456', 'staff 001', 'a.b@example.ac.jp', '利用者001', 'x'.repeat(255)])
      expect((await verify(await keys.token(HOME, { sub }))).userId).toBe(sub);
  });

  it('takes the audience of an app in development when that is the setting', async () => {
    const development = verifierWith({ audience: 'ExlCloudApp:!~spec-app' });
    expect((await verify(await keys.token(HOME, { aud: 'ExlCloudApp:!~spec-app' }), development)).userId).toBe(
      'staff001',
    );
    await expectRefused(await keys.token(HOME), development);
  });

  it('does not take a token of one institution for that of another', async () => {
    await expectRefused(await keys.token(HOME, {}, OTHER));
  });

  it('does not ask for the keys of an institution that is not served', async () => {
    await expectRefused(await keys.token(UNSERVED));
    expect(keys.read).toEqual([]);
  });

  it('refuses a signature that is none, or of another kind', async () => {
    const good = await keys.token(HOME);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const other = Buffer.from(JSON.stringify(goodClaims(HOME, { sub: 'admin' }))).toString('base64url');
    await expectRefused(`${header}.${other}.${signature}`);
    await expectRefused(`${header}.${payload}.`);
    await expectRefused(new UnsecuredJWT(goodClaims(HOME)).encode());
    await expectRefused(`${new UnsecuredJWT(goodClaims(HOME)).encode()}${signature}`);
    // HS256 with the public key, which anybody can read.
    const secret = new TextEncoder().encode(
      JSON.stringify(await (await fetch(keys.jwksUrl.replace('{institution}', HOME))).json()),
    );
    await expectRefused(await new SignJWT(goodClaims(HOME)).setProtectedHeader({ alg: 'HS256' }).sign(secret));
  });

  it('refuses a key that the institution does not have', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const kid of [{ kid: 'unknown' }, {}]) {
      const token = await new SignJWT(goodClaims(HOME)).setProtectedHeader({ alg: 'RS256', ...kid }).sign(privateKey);
      await expectRefused(token);
    }
  });

  for (const header of [undefined, '', 'Bearer', 'Bearer a.b', 'Basic dXNlcjpwYXNz', 'Bearer a.b.c d']) {
    it(`refuses the header ${JSON.stringify(header ?? null)}`, async () => {
      await expectAsync(verifier.verify(header)).toBeRejectedWith(refused('unauthenticated'));
      expect(keys.read).toEqual([]);
    });
  }

  describe('and the old form of the token, with the app as its issuer', () => {
    const old = { iss: AUDIENCE, aud: undefined };

    it('is refused by default', async () => {
      await expectRefused(await keys.token(HOME, old));
    });

    it('is taken when the setting says so, besides the new one', async () => {
      const both = verifierWith({ acceptOldTokenForm: true });
      expect((await verify(await keys.token(HOME, old), both)).userId).toBe('staff001');
      expect((await verify(await keys.token(HOME), both)).userId).toBe('staff001');
    });

    it('is refused for another app, and where the audience is none of that form', async () => {
      const both = verifierWith({ acceptOldTokenForm: true });
      await expectRefused(await keys.token(HOME, { ...old, iss: 'ExlCloudApp:other-app' }), both);
      const foreign = verifierWith({ acceptOldTokenForm: true, audience: 'spec-app' });
      await expectRefused(await keys.token(HOME, { ...old, iss: 'spec-app' }), foreign);
    });
  });

  describe('when the keys cannot be had', () => {
    for (const fate of ['status-500', 'no-json', 'cut'] as const) {
      it(`says so and does not blame the token: ${fate}`, async () => {
        const token = await keys.token(HOME);
        keys.fate = fate;
        await expectAsync(verify(token)).toBeRejectedWith(refused('alma-unavailable'));
        keys.fate = 'keys';
        expect((await verify(token)).userId).toBe('staff001');
      });
    }

    it('says so when nothing listens there', async () => {
      const gone = await SpecKeys.start(HOME);
      const { jwksUrl } = gone;
      await gone.close();
      await expectAsync(verify(await keys.token(HOME), verifierWith({ jwksUrl }))).toBeRejectedWith(
        refused('alma-unavailable'),
      );
    });
  });
});
