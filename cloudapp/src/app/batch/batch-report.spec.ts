import type { Wording } from '../actions/words-of';
import { AppError } from '../core/app-error';
import { aSummary } from '../testing/records';
import type { Outcome } from './batch-plan';
import { reportOf } from './batch-report';
import { rowOfSummary } from './batch-row';

const row = (id: string, outcome: Outcome, title = '心理学研究') => ({
  row: rowOfSummary(aSummary({ id, title, state: 'SHIPPED' })),
  params: { comment: '利用者 001' },
  outcome,
});
/** Shows a wording as its key and its parameter values. */
const words = ({ key, params = {} }: Wording) => [key, ...Object.values(params)].join(' ');
const nacsis = { status: '422', message: 'NG' };

describe('reportOf', () => {
  const report = (...rows: readonly ReturnType<typeof row>[]) => reportOf(rows, words, 'en-US').split('\n');

  it('is a table with a head', () => {
    expect(report()).toEqual([
      'field.id\tbatch.column.outcome\tbatch.column.state\tbatch.column.reason\tbatch.column.title',
    ]);
  });

  it('says of each row what came of it, how it stands and why', () => {
    const [, ...lines] = report(
      row('A', { state: 'done', to: 'ARRIVED', externalStatus: '到着処理中' }),
      row('B', { state: 'done', to: null, externalStatus: '外部依頼中' }),
      row('C', { state: 'failed', error: new AppError('nacsis-rejected', { nacsis }) }),
      row('D', { state: 'unknown' }),
    );
    expect(lines).toEqual([
      'A\tbatch.outcome.done\tstate.ARRIVED\t\t心理学研究',
      'B\tbatch.outcome.done\tbatch.text 外部依頼中\t\t心理学研究',
      'C\tbatch.outcome.failed\tstate.SHIPPED\terror.nacsis-rejected.title / message.nacsisSays 422 NG\t心理学研究',
      'D\tbatch.outcome.unknown\tstate.SHIPPED\t\t心理学研究',
    ]);
  });

  it('names the wrong fields and the refusal', () => {
    const fieldErrors = [{ field: 'dueDate', code: 'date-past', params: { today: '2026-11-24' } }] as const;
    const [, ...lines] = report(
      row('A', { state: 'failed', error: new AppError('invalid-fields', { fieldErrors }) }),
      row('B', { state: 'failed', error: new AppError('action-not-allowed', { reason: 'wrong-state' }) }),
    );
    expect(lines.map((line) => line.split('\t')[3])).toEqual([
      'error.invalid-fields.title / field.dueDate: fieldError.date-past 2026-11-24',
      'error.action-not-allowed.title / refusal.wrong-state',
    ]);
  });

  it('keeps a title in its cell, and out of reach as a formula', () => {
    const [, ...lines] = report(row('A', { state: 'waiting' }, 'a\tb\nc'), row('B', { state: 'waiting' }, '=1+1'));
    expect(lines.map((line) => line.split('\t').at(-1))).toEqual(['a b c', "'=1+1"]);
  });

  it('holds nothing that was typed', () => {
    expect(report(row('A', { state: 'waiting' })).join()).not.toContain('利用者');
  });
});
