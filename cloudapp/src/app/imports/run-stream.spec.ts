import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { AuthTokenService } from '../core/auth-token.service';
import { gatewayInterceptor } from '../core/gateway.interceptor';
import type { Remote } from '../core/remote';
import { SettingsService } from '../core/settings.service';
import { aRun } from '../testing/fake-imports';
import { anInstitution } from '../testing/records';
import { RUN_STREAM_TIMES, RunStream } from './run-stream';

const running = (done: number): ImportRun =>
  aRun({ state: 'running', phase: 'importing', progress: { read: 9, due: 9, done } });
const DONE = aRun();
const event = (run: unknown, id: number): string => `event: run\nid: ${id}\ndata: ${JSON.stringify(run)}\n\n`;
const CUT = 'cut';

describe('RunStream', () => {
  let fetched: jasmine.Spy<typeof fetch>;
  let tokens: jasmine.SpyObj<AuthTokenService>;

  beforeEach(() => {
    fetched = spyOn(globalThis, 'fetch');
    tokens = jasmine.createSpyObj<AuthTokenService>('AuthTokenService', { token: of('token-1'), forget: undefined });
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withFetch(), withInterceptors([gatewayInterceptor])),
        { provide: AuthTokenService, useValue: tokens },
        { provide: SettingsService, useValue: { institution: () => of(anInstitution()) } },
        { provide: RUN_STREAM_TIMES, useValue: { silence: 200, pauses: [0, 5], longest: 5_000 } },
      ],
    });
  });

  /** The response of each connection as chunks; `cut` at the end breaks it. */
  function connections(...answers: readonly (readonly (string | Uint8Array)[])[]): void {
    let next = 0;
    fetched.and.callFake(() => {
      const pieces = answers[next] ?? [];
      next += 1;
      return Promise.resolve(streamed(pieces));
    });
  }
  function streamed(pieces: readonly (string | Uint8Array)[]): Response {
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        const piece = pieces[at];
        at += 1;
        if (piece === CUT) stream.error(new TypeError('network error'));
        else if (piece === undefined) stream.close();
        else stream.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  /** The emitted values until the end, as `ok 3`, `stale 3 code` or `failed code`. */
  async function told(known?: ImportRun): Promise<readonly string[]> {
    const seen: string[] = [];
    await new Promise<void>((resolve, reject) => {
      TestBed.inject(RunStream)
        .follow('run-1', known)
        .subscribe({ next: (remote) => seen.push(wordFor(remote)), error: reject, complete: resolve });
    });
    return seen;
  }
  function wordFor(remote: Remote<ImportRun>): string {
    const value = 'value' in remote ? ` ${remote.value.progress.done} ${remote.value.state}` : '';
    return `${remote.state}${value}${'error' in remote ? ` ${String(remote.error?.code)}` : ''}`;
  }
  const headers = () => fetched.calls.allArgs().map(([, init]) => init?.headers as Record<string, string>);

  it('tells each change until the run has ended, asking with the token', async () => {
    connections([event(running(1), 1), event(running(2), 2) + event(DONE, 3)]);
    expect(await told()).toEqual(['ok 1 running', 'ok 2 running', 'ok 0 completed']);
    const [url] = fetched.calls.mostRecent().args;
    expect(url).toBe('https://gateway.example/api/v1/imports/run-1/events');
    expect(headers()).toEqual([{ Accept: 'text/event-stream', Authorization: 'Bearer token-1' }]);
  });

  it('puts events and characters together again, wherever they were cut', async () => {
    const bytes = new TextEncoder().encode(event({ ...DONE, startedBy: '担当 A' }, 1));
    connections(Array.from(bytes, (byte) => new Uint8Array([byte])));
    expect(await told()).toEqual(['ok 0 completed']);
  });

  it('takes a stream up again where it was cut, and says meanwhile that there is no news', async () => {
    connections([event(running(1), 7), CUT], [event(running(2), 8)], [event(DONE, 9)]);
    expect(await told()).toEqual([
      'ok 1 running',
      'stale 1 running gateway-unreachable',
      'ok 1 running',
      'ok 2 running',
      // A response that ends before the run is also an interruption.
      'stale 2 running gateway-unreachable',
      'ok 2 running',
      'ok 0 completed',
    ]);
    expect(headers().map((sent) => sent['Last-Event-ID'])).toEqual([undefined, '7', '8']);
  });

  it('keeps the known run when the gateway was not reached at first', async () => {
    fetched.and.returnValues(
      Promise.reject(new TypeError('Failed to fetch')),
      Promise.resolve(streamed([event(DONE, 1)])),
    );
    expect(await told(running(3))).toEqual(['stale 3 running gateway-unreachable', 'ok 3 running', 'ok 0 completed']);
  });

  it('begins again when the gateway was not reached at first', async () => {
    fetched.and.returnValues(
      Promise.reject(new TypeError('Failed to fetch')),
      Promise.resolve(streamed([event(DONE, 1)])),
    );
    expect(await told()).toEqual(['failed gateway-unreachable', 'ok 0 completed']);
  });

  it('hangs up and begins again when nothing is heard any more, heartbeats being heard', async () => {
    const silent = new Response(
      new ReadableStream<Uint8Array>({
        start: (stream) => {
          stream.enqueue(new TextEncoder().encode(event(running(1), 1)));
        },
      }),
    );
    fetched.and.returnValues(Promise.resolve(silent), Promise.resolve(streamed([': still here\n\n', event(DONE, 2)])));
    expect(await told()).toEqual([
      'ok 1 running',
      'stale 1 running gateway-unreachable',
      'ok 1 running',
      'ok 0 completed',
    ]);
  });

  for (const [what, data] of [
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['another run', JSON.stringify(aRun({ runId: 'run-2' }))],
  ] as const) {
    it(`does not take ${what} for the run, says so, and asks for it again`, async () => {
      connections([event(running(1), 1), `event: run\nid: 2\ndata: ${data}\n\n`], [': hi\n\n', event(DONE, 2)]);
      expect(await told()).toEqual(['ok 1 running', 'stale 1 running internal', 'ok 0 completed']);
      expect(headers()[1]?.['Last-Event-ID']).toBe('1');
    });
  }

  it('continues on a new connection when one has become long, without a word', async () => {
    const comment = `: ${'x'.repeat(5_000)}\n\n`;
    connections([event(running(1), 1), comment, event(running(2), 2)], [event(DONE, 3)]);
    expect(await told()).toEqual(['ok 1 running', 'ok 0 completed']);
    expect(headers()[1]?.['Last-Event-ID']).toBe('1');
  });

  it('leaves out events of another name', async () => {
    connections([`event: hello\ndata: x\n\n${event(DONE, 1)}`]);
    expect(await told()).toEqual(['ok 0 completed']);
  });

  for (const [status, code] of [
    [403, 'forbidden'],
    [404, 'not-found'],
  ] as const) {
    it(`ends when the gateway refuses with ${status}`, async () => {
      fetched.and.callFake(() => Promise.resolve(new Response('', { status })));
      expect(await told()).toEqual([`failed ${code}`]);
      expect(fetched).toHaveBeenCalledTimes(1);
    });
  }

  it('asks once more with a new token when the first was refused', async () => {
    tokens.token.and.returnValues(of('token-1'), of('token-2'));
    fetched.and.returnValues(
      Promise.resolve(new Response('{}', { status: 401 })),
      Promise.resolve(streamed([event(DONE, 1)])),
    );
    expect(await told()).toEqual(['ok 0 completed']);
    expect(tokens.forget).toHaveBeenCalledOnceWith('token-1');
    expect(headers().map((sent) => sent['Authorization'])).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('hangs up when nobody listens any more', async () => {
    let signal: AbortSignal | null | undefined;
    fetched.and.callFake((_url, init) => {
      signal = init?.signal;
      return Promise.resolve(streamed([event(running(1), 1)]));
    });
    await new Promise<void>((resolve, reject) => {
      const following = TestBed.inject(RunStream)
        .follow('run-1')
        .subscribe({
          next: () => {
            following.unsubscribe();
            resolve();
          },
          error: reject,
        });
    });
    expect(signal?.aborted).toBeTrue();
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
