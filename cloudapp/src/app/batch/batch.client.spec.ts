import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { of, throwError } from 'rxjs';
import type { Batch } from '../../domain/api/batch';
import { anInstitution } from '../testing/records';
import { AppError } from '../core/app-error';
import { AuthTokenService } from '../core/auth-token.service';
import { BatchClient } from './batch.client';
import { GATEWAY_TIMEOUT } from '../core/gateway.http';
import { gatewayInterceptor } from '../core/gateway.interceptor';
import { SettingsService } from '../core/settings.service';

const IDS = ['LA0000000011', 'LA0000000022', 'LA0000000033'] as const;
const BATCH: Batch = {
  side: 'borrower',
  action: 'accept',
  items: IDS.map((id, at) => ({ id, version: at + 1 })),
};
const done = (id: string) => ({
  id,
  ok: true,
  from: 'SHIPPED',
  to: 'ARRIVED',
  externalStatus: '到着処理中',
  version: 9,
});
const problem = { type: 'about:blank', title: 'x', status: 409, code: 'stale-version', requestId: 'r-1' };
const END = { done: { succeeded: 3, failed: 0 } };
const line = (value: object) => `${JSON.stringify(value)}\n`;
const WHOLE = IDS.map((id) => line(done(id))).join('') + line(END);

describe('BatchClient', () => {
  let fetched: jasmine.Spy<typeof fetch>;
  let tokens: jasmine.SpyObj<AuthTokenService>;
  let settings: jasmine.SpyObj<SettingsService>;

  beforeEach(() => {
    fetched = spyOn(globalThis, 'fetch');
    tokens = jasmine.createSpyObj<AuthTokenService>('AuthTokenService', { token: of('token-1'), forget: undefined });
    settings = jasmine.createSpyObj<SettingsService>('SettingsService', { institution: of(anInstitution()) });
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withFetch(), withInterceptors([gatewayInterceptor])),
        { provide: AuthTokenService, useValue: tokens },
        { provide: SettingsService, useValue: settings },
        { provide: GATEWAY_TIMEOUT, useValue: 300 },
      ],
    });
  });

  /** Returns a response with these chunks. `fault` breaks the response after them. */
  function answers(pieces: readonly (string | Uint8Array)[], fault?: Error): Response {
    const bytes = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        const piece = bytes[at];
        at += 1;
        if (piece !== undefined) stream.enqueue(piece);
        else if (fault === undefined) stream.close();
        else stream.error(fault);
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
  }
  const refuses = (status: number, body: string) => new Response(body, { status, headers: { 'x-request-id': 'r-9' } });

  /** The ids with their outcomes in order of arrival, and how the call ended. */
  async function outcome(): Promise<{
    readonly rows: readonly string[];
    readonly end: string;
    readonly error?: AppError;
  }> {
    const rows: string[] = [];
    return new Promise((resolve) => {
      TestBed.inject(BatchClient)
        .run(BATCH, 'key-1')
        .subscribe({
          next: (row) => rows.push(`${row.id} ${row.ok ? (row.to ?? '') : row.error.code}`),
          error: (error: unknown) => {
            resolve(error instanceof AppError ? { rows, end: error.code, error } : { rows, end: String(error) });
          },
          complete: () => {
            resolve({ rows, end: 'complete' });
          },
        });
    });
  }
  const ALL_DONE = IDS.map((id) => `${id} ARRIVED`);

  it('sends the batch to the gateway of the institution, with the token and the key', async () => {
    fetched.and.resolveTo(answers([WHOLE]));
    expect(await outcome()).toEqual({ rows: ALL_DONE, end: 'complete' });
    const [url, init] = fetched.calls.mostRecent().args;
    expect(url).toBe('https://gateway.example/api/v1/actions');
    expect(init?.method).toBe('POST');
    expect(JSON.parse(init?.body as string)).toEqual(BATCH);
    const { Authorization, 'Idempotency-Key': key } = init?.headers as Record<string, string>;
    expect([Authorization, key]).toEqual(['Bearer token-1', 'key-1']);
  });

  it('puts lines and characters together again, wherever they were cut', async () => {
    const bytes = new TextEncoder().encode(WHOLE.replaceAll('\n', '\r\n'));
    fetched.and.resolveTo(answers(Array.from(bytes, (byte) => new Uint8Array([byte]))));
    expect(await outcome()).toEqual({ rows: ALL_DONE, end: 'complete' });
  });

  it('takes a last line without its end', async () => {
    fetched.and.resolveTo(answers([WHOLE.trimEnd()]));
    expect((await outcome()).end).toBe('complete');
  });

  it('gives each row when it comes, not when all have come', async () => {
    fetched.and.resolveTo(
      new Response(
        new ReadableStream<Uint8Array>({
          start: (stream) => {
            stream.enqueue(new TextEncoder().encode(line(done(IDS[0]))));
          },
        }),
      ),
    );
    const first = await new Promise<string>((resolve, reject) => {
      const running = TestBed.inject(BatchClient)
        .run(BATCH, 'key-1')
        .subscribe({
          next: ({ id }) => {
            resolve(id);
            running.unsubscribe();
          },
          error: reject,
        });
    });
    expect(first).toBe(IDS[0]);
  });

  it("reads a row's problem as an error of the catalogue, with its details", async () => {
    const lines = [
      { id: IDS[0], ok: false, problem },
      done(IDS[1]),
      { id: IDS[2], ok: false, problem: { ...problem, code: 'internal' } },
    ];
    fetched.and.resolveTo(answers([lines.map(line).join(''), line(END)]));
    const rows: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      TestBed.inject(BatchClient)
        .run(BATCH, 'key-1')
        .subscribe({
          next: (row) => rows.push(row.ok ? row.id : [row.error.code, row.error.details]),
          error: reject,
          complete: resolve,
        });
    });
    expect(rows).toEqual([['stale-version', { requestId: 'r-1' }], IDS[1], ['internal', { requestId: 'r-1' }]]);
  });

  for (const [what, pieces] of [
    ['the stream ends without its last line', [line(done(IDS[0]))]],
    ['the last line comes too early', [line(done(IDS[0])), line(END)]],
    ['nothing comes at all', []],
    ['a line is cut off', [line(done(IDS[0])), '{"id":"LA00']],
    ['a line is no JSON', [line(done(IDS[0])), '<html>\n', WHOLE]],
    ['a line is JSON of another shape', [line(done(IDS[0])), line({ status: 'ok' }), WHOLE]],
    ['a line is null', [line(done(IDS[0])), 'null\n', WHOLE]],
    ['a row comes twice', [line(done(IDS[0])), line(done(IDS[0])), WHOLE]],
    ['a row comes that was not asked', [line(done(IDS[0])), line(done('LA9999999999')), WHOLE]],
    ['the bytes are no UTF-8', [line(done(IDS[0])), new Uint8Array([0x7b, 0xff, 0xfe, 0x0a])]],
  ] as const) {
    it(`does not know the outcome when ${what}`, async () => {
      fetched.and.resolveTo(answers(pieces));
      const { rows, end } = await outcome();
      expect(end).toBe('outcome-unknown');
      expect(rows).toEqual(pieces.length === 0 ? [] : [`${IDS[0]} ARRIVED`]);
    });
  }

  it('does not know the outcome when the stream breaks, or falls silent', async () => {
    fetched.and.resolveTo(answers([line(done(IDS[0]))], new TypeError('network error')));
    expect(await outcome()).toEqual(jasmine.objectContaining({ rows: [`${IDS[0]} ARRIVED`], end: 'outcome-unknown' }));
    fetched.and.resolveTo(new Response(new ReadableStream<Uint8Array>({})));
    expect((await outcome()).end).toBe('outcome-unknown');
  });

  it('says that the gateway is not there when no answer came', async () => {
    fetched.and.rejectWith(new TypeError('Failed to fetch'));
    expect((await outcome()).end).toBe('gateway-unreachable');
  });

  it("reads a refusal as the gateway's problem, and one of a proxy by its status", async () => {
    fetched.and.resolveTo(refuses(422, JSON.stringify({ ...problem, code: 'idempotency-key-reused' })));
    expect((await outcome()).end).toBe('idempotency-key-reused');
    fetched.and.resolveTo(refuses(403, '<html>'));
    const { end, error } = await outcome();
    expect([end, error?.details.requestId]).toEqual(['forbidden', 'r-9']);
  });

  it('asks once more with a new token when the first was refused', async () => {
    tokens.token.and.returnValues(of('token-1'), of('token-2'));
    fetched.and.returnValues(Promise.resolve(refuses(401, '{}')), Promise.resolve(answers([WHOLE])));
    expect(await outcome()).toEqual({ rows: ALL_DONE, end: 'complete' });
    expect(tokens.forget).toHaveBeenCalledOnceWith('token-1');
    const sent = fetched.calls.allArgs().map(([, init]) => (init?.headers as Record<string, string>)['Authorization']);
    expect(sent).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('gives up when the new token is refused, too', async () => {
    fetched.and.callFake(() => Promise.resolve(refuses(401, '{}')));
    expect((await outcome()).end).toBe('unauthenticated');
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('sends nothing without a gateway', async () => {
    settings.institution.and.returnValue(throwError(() => new AppError('gateway-not-configured')));
    expect((await outcome()).end).toBe('gateway-not-configured');
    expect(fetched).not.toHaveBeenCalled();
  });

  it('hangs up when nobody listens any more', async () => {
    let signal: AbortSignal | null | undefined;
    fetched.and.callFake((_url, init) => {
      signal = init?.signal;
      return Promise.resolve(answers([line(done(IDS[0]))]));
    });
    await new Promise<void>((resolve, reject) => {
      const running = TestBed.inject(BatchClient)
        .run(BATCH, 'key-1')
        .subscribe({
          next: () => {
            running.unsubscribe();
            resolve();
          },
          error: reject,
        });
    });
    expect(signal?.aborted).toBeTrue();
  });
});
