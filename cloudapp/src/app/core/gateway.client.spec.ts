import { HttpBackend, HttpErrorResponse, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { of, throwError, type Observable } from 'rxjs';
import {
  aMe,
  aMessage,
  anInstitution,
  anOrder,
  aPage,
  aProfile,
  aQueue,
  aRecord,
  aRequest,
  aStoredDraft,
  aSummary,
  aTemplate,
  ISBN,
  recentLenders,
} from '../testing/records';
import { AppError, HostError } from './app-error';
import { GatewayClient } from './gateway.client';
import { GATEWAY_TIMEOUT } from './gateway.http';
import { FOR_GATEWAY } from './gateway.interceptor';
import { SettingsService } from './settings.service';

describe('GatewayClient', () => {
  let gateway: GatewayClient;
  let server: HttpTestingController;
  let settings: jasmine.SpyObj<SettingsService>;

  beforeEach(() => {
    settings = jasmine.createSpyObj<SettingsService>('SettingsService', { institution: of(anInstitution()) });
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), { provide: SettingsService, useValue: settings }],
    });
    gateway = TestBed.inject(GatewayClient);
    server = TestBed.inject(HttpTestingController);
  });
  afterEach(() => server.verify());

  /** Result of the call: its values and error codes. */
  function outcome(call: Observable<unknown>): unknown[] {
    const seen: unknown[] = [];
    call.subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => seen.push(error instanceof AppError ? error.code : error),
    });
    return seen;
  }
  /** Result of the call when the gateway responds with this body. */
  function outcomeOf(call: Observable<unknown>, body: object | null): unknown[] {
    const seen = outcome(call);
    reply(body);
    return seen;
  }
  const sent = (): TestRequest => server.expectOne(() => true);
  const reply = (body: object | null) => sent().flush(body);

  it("asks the institution's gateway, marked for the token", () => {
    const seen = outcome(gateway.me());
    const call = sent();
    expect([call.request.method, call.request.url]).toEqual(['GET', 'https://gateway.example/api/v1/me']);
    expect(call.request.context.get(FOR_GATEWAY)).toBeTrue();
    call.flush(aMe());
    expect(seen).toEqual([aMe()]);
  });

  it('encodes each part of an address, so that none can become another address', () => {
    outcome(gateway.catalogRecord('MAIN', 'a/../b?c#d'));
    const { url } = sent().request;
    expect(url).toBe('https://gateway.example/api/v1/catalog/a%2F..%2Fb%3Fc%23d');
  });

  it('asks about messages, and acts on one under a key', () => {
    const queue = aQueue([aMessage()]);
    expect(outcomeOf(gateway.bridgeMessages({ state: 'held', page: 2 }), queue)).toEqual([queue]);
    expect(outcomeOf(gateway.requestIdOf('01INST/7', 'lender'), { requestId: 'LA1' })).toEqual(['LA1']);
    expect(outcomeOf(gateway.requestIdOf('01INST7', 'borrower'), {})).toEqual([undefined]);
    const seen = outcome(gateway.actOnMessage('m/1', 'apply', 'key-1'));
    const call = sent();
    expect([call.request.method, call.request.url, call.request.headers.get('Idempotency-Key')]).toEqual([
      'POST',
      'https://gateway.example/api/v1/bridge/messages/m%2F1/apply',
      'key-1',
    ]);
    expect(gateway.isCommanding()).toBeTrue();
    call.flush({ message: aMessage({ state: 'done' }) });
    expect([seen, gateway.isCommanding()]).toEqual([[aMessage({ state: 'done' })], false]);
    outcome(gateway.requestMessages('LA1', 'borrower'));
    expect(sent().request.urlWithParams).toBe('https://gateway.example/api/v1/requests/LA1/messages?side=borrower');
  });

  it('sends what a query asks, character by character, and leaves out what it does not ask', () => {
    const title = '心理学 & 教育+学習=100%; #1?';
    outcome(gateway.searchCatalog({ library: 'MAIN', form: 'book', title, isbn: '', page: 2 }));
    const { search } = new URL(sent().request.urlWithParams);
    expect([...new URLSearchParams(search)]).toEqual([
      ['library', 'MAIN'],
      ['form', 'book'],
      ['title', title],
      ['page', '2'],
    ]);
  });

  it('names library, record and filters of a question about holdings', () => {
    outcome(gateway.holdings('BA1', { library: 'MAIN', region: '13', page: 1, pageSize: 200 }));
    expect(sent().request.urlWithParams).toBe(
      'https://gateway.example/api/v1/catalog/BA1/holdings?library=MAIN&region=13&page=1&pageSize=200',
    );
  });

  it('asks for a member of the point of view of a library', () => {
    outcome(gateway.member('MAIN', 'FA1'));
    expect(sent().request.urlWithParams).toBe('https://gateway.example/api/v1/members/FA1?library=MAIN');
    outcome(gateway.members({ library: 'MAIN', name: '大学' }));
    expect(sent().request.params.get('name')).toBe('大学');
  });

  it('sends an order with its key and gives back the request', () => {
    const seen = outcome(gateway.createRequest(anOrder(), 'key-1'));
    const { request } = server.expectOne('https://gateway.example/api/v1/requests');
    expect([request.method, request.body, request.headers.get('Idempotency-Key')]).toEqual([
      'POST',
      anOrder(),
      'key-1',
    ]);
    expect(seen).toEqual([]);
  });

  it('gives back the request that an order has become', () => {
    const seen = outcome(gateway.createRequest(anOrder(), 'key-1'));
    reply({ request: aRequest() });
    expect(seen).toEqual([aRequest()]);
  });

  it('reads a request as its borrower sees it, from NACSIS-ILL now', () => {
    const seen = outcome(gateway.request('LA001/2', 'borrower', true));
    const call = sent();
    expect([call.request.method, call.request.urlWithParams]).toEqual([
      'GET',
      'https://gateway.example/api/v1/requests/LA001%2F2?side=borrower&fresh=true',
    ]);
    call.flush({ request: aRequest() });
    expect(seen).toEqual([aRequest()]);
  });

  it('asks for the open requests of a record, those that the library made', () => {
    const seen = outcome(gateway.openRequests('MAIN', 'BA 1&x'));
    const call = sent();
    expect(call.request.url).toBe('https://gateway.example/api/v1/requests');
    expect([...new URLSearchParams(new URL(call.request.urlWithParams).search)]).toEqual([
      ['library', 'MAIN'],
      ['side', 'borrower'],
      ['bibId', 'BA 1&x'],
      ['open', 'true'],
    ]);
    call.flush(aPage([aSummary()]));
    expect(seen).toEqual([[aSummary()]]);
  });

  it('asks whom the library has asked lately', () => {
    const seen = outcome(gateway.recentLenders('MA/IN'));
    const call = sent();
    expect(call.request.url).toBe('https://gateway.example/api/v1/libraries/MA%2FIN/recent-lenders');
    call.flush(recentLenders({ FA1: 3 }));
    expect(seen).toEqual([recentLenders({ FA1: 3 })]);
  });

  it('reads what a library shares, and changes it from a version on', () => {
    const profile = aProfile([aTemplate('通常')]);
    const read = outcome(gateway.profile('MAIN'));
    const question = sent();
    expect([question.request.method, question.request.url]).toEqual([
      'GET',
      'https://gateway.example/api/v1/profiles/MAIN',
    ]);
    question.flush(profile);
    expect(read).toEqual([profile]);

    const change = { version: 1, templates: [aTemplate('急ぎ')] };
    const put = outcome(gateway.putProfile('MAIN', change));
    const call = sent();
    expect([call.request.method, call.request.url, call.request.body]).toEqual([
      'PUT',
      'https://gateway.example/api/v1/profiles/MAIN',
      change,
    ]);
    call.flush(profile);
    expect(put).toEqual([profile]);
  });

  it('says that somebody else has changed what the library shares', () => {
    const seen = outcome(gateway.putProfile('MAIN', { version: 1, templates: [] }));
    sent().flush({ code: 'stale-version' }, { status: 409, statusText: 'Conflict' });
    expect(seen).toEqual(['stale-version']);
  });

  it('keeps, lists and drops drafts', () => {
    const { draftId, updatedAt, ...draft } = aStoredDraft();
    const put = outcome(gateway.putDraft(draftId, draft));
    const call = server.expectOne(`https://gateway.example/api/v1/drafts/${draftId}`);
    expect([call.request.method, call.request.body]).toEqual(['PUT', draft]);
    call.flush({ ...draft, draftId, updatedAt });
    expect(put).toEqual([aStoredDraft()]);

    const list = outcome(gateway.drafts());
    reply({ items: [aStoredDraft()] });
    expect(list).toEqual([[aStoredDraft()]]);

    const dropped = outcome(gateway.deleteDraft(draftId));
    const drop = sent();
    expect([drop.request.method, drop.request.url]).toEqual([
      'DELETE',
      `https://gateway.example/api/v1/drafts/${draftId}`,
    ]);
    drop.flush(null, { status: 204, statusText: 'No Content' });
    expect(dropped).toEqual([undefined]);
  });

  it('calls nobody while the settings name no gateway', () => {
    settings.institution.and.returnValue(throwError(() => new AppError('gateway-not-configured')));
    expect(outcome(gateway.me())).toEqual(['gateway-not-configured']);
  });

  it('reads the settings at each call, so that a new address counts at once', () => {
    outcome(gateway.me());
    sent();
    settings.institution.and.returnValue(of(anInstitution({ gatewayUrl: 'https://new.example/ill' })));
    outcome(gateway.me());
    expect(sent().request.url).toBe('https://new.example/ill/api/v1/me');
  });

  it("hands on the gateway's problem with its code", () => {
    const seen = outcome(gateway.createRequest(anOrder(), 'key-1'));
    sent().flush({ code: 'nacsis-rejected' }, { status: 502, statusText: 'Bad Gateway' });
    expect(seen).toEqual(['nacsis-rejected']);
  });

  it('hands on what Alma said when it gave no token', () => {
    settings.institution.and.returnValue(throwError(() => new HostError('host-timeout')));
    expect(outcome(gateway.me())).toEqual(['host-timeout']);
  });

  describe('without an answer', () => {
    it('does not know what became of an order', fakeAsync(() => {
      const limit = TestBed.inject(GATEWAY_TIMEOUT);
      const seen = outcome(gateway.createRequest(anOrder(), 'key-1'));
      const call = sent();
      tick(limit - 1);
      expect(seen).toEqual([]);
      tick(1);
      expect(seen).toEqual(['outcome-unknown']);
      expect(call.cancelled).toBeTrue();
    }));

    it('knows of a question, a draft kept or dropped, that the gateway cannot be reached', fakeAsync(() => {
      const { draftId, updatedAt: _, ...draft } = aStoredDraft();
      for (const call of [gateway.me(), gateway.putDraft(draftId, draft), gateway.deleteDraft(draftId)]) {
        const seen = outcome(call);
        sent();
        tick(TestBed.inject(GATEWAY_TIMEOUT));
        expect(seen).toEqual(['gateway-unreachable']);
      }
    }));

    it('says so when the connection fails', () => {
      const seen = outcome(gateway.me());
      sent().error(new ProgressEvent('error'));
      expect(seen).toEqual(['gateway-unreachable']);
    });
  });

  describe('with an answer that cannot be used', () => {
    it('does not know what became of an order', () => {
      for (const body of [null, {}, { request: null }]) {
        const seen = outcome(gateway.createRequest(anOrder(), 'key-1'));
        reply(body);
        expect(seen).withContext(JSON.stringify(body)).toEqual(['outcome-unknown']);
      }
    });

    it('does not know what became of an action or an edit whose answer is about another request', () => {
      for (const body of [null, {}, { request: {} }, { request: aRequest({ id: 'LA2' }) }]) {
        const seen = [
          ...outcomeOf(gateway.act('LA1', { side: 'lender', action: 'accept', version: 1 }, 'key-1'), body),
          ...outcomeOf(gateway.edit('LA1', { version: 1, fields: {} }, 'key-1'), body),
        ];
        expect(seen).withContext(JSON.stringify(body)).toEqual(['outcome-unknown', 'outcome-unknown']);
      }
    });

    it('does not know what became of a command that a proxy answered, unless that has kept it back', () => {
      const codes: readonly (readonly [number, string])[] = [
        [302, 'outcome-unknown'],
        [400, 'outcome-unknown'],
        [404, 'outcome-unknown'],
        [408, 'outcome-unknown'],
        [429, 'outcome-unknown'],
        [500, 'internal'],
        [502, 'gateway-unreachable'],
        [504, 'gateway-unreachable'],
        [403, 'forbidden'],
        [413, 'payload-too-large'],
      ];
      for (const [status, code] of codes) {
        const seen = outcome(gateway.createRequest(anOrder(), 'key-1'));
        sent().flush('<html>', { status, statusText: 'x' });
        expect(seen).withContext(String(status)).toEqual([code]);
      }
    });

    it('tells what an action found done that its caller had not seen', () => {
      const request = aRequest({ id: 'LA1' });
      const answer = { from: null, to: null, request, changes: [{ command: 'CANCEL', memberId: 'FA1' }] };
      const accept = { side: 'lender', action: 'accept', version: 1 } as const;
      expect(outcomeOf(gateway.act('LA1', accept, 'key-1'), answer)).toEqual([answer]);
    });

    it('never takes nothing for an empty list', () => {
      const calls = {
        searchCatalog: () => gateway.searchCatalog({ library: 'MAIN', form: 'book', isbn: ISBN }),
        holdings: () => gateway.holdings('BA1', { library: 'MAIN' }),
        members: () => gateway.members({ library: 'MAIN' }),
        drafts: () => gateway.drafts(),
        openRequests: () => gateway.openRequests('MAIN', 'BA1'),
      };
      for (const [name, call] of Object.entries(calls)) {
        const seen = outcome(call());
        reply(null);
        expect(seen).withContext(name).toEqual(['internal']);
      }
    });

    it('takes a good list', () => {
      const seen = outcome(gateway.searchCatalog({ library: 'MAIN', form: 'book', isbn: ISBN }));
      reply(aPage([aRecord()]));
      expect(seen).toEqual([aPage([aRecord()])]);
    });

    it('never takes nothing for a record, a member, a user, a request or what the library shares', () => {
      const calls = [
        gateway.me(),
        gateway.catalogRecord('MAIN', 'BA1'),
        gateway.member('MAIN', 'FA1'),
        gateway.request('LA1', 'borrower'),
        gateway.recentLenders('MAIN'),
        gateway.profile('MAIN'),
        gateway.putProfile('MAIN', { version: 0, templates: [] }),
      ];
      for (const call of calls) {
        const seen = outcome(call);
        reply(null);
        expect(seen).toEqual(['internal']);
      }
    });
  });

  it('knows while an action is carried out, however it ends', () => {
    const action = gateway.act('LA1', { side: 'lender', action: 'accept', version: 1 }, 'key-1');
    expect(gateway.isCommanding()).toBeFalse();
    const seen = outcome(action);
    expect(gateway.isCommanding()).toBeTrue();
    reply({});
    expect([seen, gateway.isCommanding()]).toEqual([['outcome-unknown'], false]);
  });

  /** HttpClient's result for a success with a text page, such as a proxy's login. */
  describe('with a success that is no JSON', () => {
    const noJson = new HttpErrorResponse({
      status: 200,
      error: { error: new SyntaxError('Unexpected token <'), text: '<html>' },
    });

    beforeEach(() => {
      TestBed.resetTestingModule();
      TestBed.configureTestingModule({
        providers: [
          provideHttpClient(),
          { provide: HttpBackend, useValue: { handle: () => throwError(() => noJson) } },
          { provide: SettingsService, useValue: settings },
        ],
      });
      gateway = TestBed.inject(GatewayClient);
    });

    it('does not know what became of an order', () => {
      expect(outcome(gateway.createRequest(anOrder(), 'key-1'))).toEqual(['outcome-unknown']);
    });

    it('has not reached the gateway with a question', () => {
      expect(outcome(gateway.me())).toEqual(['gateway-unreachable']);
    });
  });
});
