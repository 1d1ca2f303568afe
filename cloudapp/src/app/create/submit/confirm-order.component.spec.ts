import { ApplicationRef, signal } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import type { CreateRequest } from '../../../domain/api/requests';
import { AppError } from '../../core/app-error';
import { CODE_TABLES, type CodeTable } from '../../../domain/ill/codes';
import { SessionService } from '../../core/session.service';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { anOrder, aRequest, aSummary, LIBRARY, memberIdOf } from '../../testing/records';
import { ConfirmOrderComponent } from './confirm-order.component';
import { formOf, ORDER_FIELDS } from '../form/order-fields';
import { SubmissionStore } from './submission.store';
import { WarningsStore } from './warnings.store';

/** A value for every field of an order. */
const VALUES = {
  payment: 'pb',
  copyType: '電子複写',
  sendingMethod: '普通',
  orderDate: '20261124',
} as const;
const WHOLE = anOrder({
  fields: {
    ...Object.fromEntries(ORDER_FIELDS.map((name) => [name, `値 ${name}`])),
    ...VALUES,
    lenders: [
      {
        memberId: memberIdOf(10),
        memberName: '館10',
        acceptingMemberId: memberIdOf(10),
        location: '本館',
        volume: '上',
        callNumber: '007/1',
      },
      { memberId: memberIdOf(11), memberName: '館11', acceptingMemberId: memberIdOf(12) },
      { memberId: memberIdOf(13) },
    ],
  },
  comment: 'お急ぎください',
});

describe('ConfirmOrderComponent', () => {
  let fixture: ComponentFixture<ConfirmOrderComponent>;
  let dom: Dom;
  let said: number;
  const open = signal<readonly ReturnType<typeof aSummary>[]>([]);
  const submission = signal<ReturnType<SubmissionStore['submission']>>({ state: 'editing' });

  beforeEach(() => {
    open.set([]);
    submission.set({ state: 'editing' });
    const [own, unread] = [signal([]), signal([])];
    const warnings = { open, own, unread, patronCount: signal(undefined), watched: signal(undefined) };
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: SessionService, useValue: new FakeSession() },
        { provide: WarningsStore, useValue: warnings },
        { provide: SubmissionStore, useValue: { submission } },
      ],
    });
    said = 0;
  });

  function show(order: CreateRequest | undefined): void {
    fixture = TestBed.createComponent(ConfirmOrderComponent);
    fixture.componentRef.setInput('order', order);
    fixture.componentInstance.confirmed.subscribe(() => (said += 1));
    dom = new Dom(fixture);
    if (order === undefined) return;
    fixture.componentInstance.open();
    dom.settle();
  }
  const dialog = () => dom.one('dialog') as HTMLDialogElement;
  const shown = (): Record<string, string> => {
    const values = dom.texts('dd');
    return Object.fromEntries(dom.texts('dt').map((label, at) => [label.replace('field.', ''), values[at] ?? '']));
  };

  it('is closed until it is asked for', () => {
    show(undefined);
    expect([dialog().open, dom.text]).toEqual([false, '']);
  });

  it('shows every field that is sent under its label, and nothing else', () => {
    show(WHOLE);
    expect<readonly string[]>(Object.keys(shown()).sort()).toEqual([...ORDER_FIELDS, 'comment'].sort());
    const plain = ORDER_FIELDS.filter((name) => !(name in VALUES));
    for (const name of plain) expect(shown()[name]).toBe(`値 ${name}`);
    expect(shown()['comment']).toBe('お急ぎください');
  });

  it('leaves out what is not sent', () => {
    show(anOrder({ fields: { payment: 'pb', volume: '' } }));
    expect(Object.keys(shown())).toEqual(['payment']);
    expect(dom.texts('ol.rota li')).toEqual([]);
  });

  it('shows codes in words, and days as days', () => {
    show(WHOLE);
    expect([shown()['payment'], shown()['copyType'], shown()['sendingMethod'], shown()['orderDate']]).toEqual([
      'code.payment.pb',
      'code.copy-type.electronic',
      'code.sending-method.regular',
      '2026-11-24',
    ]);
  });

  it('has words for each value of each code', () => {
    for (const name of ['payment', 'copyType', 'sendingMethod'] as const) {
      const table = formOf(name) as CodeTable;
      for (const { id, wire } of CODE_TABLES[table]) {
        show(anOrder({ fields: { [name]: wire } }));
        expect(shown()[name]).toBe(`code.${table}.${id}`);
      }
    }
  });

  it('shows a value that is no code, and a day that is none, as they are', () => {
    show(anOrder({ fields: { payment: 'zz', orderDate: 'tomorrow' } }));
    expect(shown()).toEqual({ payment: 'zz', orderDate: 'tomorrow' });
  });

  it('names the lenders in the order in which they are asked, with what is asked of each and who accepts for it', () => {
    show(WHOLE);
    const lenders = dom.texts('ol.rota li');
    expect(lenders.length).toBe(3);
    for (const words of ['館10', memberIdOf(10), '本館', '上', '007/1']) expect(lenders[0]).toContain(words);
    expect(lenders[0]).not.toContain('create.through');
    for (const words of ['館11', memberIdOf(11), 'create.through']) expect(lenders[1]).toContain(words);
    expect(lenders[2]).toContain(memberIdOf(13));
  });

  it('names the copy of the lender, too', () => {
    show(anOrder({ fields: { lenders: [{ memberId: memberIdOf(10), registrationNumber: 'R001' }] } }));
    expect(dom.texts('ol.rota li')[0]).toContain('R001');
  });

  it('says which kind it is, and for which library', () => {
    const translate = TestBed.inject(TranslateService);
    translate.setTranslation('ja', { create: { confirm: { from: '{{library}} {{memberId}} から' } } });
    translate.use('ja');
    show(WHOLE);
    for (const words of ['create.confirm.copy', `${LIBRARY.name} ${LIBRARY.memberId} から`])
      expect(dom.text).toContain(words);
    show(anOrder({ kind: 'loan' }));
    expect(dom.text).toContain('create.confirm.loan');
  });

  it('shows once more what speaks against it', () => {
    open.set([aSummary({ id: 'LA9' })]);
    show(WHOLE);
    expect(dom.one('[data-testid=warning-open]').textContent).toContain('LA9');
  });

  describe('the answer', () => {
    beforeEach(() => show(WHOLE));

    it('is yes with Enter at once: the keyboard is on the button that orders', () => {
      expect(document.activeElement).toBe(dom.one('[data-testid=confirm]'));
      expect(dialog().matches(':modal')).toBeTrue();
      (document.activeElement as HTMLElement).click();
      expect(said).toBe(1);
    });

    it('keeps the dialog until NACSIS-ILL has the order', () => {
      dom.click('action.borrower.order');
      submission.set({ state: 'sending', order: WHOLE });
      dom.settle();
      expect([dialog().open, dom.field('[data-testid=confirm]').disabled]).toEqual([true, true]);
      submission.set({ state: 'done', order: WHOLE, request: aRequest() });
      dom.settle();
      expect(dialog().open).toBeFalse();
    });

    it('leaves an unknown outcome to the page, which asks for it', () => {
      submission.set({ state: 'unknown', order: WHOLE });
      dom.settle();
      expect(dialog().open).toBeFalse();
    });

    it('is followed by the refusal in the same dialog, with the fields that are wrong, and can be given again', () => {
      const fieldErrors = [{ field: 'lenders[0].memberId', code: 'unknown-member', params: {} }] as const;
      submission.set({ state: 'sending', order: WHOLE });
      dom.settle();
      submission.set({ state: 'editing', error: new AppError('invalid-fields', { fieldErrors }) });
      dom.settle();
      TestBed.inject(ApplicationRef).tick();
      expect(dialog().open).toBeTrue();
      for (const words of ['error.invalid-fields.title', 'field.lenders', 'fieldError.unknown-member'])
        expect(dom.one('dialog').textContent).toContain(words);
      expect(dialog().contains(document.activeElement)).toBeTrue();
      dom.click('action.borrower.order');
      expect(said).toBe(1);
    });

    it('is no with the other button', () => {
      dom.click('create.confirm.back');
      expect([said, dialog().open]).toEqual([0, false]);
    });

    it('is no with Escape', () => {
      // What the browser does on Escape in a dialog.
      const escape = new Event('cancel', { cancelable: true });
      dialog().dispatchEvent(escape);
      expect(escape.defaultPrevented).toBeFalse();
      dialog().close();
      dom.settle();
      expect([said, dialog().open]).toEqual([0, false]);
    });

    it('can be given again after it was no', () => {
      dom.click('create.confirm.back');
      fixture.componentInstance.open();
      dom.settle();
      expect(document.activeElement).toBe(dom.one('[data-testid=confirm]'));
      dom.one('[data-testid=confirm]').click();
      expect(said).toBe(1);
    });
  });
});
