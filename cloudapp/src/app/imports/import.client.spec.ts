import { TestBed } from '@angular/core/testing';
import { firstValueFrom, of, Subject, toArray } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { AppError } from '../core/app-error';
import { AuthTokenService } from '../core/auth-token.service';
import { GatewayClient } from '../core/gateway.client';
import type { Remote } from '../core/remote';
import { SettingsService } from '../core/settings.service';
import { aRun, fakeRunStream } from '../testing/fake-imports';
import { anInstitution } from '../testing/records';
import { ImportClient } from './import.client';
import { RunStream } from './run-stream';

describe('ImportClient', () => {
  let call: jasmine.Spy;
  let stream: ReturnType<typeof fakeRunStream>;

  beforeEach(() => {
    call = jasmine.createSpy('call');
    stream = fakeRunStream();
    TestBed.configureTestingModule({
      providers: [
        { provide: GatewayClient, useValue: { call } },
        { provide: RunStream, useValue: stream },
        { provide: AuthTokenService, useValue: { token: () => of('token-1') } },
        { provide: SettingsService, useValue: { institution: () => of(anInstitution()) } },
      ],
    });
  });
  const client = () => TestBed.inject(ImportClient);
  const failureOf = async (source: Promise<unknown>): Promise<unknown> =>
    source.then(
      () => 'nothing failed',
      (error: unknown) => (error instanceof AppError ? error.code : error),
    );

  it('asks the gateway for the one thing that is wanted', async () => {
    call.and.returnValue(of({ total: 0, items: [], rows: [] }));
    await firstValueFrom(client().start({ dryRun: true }, 'key-1'));
    await firstValueFrom(client().runs({ library: 'MAIN' }));
    await firstValueFrom(client().requests('run-1', { outcome: 'failed' }));
    await firstValueFrom(client().cancel('run-1', 'key-2'));
    await firstValueFrom(client().retry('run-1', { id: 'LA1' }, 'key-3'));
    expect(call.calls.allArgs()).toEqual([
      ['POST', ['imports'], { body: { dryRun: true }, key: 'key-1' }],
      ['GET', ['imports'], { query: { library: 'MAIN' } }],
      ['GET', ['imports', 'run-1', 'requests'], { query: { outcome: 'failed' } }],
      ['POST', ['imports', 'run-1', 'cancel'], { body: {}, key: 'key-2' }],
      ['POST', ['imports', 'run-1', 'retry'], { body: { id: 'LA1' }, key: 'key-3' }],
    ]);
  });

  it('does not take nothing for a list or a report', async () => {
    call.and.returnValue(of(null));
    expect(await failureOf(firstValueFrom(client().runs()))).toBe('internal');
    expect(await failureOf(firstValueFrom(client().report('run-1')))).toBe('internal');
  });

  it('tells of a run until it has ended, whatever is cut between', async () => {
    const run = aRun({ state: 'running' });
    const cut = new AppError('gateway-unreachable');
    stream.follow.and.returnValue(
      of<Remote<ImportRun>[]>(
        { state: 'failed', error: cut },
        { state: 'ok', value: run },
        { state: 'stale', value: run, error: cut },
        { state: 'ok', value: aRun() },
      ),
    );
    expect(await firstValueFrom(client().events('run-1').pipe(toArray()))).toEqual([run, aRun()]);
  });

  it('fails where the gateway refuses to tell of the run', async () => {
    const told = new Subject<Remote<ImportRun>>();
    stream.follow.and.returnValue(told);
    const failure = failureOf(firstValueFrom(client().events('run-1').pipe(toArray())));
    told.next({ state: 'failed', error: new AppError('forbidden') });
    expect(await failure).toBe('forbidden');
  });

  it('has the report as a file to the byte, with its mark', async () => {
    const fetched = spyOn(globalThis, 'fetch').and.resolveTo(new Response('\uFEFF依頼番号\r\n'));
    const file = await firstValueFrom(client().file('run 1', 'csv'));
    expect(fetched.calls.mostRecent().args[0]).toBe('https://gateway.example/api/v1/imports/run%201/report.csv');
    expect([...new Uint8Array(await file.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    fetched.and.resolveTo(new Response('', { status: 403 }));
    expect(await failureOf(firstValueFrom(client().file('run-1', 'json')))).toBe('forbidden');
  });
});
