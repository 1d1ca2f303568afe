import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { Subscription, type Observable } from 'rxjs';
import { FakeAlmaHost } from '../testing/fake-alma-host';
import { AppError } from './app-error';
import { HOST_TIMEOUT, HostService, type HostSession, type PageRecords } from './host.service';

const INIT = {
  user: { firstName: 'A', lastName: '担当', primaryId: 'staff001', currentlyAtLibCode: 'MAIN', isAdmin: true },
  lang: 'ja',
  instCode: 'LAB_INST',
  urls: { alma: 'https://alma.example/' },
  color: 'teal_green',
};
const BIB = { id: '990001', type: 'BIB_MMS', link: '/bibs/990001', description: '書誌 1' };
const OTHER = { ...BIB, id: '990002', link: '/bibs/990002' };
/** Time after which the SDK throws from its own timer. */
const SDK_LIMIT = 30_000;

/** The adapter with the real SDK, against a host that speaks the SDK's messages. */
describe('HostService with the SDK', () => {
  let alma: FakeAlmaHost;
  let host: HostService;
  let watching: Subscription;

  beforeEach(fakeAsync(() => {
    watching = new Subscription();
    alma = new FakeAlmaHost().install();
    host = TestBed.inject(HostService);
    tick();
  }));
  // SDK instances of earlier specs still receive messages of this window.
  afterEach(() => watching.unsubscribe());

  /** Result of the call: its values, error codes, and whether it ended. */
  function outcome(call: Observable<unknown>): unknown[] {
    const seen: unknown[] = [];
    watching.add(
      call.subscribe({
        next: (value) => seen.push(value),
        error: (error: unknown) => seen.push(error instanceof AppError ? error.code : error),
        complete: () => seen.push('end'),
      }),
    );
    return seen;
  }
  function almaWords(call: Observable<unknown>): unknown[] {
    const seen: unknown[] = [];
    call.subscribe({ error: (error: unknown) => seen.push((error as AppError).details.alma) });
    return seen;
  }

  describe('a call', () => {
    it('ends with its answer', fakeAsync(() => {
      const seen = outcome(host.authToken());
      tick();
      expect(seen).toEqual([]);
      alma.reply('JWT_AUTH_TOKEN', { jwt: 'token' });
      tick();
      expect(seen).toEqual(['token', 'end']);
    }));

    it('is not made before somebody wants it', fakeAsync(() => {
      host.authToken();
      host.read('/bibs/1');
      tick();
      expect([...alma.calls('JWT_AUTH_TOKEN'), ...alma.calls('CALL_REST_API')]).toEqual([]);
    }));

    it('keeps the answers of two calls of the same name apart', fakeAsync(() => {
      const [first, second] = [outcome(host.read('/bibs/1')), outcome(host.read('/bibs/2'))];
      const [one, two] = alma.calls('CALL_REST_API');
      alma.reply('CALL_REST_API', { body: 'second' }, two);
      alma.reply('CALL_REST_API', { body: 'first' }, one);
      tick();
      expect([first, second]).toEqual([
        ['first', 'end'],
        ['second', 'end'],
      ]);
    }));

    it('takes the first of two answers', fakeAsync(() => {
      const seen = outcome(host.authToken());
      alma.reply('JWT_AUTH_TOKEN', { jwt: 'first' });
      alma.reply('JWT_AUTH_TOKEN', { jwt: 'second' });
      tick();
      expect(seen).toEqual(['first', 'end']);
    }));

    it('fails by itself when no answer comes, before the SDK throws into the void', fakeAsync(() => {
      const limit = TestBed.inject(HOST_TIMEOUT);
      const seen = outcome(host.authToken());
      tick(limit - 1);
      expect(seen).toEqual([]);
      tick(1);
      expect(seen).toEqual(['host-timeout']);
      expect(limit).toBeLessThan(SDK_LIMIT);
      expect(() => tick(SDK_LIMIT - limit)).toThrowError('Timed out while waiting for response');
      expect(seen).toEqual(['host-timeout']);
    }));

    it('drops an answer that comes too late', fakeAsync(() => {
      const seen = outcome(host.authToken());
      tick(TestBed.inject(HOST_TIMEOUT));
      alma.reply('JWT_AUTH_TOKEN', { jwt: 'late' });
      tick();
      expect(seen).toEqual(['host-timeout']);
    }));
  });

  describe('the token', () => {
    it('is a text that is not empty', fakeAsync(() => {
      for (const answer of [{}, { jwt: '' }, { jwt: 7 }, undefined]) {
        const seen = outcome(host.authToken());
        alma.reply('JWT_AUTH_TOKEN', answer);
        tick();
        expect(seen).withContext(JSON.stringify(answer)).toEqual(['host-refused']);
      }
    }));

    it('fails without invented words when Alma refuses it', fakeAsync(() => {
      const words = almaWords(host.authToken());
      alma.reply('JWT_AUTH_TOKEN', { error: { message: 'no' } });
      tick();
      expect(words).toEqual([{}]);
    }));
  });

  describe('a change through the REST API', () => {
    it('is one call for each time that somebody wants it', fakeAsync(() => {
      const change = host.write('POST', '/users/u1/resource-sharing-requests/7?op=update_shipping', {});
      tick();
      expect(alma.calls('CALL_REST_API')).toEqual([]);
      const seen = outcome(change);
      expect(alma.calls('CALL_REST_API').map(({ payload }) => payload)).toEqual([
        {
          url: '/users/u1/resource-sharing-requests/7?op=update_shipping',
          method: 'POST',
          headers: { 'Accept': 'application/json', 'Content-Type': 'application/json' },
          requestBody: {},
        },
      ]);
      alma.reply('CALL_REST_API', { body: { request_id: '7' } });
      tick();
      expect(seen).toEqual([{ request_id: '7' }, 'end']);
    }));

    it('without a body sends none, and an answer without content is an answer', fakeAsync(() => {
      const seen = outcome(host.write('DELETE', '/users/u1/resource-sharing-requests/7'));
      expect(alma.calls('CALL_REST_API').at(-1)?.payload).not.toEqual(
        jasmine.objectContaining({ requestBody: jasmine.anything() }),
      );
      alma.reply('CALL_REST_API', { body: null });
      tick();
      expect(seen).toEqual([null, 'end']);
    }));

    it('that gets no answer is not repeated', fakeAsync(() => {
      const seen = outcome(host.write('DELETE', '/users/u1/resource-sharing-requests/7'));
      tick(TestBed.inject(HOST_TIMEOUT));
      expect(seen).toEqual(['host-timeout']);
      expect(alma.calls('CALL_REST_API').length).toBe(1);
      expect(() => tick(SDK_LIMIT)).toThrowError('Timed out while waiting for response');
    }));
  });

  describe('a reading of the REST API', () => {
    it('asks for JSON', fakeAsync(() => {
      const seen = outcome(host.read('/bibs/990001'));
      expect(alma.calls('CALL_REST_API').at(-1)?.payload).toEqual({
        url: '/bibs/990001',
        method: 'GET',
        headers: { Accept: 'application/json' },
      });
      alma.reply('CALL_REST_API', { body: { mms_id: '990001' } });
      tick();
      expect(seen).toEqual([{ mms_id: '990001' }, 'end']);
    }));

    it("fails with Alma's own code and words", fakeAsync(() => {
      const words = almaWords(host.read('/bibs/1'));
      const listed = { errorCode: '402203', errorMessage: 'Input parameters mmsId 1 is not valid.' };
      alma.reply('CALL_REST_API', {
        error: { status: 400, message: 'Http failure', error: { errorList: { error: [listed] } } },
      });
      tick();
      expect(words).toEqual([{ code: '402203', message: listed.errorMessage }]);
    }));

    it("fails in our words when the SDK stumbles over the form of Alma's error", fakeAsync(() => {
      const words = almaWords(host.read('/bibs/1'));
      alma.reply('CALL_REST_API', { error: { status: 400, error: { errorList: { error: {} } } } });
      tick();
      expect(words).toEqual([{}]);
    }));
  });

  describe('stored values', () => {
    const answered = (call: Observable<unknown>, name: string, payload: unknown): unknown[] => {
      const seen = outcome(call);
      alma.reply(name, payload);
      tick();
      return seen;
    };

    it('are read as the JSON that they are; what was never written is an empty object', fakeAsync(() => {
      expect(answered(host.readConfig(), 'CONFIG', { config: '{"version":1}' })).toEqual([{ version: 1 }, 'end']);
      expect(answered(host.readConfig(), 'CONFIG', { config: null })).toEqual([{}, 'end']);
      expect(answered(host.readSettings(), 'SETTINGS', { settings: '{"a":"あ"}' })).toEqual([{ a: 'あ' }, 'end']);
      expect(answered(host.readStored('k'), 'CLOUDAPP_STORE', { key: 'k', value: 5 })).toEqual([5, 'end']);
    }));

    it('are written whole', fakeAsync(() => {
      expect(answered(host.writeConfig({ a: 1 }), 'CONFIG', { success: true })).toEqual([undefined, 'end']);
      expect(answered(host.writeSettings({ b: 2 }), 'SETTINGS', { success: true })).toEqual([undefined, 'end']);
      expect(answered(host.writeStored('k', 'v'), 'CLOUDAPP_STORE', { key: 'k', value: 'v' })).toEqual([
        undefined,
        'end',
      ]);
      expect(['CONFIG', 'SETTINGS', 'CLOUDAPP_STORE'].map((name) => alma.calls(name).at(-1)?.payload)).toEqual([
        '{"a":1}',
        '{"b":2}',
        { key: 'k', value: 'v' },
      ]);
    }));

    it('are removed by null', fakeAsync(() => {
      answered(host.writeStored('k', null), 'CLOUDAPP_STORE', { key: 'k', value: null });
      expect(alma.calls('CLOUDAPP_STORE').at(-1)?.payload).toEqual({ key: 'k', value: null });
    }));

    it('fail when Alma refuses, and when they are no JSON', fakeAsync(() => {
      expect(answered(host.writeConfig({}), 'CONFIG', { error: 'No permission' })).toEqual(['host-refused']);
      expect(answered(host.readSettings(), 'SETTINGS', { settings: '{broken' })).toEqual(['host-refused']);
    }));
  });

  it('makes Alma load its page again', fakeAsync(() => {
    const seen = outcome(host.refreshPage());
    alma.reply('RELOAD_PAGE', { success: true });
    tick();
    expect(seen).toEqual([undefined, 'end']);
  }));

  describe('the session', () => {
    it('is asked for once, for all who want it', fakeAsync(() => {
      const [first, second] = [outcome(host.session$), outcome(host.session$)];
      alma.reply('INIT_DATA', INIT);
      tick();
      const third = outcome(host.session$);
      tick();
      const session: HostSession = {
        language: 'ja',
        colour: 'teal_green',
        institution: 'LAB_INST',
        userId: 'staff001',
        isAdmin: true,
      };
      expect([first, second, third]).toEqual([
        [session, 'end'],
        [session, 'end'],
        [session, 'end'],
      ]);
      expect(alma.calls('INIT_DATA').length).toBe(1);
    }));

    it('is asked for again after a failure', fakeAsync(() => {
      const first = outcome(host.session$);
      alma.reply('INIT_DATA', { error: 'no' });
      tick();
      const second = outcome(host.session$);
      alma.reply('INIT_DATA', INIT);
      tick();
      expect(first).toEqual(['host-refused']);
      expect(second.length).toBe(2);
    }));

    it('has empty texts where Alma says something else', fakeAsync(() => {
      const seen = outcome(host.session$);
      alma.reply('INIT_DATA', { urls: {}, lang: 7, user: { isAdmin: 'yes' } });
      tick();
      expect(seen[0]).toEqual({ language: '', colour: '', institution: '', userId: '', isAdmin: false });
    }));

    it('fails when Alma names no addresses', fakeAsync(() => {
      const words = almaWords(host.session$);
      alma.reply('INIT_DATA', { lang: 'ja' });
      tick();
      expect(words).toEqual([{}]);
    }));
  });

  describe('the records on the page', () => {
    let seen: PageRecords[];

    function watch(): void {
      seen = [];
      watching.add(host.pageRecords$.subscribe((records) => seen.push(records)));
    }
    const shown = () =>
      seen.map((records) => (records.state === 'ok' ? records.entities.map(({ id }) => id) : records.state));
    const answerPage = (payload: unknown) => {
      alma.reply('PAGE_METADATA', payload);
      tick();
    };

    beforeEach(() => {
      delete alma.answers['PAGE_METADATA'];
    });

    it('are pending until Alma has said them: the empty list of the start means nothing', fakeAsync(() => {
      watch();
      tick();
      expect(shown()).toEqual(['pending']);
      answerPage({ entities: [BIB] });
      expect(shown()).toEqual(['pending', ['990001']]);
    }));

    it('may be none', fakeAsync(() => {
      watch();
      answerPage({ entities: [] });
      expect(shown()).toEqual(['pending', []]);
    }));

    it('follow the page', fakeAsync(() => {
      watch();
      answerPage({ entities: [BIB] });
      alma.pageLoad({ entities: [OTHER] });
      alma.pageLoad({ entities: [] });
      alma.pageLoad({ entities: [BIB, OTHER] });
      expect(shown()).toEqual(['pending', ['990001'], ['990002'], [], ['990001', '990002']]);
    }));

    it('are those of a newer page, whatever the answer about the first one says afterwards', fakeAsync(() => {
      watch();
      alma.pageLoad({ entities: [OTHER] });
      answerPage({ entities: [BIB] });
      expect(shown()).toEqual(['pending', ['990002']]);
    }));

    it('are not said again when the same page is loaded', fakeAsync(() => {
      watch();
      answerPage({ entities: [BIB] });
      alma.pageLoad({ entities: [BIB] });
      alma.pageLoad({ entities: [{ ...BIB, code: 'x' }] });
      expect(shown()).toEqual(['pending', ['990001']]);
    }));

    it('fail when Alma does not say, and come when it does', fakeAsync(() => {
      watch();
      tick(TestBed.inject(HOST_TIMEOUT));
      expect(shown()).toEqual(['pending', 'failed']);
      answerPage({ entities: [] });
      alma.pageLoad({ entities: [BIB] });
      expect(shown()).toEqual(['pending', 'failed', ['990001']]);
    }));

    it('fail when Alma refuses', fakeAsync(() => {
      watch();
      answerPage({ error: { message: 'no' } });
      const [, failed] = seen;
      expect(failed?.state === 'failed' && failed.error.code).toBe('host-refused');
    }));

    it('are said at once to a second who asks', fakeAsync(() => {
      watch();
      answerPage({ entities: [BIB] });
      const asked = alma.calls('PAGE_METADATA').length;
      let second: PageRecords | undefined;
      host.pageRecords$.subscribe((records) => (second = records)).unsubscribe();
      expect(second?.state).toBe('ok');
      expect(alma.calls('PAGE_METADATA').length).toBe(asked);
    }));

    it('survive a message of a foreign window that is no page', fakeAsync(() => {
      watch();
      answerPage({ entities: [BIB] });
      for (const payload of [undefined, null, 7, 'x', { entities: 'all' }, { entities: [null, { id: 1 }] }])
        alma.pageLoad(payload);
      alma.pageLoad({ entities: [OTHER] });
      expect(shown().at(-1)).toEqual(['990002']);
      expect(shown().filter((each) => each === 'failed')).toEqual([]);
    }));

    it('come also when such a message came before anybody watched', fakeAsync(() => {
      alma.pageLoad(undefined);
      watch();
      answerPage({ entities: [BIB] });
      expect(shown()).toEqual(['pending', ['990001']]);
    }));
  });
});
