import { AppError } from '../core/app-error';
import { aSummary } from '../testing/records';
import { BatchInputStore } from './batch-input.store';
import type { Params, RunRow } from './batch-plan';
import { rowOfSummary } from './batch-row';

const failed = (id: string, params: Params): RunRow => ({
  row: rowOfSummary(aSummary({ id })),
  params,
  outcome: { state: 'failed', error: new AppError('stale-version') },
});
const LINE = { item: 'A4', quantity: '10', unitPrice: '35' };

describe('BatchInputStore', () => {
  it('brings back what was sent when the page is new', () => {
    const store = new BatchInputStore();
    const params = { shipDate: '20261201', comment: '別送', charges: [{ ...LINE, amount: '350' }], total: '350' };
    store.takeBack('ship', [failed('LA1', { ...params, dueDate: '20261220' })]);
    expect(store.typedFor('ship')).toEqual({ shipDate: '20261201', comment: '別送', total: '350' });
    expect(store.of('LA1')).toEqual({ charges: { lines: [LINE], fee: '', postage: '' }, dueDate: '20261220' });
    expect(store.refused().get('LA1')?.params.total).toBe('350');
  });

  it('keeps what stands on the page, so that a row goes on following the date of the form', () => {
    const store = new BatchInputStore();
    store.keep('ship', { comment: '別送' });
    store.takeBack('ship', [failed('LA1', { total: '0', dueDate: '20261220' })]);
    expect([store.typedFor('ship'), store.of('LA1')]).toEqual([{ comment: '別送' }, {}]);
  });

  it('takes no wished date twice, and no charges from an inquiry', () => {
    const store = new BatchInputStore();
    store.takeBack('renew', [failed('LA1', { comment: '2026-12-20 まで' })]);
    store.takeBack('inquiry', [failed('LA2', { comment: '料金をご確認ください', total: '900' })]);
    expect([store.typedFor('renew'), store.of('LA2')]).toEqual([{}, {}]);
    expect(store.typedFor('inquiry')).toEqual({ comment: '料金をご確認ください', total: '900' });
  });

  it('begins anew', () => {
    const store = new BatchInputStore();
    store.keep('ship', { comment: '別送' });
    store.type('LA1', { dueDate: '20261220' });
    store.clear();
    expect([store.typedFor('ship'), store.of('LA1')]).toEqual([{}, {}]);
  });
});
