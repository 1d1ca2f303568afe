import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { RequestList } from '../../domain/api/work-list';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { GatewayClient } from '../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aList, aSummary } from '../testing/records';
import { MAX_ROWS, rowOfSummary } from './batch-row';
import { BatchRowsStore } from './batch-rows.store';

const idOf = (number: number) => `LA${String(number).padStart(10, '0')}`;

describe('BatchRowsStore', () => {
  let gateway: FakeGateway;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.requests.and.callFake(({ ids = [], side }) =>
      of(aList(ids.map((id) => aSummary({ id, side: side ?? 'borrower' })))),
    );
    gateway.request.and.returnValue(failing('not-found'));
    TestBed.configureTestingModule({
      providers: [BatchRowsStore, { provide: GatewayClient, useValue: gateway }],
    });
  });
  const store = () => TestBed.inject(BatchRowsStore);
  const shown = () =>
    store()
      .rows()
      .map(({ id }) => id);

  it('begins with what was chosen in the work list, on its side', () => {
    TestBed.inject(ChosenRequestsService).choose([aSummary({ id: idOf(1), side: 'lender' })]);
    expect(shown()).toEqual([idOf(1)]);
    expect(store().side()).toBe('lender');
  });

  it('adds what is scanned, one after the other', () => {
    store().add(idOf(1));
    store().add(idOf(2).toLowerCase());
    expect(shown()).toEqual([idOf(1), idOf(2)]);
    expect(store().addition()).toEqual({ read: 1, known: 0, over: 0, unreadable: [] });
  });

  it('says what was there already, and what is no id', () => {
    store().add(idOf(1));
    store().add(`${idOf(1)}\n${idOf(2)}\n${idOf(2)}\n資料名`);
    expect(store().addition()).toEqual({ read: 1, known: 2, over: 0, unreadable: ['資料名'] });
    expect(shown()).toEqual([idOf(1), idOf(2)]);
  });

  it('looks for an id once while the first answer is still on its way', () => {
    const answer = new Subject<RequestList>();
    gateway.requests.and.returnValue(answer);
    store().add(idOf(1));
    store().add(idOf(1));
    expect([store().isFinding(), store().addition()?.known]).toEqual([true, 1]);
    answer.next(aList([aSummary({ id: idOf(1) })]));
    answer.complete();
    expect([store().isFinding(), gateway.requests.calls.count(), shown()]).toEqual([false, 2, [idOf(1)]]);
  });

  it(`has room for ${String(MAX_ROWS)} rows, and says how many found none`, () => {
    store().add(Array.from({ length: MAX_ROWS - 1 }, (_, at) => idOf(at)).join('\n'));
    store().add([MAX_ROWS, MAX_ROWS + 1, MAX_ROWS + 2].map(idOf).join('\n'));
    expect(store().rows().length).toBe(MAX_ROWS);
    expect(store().addition()).toEqual({ read: 1, known: 0, over: 2, unreadable: [] });
    store().start(Array.from({ length: MAX_ROWS + 7 }, (_, at) => rowOfSummary(aSummary({ id: idOf(at) }))));
    expect([store().rows().length, store().addition()?.over]).toEqual([MAX_ROWS, 7]);
  });

  it('keeps the ids that have no request apart, with the reason, until they are taken away', () => {
    gateway.requests.and.returnValue(of(aList()));
    store().add(idOf(1));
    expect(
      store()
        .missing()
        .map(({ id, error }) => [id, error.code]),
    ).toEqual([[idOf(1), 'not-found']]);
    store().remove(idOf(1));
    expect(store().missing()).toEqual([]);
  });

  it('looks for all again on the other side', () => {
    store().add(`${idOf(1)}\n${idOf(2)}`);
    store().setSide('lender');
    expect(
      store()
        .rows()
        .map(({ side }) => side),
    ).toEqual(['lender', 'lender']);
    const asked = gateway.requests.calls.count();
    store().setSide('lender');
    expect(gateway.requests).toHaveBeenCalledTimes(asked);
  });

  it('takes the side of the first ids, and says so; later ones of the other side stay out, with the side', () => {
    const sideOf = (id: string) => (id === idOf(3) ? 'borrower' : 'lender');
    gateway.requests.and.callFake(({ ids = [], side }) =>
      of(aList(ids.filter((id) => sideOf(id) === side).map((id) => aSummary({ id, side: sideOf(id) })))),
    );
    store().add(idOf(1));
    expect([store().side(), store().hasTurned(), shown()]).toEqual(['lender', true, [idOf(1)]]);
    store().add(`${idOf(2)}\n${idOf(3)}`);
    expect(shown()).toEqual([idOf(1), idOf(2)]);
    expect(
      store()
        .missing()
        .map(({ id, side }) => [id, side]),
    ).toEqual([[idOf(3), 'borrower']]);
    store().setSide('borrower');
    expect([shown(), store().hasTurned()]).toEqual([[idOf(3)], false]);
  });

  it('keeps the chosen side for an id that both sides have', () => {
    store().add(idOf(1));
    expect([store().side(), shown(), store().missing()]).toEqual(['borrower', [idOf(1)], []]);
  });

  it('begins anew with ids of a side', () => {
    store().add(idOf(1));
    store().lookAgain('lender', [idOf(2), idOf(3)]);
    expect([store().side(), shown()]).toEqual(['lender', [idOf(2), idOf(3)]]);
  });

  it('does not mix the sides when an answer comes late', () => {
    const late = new Subject<RequestList>();
    gateway.requests.and.returnValues(late, of(aList([aSummary({ id: idOf(1), side: 'lender', version: 7 })])));
    store().add(idOf(1));
    store().setSide('lender');
    late.next(aList([aSummary({ id: idOf(1), version: 3 })]));
    late.complete();
    expect(
      store()
        .rows()
        .map(({ side, version }) => [side, version]),
    ).toEqual([['lender', 7]]);
    expect(store().isFinding()).toBeFalse();
  });

  it('keeps what could not be looked for, and looks again', () => {
    gateway.requests.and.returnValue(failing('gateway-unreachable'));
    store().add(`${idOf(1)}\n${idOf(2)}`);
    expect([store().error()?.code, store().missing().length, shown()]).toEqual(['gateway-unreachable', 2, []]);
    gateway.requests.and.callFake(({ ids = [] }) => of(aList(ids.map((id) => aSummary({ id })))));
    store().findMissing();
    expect([store().error(), store().missing().length, shown().length]).toEqual([undefined, 0, 2]);
  });

  it('keeps only the rows that allow an action, and takes single ones away', () => {
    const allowed = [['accept'], [], ['accept', 'cancel']] as const;
    store().start(allowed.map((each, at) => rowOfSummary(aSummary({ id: idOf(at), allowed: [...each] }))));
    store().keepOnly('accept');
    expect(shown()).toEqual([idOf(0), idOf(2)]);
    store().remove(idOf(0));
    expect(shown()).toEqual([idOf(2)]);
  });
});
