import { TestBed } from '@angular/core/testing';
import { defer, of, Subject, throwError } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aList, aRequest, aSummary } from '../testing/records';
import { READ_SINGLY, RequestFinder, type Found } from './request-finder.service';

describe('RequestFinder', () => {
  let gateway: FakeGateway;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.request.and.callFake((id) => failing('not-found', { requestId: id }));
    TestBed.configureTestingModule({ providers: [{ provide: GatewayClient, useValue: gateway }] });
  });

  const ids = (count: number) => Array.from({ length: count }, (_, at) => `LA${String(at).padStart(10, '0')}`);
  function found(wanted: readonly string[]): Found {
    let all: Found | undefined;
    TestBed.inject(RequestFinder)
      .find(wanted, 'borrower')
      .subscribe({
        next: (each) => {
          all = each;
        },
        error: (error: unknown) => {
          throw error;
        },
      });
    if (all === undefined) throw new Error('nothing came');
    return all;
  }
  const listed = () => gateway.requests.calls.allArgs().map(([query]) => query.ids?.length);

  it('asks the list for two hundred at a time, and gives the rows in the order of the ids', () => {
    const wanted = ids(250);
    gateway.requests.and.callFake((query) =>
      of(aList((query.ids ?? []).toReversed().map((id) => aSummary({ id, title: `title ${id}` })))),
    );
    const { rows, missing } = found(wanted);
    expect(rows.map(({ id }) => id)).toEqual(wanted);
    expect(missing).toEqual([]);
    expect(listed()).toEqual([200, 50]);
    expect(gateway.requests.calls.first().args[0]).toEqual(
      jasmine.objectContaining({ side: 'borrower', pageSize: 200 }),
    );
    expect(gateway.request).not.toHaveBeenCalled();
  });

  it('reads those one by one that the list does not have', () => {
    const [known = '', unknown = '', none = ''] = ids(3);
    gateway.requests.and.returnValue(of(aList([aSummary({ id: known })])));
    const action = { action: 'accept', command: [], allowed: true, primary: true, params: [] } as const;
    gateway.request.and.callFake((id) =>
      id === unknown
        ? of(
            aRequest({
              id,
              fields: { bibNote: '心理学研究', applicant: '利用者 001' },
              actions: [
                { ...action, command: [], params: [] },
                { ...action, action: 'cancel', command: [], params: [], allowed: false },
              ],
            }),
          )
        : failing('not-found'),
    );
    const { rows, missing } = found([known, none, unknown]);
    expect(rows.map(({ id }) => id)).toEqual([known, unknown]);
    expect(rows[1]).toEqual(jasmine.objectContaining({ title: '心理学研究', allowed: ['accept'], partner: '館10' }));
    expect(JSON.stringify(rows)).not.toContain('利用者');
    expect(missing.map(({ id, error }) => [id, error.code])).toEqual([[none, 'not-found']]);
    expect(gateway.request.calls.allArgs()).toEqual([
      [none, 'borrower', false],
      [unknown, 'borrower', false],
    ]);
  });

  it('does not take a row of the other side for one of this', () => {
    gateway.requests.and.returnValue(of(aList([aSummary({ id: ids(1)[0], side: 'lender' })])));
    expect(found(ids(1)).missing.length).toBe(1);
  });

  it('reads a few at once, and not without end', () => {
    let [now, most] = [0, 0];
    const open: Subject<RequestView>[] = [];
    gateway.request.and.callFake(() =>
      defer(() => {
        now += 1;
        most = Math.max(most, now);
        const answer = new Subject<RequestView>();
        open.push(answer);
        return answer;
      }),
    );
    let all: Found | undefined;
    TestBed.inject(RequestFinder)
      .find(ids(READ_SINGLY + 5), 'borrower')
      .subscribe({
        next: (each) => {
          all = each;
        },
        error: fail,
      });
    for (let answer = open.shift(); answer !== undefined; answer = open.shift()) {
      now -= 1;
      answer.error(new AppError('forbidden'));
    }
    expect(most).toBe(4);
    expect(gateway.request).toHaveBeenCalledTimes(READ_SINGLY);
    expect(all?.missing.map(({ error }) => error.code).slice(-6)).toEqual([
      'forbidden',
      ...Array.from({ length: 5 }, () => 'not-found' as const),
    ]);
  });

  it('fails when the list cannot be had', () => {
    gateway.requests.and.returnValue(throwError(() => new AppError('gateway-unreachable')));
    let code = '';
    TestBed.inject(RequestFinder)
      .find(ids(1), 'borrower')
      .subscribe({
        next: fail,
        error: (error: AppError) => {
          code = error.code;
        },
      });
    expect(code).toBe('gateway-unreachable');
  });

  it('finds nothing without ids, and asks nobody', () => {
    expect(found([])).toEqual({ rows: [], missing: [] });
    expect(gateway.requests).not.toHaveBeenCalled();
  });

  describe('on either side', () => {
    const either = (wanted: readonly string[]): Found => {
      let all: Found = { rows: [], missing: [] };
      TestBed.inject(RequestFinder)
        .findOnEither(wanted, 'borrower')
        .subscribe((each) => (all = each));
      return all;
    };
    const numbered = (...idsOfNumber: readonly string[]) => {
      gateway.requests.and.callFake(({ q }) =>
        of(aList(q === undefined ? [] : idsOfNumber.map((id) => aSummary({ id })))),
      );
      gateway.request.and.callFake((id) =>
        id.startsWith('LA') ? of(aRequest({ id, fields: { lenderNumber: '2026ー１２' } })) : failing('not-found'),
      );
    };

    it('finds what the list has of both, and reads the rest on this side first', () => {
      const [here = '', there = '', unlisted = '', none = ''] = ids(4);
      gateway.requests.and.callFake(({ side }) =>
        of(aList([aSummary({ id: side === 'lender' ? there : here, side: side ?? 'borrower' })])),
      );
      gateway.request.and.callFake((id, side) =>
        id === unlisted && side === 'lender' ? of(aRequest({ id, side })) : failing('not-found'),
      );
      const { rows, missing } = either([unlisted, there, here, none]);
      expect(rows.map(({ id, side }) => [id, side])).toEqual([
        [unlisted, 'lender'],
        [there, 'lender'],
        [here, 'borrower'],
      ]);
      expect(missing.map(({ id, error }) => [id, error.code])).toEqual([[none, 'not-found']]);
    });

    it('finds the one request that has a number as its own', () => {
      const [only = ''] = ids(1);
      numbered(only);
      const { rows, missing } = either(['202612']);
      expect([rows.map(({ id }) => id), missing]).toEqual([[only], []]);
    });

    it('names the requests when several have the number, and takes none', () => {
      numbered(...ids(2));
      const { rows, missing } = either(['202612']);
      expect([rows, missing.map(({ id, several }) => [id, several])]).toEqual([[], [['202612', ids(2)]]]);
    });

    it('looks for no number that is of another kind, or only a part of one', () => {
      numbered(...ids(1));
      expect(either(['9784000000017', '2026']).missing.map(({ id }) => id)).toEqual(['9784000000017', '2026']);
      expect(gateway.requests.calls.allArgs().flatMap(([{ q }]) => q ?? [])).toEqual(['2026']);
    });
  });
});
