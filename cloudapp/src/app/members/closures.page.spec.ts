import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { Closure, ClosureRequests } from '../../domain/api/members';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { FakeSession } from '../testing/fake-session';
import { LIBRARY } from '../testing/records';
import { ClosuresPage } from './closures.page';
import { MembersClient } from './members.client';

const closure = (changes: Partial<Closure> = {}): Closure => ({
  ...{ id: 'c1', from: '20261228', to: '20270104', state: 'planned', version: 1 },
  ...{ plannedBy: 'manager001', endsEarly: false, ...changes },
});
const NONE: ClosureRequests = { total: 0, items: [] };

describe('ClosuresPage', () => {
  let client: jasmine.SpyObj<MembersClient>;
  let session: FakeSession;
  let dom: Dom;

  beforeEach(() => {
    client = jasmine.createSpyObj<MembersClient>('MembersClient', {
      closures: of({ today: '20261220', items: [] }),
      plan: of(closure()),
      move: of(closure()),
      end: of(closure()),
      requestsAt: of(NONE),
    });
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: MembersClient, useValue: client },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function open(items: Closure[] = [], isManager = true): void {
    client.closures.and.returnValue(of({ today: '20261220', items }));
    if (isManager) session.manager();
    dom = new Dom(TestBed.createComponent(ClosuresPage));
  }
  const days = (from: string, to: string) => {
    dom.type('#closure-from', from);
    dom.type('#closure-to', to);
  };
  const button = () => dom.one('[data-testid=plan-closure]') as HTMLButtonElement;
  const plan = () => {
    button().click();
    dom.settle();
  };
  const faults = () => dom.texts('#closure-faults app-field-error');

  it('says that there are none, and nothing is wrong before a day is chosen', () => {
    open();
    expect([dom.text.includes('members.closures.none'), button().disabled, faults()]).toEqual([true, true, []]);
  });

  it('plans, with the open requests of these days, and reads the list again', () => {
    open();
    days('2026-12-28', '2027-01-04');
    expect(client.requestsAt.calls.mostRecent().args).toEqual([
      LIBRARY.code,
      jasmine.objectContaining({ from: '20261228', to: '20270104' }),
    ]);
    expect(dom.text).toContain('members.closures.noRequests');
    plan();
    expect(client.plan.calls.allArgs()).toEqual([
      [LIBRARY.code, { from: '20261228', to: '20270104' }, jasmine.any(String)],
    ]);
    expect([client.closures.calls.count(), dom.text.includes('members.closures.done.plan')]).toEqual([2, true]);
    expect(dom.field('#closure-from').value).toBe('');
  });

  it('refuses in words what cannot be, and asks nobody', () => {
    open([closure()]);
    for (const [from, to, fault] of [
      ['2026-12-19', '2026-12-21', 'date-past'],
      ['2026-12-22', '2026-12-21', 'ends-before-begin'],
      ['2026-12-25', '2026-12-28', 'closure-overlaps'],
      ['2027-02-01', '2037-02-05', 'closure-too-long'],
    ] as const) {
      days(from, to);
      expect([faults(), button().disabled]).toEqual([[`fieldError.${fault}`], true]);
    }
    expect([client.plan.calls.count(), client.requestsAt.calls.count()]).toEqual([0, 0]);
  });

  it('repeats a plan whose outcome is unknown under the same key, and keeps the days', () => {
    open();
    client.plan.and.returnValue(failing('outcome-unknown'));
    days('2026-12-28', '2027-01-04');
    plan();
    expect([dom.text.includes('error.outcome-unknown.title'), dom.field('#closure-from').value]).toEqual([
      true,
      '2026-12-28',
    ]);
    plan();
    const keys = client.plan.calls.allArgs().map(([, , key]) => key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it('shows what the gateway refuses beside the days', () => {
    open();
    client.plan.and.returnValue(
      failing('invalid-fields', { fieldErrors: [{ field: 'from', code: 'closure-overlaps' }] }),
    );
    days('2026-12-28', '2027-01-04');
    plan();
    expect([faults(), dom.all('app-error-message').length]).toEqual([['fieldError.closure-overlaps'], 0]);
  });

  it('moves a planned one, and only the end of one that runs', () => {
    open([closure()]);
    dom.click('members.closures.change');
    expect([dom.field('#closure-from').value, dom.field('#closure-from').disabled, faults()]).toEqual([
      '2026-12-28',
      false,
      [],
    ]);
    dom.type('#closure-to', '2027-01-05');
    plan();
    expect(client.move.calls.allArgs()).toEqual([
      [LIBRARY.code, 'c1', { from: '20261228', to: '20270105', version: 1 }],
    ]);
  });

  it('ends one that runs, and cancels one that is planned', () => {
    const running = closure({ id: 'c2', state: 'running', from: '20261219', to: '20261221', closed: 'switched' });
    open([running, closure()]);
    dom.click('members.closures.end');
    dom.click('members.closures.cancel');
    expect(client.end.calls.allArgs().map(([, { id }, action]) => [id, action])).toEqual([
      ['c2', 'end'],
      ['c1', 'cancel'],
    ]);
    dom.click('members.closures.change');
    expect(dom.field('#closure-from').disabled).toBeTrue();
  });

  it('says that one has changed meanwhile, and shows it as it is', () => {
    open([closure()]);
    client.end.and.returnValue(failing('stale-version'));
    dom.click('members.closures.cancel');
    expect([dom.all('[data-testid=overtaken]').length, client.closures.calls.count()]).toEqual([1, 2]);
  });

  it('shows what became of each, and why one waits', () => {
    open([
      closure({
        state: 'running',
        failure: { code: 'nacsis-rejected', at: '', nextAt: '2026-12-28T00:00:00Z', nacsis: '受付不可' },
      }),
      closure({ id: 'c3', state: 'ended', closed: 'switched', closedAt: '2026-12-01T00:00:00Z', reopened: 'left' }),
      closure({ id: 'c4', state: 'ended', closed: 'was-off', reopened: 'nothing' }),
    ]);
    for (const words of [
      'error.nacsis-rejected.title',
      'members.closures.nacsisSays',
      'members.closures.again',
      'members.closures.closed.switched',
      'members.closures.reopened.left',
      'members.closures.closed.was-off',
    ])
      expect(dom.text).toContain(words);
    expect(dom.text).not.toContain('members.closures.reopened.nothing');
  });

  it('looks again while the gateway is about to switch, and not otherwise', fakeAsync(() => {
    open([closure({ from: '20261220' })]);
    client.closures.and.returnValue(
      of({ today: '20261220', items: [closure({ from: '20261220', state: 'running', closed: 'switched' })] }),
    );
    tick(3_000);
    dom.settle();
    expect([client.closures.calls.count(), dom.text.includes('members.closures.closed.switched')]).toEqual([2, true]);
    tick(10_000);
    expect(client.closures.calls.count()).toBe(2);
  }));

  it('is to be read only for who is no manager', () => {
    open([closure()], false);
    expect([dom.all('form').length, dom.controls('members.closures.cancel').length]).toEqual([0, 0]);
    expect(dom.text).toContain('members.closures.managersOnly');
    dom.click('members.closures.requests');
    expect(client.requestsAt).toHaveBeenCalledTimes(1);
  });

  it('says that the closures or their requests could not be read', () => {
    client.closures.and.returnValue(failing('store-unavailable'));
    session.manager();
    dom = new Dom(TestBed.createComponent(ClosuresPage));
    expect([dom.text.includes('error.store-unavailable.title'), dom.text.includes('members.closures.none')]).toEqual([
      true,
      false,
    ]);
  });
});
