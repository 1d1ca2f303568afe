import { CdkDropList } from '@angular/cdk/drag-drop';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { Holding } from '../../../domain/catalog/catalog';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { fakeGateway } from '../../testing/fake-gateway';
import { aHolding, aMember, aPage, holdings, memberIdOf, ncidOf, recentLenders } from '../../testing/records';
import { HoldingsStore } from './holdings.store';
import { OrderFormStore } from '../form/order-form.store';
import { RotaListComponent } from './rota-list.component';
import { RotaStore } from './rota.store';

const VOLUMES = [{ volume: '上', callNumber: '007/1' }, { volume: '中' }, { volume: '下' }];

describe('RotaListComponent', () => {
  let form: OrderFormStore;
  let rota: RotaStore;
  let fixture: ComponentFixture<RotaListComponent>;
  let dom: Dom;

  function show(items: readonly Holding[] = holdings(3), counts: Readonly<Record<string, number>> = {}): void {
    const gateway = fakeGateway();
    gateway.holdings.and.returnValue(of(aPage(items)));
    gateway.recentLenders.and.returnValue(of(recentLenders(counts)));
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
    TestBed.inject(HoldingsStore).show(ncidOf(1));
    TestBed.flushEffects();
    rota.follow(TestBed.inject(HoldingsStore).all());
    fixture = TestBed.createComponent(RotaListComponent);
    dom = new Dom(fixture);
  }
  const entries = () => dom.texts('li .what > p').map((text) => text.replace(/\s/g, ''));
  const order = () => rota.picks().map(({ lender }) => lender.memberName);
  const button = (words: string, at: number) => dom.controls(words)[at] as HTMLButtonElement;
  const said = () => dom.one('[role=status]').textContent?.trim();
  function press(words: string, at: number): void {
    button(words, at).click();
    dom.settle();
  }
  function drop(previousIndex: number, currentIndex: number): void {
    fixture.debugElement
      .query(By.directive(CdkDropList))
      .triggerEventHandler('cdkDropListDropped', { previousIndex, currentIndex });
    dom.settle();
  }

  it('shows the libraries by their places, with what speaks for and against each', () => {
    const member = aMember({ memberId: memberIdOf(11), region: '13' });
    show([aHolding(10), aHolding(11, { member })], { [memberIdOf(10)]: 12 });
    expect(entries()).toEqual(['1.館11', '2.館10']);
    const chips = dom.texts('app-candidate-chips');
    expect([chips[0]?.includes('proposal.same-prefecture'), chips[1]?.includes('proposal.often-asked')]).toEqual([
      true,
      true,
    ]);
  });

  it('shows a library of a draft by its name before the holdings say more, or by its number', () => {
    show([]);
    rota.isOwn.set(true);
    rota.picks.set([
      { lender: { memberId: memberIdOf(20), memberName: '館20', volume: '上' } },
      { lender: { memberId: memberIdOf(21) } },
    ]);
    dom.settle();
    expect([dom.texts('li .name'), dom.all('app-candidate-chips').length]).toEqual([
      ['1. 館20上', `2. ${memberIdOf(21)}`],
      0,
    ]);
  });

  describe('is changed by its buttons', () => {
    beforeEach(() => show());

    it('up and down', () => {
      press('create.moveDown', 0);
      expect(order()).toEqual(['館11', '館10', '館12']);
      press('create.moveUp', 2);
      expect([order(), rota.isOwn()]).toEqual([['館11', '館12', '館10'], true]);
    });

    it('not beyond the ends', () => {
      expect([0, 1, 2].map((at) => button('create.moveUp', at).disabled)).toEqual([true, false, false]);
      expect([0, 1, 2].map((at) => button('create.moveDown', at).disabled)).toEqual([false, false, true]);
    });

    it('out of it', () => {
      press('create.remove', 1);
      expect(order()).toEqual(['館10', '館12']);
    });

    it('which name the library, for those who cannot see the row', () => {
      const translate = TestBed.inject(TranslateService);
      translate.setTranslation('ja', {
        create: { moveUp: '{{name}}を上へ', moveDown: '{{name}}を下へ', remove: '{{name}}を外す' },
      });
      translate.use('ja');
      dom.settle();
      for (const words of ['館11を上へ', '館11を下へ', '館11を外す'])
        expect(dom.controls(words).length).withContext(words).toBe(1);
    });
  });

  describe('is changed by dragging', () => {
    beforeEach(() => show());

    it('over several places', () => {
      drop(0, 2);
      expect([order(), rota.isOwn()]).toEqual([['館11', '館12', '館10'], true]);
      drop(2, 0);
      expect(order()).toEqual(['館10', '館11', '館12']);
    });

    it('not by letting go where it was: the proposal is still one', () => {
      drop(1, 1);
      expect([order(), rota.isOwn(), said()]).toEqual([['館10', '館11', '館12'], false, '']);
    });
  });

  it('says each change to a screen reader, with the new place', () => {
    show();
    const translate = TestBed.inject(TranslateService);
    translate.setTranslation('ja', { create: { movedTo: '{{name}} {{place}}番', removed: '{{name}} 外した' } });
    translate.use('ja');
    press('create.moveDown', 0);
    expect(said()).toBe('館10 2番');
    drop(1, 2);
    expect(said()).toBe('館10 3番');
    press('create.remove', 0);
    expect(said()).toBe('館11 外した');
  });

  describe('the volume', () => {
    beforeEach(() =>
      show([aHolding(10, { volumes: VOLUMES, callNumber: '007' }), aHolding(11, { volumes: [{ volume: '全' }] })]),
    );

    it('can be chosen where the library has several, and is the one that is asked for', () => {
      expect(dom.all('select').length).toBe(1);
      expect([dom.field('select').value, form.lenders()[0]?.volume]).toEqual(['0', '上']);
      dom.choose('select', '2');
      expect([dom.field('select').value, form.lenders()[0]?.volume, form.lenders()[0]?.callNumber]).toEqual([
        '2',
        '下',
        '007',
      ]);
    });

    it('is shown as it was chosen elsewhere', () => {
      rota.chooseVolume(memberIdOf(10), 1);
      dom.settle();
      expect(dom.field('select').value).toBe('1');
    });

    it('of a draft that the holding has not is shown as it is', () => {
      rota.isOwn.set(true);
      rota.picks.set([{ lender: { memberId: memberIdOf(10), memberName: '館10', volume: '別冊' } }]);
      rota.follow(TestBed.inject(HoldingsStore).all());
      dom.settle();
      const list = dom.one('select') as unknown as HTMLSelectElement;
      expect(list.selectedOptions[0]?.textContent?.trim()).toBe('別冊');
    });

    it('is named where there is no choice', () => {
      expect(entries()[1]).toBe('2.館11全');
    });

    it("makes the rota the librarian's", () => {
      dom.choose('select', '1');
      expect(rota.isOwn()).toBeTrue();
    });
  });

  it('names a volume without a name by its call number, or its place', () => {
    show([aHolding(10, { volumes: [{ callNumber: '007/1' }, {}] })]);
    expect(dom.texts('option')).toEqual(['007/1', '2']);
  });

  describe('what is asked of a library', () => {
    const field = (part: string) => `#lender-${memberIdOf(10)}-${part}`;

    it('can be changed, part by part', () => {
      show([aHolding(10, { location: '本館', callNumber: '007/1' })]);
      expect(dom.all(field('location')).length).toBe(0);
      press('create.editLender', 0);
      expect([dom.field(field('location')).value, dom.field(field('callNumber')).value]).toEqual(['本館', '007/1']);
      dom.type(field('volume'), '12');
      dom.type(field('location'), '');
      expect(form.lenders()[0]).toEqual(jasmine.objectContaining({ volume: '12', callNumber: '007/1' }));
      expect(form.lenders()[0]?.location).toBeUndefined();
    });

    it('says where it is too long, and stays open then', () => {
      show([aHolding(10)]);
      press('create.editLender', 0);
      dom.type(field('location'), '本'.repeat(7));
      expect([
        dom.one(field('location')).getAttribute('aria-invalid'),
        dom.one(`${field('location')}-hint`).textContent?.includes('fieldError.too-long'),
        dom.one(field('volume')).getAttribute('aria-invalid'),
      ]).toEqual(['true', true, 'false']);
      press('create.editLender', 0);
      expect(dom.all(field('location')).length).toBe(1);
    });

    it('is said of one that does not hold the work', () => {
      show([aHolding(10)]);
      expect(dom.text).not.toContain('create.holdsNothing');
      rota.add(TestBed.inject(HoldingsStore).rowFor(aMember({ memberId: memberIdOf(20) })));
      dom.settle();
      expect(dom.texts('li').map((text) => text.includes('create.holdsNothing'))).toEqual([false, true]);
    });
  });
});
