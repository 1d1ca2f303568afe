import { TestBed } from '@angular/core/testing';
import { of, Subject, throwError } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { AppError } from '../core/app-error';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aMember, aRequest, LIBRARY, memberIdOf } from '../testing/records';
import { SlipsStore, type Slips, type Wanted } from './slips.store';

describe('SlipsStore', () => {
  let gateway: FakeGateway;
  let store: SlipsStore;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.request.and.callFake((id) => of(lending(id)));
    TestBed.configureTestingModule({
      providers: [
        SlipsStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
    store = TestBed.inject(SlipsStore);
  });

  const lending = (id: string, changes: Partial<RequestView> = {}) => aRequest({ id, side: 'lender', ...changes });
  function load(changes: Partial<Wanted> = {}): readonly Slips[] {
    const seen: Slips[] = [];
    store
      .load({ slip: 'pull', side: 'lender', ids: ['A', 'B', 'C'], ...changes })
      .subscribe({ next: (slips) => seen.push(slips) });
    return seen;
  }
  const ids = (slips?: Slips) => slips?.contents.map(({ request }) => request.id);

  it('reads each request of its side, and tells how far it is', () => {
    const seen = load();
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(gateway.request.calls.allArgs()).toEqual([
      ['A', 'lender'],
      ['B', 'lender'],
      ['C', 'lender'],
    ]);
    expect(gateway.member).not.toHaveBeenCalled();
  });

  it('keeps the order of the ids, a few calls at a time', () => {
    const answers = new Map<string, Subject<RequestView>>();
    gateway.request.and.callFake((id) => {
      const answer = new Subject<RequestView>();
      answers.set(id, answer);
      return answer;
    });
    const answer = (id: string) => {
      answers.get(id)?.next(lending(id));
      answers.get(id)?.complete();
    };
    const seen = load({ ids: ['A', 'B', 'C', 'D', 'E', 'F'] });
    expect([...answers.keys()]).toEqual(['A', 'B', 'C', 'D']);
    for (const id of ['C', 'A', 'F', 'E', 'B', 'D', 'E', 'F']) answer(id);
    expect(answers.size).toBe(6);
    expect([seen.at(-1)?.done, ids(seen.at(-1))]).toEqual([6, ['A', 'B', 'C', 'D', 'E', 'F']]);
  });

  it('names what cannot be read, and goes on with the rest', () => {
    gateway.request.and.callFake((id) => (id === 'B' ? throwError(() => new AppError('not-found')) : of(lending(id))));
    const last = load().at(-1);
    expect(ids(last)).toEqual(['A', 'C']);
    expect(last?.left.map((left) => [left.id, 'error' in left && left.error.code])).toEqual([['B', 'not-found']]);
  });

  it('names what has no such slip', () => {
    gateway.request.and.callFake((id) => of(aRequest({ id, kind: id === 'B' ? 'copy' : 'loan' })));
    const last = load({ slip: 'return', side: 'borrower' }).at(-1);
    expect([ids(last), last?.left]).toEqual([['A', 'C'], [{ id: 'B', unfit: 'loan-only' }]]);
  });

  it('asks for each library once', () => {
    gateway.member.and.callFake((_library, memberId) => of(aMember({ memberId, offset: true })));
    const last = load({ slip: 'shipping' }).at(-1);
    expect(gateway.member.calls.allArgs()).toEqual([
      [LIBRARY.code, LIBRARY.memberId],
      [LIBRARY.code, memberIdOf(10)],
    ]);
    expect(last?.contents.map(({ isOffset }) => isOffset)).toEqual([true, true, true]);
  });

  it('prints also where a library is not to be had', () => {
    gateway.member.and.returnValue(failing('nacsis-unavailable'));
    const last = load({ slip: 'label' }).at(-1);
    expect([ids(last), last?.contents[0]?.addressee.name, last?.left]).toEqual([['A', 'B', 'C'], '館10', []]);
  });
});
