import { AppError } from '../core/app-error';
import { aSummary } from '../testing/records';
import { begun, outcomeOfError, outcomeOfResult, settled, tallyOf } from './batch-outcomes';
import { callsFor, sentNow, type Outcome, type RunRow } from './batch-plan';
import { refusedNow, renewed } from './batch-rereading';
import { rowOfSummary } from './batch-row';

const WHAT = { side: 'borrower', action: 'accept' } as const;
const WAITING: Outcome = { state: 'waiting' };
const UNKNOWN: Outcome = { state: 'unknown' };
const FAILED: Outcome = { state: 'failed', error: new AppError('stale-version') };
const run = (id: string, outcome: Outcome = WAITING, changes: Partial<RunRow> = {}): RunRow => ({
  row: rowOfSummary(aSummary({ id, version: 5, allowed: ['accept'] })),
  params: {},
  outcome,
  ...changes,
});
const calls = (rows: readonly RunRow[]) => callsFor(sentNow(rows, 'new'), WHAT);

describe('the calls of a batch', () => {
  it('are one under a new key, with the versions as they were read last', () => {
    expect(calls([run('A'), run('B', FAILED)])).toEqual([
      {
        key: 'new',
        batch: {
          ...WHAT,
          items: [
            { id: 'A', version: 5 },
            { id: 'B', version: 5 },
          ],
        },
      },
    ]);
  });

  it('say once what is the same for all, and with each row what is not', () => {
    const today = { arrivalDate: '20261124' };
    expect(
      calls([run('A', WAITING, { params: today }), run('B', WAITING, { params: { ...today } })])[0]?.batch,
    ).toEqual({
      ...WHAT,
      params: today,
      items: [
        { id: 'A', version: 5 },
        { id: 'B', version: 5 },
      ],
    });
    expect(calls([run('A', WAITING, { params: today }), run('B')])[0]?.batch).toEqual({
      ...WHAT,
      items: [
        { id: 'A', version: 5, params: today },
        { id: 'B', version: 5, params: {} },
      ],
    });
  });

  it('repeat a row of unknown outcome as it went, under the key that it had, before anything else', () => {
    const sent = { key: 'old', version: 3, params: { comment: 'typed then' } };
    const rows = [run('A', FAILED, { sent }), run('B', UNKNOWN, { sent, params: { comment: 'typed now' } })];
    expect(calls(rows)).toEqual([
      { key: 'old', batch: { ...WHAT, params: sent.params, items: [{ id: 'B', version: 3 }] } },
      { key: 'new', batch: { ...WHAT, items: [{ id: 'A', version: 5 }] } },
    ]);
  });

  it('are none without rows', () => {
    expect(calls([])).toEqual([]);
  });
});

describe('outcomes', () => {
  it('are done with the new state', () => {
    const result = {
      id: 'A',
      ok: true,
      from: 'SHIPPED',
      to: 'ARRIVED',
      externalStatus: '到着処理中',
      version: 6,
    } as const;
    expect(outcomeOfResult(result, WAITING)).toEqual({ state: 'done', to: 'ARRIVED', externalStatus: '到着処理中' });
  });

  for (const [code, before, state] of [
    ['stale-version', WAITING, 'failed'],
    ['nacsis-unavailable', WAITING, 'failed'],
    ['outcome-unknown', WAITING, 'unknown'],
    ['gateway-unreachable', WAITING, 'unknown'],
    ['command-in-progress', WAITING, 'unknown'],
    ['stale-version', UNKNOWN, 'failed'],
    // This attempt did nothing, but the previous attempt may have been executed.
    ['nacsis-unavailable', UNKNOWN, 'unknown'],
    ['forbidden', UNKNOWN, 'unknown'],
  ] as const) {
    it(`are ${state} after ${code} on a row that was ${before.state}`, () => {
      const error = new AppError(code);
      expect(outcomeOfResult({ id: 'A', ok: false, error }, before)).toEqual({ state, error });
      expect(outcomeOfError(error, before)).toEqual({ state, error });
    });
  }

  it('change only with rows that were sent and have none', () => {
    const sent = sentNow([run('A'), run('B', FAILED)], 'new');
    const running = begun([run('A'), run('B', FAILED), run('C', FAILED)], sent);
    expect(running.map(({ outcome }) => outcome.state)).toEqual(['running', 'running', 'failed']);
    expect(running[0]?.sent).toEqual({ key: 'new', version: 5, params: {} });
    const after = settled(running, sent.slice(0, 1), () => UNKNOWN);
    expect(after.map(({ outcome }) => outcome.state)).toEqual(['unknown', 'running', 'failed']);
    expect(settled(after, sent, () => WAITING).map(({ outcome }) => outcome.state)).toEqual([
      'unknown',
      'waiting',
      'failed',
    ]);
    expect(tallyOf(after)).toEqual({ waiting: 0, running: 1, done: 0, failed: 1, unknown: 1 });
  });
});

describe('rows that are read again', () => {
  const now = (id: string, allowed: readonly 'accept'[]) =>
    rowOfSummary(aSummary({ id, version: 9, state: 'PROCESSING', allowed: [...allowed] }));

  it('take over how the request is now, and keep their outcome', () => {
    const [first, second] = renewed([run('A', FAILED), run('B', UNKNOWN)], { rows: [now('A', [])], missing: [] });
    expect([first?.row.version, first?.outcome, second?.row.version]).toEqual([9, FAILED, 5]);
  });

  it('say why they cannot be sent again', () => {
    const found = {
      rows: [now('A', ['accept']), now('B', [])],
      missing: [{ id: 'C', error: new AppError('not-found') }],
    };
    const rows = refusedNow(
      ['A', 'B', 'C', 'D'].map((id) => run(id, FAILED)),
      new Set(['A', 'B', 'C']),
      found,
      'accept',
    );
    expect(rows.map(({ outcome }) => ('error' in outcome ? outcome.error?.code : ''))).toEqual([
      'stale-version',
      'action-not-allowed',
      'not-found',
      'stale-version',
    ]);
    expect(rows.map(({ row }) => row.allowed.length)).toEqual([1, 0, 0, 1]);
  });

  it('still say who acted meanwhile, and now also why not', () => {
    const changes = [{ command: 'CALLBACK' }];
    const outcome = { state: 'failed', error: new AppError('stale-version', { changes }) } as const;
    const found = { rows: [{ ...now('A', []), refusals: { accept: 'wrong-state' as const } }], missing: [] };
    const [row] = refusedNow([run('A', outcome)], new Set(['A']), found, 'accept');
    expect(row?.outcome).toEqual({
      state: 'failed',
      error: new AppError('action-not-allowed', { changes, reason: 'wrong-state' }),
    });
  });
});
