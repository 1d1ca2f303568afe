import pg from 'pg';
import { orderBody } from '../testing/order-body';
import { MANAGER, type CallOptions, type SpecApp } from '../testing/spec-app';
import { useOneSpecApp } from '../testing/use-spec-app';

type Call = readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: CallOptions];

const FAULTS: readonly (readonly [what: string, error: Error])[] = [
  ['the disk is full', fault('53100', 'could not extend file: No space left on device')],
  ['it is being shut down', fault('57P01', 'terminating connection due to administrator command')],
  ['it is read-only', fault('25006', 'cannot execute INSERT in a read-only transaction')],
  ['nobody listens', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
  ['the connection ended', new Error('Connection terminated unexpectedly')],
  ['the pipe is broken', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })],
];

describe('when the store cannot be used', () => {
  let spec: SpecApp;
  useOneSpecApp((started) => ({ spec } = started));

  const calls = (): readonly Call[] => [
    ['GET', '/api/v1/requests?side=borrower'],
    ['GET', '/api/v1/requests/LA0000000001?side=borrower&fresh=false'],
    ['GET', '/api/v1/drafts'],
    ['PUT', '/api/v1/drafts/draft-0001', { body: { library: 'RES_SHARE', kind: 'copy', content: {} } }],
    ['GET', '/api/v1/profiles/RES_SHARE'],
    ['POST', '/api/v1/requests', { key: spec.newKey(), body: orderBody() }],
    [
      'POST',
      '/api/v1/requests/LA0000000001/actions',
      { key: spec.newKey(), body: { side: 'borrower', action: 'callback', version: 1 } },
    ],
    ['POST', '/api/v1/requests/refresh', { as: MANAGER, body: {} }],
  ];

  for (const [what, error] of FAULTS)
    it(`says so of every call, and sends nothing to NACSIS-ILL: ${what}`, async () => {
      const before = spec.nacsis.calls.length;
      spyOn(pg.Pool.prototype, 'connect').and.callFake(() => Promise.reject(error));
      for (const call of calls()) {
        const { status, problem, headers } = await spec.call(...call);
        expect([call[1], status, problem.code]).toEqual([call[1], 503, 'store-unavailable']);
        expect(headers['retry-after']).toBeDefined();
        expect(JSON.stringify(problem)).not.toContain(error.message);
      }
      expect(spec.nacsis.calls.length).toBe(before);
      expect(spec.log.join('\n')).toContain(error.message);
    });

  it('says that the outcome is unknown where the command was sent before, and finds it when the store is back', async () => {
    const order: Call = ['POST', '/api/v1/requests', { key: spec.newKey(), body: orderBody() }];
    let connect: jasmine.Spy | undefined;
    spec.nacsis.during = () => {
      connect = spyOn(pg.Pool.prototype, 'connect').and.callFake(() => Promise.reject(fault('53100', 'disk full')));
      return Promise.resolve();
    };
    const { status, problem } = await spec.call(...order);
    expect([status, problem.code, problem.retryAfterSeconds]).toEqual([504, 'outcome-unknown', 3]);
    connect?.and.callThrough();
    spec.nacsis.during = () => Promise.resolve();
    spec.pass(100);
    expect((await spec.call(...order)).status).toBe(201);
    expect(spec.nacsis.stored.size).toBe(1);
  });

  it('does not blame the store for a text that it cannot hold', async () => {
    const { problem } = await spec.call('PUT', '/api/v1/drafts/draft-0001', {
      body: { library: 'RES_SHARE', kind: 'copy', content: { title: '\u0000' } },
    });
    expect(problem.code).toBe('invalid-fields');
  });
});

function fault(code: string, message: string): Error {
  return Object.assign(new Error(message), { code, severity: 'ERROR' });
}
