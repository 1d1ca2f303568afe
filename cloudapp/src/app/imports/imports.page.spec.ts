import { TestBed } from '@angular/core/testing';
import { BehaviorSubject, of, Subject } from 'rxjs';
import type { ImportRun, Runs } from '../../domain/api/imports';
import type { Upkeep } from '../../domain/api/upkeep';
import { AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import type { Remote } from '../core/remote';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aRun, aTotals } from '../testing/fake-imports';
import { ImportTestBed } from '../testing/import-test-bed';
import { aProfile, BRANCH, LIBRARY } from '../testing/records';
import type { ImportClient } from './import.client';
import { ImportsPage } from './imports.page';

const TOTALS = aTotals({
  processed: 40,
  borrowing: { processed: 25, succeeded: 23, failed: 2 },
  lending: { processed: 15, succeeded: 14, failed: 1 },
  failed: 3,
});
const LAST = aRun({ totals: TOTALS });
const RUNNING = aRun({ runId: 'run-9', state: 'running', phase: 'reading', progress: { read: 12, done: 0 } });

describe('ImportsPage', () => {
  let imports: ImportTestBed['imports'];
  let stream: ImportTestBed['stream'];
  let gateway: FakeGateway;
  let session: ImportTestBed['session'];
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    ({ imports, stream, session } = new ImportTestBed({ provide: GatewayClient, useValue: gateway }));
    runs(LAST);
  });

  const runs = (...items: readonly ImportRun[]) =>
    imports.runs.and.callFake(() => of({ total: items.length, items: [...items] }));
  function open(isManager = true): void {
    if (isManager) session.manager();
    dom = new Dom(TestBed.createComponent(ImportsPage));
  }
  const number = (name: string, within = '') => dom.one(`${within} [data-number=${name}]`).textContent?.trim();
  const link = (words: string) => dom.controls(words).map((each) => each.getAttribute('href'));

  it('shows what came of the last run, and the runs before it, each with its report', () => {
    runs(LAST, aRun({ runId: 'run-0', state: 'failed', failure: { code: 'alma-unavailable' } }));
    open();
    expect(number('records')).toBe('40');
    const ofSides = ['borrowing', 'lending'].map((side) =>
      [side, `${side}-succeeded`, `${side}-failed`].map((name) => number(name)),
    );
    expect(ofSides).toEqual([
      ['25', '23', '⚠ 2'],
      ['15', '14', '⚠ 1'],
    ]);
    expect(dom.one('[data-testid=last-run]').textContent).toContain('imports.state.completed-failures');
    expect(dom.all('[data-testid=run-history] a').map((each) => each.getAttribute('href'))).toEqual([
      '/imports/run-1',
      '/imports/run-0',
    ]);
    expect(imports.runs.calls.allArgs()).toEqual([[{ library: LIBRARY.code, page: 1 }]]);
  });

  it('tells a manager when the nightly work fails or is not done, and nobody else', () => {
    const steps: Upkeep['steps'] = [
      { step: 'names', trouble: 'failed', doneAt: '2026-11-20T18:23:00.000Z' },
      { step: 'drafts', trouble: 'overdue' },
      { step: 'runs', doneAt: '2026-11-24T18:23:00.000Z' },
    ];
    imports.upkeep.and.returnValue(of({ steps }));
    open();
    const told = dom.one('[data-testid=upkeep]').textContent ?? '';
    for (const word of ['step.names', 'failed', 'doneAt', 'step.drafts', 'overdue', 'never', 'wayOut'])
      expect(told).toContain(`imports.upkeep.${word}`);
    expect(told).not.toContain('step.runs');
  });

  it('asks for the nightly work as a manager only, and shows nothing while all is well', () => {
    open(false);
    expect(imports.upkeep).not.toHaveBeenCalled();
    open();
    expect([imports.upkeep.calls.count(), dom.all('[data-testid=upkeep]').length]).toEqual([1, 0]);
  });

  it('says what to do where nothing was ever run', () => {
    runs();
    open();
    expect(dom.one('[data-testid=no-runs]').textContent).toContain('imports.none');
    expect(dom.all('[data-testid=last-run], [data-testid=run-history]')).toEqual([]);
  });

  it('starts a run of the library, in full and dry where that is wanted, and shows it', () => {
    open();
    runs(RUNNING, LAST);
    dom.check('imports.optionFull', true);
    dom.check('imports.optionDry', true);
    dom.click('imports.runDry');
    const [body, key] = imports.start.calls.mostRecent().args;
    expect([body, key.length]).toEqual([{ library: LIBRARY.code, full: true, dryRun: true }, 36]);
    expect(dom.text).toContain('imports.started');
    expect(dom.one('[data-testid=running]').textContent).toContain('imports.doing.reading');
  });

  it('says that a run was going on already', () => {
    imports.start.and.returnValue(of({ runId: 'run-9', joined: true }));
    open();
    dom.click('imports.runNow');
    expect([dom.text.includes('imports.joined'), dom.text.includes('imports.started')]).toEqual([true, false]);
  });

  it('starts once however often it is asked, and repeats what got no answer under the same key', () => {
    const answer = new Subject<never>();
    imports.start.and.returnValue(answer);
    open();
    dom.click('imports.runNow');
    dom.one('[data-testid=import-start]').click();
    expect(imports.start).toHaveBeenCalledTimes(1);
    answer.error(new AppError('outcome-unknown'));
    dom.settle();
    expect(dom.text).toContain('error.outcome-unknown.title');
    imports.start.and.returnValue(of({ runId: 'run-9' }));
    dom.click('action.again');
    const keys = () => imports.start.calls.allArgs().map(([, key]) => key);
    expect([keys()[1], dom.text.includes('error.')]).toEqual([keys()[0]!, false]);
    dom.click('imports.runNow');
    expect(keys()[2]).not.toBe(keys()[0]);
  });

  it('says why who is no manager may not', () => {
    runs(RUNNING, LAST);
    open(false);
    expect(dom.one('[data-testid=managers-only]').textContent).toContain('imports.managersOnly');
    expect(dom.all('[data-testid=import-start], [data-testid=import-cancel]')).toEqual([]);
  });

  it('follows a run: unmeasured while it reads, measured once it is known how much there is to do', () => {
    const told = new BehaviorSubject<Remote<ImportRun>>({ state: 'ok', value: RUNNING });
    stream.follow.and.returnValue(told);
    runs(RUNNING, LAST);
    open();
    const bar = () => dom.one('progress') as HTMLProgressElement;
    expect([bar().position, bar().getAttribute('aria-label')]).toEqual([-1, 'imports.progress']);
    told.next({
      state: 'ok',
      value: { ...RUNNING, phase: 'importing', progress: { read: 90, due: 80, done: 20 }, totals: TOTALS },
    });
    dom.settle();
    expect([bar().position, bar().max, number('records', '[data-testid=running]')]).toEqual([0.25, 80, '40']);
    expect(dom.one('[data-testid=run-doing]').textContent).toContain('imports.doing.importing');
    told.next({
      state: 'ok',
      value: { ...RUNNING, phase: 'waiting', waiting: { code: 'alma-daily-threshold', until: RUNNING.requestedAt } },
    });
    dom.settle();
    expect(dom.one('[data-testid=run-doing]').textContent).toContain('imports.doing.waiting');
    // Announcements are throttled.
    expect(dom.one('[data-testid=run-spoken]').textContent).toContain('imports.doing.reading');
  });

  it('says that there is no news while the stream is cut, and reads the runs again at the end', () => {
    const told = new BehaviorSubject<Remote<ImportRun>>({ state: 'ok', value: RUNNING });
    stream.follow.and.returnValue(told);
    runs(RUNNING, LAST);
    open();
    dom.click('imports.runNow');
    expect(dom.text).toContain('imports.started');
    told.next({ state: 'stale', value: RUNNING, error: new AppError('gateway-unreachable') });
    dom.settle();
    expect(dom.one('[data-testid=not-live]').textContent).toContain('imports.notLive');
    runs({ ...RUNNING, state: 'completed' }, LAST);
    told.next({ state: 'ok', value: { ...RUNNING, state: 'completed' } });
    dom.settle();
    expect([dom.all('[data-testid=running]').length, dom.all('[data-testid=not-live]').length]).toEqual([0, 0]);
    expect([link('imports.toReport'), dom.text.includes('imports.started')]).toEqual([['/imports/run-9'], false]);
  });

  it('cancels only after it has asked', async () => {
    runs(RUNNING, LAST);
    imports.cancel.and.returnValue(of({ ...RUNNING, isCancelling: true }));
    open();
    const dialog = dom.one('[data-testid=running] dialog') as HTMLDialogElement;
    const answer = async (button: HTMLElement | undefined) => {
      const closed = new Promise((resolve) => {
        dialog.addEventListener('close', resolve, { once: true });
      });
      button?.click();
      await closed;
      dom.settle();
    };
    dom.one('[data-testid=import-cancel]').click();
    expect([dialog.open, dom.text.includes('imports.cancelRun.note')]).toEqual([true, true]);
    await answer(dom.controls('imports.cancelRun.stay')[0]);
    expect(imports.cancel).not.toHaveBeenCalled();
    dom.one('[data-testid=import-cancel]').click();
    await answer(dom.one('[data-testid=import-cancel-yes]'));
    expect(imports.cancel.calls.mostRecent().args[0]).toBe('run-9');
    expect(dom.one('[data-testid=run-doing]').textContent).toContain('imports.doing.cancelling');
    expect(dom.all('[data-testid=import-cancel]')).toEqual([]);
  });

  it('names what is wrong with the settings, and leads there', () => {
    runs(aRun({ configuration: [{ library: LIBRARY.code, code: 'partner-inactive', name: 'NACSIS' }] }));
    open();
    const text = dom.one('[data-testid=configuration-errors]').textContent;
    expect(
      [LIBRARY.name, 'configurationFault.partner-inactive', 'NACSIS'].every((word) => text?.includes(word)),
    ).toBeTrue();
    expect(link('imports.toSettings')).toEqual(['/settings/integration']);
  });

  it('shows the runs and schedules of all libraries where there are several', () => {
    session.libraries.set([LIBRARY, BRANCH]);
    gateway.profile.and.callFake((library) => of(aProfile([], { library, nextRunAt: '2026-11-24T09:00:00.000Z' })));
    open();
    expect(dom.texts('app-schedule-line').length).toBe(1);
    dom.choose('[data-testid=import-library]', '');
    expect(imports.runs.calls.mostRecent().args).toEqual([{ page: 1 }]);
    const [first, second] = dom.texts('app-schedule-line');
    expect([first, second]).toEqual([
      `${LIBRARY.name}: imports.schedule.off · imports.nextRun`,
      `${BRANCH.name}: imports.schedule.off · imports.nextRun`,
    ]);
    dom.click('imports.runNow');
    expect(imports.start.calls.mostRecent().args[0]).toEqual({});
    dom.choose('[data-testid=import-library]', BRANCH.code);
    expect(session.chooseLibrary).toHaveBeenCalledOnceWith(BRANCH.code);
  });

  it('turns the pages of the history, and keeps the last run on screen', () => {
    imports.runs.and.callFake((query): ReturnType<ImportClient['runs']> => {
      const items = query?.page === 2 ? [aRun({ runId: 'old' })] : [LAST, aRun({ runId: 'run-0' })];
      return of<Runs>({ total: 3, items });
    });
    open();
    dom.click('action.next');
    expect(dom.all('[data-testid=run-history] a').map((each) => each.getAttribute('href'))).toEqual(['/imports/old']);
    expect(number('records')).toBe('40');
    expect(dom.controls('action.next').map((each) => (each as HTMLButtonElement).disabled)).toEqual([true]);
  });

  it('says why the runs could not be read, and tries again; without a schedule it goes on', () => {
    imports.runs.and.returnValue(failing('gateway-unreachable'));
    gateway.profile.and.returnValue(failing('gateway-unreachable'));
    open();
    expect([dom.text.includes('error.gateway-unreachable.title'), dom.text.includes('imports.none')]).toEqual([
      true,
      false,
    ]);
    expect(dom.texts('app-schedule-line')).toEqual(['imports.noSchedule']);
    runs(LAST);
    dom.click('action.again');
    expect(number('records')).toBe('40');
  });
});
