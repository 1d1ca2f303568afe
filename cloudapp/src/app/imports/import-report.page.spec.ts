import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { ImportedRequest, ImportRun } from '../../domain/api/imports';
import { AlmaStatusesService } from '../alma/alma-statuses.service';
import { AppError } from '../core/app-error';
import type { Remote } from '../core/remote';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { aReport, aRun, aTotals, anImportedPage, anImportedRequest } from '../testing/fake-imports';
import { ImportTestBed } from '../testing/import-test-bed';
import { ImportReportPage } from './import-report.page';
import { LIST_PAUSE } from './imported-list.store';

const REFUSED = anImportedRequest({
  id: 'LA0012345671',
  outcome: 'failed',
  failure: { code: 'alma-refused', almaCode: '40166411', almaMessage: 'Parameter value invalid', field: 'volume' },
});
const UNREADABLE = anImportedRequest({ id: '', outcome: 'failed', failure: { code: 'record-unreadable' } });
const CHANGED = anImportedRequest({
  id: 'LA0012345680',
  outcome: 'status-changed',
  changes: [
    { what: 'status', from: '未処理', to: '処理中' },
    { what: 'kept', field: 'volume', to: '12(3)' },
  ],
});
const TOTALS = aTotals({
  processed: 3,
  borrowing: { processed: 3, succeeded: 1, failed: 2 },
  statusChanged: 1,
  failed: 2,
});

describe('ImportReportPage', () => {
  let imports: ImportTestBed['imports'];
  let stream: ImportTestBed['stream'];
  let session: ImportTestBed['session'];
  let dom: Dom;

  beforeEach(() => {
    ({ imports, stream, session } = new ImportTestBed(
      { provide: LIST_PAUSE, useValue: 0 },
      { provide: AlmaStatusesService, useValue: { names: () => of(new Map([['LOANED', '貸出中']])) } },
    ));
    reports({ totals: TOTALS });
    lists([REFUSED, UNREADABLE, CHANGED]);
  });

  const reports = (changes: Partial<ImportRun>) => imports.report.and.returnValue(of(aReport(changes)));
  const lists = (items: readonly ImportedRequest[], total?: number) =>
    imports.requests.and.callFake((_runId, query) => {
      const { side, outcome, page = 1 } = query ?? {};
      const found = items.filter(
        (item) => (side ?? item.side) === item.side && (outcome ?? item.outcome) === item.outcome,
      );
      return of({ ...anImportedPage(found), page, total: total ?? found.length });
    });
  function open(isManager = true): void {
    if (isManager) session.manager();
    const fixture = TestBed.createComponent(ImportReportPage);
    fixture.componentRef.setInput('runId', 'run-1');
    dom = new Dom(fixture);
  }
  const section = (side: 'borrower' | 'lender') => dom.one(`[data-testid=failures-${side}]`);
  const failures = () => dom.all('[data-testid=failure]');
  /** Waits one task, in which already completed results are delivered. */
  const turn = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    dom.settle();
  };

  it('says when it was, of what, by whom, and how often it was taken up again', () => {
    reports({ totals: TOTALS, resumed: 2, full: true });
    open();
    for (const word of ['imports.duration.minutes', 'imports.trigger.staff', 'staff001', 'imports.scope.full'])
      expect(dom.text).withContext(word).toContain(word);
    expect(dom.one('[data-testid=resumed]').textContent).toContain('imports.resumed');
    expect(dom.texts('[data-testid=run-details] dd')).toEqual(['0', '1', '0', '0']);
  });

  it('says which ids stand in several requests of Alma, that none does, or nothing before the end', () => {
    const doubled = {
      library: 'RES_SHARE',
      side: 'lender' as const,
      id: 'LA0012345671',
      almaRequestIds: ['35001', '35002'],
    };
    reports({ totals: TOTALS, check: { doubled: [doubled], isComplete: true } });
    open();
    for (const word of ['imports.check.title', 'workList.side.lender', doubled.id, '35001, 35002'])
      expect(dom.one('[data-testid=run-check]').textContent).withContext(word).toContain(word);
    for (const [isComplete, word] of [
      [true, 'imports.check.none'],
      [false, 'imports.check.nonePartly'],
    ] as const) {
      reports({ totals: TOTALS, check: { doubled: [], isComplete } });
      open();
      expect(dom.one('[data-testid=run-check]').textContent?.trim().endsWith(word)).toBeTrue();
    }
    reports({ totals: TOTALS });
    open();
    expect(dom.all('[data-testid=run-check]')).toEqual([]);
  });

  it('has a section for each side: the failures with reason, way out and what Alma said, each a link', () => {
    open();
    expect(section('borrower').querySelector('h2')?.textContent).toContain('imports.details.borrower');
    const [first, second] = failures();
    for (const word of [
      'importFault.alma-refused',
      'imports.almaField.volume',
      'importFaultWay.alma-refused',
      'message.almaSays',
    ])
      expect(first?.textContent).withContext(word).toContain(word);
    expect(first?.querySelector('a')?.getAttribute('href')).toBe('/requests/borrower/LA0012345671');
    expect([second?.querySelector('a'), second?.textContent?.includes('imports.noId')]).toEqual([null, true]);
    expect(section('lender').textContent).toContain('imports.noFailures');
    // Makes no call for the side without failures.
    expect(imports.requests.calls.allArgs().map(([, query]) => query?.side)).not.toContain('lender');
  });

  it('turns the pages of more failures than one page holds', () => {
    lists([REFUSED], 250);
    open();
    const [next] = [...section('borrower').querySelectorAll('button')].filter((each) =>
      each.textContent?.includes('action.next'),
    );
    next?.click();
    dom.settle();
    expect(imports.requests.calls.mostRecent().args).toEqual([
      'run-1',
      { side: 'borrower', outcome: 'failed', page: 2 },
    ]);
  });

  it('tries a failed request again and keeps it with a mark', () => {
    const told = new Subject<Remote<ImportRun>>();
    stream.follow.and.returnValue(told);
    open();
    expect(dom.all('[data-testid=retry]').length).toBe(1);
    dom.one('[data-testid=retry]').click();
    dom.settle();
    expect((dom.one('[data-testid=retry]') as HTMLButtonElement).disabled).toBeTrue();
    expect(failures()[0]?.textContent).toContain('imports.retry.running');
    imports.requests.and.returnValue(of(anImportedPage([{ ...REFUSED, outcome: 'created' }])));
    told.next({ state: 'ok', value: aRun({ runId: 'run-2' }) });
    told.complete();
    dom.settle();
    expect(failures()[0]?.textContent).toContain('imports.retry.succeeded');
    expect(failures()[0]?.textContent).toContain('imports.did.created');
    expect(dom.all('[data-testid=retry]')).toEqual([]);
  });

  it('says why a request failed again, or could not be tried', () => {
    stream.follow.and.returnValue(of({ state: 'ok', value: aRun({ runId: 'run-2' }) }));
    open();
    imports.requests.and.returnValue(of(anImportedPage([{ ...REFUSED, failure: { code: 'partner-missing' } }])));
    dom.one('[data-testid=retry]').click();
    dom.settle();
    expect(failures()[0]?.textContent).toContain('importFault.partner-missing');
    imports.retry.and.returnValue(failing('forbidden'));
    dom.one('[data-testid=retry]').click();
    dom.settle();
    expect(failures()[0]?.textContent).toContain('error.forbidden.title');
  });

  it('offers no retry to who is no manager, nor of a dry run, nor while the run goes on', () => {
    open(false);
    expect(dom.all('[data-testid=retry]')).toEqual([]);
    for (const changes of [{ dryRun: true }, { state: 'running' }] as const) {
      reports({ totals: TOTALS, ...changes });
      open();
      expect(dom.all('[data-testid=retry]')).withContext(JSON.stringify(changes)).toEqual([]);
    }
  });

  it('lists every request with its changes in words, by outcome where that is wanted', () => {
    open();
    expect(dom.texts('[data-testid=imported] .changes li')).toEqual(['imports.change.status', 'imports.change.kept']);
    expect(dom.all('[data-testid=imported]').length).toBe(3);
    const chip = dom.one('[data-outcome=status-changed]');
    chip.click();
    dom.settle();
    expect([chip.getAttribute('aria-pressed'), dom.all('[data-testid=imported]').length]).toEqual(['true', 1]);
    expect(imports.requests.calls.mostRecent().args).toEqual(['run-1', { outcome: 'status-changed' }]);
    chip.click();
    dom.settle();
    expect(dom.all('[data-testid=imported]').length).toBe(3);
  });

  it("names a status of Alma in Alma's words, and by its code where there are none", () => {
    const changes = ['LOANED', 'CLAIMED'].map((to) => ({ what: 'alma-status', to }) as const);
    lists([{ ...CHANGED, changes }]);
    TestBed.inject(TranslateService).use('ja');
    open();
    const lines = dom.texts('[data-testid=imported] .changes li');
    expect(lines.map((line) => /「(.*)」/.exec(line)?.[1])).toEqual(['貸出中', 'CLAIMED']);
  });

  it('says to whom something was left', () => {
    lists([{ ...CHANGED, changes: [{ what: 'left', to: 'iso18626' }] }]);
    TestBed.inject(TranslateService).use('ja');
    open();
    expect(dom.texts('[data-testid=imported] .changes li')).toEqual([
      'Alma への反映は ISO 18626 連携が行います（取込は書き込みません）',
    ]);
  });

  it('speaks of a dry run as of what would be', () => {
    reports({ totals: TOTALS, dryRun: true });
    open();
    expect(dom.one('[data-testid=dry-banner]').textContent).toContain('imports.dryNote');
    expect(dom.texts('[data-testid=imported] .changes li')).toEqual([
      'imports.wouldChange.status',
      'imports.wouldChange.kept',
    ]);
    expect(['imports.did.', 'imports.column.', 'imports.change.'].filter((area) => dom.text.includes(area))).toEqual(
      [],
    );
  });

  it('says why a run came to no end, and how far it came', () => {
    reports({ state: 'failed', failure: { code: 'alma-daily-threshold' }, progress: { read: 9, due: 9, done: 4 } });
    open();
    const text = dom.one('[data-testid=run-ending]').textContent;
    expect([text?.includes('runFault.alma-daily-threshold'), text?.includes('imports.ending.importing')]).toEqual([
      true,
      true,
    ]);
    reports({ state: 'cancelled', progress: { read: 9, done: 0 } });
    open();
    expect(dom.one('[data-testid=run-ending]').textContent).toContain('imports.ending.reading');
  });

  it('is live while the run goes on: numbers, failures and requests', async () => {
    const told = new Subject<Remote<ImportRun>>();
    stream.follow.and.returnValue(told);
    const running = aRun({ state: 'running', progress: { read: 9, due: 9, done: 0 } });
    reports(running);
    lists([]);
    open();
    expect([dom.all('progress').length, failures().length]).toEqual([1, 0]);
    lists([REFUSED]);
    told.next({ state: 'ok', value: { ...running, totals: TOTALS } });
    await turn();
    expect([failures().length, dom.all('[data-testid=imported]').length]).toEqual([1, 1]);
    told.next({ state: 'stale', value: running, error: new AppError('internal') });
    dom.settle();
    expect(dom.one('[data-testid=not-live]').textContent).toContain('error.internal.title');
    told.next({ state: 'ok', value: aRun({ totals: TOTALS }) });
    dom.settle();
    expect([dom.all('progress').length, dom.all('[data-testid=not-live]').length]).toEqual([0, 0]);
  });

  it('hands the report on as a file, says where that fails, and copies it', async () => {
    const made = spyOn(URL, 'createObjectURL').and.returnValue('blob:x');
    const clicked = spyOn(HTMLAnchorElement.prototype, 'click');
    open();
    dom.one('[data-testid=report-csv]').click();
    await turn();
    expect([made.calls.count(), clicked.calls.count()]).toEqual([1, 1]);
    expect(dom.text).toContain('imports.file.saved');
    imports.file.and.returnValue(failing('gateway-unreachable'));
    dom.one('[data-testid=report-json]').click();
    dom.settle();
    expect(dom.text).toContain('error.gateway-unreachable.title');
    imports.file.and.returnValue(of(new Blob(['\uFEFF依頼番号'])));
    const written = new Promise<string>((resolve) => {
      spyOn(navigator.clipboard, 'writeText').and.callFake((text) => Promise.resolve(resolve(text)));
    });
    dom.one('[data-testid=report-copy]').click();
    expect(await written).toBe('依頼番号');
    await turn();
    expect(dom.text).toContain('imports.file.copied');
  });

  it('says why it could not be read, and tries again', () => {
    imports.report.and.returnValue(failing('gateway-unreachable'));
    open();
    expect([dom.text.includes('error.gateway-unreachable.title'), dom.all('app-run-numbers').length]).toEqual([
      true,
      0,
    ]);
    reports({ totals: TOTALS });
    dom.click('action.again');
    expect(dom.all('app-run-numbers').length).toBe(1);
  });

  it('says why a list could not be read, beside what is known', () => {
    imports.requests.and.returnValue(failing('gateway-unreachable'));
    open();
    expect([dom.all('app-run-numbers').length, dom.controls('action.again').length]).toEqual([1, 2]);
    lists([REFUSED, CHANGED]);
    dom.click('action.again');
    expect(failures().length).toBe(1);
  });
});
