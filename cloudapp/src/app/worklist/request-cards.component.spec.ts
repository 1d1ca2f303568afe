import { TestBed } from '@angular/core/testing';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { Dom } from '../testing/dom';
import { ListTestBed } from '../testing/list-test-bed';
import { aSummary } from '../testing/records';
import { rowOf } from './list-row';
import { RequestCardsComponent } from './request-cards.component';

const LOAN = aSummary({
  id: 'LA1',
  kind: 'loan',
  state: 'ON_LOAN',
  title: '<b>地誌</b>',
  citation: '12(3) 2019',
  updatedOn: '20261121',
  dueDate: '20261120',
  partner: { id: 'FA1' },
});
const UNKNOWN = aSummary({ id: 'LA2', state: null, externalStatus: '外部依頼中', lacks: ['payment', 'bibId'] });

describe('RequestCardsComponent', () => {
  let dom: Dom;
  const opened: string[] = [];
  beforeEach(() => {
    new ListTestBed();
    const fixture = TestBed.createComponent(RequestCardsComponent);
    fixture.componentRef.setInput(
      'rows',
      [LOAN, UNKNOWN].map((request) => rowOf(request, '20261124', undefined)),
    );
    opened.length = 0;
    fixture.componentInstance.opened.subscribe(({ row, event }) => {
      event.preventDefault();
      opened.push(row.key);
    });
    dom = new Dom(fixture);
  });

  it('shows what a request is, where it stands, and since when', () => {
    const [loan = '', unknown = ''] = dom.texts('.card');
    for (const words of ['LA1', 'kind.loan', 'state.ON_LOAN', '<b>地誌</b> 12(3) 2019', 'FA1', '11-20', 'workList.age'])
      expect(loan).toContain(words);
    expect(dom.all('[data-mark]').map(({ dataset }) => dataset['mark'])).toEqual(['overdue']);
    expect([
      unknown.includes('外部依頼中'),
      unknown.includes('workList.age'),
      unknown.includes('workList.due'),
    ]).toEqual([true, false, false]);
  });

  it('says in one line what an order still lacks', () => {
    expect(dom.texts('app-lacks')).toEqual(['⚠ lacks.line']);
    expect(dom.texts('[data-row="borrower:LA1"] app-lacks')).toEqual([]);
  });

  it('chooses a row by its box', () => {
    const chosen = TestBed.inject(ChosenRequestsService);
    dom.choose('[data-row="borrower:LA1"] input', 'on');
    expect(chosen.chosen()).toEqual([LOAN]);
    expect(dom.all('input').map((box) => (box as HTMLInputElement).checked)).toEqual([true, false]);
  });

  it('leads to the panel', () => {
    expect(dom.all('a').map((link) => link.getAttribute('href'))).toEqual([
      '/requests/borrower/LA1',
      '/requests/borrower/LA2',
    ]);
    dom.click('LA2');
    expect(opened).toEqual(['borrower:LA2']);
  });
});
