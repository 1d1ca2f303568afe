import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { fakeGateway } from '../../testing/fake-gateway';
import { aHolding, aMember, aPage, holdings, memberIdOf, ncidOf } from '../../testing/records';
import { HoldingsStore } from './holdings.store';
import { LendersBlockComponent } from './lenders-block.component';
import { OrderFormStore } from '../form/order-form.store';
import { RotaStore } from './rota.store';

describe('LendersBlockComponent', () => {
  let form: OrderFormStore;
  let rota: RotaStore;
  let dom: Dom;

  beforeEach(() => {
    const gateway = fakeGateway();
    const copiesOnly = aHolding(12, { member: aMember({ memberId: memberIdOf(12), loanService: 'N' }) });
    gateway.holdings.and.returnValue(of(aPage([...holdings(2), copiesOnly])));
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        HoldingsStore,
        OrderFormStore,
        RotaStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
    form = TestBed.inject(OrderFormStore);
    rota = TestBed.inject(RotaStore);
  });

  function show(): void {
    TestBed.inject(HoldingsStore).show(ncidOf(1));
    TestBed.flushEffects();
    rota.follow(TestBed.inject(HoldingsStore).all());
    dom = new Dom(TestBed.createComponent(LendersBlockComponent));
  }
  const names = () => dom.texts('app-rota-list li strong');

  it('shows the proposal as one, and offers nothing to go back to', () => {
    show();
    expect([names(), dom.text.includes('create.rotaProposed')]).toEqual([['館10', '館11', '館12'], true]);
    expect(dom.controls('create.proposeAgain')).toEqual([]);
  });

  it("says when it is the librarian's, and goes back to the proposal", () => {
    show();
    dom.click('create.remove');
    expect([names(), dom.text.includes('create.rotaOwn')]).toEqual([['館11', '館12'], true]);
    dom.click('create.proposeAgain');
    expect([names(), dom.text.includes('create.rotaProposed')]).toEqual([['館10', '館11', '館12'], true]);
  });

  it('is emptied at once, and offers the proposal then', () => {
    show();
    dom.click('create.clearRota');
    expect([names(), dom.controls('create.clearRota').length, dom.controls('create.proposeAgain').length]).toEqual([
      [],
      0,
      1,
    ]);
  });

  it('says that lenders are missing once an order was tried', () => {
    dom = new Dom(TestBed.createComponent(LendersBlockComponent));
    expect(dom.text).not.toContain('fieldError');
    form.check('order');
    dom.settle();
    expect(dom.text).toContain('fieldError.required');
  });

  it('says which of them do not serve the kind that was switched to', () => {
    show();
    rota.move(0, 1);
    form.kind.set('loan');
    dom.settle();
    expect(dom.text).toContain('fieldError.lender-cannot-serve');
  });

  it('says what the gateway found wrong with them', () => {
    show();
    form.gatewayErrors.set([{ field: 'lenders[0].memberId', code: 'bad-check-character' }]);
    dom.settle();
    expect(dom.text).toContain('fieldError.bad-check-character');
  });
});
