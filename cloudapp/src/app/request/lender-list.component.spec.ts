import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { aRequest, memberIdOf } from '../testing/records';
import { LenderListComponent } from './lender-list.component';

describe('LenderListComponent', () => {
  it('shows whom it asks, in their order, what became of each, and what each holds', () => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(LenderListComponent);
    const [A, B, C] = [memberIdOf(10), memberIdOf(11), memberIdOf(12)];
    const lenders = [
      { memberId: A, memberName: '館10' },
      { memberId: B, memberName: '館11', location: '書庫', callNumber: '210.1' },
      { memberId: C },
    ];
    const history = [{ command: 'PARDON', memberId: A, comment: '欠号' }];
    fixture.componentRef.setInput('request', aRequest({ fields: { lenders, lenderId: B }, history }));
    const dom = new Dom(fixture);
    expect(dom.texts('li')).toEqual([
      `館10 request.standing.refused欠号${A}`,
      `館11 request.standing.active${B} · 書庫 · 210.1`,
      `${C} request.standing.next${C}`,
    ]);
    expect(dom.texts('[aria-current]').length).toBe(1);
  });
});
