import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { ActionOffer, ActionParam } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import { GatewayClient } from '../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRequest, aSummary } from '../testing/records';
import { rowOfSummary } from './batch-row';
import { BatchRowsStore } from './batch-rows.store';
import { BatchSetupStore } from './batch-setup.store';

const offer = (action: Action, params: readonly ActionParam[]): ActionOffer => ({
  action,
  command: ['SEND'],
  allowed: true,
  primary: true,
  params: [...params],
});
const row = (id: string, changes: Parameters<typeof aSummary>[0] = {}) =>
  rowOfSummary(aSummary({ id, side: 'lender', state: 'PROCESSING', allowed: ['ship', 'reject'], ...changes }));
const COPY = row('C1');
const LOAN = row('L1', { kind: 'loan' });

describe('BatchSetupStore', () => {
  let gateway: FakeGateway;
  let rows: BatchRowsStore;
  let setup: BatchSetupStore;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.request.and.callFake((id, side) => {
      const isLoan = id.startsWith('L');
      const due = { name: 'dueDate', required: true };
      const params = [
        { name: 'total', required: true },
        { name: 'comment', required: false },
      ];
      return of(
        aRequest({
          id,
          side,
          kind: isLoan ? 'loan' : 'copy',
          actions: [
            offer('ship', isLoan ? [...params, due] : params),
            offer('reject', [{ name: 'comment', required: true }]),
          ],
        }),
      );
    });
    TestBed.configureTestingModule({
      providers: [BatchRowsStore, BatchSetupStore, { provide: GatewayClient, useValue: gateway }],
    });
    rows = TestBed.inject(BatchRowsStore);
    setup = TestBed.inject(BatchSetupStore);
  });
  function given(...all: readonly ReturnType<typeof row>[]): void {
    rows.start(all);
    TestBed.flushEffects();
  }
  function choose(action: Action): void {
    setup.choose(action);
    TestBed.flushEffects();
  }
  const asked = () => setup.form()?.offer.params.map(({ name, required }) => `${name}${required ? '!' : ''}`);

  it('offers what all rows allow, and apart from that what some allow', () => {
    given(COPY, row('C2', { allowed: ['ship'] }));
    expect(setup.common().map(({ action }) => action)).toEqual(['ship']);
    expect(setup.partial().map(({ action, count }) => [action, count])).toEqual([['reject', 1]]);
  });

  it('chooses by itself what is the only choice, and nothing where there are several', () => {
    given(COPY);
    expect([setup.choice(), setup.form()]).toEqual([undefined, undefined]);
    given(row('C2', { allowed: ['ship'] }));
    expect(setup.choice()?.action).toBe('ship');
  });

  it('asks one request of each kind and state, and once', () => {
    given(COPY, row('C2'), LOAN);
    choose('ship');
    expect(gateway.request.calls.allArgs().map(([id]) => id)).toEqual(['C1', 'L1']);
    rows.remove('C2');
    TestBed.flushEffects();
    expect(gateway.request).toHaveBeenCalledTimes(2);
  });

  it('asks for all that one of the groups needs, with a loan for the due date', () => {
    given(COPY, LOAN);
    choose('ship');
    expect(asked()).toEqual(['total!', 'comment', 'dueDate!']);
    expect(setup.form()?.request.id).toBe('L1');
    choose('reject');
    expect(asked()).toEqual(['comment!']);
  });

  it('gives each row what its group is asked for', () => {
    given(COPY, LOAN);
    choose('ship');
    const order = setup.orderWith({
      total: '0',
      dueDate: '20270101',
      charges: [{ amount: '0' }],
      arrivalDate: '20270101',
    });
    expect([order?.side, order?.action]).toEqual(['lender', 'ship']);
    expect(order?.rows.map(({ row: { id }, params }) => [id, params])).toEqual([
      ['C1', { total: '0', charges: [{ amount: '0' }] }],
      ['L1', { total: '0', dueDate: '20270101', charges: [{ amount: '0' }] }],
    ]);
  });

  it('gives each row its own charges and due date before those of all', () => {
    given(COPY, LOAN);
    choose('ship');
    expect(setup.shipRows().map(({ row: { id }, params }) => [id, params.map(({ name }) => name)])).toEqual([
      ['C1', ['total']],
      ['L1', ['total', 'dueDate']],
    ]);
    const own = new Map([['L1', { total: '520', postage: '520', dueDate: '20270202' }]]);
    const order = setup.orderWith({ total: '0', dueDate: '20270101' }, own);
    expect(order?.rows.map(({ params }) => params)).toEqual([
      { total: '0' },
      { total: '520', postage: '520', dueDate: '20270202' },
    ]);
    choose('reject');
    expect(setup.shipRows()).toEqual([]);
  });

  it('keeps the form while a row of another kind is read, and lets nothing run before it is known', () => {
    given(COPY);
    choose('ship');
    const late = new Subject<never>();
    gateway.request.and.returnValue(late);
    rows.start([COPY, LOAN]);
    TestBed.flushEffects();
    expect([setup.isLoading(), setup.form()?.request.id, setup.orderWith({})]).toEqual([true, 'C1', undefined]);
  });

  it('lets nothing run without a choice, without rows, or while ids are being looked for', () => {
    given(COPY);
    expect(setup.orderWith({})).toBeUndefined();
    choose('ship');
    expect(setup.orderWith({})).toBeDefined();
    given();
    expect(setup.orderWith({})).toBeUndefined();
  });

  it('says why it does not know what is asked for, and asks again', () => {
    gateway.request.and.returnValue(failing('gateway-unreachable'));
    given(COPY);
    choose('reject');
    expect([setup.error()?.code, setup.form()]).toEqual(['gateway-unreachable', undefined]);
    gateway.request.and.returnValue(of(aRequest({ actions: [offer('reject', [])] })));
    setup.again();
    expect([setup.error(), asked()]).toEqual([undefined, []]);
  });
});
