import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyResult } from 'jose';
import { TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_LIFE } from './signing-keys';
import { openTestAlma, type TestAlma } from './testing/test-alma';

describe('host tokens', () => {
  let alma: TestAlma;
  beforeAll(async () => {
    alma = await openTestAlma();
  });

  const token = async (query = ''): Promise<string> =>
    (await alma.inject({ url: `/_sim/token${query}` })).json<{ token: string }>().token;
  const verify = async (jwt: string, institution = '81SIM_INST'): Promise<JWTVerifyResult> => {
    const keys = (await alma.inject({ url: `/auth/${institution}/jwks.json` })).json<JSONWebKeySet>();
    return jwtVerify(jwt, createLocalJWKSet(keys), {
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      algorithms: ['RS256'],
      currentDate: new Date(alma.world.now()),
    });
  };

  it("verify against the institution's key set and say who and where", async () => {
    const { payload, protectedHeader } = await verify(await token());
    expect((await verify(await token('?user=&institution='))).payload.sub).toBe('staff001');
    expect(payload).toEqual(jasmine.objectContaining({ sub: 'staff001', inst_code: '81SIM_INST' }));
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(TOKEN_LIFE);
    expect(protectedHeader.kid).toBe('81SIM_INST-1');
  });

  it('are made for any user and institution, each institution with its own key', async () => {
    const jwt = await token('?user=manager001&institution=81SIM2_INST');
    expect((await verify(jwt, '81SIM2_INST')).payload.sub).toBe('manager001');
    await expectAsync(verify(jwt, '81SIM_INST')).toBeRejected();
  });

  it('can be expired, signed by a stranger, or for another audience', async () => {
    await expectAsync(verify(await token('?expiresIn=-1'))).toBeRejectedWithError(/exp/);
    await expectAsync(verify(await token('?key=wrong'))).toBeRejectedWithError(/signature/);
    await expectAsync(verify(await token('?audience=ExlCloudApp:other'))).toBeRejectedWithError(/aud/);
    expect((await alma.inject({ url: '/_sim/token?institution=NOWHERE' })).statusCode).toBe(400);
    expect((await alma.inject({ url: '/_sim/token?expiresIn=soon' })).statusCode).toBe(400);
  });

  it('never show the private key', async () => {
    const [key] = (await alma.inject({ url: '/auth/81SIM_INST/jwks.json' })).json<JSONWebKeySet>().keys;
    expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect((await alma.inject({ url: '/auth/NOWHERE/jwks.json' })).statusCode).toBe(404);
  });
});
