import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { AlmaEntity } from '../core/alma-entity';
import { failing } from '../testing/fake-gateway';
import { LinkedRequestService, type Found } from './linked-request.service';
import { ListedRequestsService } from './listed-requests.service';

const requestNo = (id: number): AlmaEntity => ({
  id: String(id),
  type: 'BORROWING_REQUEST',
  link: `/users/u1/resource-sharing-requests/${String(id)}`,
  description: '',
});

describe('ListedRequestsService', () => {
  let find: jasmine.Spy<LinkedRequestService['find']>;
  let service: ListedRequestsService;

  beforeEach(() => {
    find = jasmine.createSpy<LinkedRequestService['find']>('find').and.returnValue(of(undefined));
    TestBed.configureTestingModule({ providers: [{ provide: LinkedRequestService, useValue: { find } }] });
    service = TestBed.inject(ListedRequestsService);
  });

  const looked = () => find.calls.allArgs().map(([{ id }]) => id);

  it('looks each request up once, also after a failure, and none that Alma gives no way to', () => {
    find.and.returnValues(failing('host-timeout'), of(undefined));
    service.show([requestNo(1), { ...requestNo(2), link: '' }, requestNo(3)]);
    service.show([requestNo(1), requestNo(3)]);
    expect(looked()).toEqual(['1', '3']);
  });

  it('looks up one after the other, and stops for another page', () => {
    const slow$ = new Subject<Found | undefined>();
    find.and.returnValue(slow$);
    service.show([requestNo(1), requestNo(2)]);
    expect(looked()).toEqual(['1']);
    service.show([requestNo(3)]);
    expect([looked(), slow$.observed]).toEqual([['1', '3'], true]);
    slow$.complete();
    expect(looked()).toEqual(['1', '3']);
  });

  it('looks up no more than a page of Alma has', () => {
    service.show(Array.from({ length: 30 }, (_, at) => requestNo(at)));
    expect(looked().length).toBe(20);
  });
});
