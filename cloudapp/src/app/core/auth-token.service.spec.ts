import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import { FakeHost } from '../testing/fake-host';
import { jwtOf } from '../testing/jwt';
import { HostError } from './app-error';
import { AuthTokenService, NOW } from './auth-token.service';
import { HostService } from './host.service';

const START = 1_800_000_000_000;
const SECOND = 1000;

describe('AuthTokenService', () => {
  let host: FakeHost;
  let now: number;
  let tokens: AuthTokenService;

  beforeEach(() => {
    host = new FakeHost();
    now = START;
    TestBed.configureTestingModule({
      providers: [
        { provide: HostService, useValue: host },
        { provide: NOW, useValue: () => now },
      ],
    });
    tokens = TestBed.inject(AuthTokenService);
  });

  function tokenNow(): string | undefined {
    let got: string | undefined;
    tokens.token().subscribe((token) => (got = token));
    return got;
  }

  /** The host returns a token that expires this many seconds after the start. */
  function hostGives(seconds: number, extra: object = {}): string {
    const token = jwtOf({ exp: START / SECOND + seconds, ...extra });
    host.authToken.and.returnValue(of(token));
    return token;
  }

  it('asks nobody before a token is wanted', () => {
    tokens.token();
    expect(host.authToken).not.toHaveBeenCalled();
  });

  it('keeps a token until a minute before it ends', () => {
    const first = hostGives(600);
    expect(tokenNow()).toBe(first);
    const second = hostGives(1200);
    now = START + 540 * SECOND - 1;
    expect(tokenNow()).toBe(first);
    now += 1;
    expect(tokenNow()).toBe(second);
    expect(host.authToken).toHaveBeenCalledTimes(2);
  });

  it('reads a payload in base64url with other scripts in it', () => {
    const token = hostGives(600, { name: '担当 A ???>>>~~~' });
    expect(/[-_]/.test(token.split('.')[1] ?? '')).toBeTrue();
    tokenNow();
    now = START + 500 * SECOND;
    tokenNow();
    expect(host.authToken).toHaveBeenCalledTimes(1);
  });

  it('keeps a token that it cannot read for half a minute', () => {
    for (const token of ['opaque', 'a.!!!.c', `a.${btoa('{"exp":"soon"}')}.c`, `a.${btoa('null')}.c`]) {
      host.authToken.calls.reset();
      host.authToken.and.returnValue(of(token));
      now += 60 * SECOND;
      expect(tokenNow()).withContext(token).toBe(token);
      now += 29 * SECOND;
      tokenNow();
      expect(host.authToken).withContext(token).toHaveBeenCalledTimes(1);
      now += 2 * SECOND;
      tokenNow();
      expect(host.authToken).withContext(token).toHaveBeenCalledTimes(2);
    }
  });

  it('asks once for all who wait', () => {
    const answer = new Subject<string>();
    host.authToken.and.returnValue(answer);
    const got: string[] = [];
    tokens.token().subscribe((token) => got.push(`first ${token}`));
    tokens.token().subscribe((token) => got.push(`second ${token}`));
    answer.next('t');
    answer.complete();
    expect(got).toEqual(['first t', 'second t']);
    expect(host.authToken).toHaveBeenCalledTimes(1);
  });

  it('still has the token for the second when the first has given up', () => {
    const answer = new Subject<string>();
    host.authToken.and.returnValue(answer);
    const got: string[] = [];
    const first = tokens.token().subscribe((token) => got.push(token));
    tokens.token().subscribe((token) => got.push(token));
    first.unsubscribe();
    answer.next('t');
    expect(got).toEqual(['t']);
  });

  it('fails for all who wait and asks anew the next time', () => {
    const answer = new Subject<string>();
    host.authToken.and.returnValue(answer);
    const failures: unknown[] = [];
    for (const _ of [1, 2]) tokens.token().subscribe({ error: (error: unknown) => failures.push(error) });
    const refusal = new HostError('host-timeout');
    answer.error(refusal);
    expect(failures).toEqual([refusal, refusal]);
    const token = hostGives(600);
    expect(tokenNow()).toBe(token);
  });

  it('gets a new token once the gateway has refused the one it has', () => {
    const first = hostGives(600);
    tokenNow();
    tokens.forget(first);
    const second = hostGives(700);
    expect(tokenNow()).toBe(second);
  });

  it('keeps a newer token when an older one is refused late', () => {
    const first = hostGives(600);
    tokenNow();
    tokens.forget(first);
    const second = hostGives(700);
    tokenNow();
    tokens.forget(first);
    expect(tokenNow()).toBe(second);
    expect(host.authToken).toHaveBeenCalledTimes(2);
  });
});
