import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, of } from 'rxjs';
import { AppError } from '../core/app-error';
import { AuthTokenService } from '../core/auth-token.service';
import { GatewayHttp } from '../core/gateway.http';
import { gatewayInterceptor } from '../core/gateway.interceptor';
import { SettingsService } from '../core/settings.service';
import { anInstitution } from '../testing/records';
import { ImportClient } from './import.client';

describe('ImportClient', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withFetch(), withInterceptors([gatewayInterceptor])),
        { provide: AuthTokenService, useValue: { token: () => of('token-1'), forget: () => undefined } },
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
    const call = spyOn(TestBed.inject(GatewayHttp), 'json').and.returnValue(of({ total: 0, items: [], rows: [] }));
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

  it('has the report as a file to the byte, with its mark', async () => {
    const fetched = spyOn(globalThis, 'fetch').and.resolveTo(new Response('\uFEFF依頼番号\r\n'));
    const file = await firstValueFrom(client().file('run 1', 'csv'));
    expect(fetched.calls.mostRecent().args[0]).toBe('https://gateway.example/api/v1/imports/run%201/report.csv');
    expect([...new Uint8Array(await file.arrayBuffer())].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    expect(file.type).toBe('text/csv');
    fetched.and.resolveTo(new Response('{"code":"not-found"}', { status: 403 }));
    expect(await failureOf(firstValueFrom(client().file('run-1', 'json')))).toBe('not-found');
  });
});
