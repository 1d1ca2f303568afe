import { inspect } from 'node:util';
import { headerValue } from '#catp/header-block';
import { answering, CatpServer, cutting, refusingLogin, silent } from '../testing/catp-server';
import { CatpCaller, type Call } from './catp-caller';
import { NacsisError, type NacsisAccount } from './port';
import type { NacsisSettings } from './settings';
import { CatpTransport } from './transport';

const ACCOUNT: NacsisAccount = { memberId: 'FA090007', user: 'fa090007', password: 'secret' };
const OTHER: NacsisAccount = { memberId: 'FA090018', user: 'fa090018', password: 'other' };
const COMMAND: Call = { method: 'SERVERPROCEDURECALL', headers: [['ILL-command', 'ORDER']], body: 'CLNT=x\r\n' };
const LOGIN = 'GETHANDLE';
const { method: METHOD } = COMMAND;

describe('CatpCaller', () => {
  let server: CatpServer;
  let caller: CatpCaller;
  let clock: number;

  const open = (settings: Partial<NacsisSettings> = {}) => {
    const all = server.settings({ breakerFailures: 3, breakerPauseSeconds: 0.1, ...settings });
    return new CatpCaller(new CatpTransport(all), all, () => clock);
  };
  beforeEach(async () => {
    clock = 0;
    server = await CatpServer.start();
    caller = open();
  });
  afterEach(async () => {
    await caller.close();
    await server.close();
  });

  const failure = async (call = COMMAND, account = ACCOUNT): Promise<NacsisError> => {
    try {
      await caller.call(account, call);
    } catch (error) {
      if (error instanceof NacsisError) return error;
      throw error;
    }
    throw new Error('the call did not fail');
  };
  const shape = ({ code, effect }: NacsisError) => [code, effect];

  it('logs in once and then needs one round trip for a call', async () => {
    for (let call = 0; call < 3; call += 1) await caller.call(ACCOUNT, COMMAND);
    expect(server.methods()).toEqual([LOGIN, METHOD, METHOD, METHOD]);
    const [login, first] = server.requests;
    expect(headerValue(login?.headers ?? [], 'Authenticate')).toBe('fa090007,secret');
    expect([first?.handle, first?.frame]).toEqual(['H000000001', '001']);
  });

  it('keeps the accounts apart', async () => {
    await caller.call(ACCOUNT, COMMAND);
    await caller.call(OTHER, COMMAND);
    await caller.call(ACCOUNT, COMMAND);
    const handles = server.requests.filter(({ method }) => method === METHOD).map(({ handle }) => handle);
    expect(handles).toEqual(['H000000001', 'H000000002', 'H000000001']);
  });

  for (const status of ['200', '204', '300']) {
    it(`takes ${status} for a success`, async () => {
      server.next(METHOD, answering({ status, body: 'ID=LA0000000001\r\n' }));
      expect((await caller.call(ACCOUNT, COMMAND)).body).toBe('ID=LA0000000001\r\n');
    });
  }

  for (const status of ['400', '403', '404', '409', '422']) {
    it(`takes ${status} for a refusal that changed nothing, and keeps the handle`, async () => {
      server.next(METHOD, answering({ status, reason: 'NOT ALLOWED IN THIS STATE' }));
      const error = await failure();
      expect(shape(error)).toEqual(['nacsis-rejected', 'nothing']);
      expect(error.details.nacsis).toEqual({ status, message: 'NOT ALLOWED IN THIS STATE' });
      await caller.call(ACCOUNT, COMMAND);
      expect(server.methods()).toEqual([LOGIN, METHOD, METHOD]);
    });
  }

  for (const status of ['301', '399', '500', '503', '599']) {
    it(`does not know after ${status} whether the command was done`, async () => {
      server.next(METHOD, answering({ status, reason: 'SERVER ERROR' }));
      const error = await failure();
      expect(shape(error)).toEqual(['nacsis-unavailable', 'unknown']);
      expect([error.details.how, error.details.nacsis?.status]).toEqual(['malformed', status]);
    });
  }

  it('passes on the status phrase alone, cut off when it is long, and nothing of the body', async () => {
    const record = 'ID=LA0000000012\r\nCLNT=利用者 001\r\n';
    for (const status of ['409', '422', '500']) {
      server.next(METHOD, answering({ status, reason: 'NOT ALLOWED', body: record }));
      const error = await failure();
      expect(error.details.nacsis).toEqual({ status, message: 'NOT ALLOWED' });
      expect(inspect(error, { depth: 10 })).not.toContain('利用者');
    }
    server.next(METHOD, answering({ status: '422', reason: `INVALID ${'X'.repeat(600)}` }));
    expect((await failure()).details.nacsis?.message.length).toBe(300);
  });

  it('passes on no phrase of the body of a refused login', async () => {
    server.always(LOGIN, answering({ status: '401', reason: 'LOGIN REFUSED', body: '利用者 001' }));
    expect((await failure()).details.nacsis).toEqual({ status: '401', message: 'LOGIN REFUSED' });
  });

  it('logs in again when the handle is lost, and sends the call that was not done once more', async () => {
    await caller.call(ACCOUNT, COMMAND);
    server.next(METHOD, answering({ status: '412', reason: 'NO SUCH HANDLE' }));
    await caller.call(ACCOUNT, COMMAND);
    expect(server.methods()).toEqual([LOGIN, METHOD, METHOD, LOGIN, METHOD]);
    expect(server.requests.at(-1)?.handle).toBe('H000000002');
  });

  it('gives up when NACSIS-ILL keeps no handle', async () => {
    server.always(METHOD, answering({ status: '412', reason: 'NO SUCH HANDLE' }));
    expect(shape(await failure())).toEqual(['nacsis-unavailable', 'nothing']);
    expect(server.methods().filter((method) => method === METHOD).length).toBe(2);
  });

  it('uses a new handle after a cut, and never sends the call again', async () => {
    server.next(METHOD, cutting);
    expect(shape(await failure())).toEqual(['nacsis-unavailable', 'unknown']);
    expect(server.methods()).toEqual([LOGIN, METHOD]);
    await caller.call(ACCOUNT, COMMAND);
    expect(server.requests.at(-1)?.handle).toBe('H000000002');
  });

  it('does not send what has waited too long for its turn', async () => {
    clock = 1_000;
    expect(shape(await failure({ ...COMMAND, notAfter: 999 }))).toEqual(['nacsis-unavailable', 'nothing']);
    expect(server.methods()).not.toContain(METHOD);
    await caller.call(ACCOUNT, { ...COMMAND, notAfter: 1_000 });
    expect(server.methods()).toContain(METHOD);
  });

  describe('logging in', () => {
    it('says that the account is refused, in the words of NACSIS-ILL, and pauses', async () => {
      server.always(LOGIN, refusingLogin);
      const error = await failure();
      expect(shape(error)).toEqual(['nacsis-login-refused', 'nothing']);
      expect(error.details.nacsis).toEqual({ status: '401', message: 'LOGIN REFUSED' });
      await failure();
      expect(server.methods()).toEqual([LOGIN]);
      clock = 30_000;
      await failure();
      expect(server.methods()).toEqual([LOGIN, LOGIN]);
    });

    it('does not take another account for refused', async () => {
      server.next(LOGIN, refusingLogin);
      await failure();
      await caller.call(OTHER, COMMAND);
      expect(server.methods()).toEqual([LOGIN, LOGIN, METHOD]);
    });

    for (const [what, behaviour] of [
      ['is cut', cutting],
      ['fails', answering({ status: '503', reason: 'SERVICE UNAVAILABLE' })],
    ] as const) {
      it(`knows that no command was done when the login ${what}`, async () => {
        server.next(LOGIN, behaviour);
        expect(shape(await failure())).toEqual(['nacsis-unavailable', 'nothing']);
        expect(server.methods()).toEqual([LOGIN]);
        await caller.call(ACCOUNT, COMMAND);
      });
    }

    it('knows it, too, when the answer cannot be read', async () => {
      server.next(LOGIN, (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnone'));
      expect(shape(await failure())).toEqual(['nacsis-malformed', 'nothing']);
    });

    it('does not send an account that cannot be written', async () => {
      expect(shape(await failure(COMMAND, { ...ACCOUNT, user: 'a,b' }))).toEqual(['nacsis-login-refused', 'nothing']);
      expect(server.requests).toEqual([]);
    });
  });

  describe('after many failures', () => {
    const failures = async (count: number) => {
      for (let call = 0; call < count; call += 1) await failure();
    };
    const seen = () => server.requests.length;
    const afterPause = () => new Promise((resolve) => setTimeout(resolve, 120));

    beforeEach(async () => {
      server.always(METHOD, cutting);
      await failures(3);
    });

    it('leaves NACSIS-ILL alone for a while', async () => {
      const before = seen();
      const error = await failure();
      expect(shape(error)).toEqual(['nacsis-unavailable', 'nothing']);
      expect(error.message).toContain('left alone');
      expect(seen()).toBe(before);
    });

    it('then tries once, and goes on when that succeeds', async () => {
      server.always(METHOD, answering());
      await afterPause();
      await caller.call(ACCOUNT, COMMAND);
      await caller.call(ACCOUNT, COMMAND);
      expect(server.methods().slice(-3)).toEqual([LOGIN, METHOD, METHOD]);
    });

    it('turns away those that were waiting for their turn, too', async () => {
      await caller.close();
      caller = open({ handlesPerAccount: 1, breakerPauseSeconds: 60 });
      const before = seen();
      const waiting = await Promise.allSettled(Array.from({ length: 6 }, () => caller.call(ACCOUNT, COMMAND)));
      expect(waiting.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'));
      expect(
        server
          .methods()
          .slice(before)
          .filter((method) => method === METHOD).length,
      ).toBe(3);
    });

    it('and leaves it alone again when it fails', async () => {
      server.always(LOGIN, cutting);
      await afterPause();
      await failure();
      const before = seen();
      await failures(2);
      expect(seen()).toBe(before);
    });
  });

  it('does not count refusals and answers as failures', async () => {
    server.always(METHOD, answering({ status: '409', reason: 'NOT ALLOWED' }));
    for (let call = 0; call < 6; call += 1) expect((await failure()).code).toBe('nacsis-rejected');
  });

  it('gives its handles back when it closes', async () => {
    await Promise.all([caller.call(ACCOUNT, COMMAND), caller.call(OTHER, COMMAND)]);
    await caller.close();
    const released = server.requests.filter(({ method }) => method === 'RELEASEHANDLE').map(({ handle }) => handle);
    expect([...released].sort()).toEqual(['H000000001', 'H000000002']);
  });

  it('closes although NACSIS-ILL does not answer', async () => {
    await caller.close();
    caller = open({ firstByteTimeoutMs: 50, answerTimeoutMs: 50 });
    await caller.call(ACCOUNT, COMMAND);
    server.always('RELEASEHANDLE', silent);
    await expectAsync(caller.close()).toBeResolved();
  });
});
