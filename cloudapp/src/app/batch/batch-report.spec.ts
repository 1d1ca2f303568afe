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
const nacsis = { status: '422', message: 'NG' };

describe('reportOf', () => {
  const report = (...rows: readonly ReturnType<typeof row>[]) => reportOf(rows, (key) => key).split('\n');

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
      'B\tbatch.outcome.done\t外部依頼中\t\t心理学研究',
      'C\tbatch.outcome.failed\tstate.SHIPPED\terror.nacsis-rejected.title: NG\t心理学研究',
      'D\tbatch.outcome.unknown\tstate.SHIPPED\t\t心理学研究',
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
