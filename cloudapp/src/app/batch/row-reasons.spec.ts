import { AppError } from '../core/app-error';
import { PARTNER, requestIn } from '../testing/offers';
import { aSummary } from '../testing/records';
import type { Outcome } from './batch-plan';
import { rowOfSummary } from './batch-row';
import { faultsOf, goneKey, reasonsOf, standingOf } from './row-reasons';

const request = requestIn('PROCESSING', 'borrower', 'copy', { version: 5 });
const runRow = (outcome: Outcome, changes: Parameters<typeof aSummary>[0] = {}) => ({
  row: rowOfSummary(aSummary({ state: 'SHIPPED', version: 3, ...changes })),
  params: {},
  outcome,
});
const failed = (details: ConstructorParameters<typeof AppError>[1]): Outcome => ({
  state: 'failed',
  error: new AppError('action-not-allowed', details),
});

describe('reasonsOf', () => {
  it('says who acted meanwhile and when, then why not, then what NACSIS-ILL said', () => {
    const at = new Date(new Date().setHours(10, 42)).toISOString();
    const error = new AppError('stale-version', {
      request,
      changes: [{ command: 'CALLBACK', memberId: PARTNER.id, at }],
      reason: 'wrong-state',
      nacsis: { status: '422', message: 'NG' },
    });
    expect(reasonsOf(error, 'en-US')).toEqual([
      {
        key: 'actions.change.otherAt',
        params: { at: '10:42', wire: 'CALLBACK', command: 'CALLBACK' },
        words: { command: 'command.CALLBACK' },
      },
      { key: 'refusal.wrong-state' },
      { key: 'message.nacsisSays', params: { status: '422', message: 'NG' } },
    ]);
  });

  it('is empty where the error itself says everything', () => {
    expect(reasonsOf(new AppError('nacsis-unavailable'), 'en-US')).toEqual([]);
  });
});

describe('standingOf', () => {
  it('is the state that the action led to', () => {
    expect(standingOf(runRow({ state: 'done', to: 'ARRIVED', externalStatus: '到着処理中' }))).toEqual({
      key: 'state.ARRIVED',
    });
  });

  it('is that of the refusal where it is newer than the list', () => {
    expect(standingOf(runRow(failed({ request })))).toEqual({ key: 'state.PROCESSING' });
    expect(standingOf(runRow(failed({ request }), { version: 6 }))).toEqual({ key: 'state.SHIPPED' });
  });

  it('is what NACSIS-ILL says where the table does not know it', () => {
    const row = runRow({ state: 'waiting' }, { state: null, externalStatus: '外部依頼中' });
    expect(standingOf(row)).toEqual({ key: 'batch.text', params: { text: '外部依頼中' } });
  });
});

describe('goneKey', () => {
  it('tells what became of a request that is not delivered any more', () => {
    expect(goneKey(runRow(failed({ request: { ...request, gone: 'passed-on' } })))).toBe('request.gone.passed-on');
    expect(goneKey(runRow({ state: 'unknown' }, { gone: 'not-delivered' }))).toBe('request.gone.not-delivered');
    expect(goneKey(runRow({ state: 'unknown' }))).toBeUndefined();
  });
});

describe('faultsOf', () => {
  it('names the field by the beginning of its path', () => {
    const fieldErrors = ['lenders[2].memberId', 'dueDate'].map((field) => ({ field, code: 'bad-date' as const }));
    expect(faultsOf(new AppError('invalid-fields', { fieldErrors })).map(({ label }) => label)).toEqual([
      'field.lenders',
      'field.dueDate',
    ]);
  });
});
