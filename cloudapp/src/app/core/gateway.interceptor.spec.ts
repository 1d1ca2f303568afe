import {
  HttpClient,
  HttpContext,
  type HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { of, throwError } from 'rxjs';
import { FakeHost } from '../testing/fake-host';
import { HostError } from './app-error';
import { FOR_GATEWAY, gatewayInterceptor } from './gateway.interceptor';
import { HostService } from './host.service';

const URL = 'https://gateway.example/api/v1/requests';
const FAILED = { status: 500, statusText: 'x' };
const REFUSED = { status: 401, statusText: 'x' };

describe('gatewayInterceptor', () => {
  let host: FakeHost;
  let http: HttpClient;
  let server: HttpTestingController;
  let answers: unknown[];

  beforeEach(() => {
    host = new FakeHost();
    host.authToken.and.returnValues(of('token-1'), of('token-2'), of('token-3'));
    answers = [];
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([gatewayInterceptor])),
        provideHttpClientTesting(),
        { provide: HostService, useValue: host },
      ],
    });
    http = TestBed.inject(HttpClient);
    server = TestBed.inject(HttpTestingController);
  });
  afterEach(() => server.verify());

  function post(): void {
    const context = new HttpContext().set(FOR_GATEWAY, true);
    const headers = { 'Idempotency-Key': 'key-1' };
    http.post(URL, { a: 1 }, { context, headers }).subscribe({
      next: (answer) => answers.push(answer),
      error: (error: unknown) => answers.push(error),
    });
  }
  const tokenOf = ({ request }: TestRequest) => request.headers.get('Authorization');

  it('gives the token to the gateway', () => {
    post();
    const sent = server.expectOne(URL);
    expect(tokenOf(sent)).toBe('Bearer token-1');
    sent.flush({ ok: true });
    expect(answers).toEqual([{ ok: true }]);
  });

  it('gives the token to nobody else, and does not even ask for it', () => {
    http.get('https://elsewhere.example/').subscribe({ next: () => undefined });
    expect(tokenOf(server.expectOne('https://elsewhere.example/'))).toBeNull();
    expect(host.authToken).not.toHaveBeenCalled();
  });

  it('sends the same once more with a new token when the first is refused', () => {
    post();
    server.expectOne(URL).flush({}, REFUSED);
    const again = server.expectOne(URL);
    expect(tokenOf(again)).toBe('Bearer token-2');
    expect([again.request.body, again.request.headers.get('Idempotency-Key')]).toEqual([{ a: 1 }, 'key-1']);
    again.flush({ ok: true });
    expect(answers).toEqual([{ ok: true }]);
  });

  it('gives up when the new token is refused, too', () => {
    post();
    server.expectOne(URL).flush({}, REFUSED);
    server.expectOne(URL).flush({}, REFUSED);
    expect(answers.map((error) => (error as HttpErrorResponse).status)).toEqual([401]);
  });

  it('repeats nothing after any other failure', () => {
    post();
    server.expectOne(URL).flush({}, FAILED);
    expect(answers.map((error) => (error as HttpErrorResponse).status)).toEqual([500]);
  });

  it('sends nothing when Alma gives no token', () => {
    const refusal = new HostError('host-timeout');
    host.authToken.and.returnValue(throwError(() => refusal));
    post();
    server.expectNone(URL);
    expect(answers).toEqual([refusal]);
  });
});
