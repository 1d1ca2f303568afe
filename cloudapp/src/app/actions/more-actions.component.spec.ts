import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { Dom } from '../testing/dom';
import { requestIn } from '../testing/offers';
import { primaryOf } from './action-situation';
import { MoreActionsComponent } from './more-actions.component';

describe('MoreActionsComponent', () => {
  let fixture: ComponentFixture<MoreActionsComponent>;
  let dom: Dom;
  let chosen: string[];

  function show(request: RequestView): void {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    fixture = TestBed.createComponent(MoreActionsComponent);
    fixture.componentRef.setInput('request', request);
    fixture.componentRef.setInput('primary', primaryOf(request));
    chosen = [];
    fixture.componentInstance.act.subscribe(({ action }) => chosen.push(action));
    fixture.componentInstance.fill.subscribe(({ action }) => chosen.push(`fill ${action}`));
    dom = new Dom(fixture);
  }

  it('has every allowed action but the one that stands out', () => {
    show(requestIn('PROCESSING', 'lender'));
    expect(dom.all('[data-action]').map((button) => button.dataset['action'])).toEqual(['inquiry', 'reject']);
    dom.click('action.lender.reject');
    expect(chosen).toEqual(['reject']);
  });

  it('shows on request what is not possible, with the reason and the states where it is', () => {
    show(requestIn('SHIPPED', 'borrower', 'loan'));
    expect(dom.text).not.toContain('refusal.');
    dom.click('actions.showDenied');
    const renew = dom.texts('.denied li').find((text) => text.includes('action.borrower.renew')) ?? '';
    expect([renew.includes('refusal.wrong-state'), renew.includes('state.ON_LOAN')]).toEqual([true, true]);
    expect(dom.texts('.denied li').some((text) => text.includes('save'))).toBeFalse();
    dom.click('actions.hideDenied');
    expect(dom.all('.denied')).toEqual([]);
  });

  it('offers a date or a comment of one’s own for what one click does', () => {
    show(requestIn('SHIPPED'));
    dom.click('actions.fill');
    expect(chosen).toEqual(['fill accept']);
  });

  it('does not, where the form opens anyway', () => {
    show(requestIn('PROCESSING', 'lender'));
    expect(dom.controls('actions.fill')).toEqual([]);
  });
});
