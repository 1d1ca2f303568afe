import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './auth/token-verifier';
import { callerOf, Callers, idempotencyKeyOf, libraryOf } from './caller';

const CALLER: Caller = {
  userId: 'staff001',
  institution: {
    code: '81SIM_INST',
    almaApiKey: 'key',
    libraries: [
      {
        code: 'RES_SHARE',
        name: '相互利用係',
        memberId: 'FA090007',
        account: { memberId: 'FA090007', user: '', password: '' },
      },
    ],
  },
};
const requestWith = (headers: object, gatewayCaller?: Caller, config: object = {}) =>
  ({ headers, gatewayCaller, routeOptions: { config } }) as unknown as FastifyRequest;
const refused = (code: string) => jasmine.objectContaining({ code });
const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('Callers', () => {
  const callers = (mayAct: boolean) =>
    new Callers(
      { verify: (authorization) => Promise.resolve({ ...CALLER, userId: authorization ?? 'none' }) },
      { permissionsOf: () => Promise.resolve({ mayRead: mayAct, mayAct, mayManage: false }) },
    );

  it('puts who calls into the request', async () => {
    const request = requestWith({ authorization: 'Bearer x' });
    await callers(true).authenticate(request, {} as FastifyReply);
    expect(callerOf(request).userId).toBe('Bearer x');
  });

  it('lets pass who has a role, and nobody else', async () => {
    const request = requestWith({}, CALLER);
    await expectAsync(callers(true).mustAct(request)).toBeResolved();
    await expectAsync(callers(false).mustAct(request)).toBeRejectedWith(refused('forbidden'));
  });

  it('lets only those read who may, and asks no role where none is needed', async () => {
    const request = (config: object) => requestWith({}, CALLER, config);
    const reply = {} as FastifyReply;
    await expectAsync(callers(true).authorize(request({}), reply)).toBeResolved();
    await expectAsync(callers(false).authorize(request({}), reply)).toBeRejectedWith(refused('forbidden'));
    await expectAsync(callers(false).authorize(request({ needsNoRole: true }), reply)).toBeResolved();
  });

  describe('and the command line', () => {
    const operator = { ...CALLER, userId: 'operator', isOperator: true } as const;
    const withOperator = new Callers(
      { verify: () => Promise.reject(new Error('no host token')) },
      { permissionsOf: () => Promise.reject(new Error('no user of Alma')) },
      { verify: () => operator },
    );
    const call = (config: object) => requestWith({ authorization: 'Operator 81SIM_INST:key' }, undefined, config);

    it('lets it call the routes that are for it, to manage and not to act', async () => {
      const request = call({ forOperator: true });
      await withOperator.authenticate(request, {} as FastifyReply);
      expect(callerOf(request)).toBe(operator);
      await expectAsync(withOperator.mustManage(request)).toBeResolved();
      await expectAsync(withOperator.mustAct(request)).toBeRejectedWith(refused('forbidden'));
    });

    it('takes host tokens only everywhere else, and where there is no key', async () => {
      await expectAsync(withOperator.authenticate(call({}), {} as FastifyReply)).toBeRejectedWithError('no host token');
      const request = call({ forOperator: true });
      await callers(true).authenticate(request, {} as FastifyReply);
      expect(callerOf(request).isOperator).toBeUndefined();
    });
  });

  it('asks for no role of somebody unknown', async () => {
    await expectAsync(callers(true).mustAct(requestWith({}))).toBeRejectedWith(refused('unauthenticated'));
  });
});

describe('libraryOf', () => {
  it('gives a library of the institution of the token, and no other', () => {
    expect(libraryOf(requestWith({}, CALLER), 'RES_SHARE').memberId).toBe('FA090007');
    for (const code of ['OTHER', '', 'res_share', 'constructor']) {
      expect(codeOf(() => libraryOf(requestWith({}, CALLER), code))).toBe('forbidden');
    }
    expect(codeOf(() => libraryOf(requestWith({}), 'RES_SHARE'))).toBe('unauthenticated');
  });
});

describe('idempotencyKeyOf', () => {
  const keyOf = (key: unknown) => codeOf(() => idempotencyKeyOf(requestWith({ 'idempotency-key': key })));

  it('takes 8 to 200 printable characters', () => {
    for (const key of ['12345678', 'a#b/c~!"', 'x'.repeat(200)]) expect(keyOf(key)).toBe(key);
    for (const key of [
      undefined,
      '',
      '1234567',
      'x'.repeat(201),
      'with blank',
      'キー123456',
      ['12345678'],
      'new\nline1',
    ]) {
      expect(keyOf(key)).toBe('missing-idempotency-key');
    }
  });
});
