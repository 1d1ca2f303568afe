import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RoleReader } from './role-reader';
import type { Caller } from './token-verifier';

const ROLES = { read: ['204'], act: ['214', '26'], manage: ['26'] };

describe('RoleReader', () => {
  let server: Server;
  let asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[];
  let answer: { readonly status: number; readonly body: string };
  let clock: number;

  beforeEach(async () => {
    asked = [];
    clock = 0;
    answer = { status: 200, body: '{}' };
    server = createServer((request, response) => {
      asked.push({ url: request.url ?? '', headers: request.headers });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const reader = () => {
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    return new RoleReader({ url, roles: ROLES, roleCacheSeconds: 300 }, () => clock);
  };
  const caller = (userId = 'staff001', code = '81SIM_INST'): Caller => ({
    userId,
    institution: { code, almaApiKey: `key of ${code}`, libraries: [] },
  });
  const role = (type: string, status = 'ACTIVE') => ({ status: { value: status }, role_type: { value: type } });
  const hasRoles = (...roles: readonly object[]) => {
    answer = { status: 200, body: JSON.stringify({ primary_id: 'staff001', user_role: roles }) };
  };
  const unavailable = jasmine.objectContaining({ code: 'alma-unavailable' });

  for (const [what, roles, mayRead, mayAct, mayManage] of [
    ['an operator', [role('200'), role('214')], true, true, false],
    ['an administrator', [role('26')], true, true, true],
    ['a reader', [role('204')], true, false, false],
    ['a patron', [role('200')], false, false, false],
    ['one whose role has ended', [role('214', 'INACTIVE')], false, false, false],
    ['one without roles', [], false, false, false],
    ['one with parts missing', [{}, { role_type: {} }, { status: { value: 'ACTIVE' } }], false, false, false],
  ] as const) {
    it(`knows what ${what} may do`, async () => {
      hasRoles(...roles);
      expect(await reader().permissionsOf(caller())).toEqual({ mayRead, mayAct, mayManage });
    });
  }

  it('asks as the institution, for that user and no other', async () => {
    hasRoles(role('214'));
    await reader().permissionsOf(caller('a/b ü'));
    expect(asked.map(({ url }) => url)).toEqual(['/almaws/v1/users/a%2Fb%20%C3%BC']);
    expect(asked[0]?.headers.authorization).toBe('apikey key of 81SIM_INST');
  });

  it('asks once in a while, for each user of each institution', async () => {
    const roles = reader();
    hasRoles(role('214'));
    expect((await roles.permissionsOf(caller())).mayAct).toBeTrue();
    hasRoles();
    clock += 299_000;
    expect((await roles.permissionsOf(caller())).mayAct).toBeTrue();
    expect((await roles.permissionsOf(caller('staff002'))).mayAct).toBeFalse();
    expect((await roles.permissionsOf(caller('staff001', '81SIM2_INST'))).mayAct).toBeFalse();
    clock += 2_000;
    expect((await roles.permissionsOf(caller())).mayAct).toBeFalse();
    expect(asked.length).toBe(4);
  });

  it('asks once for calls that come together, and again after Alma did not say', async () => {
    hasRoles(role('214'));
    const roles = reader();
    const all = await Promise.all([1, 2, 3].map(() => roles.permissionsOf(caller())));
    expect([all.every(({ mayAct }) => mayAct), asked.length]).toEqual([true, 1]);
  });

  it('lets somebody read for a working day while Alma cannot say, and change nothing', async () => {
    const roles = reader();
    hasRoles(role('214'));
    await roles.permissionsOf(caller());
    answer = { status: 429, body: '{}' };
    clock += 301_000;
    expect((await roles.permissionsOf(caller(), 'reading')).mayRead).toBeTrue();
    await expectAsync(roles.permissionsOf(caller())).toBeRejectedWith(unavailable);
    await expectAsync(roles.permissionsOf(caller('staff002'), 'reading')).toBeRejectedWith(unavailable);
    clock += 8 * 3_600_000;
    await expectAsync(roles.permissionsOf(caller(), 'reading')).toBeRejectedWith(unavailable);
    hasRoles();
    expect((await roles.permissionsOf(caller(), 'reading')).mayRead).toBeFalse();
  });

  it('gives a user that Alma does not know no permission', async () => {
    const error = { errorCode: '401861', errorMessage: 'User with identifier nobody was not found.' };
    answer = { status: 400, body: JSON.stringify({ errorsExist: true, errorList: { error: [error] } }) };
    expect(await reader().permissionsOf(caller('nobody'))).toEqual({ mayRead: false, mayAct: false, mayManage: false });
  });

  it('gives nobody the roles of somebody whose other identifier is the same; the case makes no difference', async () => {
    hasRoles(role('26'));
    expect((await reader().permissionsOf(caller('0123456'))).mayManage).toBeFalse();
    expect((await reader().permissionsOf(caller('Staff001'))).mayManage).toBeTrue();
  });

  for (const [what, status, body] of [
    ['refuses the key', 400, '{"errorList":{"error":[{"errorCode":"UNAUTHORIZED"}]}}'],
    ['has a limit', 429, '{}'],
    ['fails', 500, ''],
    ['answers no JSON', 200, '<html>'],
    ['answers another JSON', 200, '{"primary_id":"staff001","user_role":"many"}'],
    ['does not say whose roles they are', 200, '{"user_role":[]}'],
  ] as const) {
    it(`does not take a user for one without roles when Alma ${what}, and asks again`, async () => {
      const roles = reader();
      answer = { status, body };
      await expectAsync(roles.permissionsOf(caller())).toBeRejectedWith(unavailable);
      hasRoles(role('214'));
      expect((await roles.permissionsOf(caller())).mayAct).toBeTrue();
    });
  }

  it('says so when Alma is not there', async () => {
    const roles = reader();
    await new Promise((resolve) => server.close(resolve));
    await expectAsync(roles.permissionsOf(caller())).toBeRejectedWith(unavailable);
  });
});
