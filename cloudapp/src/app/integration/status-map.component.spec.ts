import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { StatusMapRow } from '../../domain/api/imports';
import { HostService } from '../core/host.service';
import integrationMessages from '../../i18n/integration.json';
import { ImportClient } from '../imports/import.client';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { fakeImports } from '../testing/fake-imports';
import { provideMessages } from '../testing/messages-at-once';
import { StatusMapComponent, statusRows } from './status-map.component';

const ROWS: readonly StatusMapRow[] = [
  { side: 'borrower', kind: 'copy', nacsis: '未処理', alma: 'REQUEST_SENT', source: 'inferred' },
  { side: 'borrower', kind: 'loan', nacsis: '未処理', alma: 'REQUEST_SENT', source: 'inferred' },
  { side: 'borrower', kind: 'loan', nacsis: '借用中', alma: 'LOANED', source: 'inferred' },
  { side: 'borrower', kind: 'copy', nacsis: 'CANCEL', alma: 'CANCELLED', source: 'documented', applied: 'cancel' },
  { side: 'lender', kind: 'copy', nacsis: 'クレーム未処理', alma: null, source: 'inferred' },
];

describe('StatusMapComponent', () => {
  let host: FakeHost;
  let imports: ReturnType<typeof fakeImports>;
  let dom: Dom;

  beforeEach(() => {
    host = new FakeHost();
    imports = fakeImports();
    imports.statusMap.and.returnValue(of(ROWS));
    host.read.and.callFake((path) =>
      of({ row: [{ code: 'REQUEST_SENT', description: path.endsWith('en') ? 'Request sent' : '送信済み' }] }),
    );
    TestBed.configureTestingModule({
      providers: [
        provideMessages(integrationMessages),
        { provide: HostService, useValue: host },
        { provide: ImportClient, useValue: imports },
      ],
    });
    TestBed.inject(TranslateService).use('ja');
  });

  const open = () => (dom = new Dom(TestBed.createComponent(StatusMapComponent)));
  /** Rows as rendered: cells and lines are separated. */
  const rows = () => dom.all('[data-testid=status-row]').map(({ innerText }) => innerText.replace(/\s+/g, ' '));

  it("says of each status what it is in Alma's words, what Alma can be told, and how sure that is", () => {
    open();
    expect(rows()).toEqual([
      '未処理 送信済み REQUEST_SENT このアプリに表示します 推定',
      '借用中 貸借のみ LOANED このアプリに表示します 推定',
      'CANCEL 複写のみ CANCELLED 取込が Alma に伝えます 文書で確認',
    ]);
  });

  it('goes by the codes where the user may not read the words, and by the language', () => {
    open();
    TestBed.inject(TranslateService).use('en');
    dom.settle();
    expect(rows()[0]).toBe('未処理 · not yet accepted Request sent REQUEST_SENT Shown in this app Inferred');
    host.read.and.callFake(() => failing('host-refused'));
    dom.all('[role=tab]')[1]?.click();
    dom.settle();
    dom.all('[role=tab]')[0]?.click();
    dom.settle();
    expect(rows().length).toBe(3);
  });

  it('shows the other side with the keys of tabs', () => {
    open();
    const press = (key: string) => {
      dom.one('[role=tab][tabindex="0"]').dispatchEvent(new KeyboardEvent('keydown', { key }));
      dom.settle();
    };
    press('ArrowRight');
    expect(rows()).toEqual(['クレーム未処理 複写のみ 対応なし（Alma は変わりません） 推定']);
    expect(dom.texts('[role=tab][aria-selected=true]')).toEqual(['受付']);
    press('Home');
    expect(rows().length).toBe(3);
    press('a');
    expect(rows().length).toBe(3);
  });

  it('says why it cannot be read, and tries again', () => {
    imports.statusMap.and.returnValue(failing('gateway-unreachable'));
    open();
    expect(rows()).toEqual([]);
    imports.statusMap.and.returnValue(of(ROWS));
    dom.click('再試行');
    expect(rows().length).toBe(3);
  });

  it('says so where nothing is mapped', () => {
    imports.statusMap.and.returnValue(of([]));
    expect(open().text).toContain('この側の対応は登録されていません');
  });
});

const row = (changes: Partial<StatusMapRow> = {}): StatusMapRow => ({
  side: 'borrower',
  kind: 'copy',
  nacsis: '発送',
  alma: 'SHIPPED_PHYSICALLY',
  source: 'inferred',
  ...changes,
});

describe('statusRows', () => {
  it('puts on one line what copies and loans have in common', () => {
    expect(statusRows([row({ kind: 'loan' }), row()], 'borrower')).toEqual([
      { nacsis: '発送', alma: 'SHIPPED_PHYSICALLY', source: 'inferred', kinds: ['copy', 'loan'], state: 'SHIPPED' },
    ]);
  });

  it("follows a request's life, with what is unknown at the end", () => {
    const rows = ['外部依頼中', 'CANCEL', '発送', '未処理'].map((nacsis) => row({ nacsis }));
    expect(statusRows(rows, 'borrower').map(({ nacsis }) => nacsis)).toEqual([
      '未処理',
      '発送',
      'CANCEL',
      '外部依頼中',
    ]);
  });

  it('keeps apart what differs in anything', () => {
    const rows = [row(), row({ kind: 'loan', alma: null }), row({ kind: 'loan', source: 'documented' })];
    expect(statusRows(rows, 'borrower').map(({ kinds, alma, source }) => [kinds, alma, source])).toEqual([
      [['copy'], 'SHIPPED_PHYSICALLY', 'inferred'],
      [['loan'], null, 'inferred'],
      [['loan'], 'SHIPPED_PHYSICALLY', 'documented'],
    ]);
  });

  it('is of one side, and takes a status that nobody knows', () => {
    const rows = [row({ side: 'lender', nacsis: '外部依頼中' }), row()];
    expect(statusRows(rows, 'lender').map(({ nacsis, state }) => [nacsis, state])).toEqual([['外部依頼中', undefined]]);
  });
});
