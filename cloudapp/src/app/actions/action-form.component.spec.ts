import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { Tariff } from '../../domain/api/profile';
import type { RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import { addDays, formatDay, today } from '../../domain/ill/dates';
import { staffLine } from '../../domain/ill/member';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aMember, aProfile, LIBRARY, OWN_MEMBER } from '../testing/records';
import { CLAIM_OPEN, offerOf, requestIn } from '../testing/offers';
import { ActionFormComponent } from './action-form.component';
import type { ActionInput } from './action-steps';

const NOW = today();

describe('ActionFormComponent', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let fixture: ComponentFixture<ActionFormComponent>;
  let dom: Dom;
  let sent: ActionInput[];
  let cancelled: number;

  beforeEach(() => {
    gateway = fakeGateway();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function show(action: Action, request: RequestView, inputs: Readonly<Record<string, unknown>> = {}): void {
    fixture = TestBed.createComponent(ActionFormComponent);
    for (const [name, value] of Object.entries({ offer: offerOf(request, action), request, ...inputs }))
      fixture.componentRef.setInput(name, value);
    [sent, cancelled] = [[], 0];
    fixture.componentInstance.submitted.subscribe((input) => sent.push(input));
    fixture.componentInstance.cancelled.subscribe(() => (cancelled += 1));
    dom = new Dom(fixture);
  }
  const submit = () => {
    dom.one('[data-testid=action-submit]').click();
    dom.settle();
  };
  const value = (name: string) => dom.field(`#action-${name}`).value;
  const charge = (at: number, text: string) => {
    const cell = dom.all('.line input')[at] as HTMLInputElement;
    cell.value = text;
    cell.dispatchEvent(new Event('input'));
    dom.settle();
  };
  const focused = () => document.activeElement;

  describe('accept by the lender', () => {
    const request = requestIn('UNPROCESSED', 'lender', 'copy', { library: LIBRARY.code });

    it('offers today, and staff and address of the own member record', () => {
      show('accept', request);
      expect([value('acceptDate'), value('lenderStaff')]).toEqual([formatDay(NOW), staffLine(OWN_MEMBER)]);
      expect(dom.text).toContain('actions.origin.own-member');
      dom.type('#action-lenderNumber', 'L-1');
      submit();
      expect(sent).toEqual([
        {
          params: jasmine.objectContaining({
            acceptDate: NOW,
            lenderNumber: 'L-1',
            lenderStaff: staffLine(OWN_MEMBER),
          }),
        },
      ]);
    });

    it('goes on to shipping where that is wanted, in the same form', () => {
      show('accept', request);
      expect([dom.all('app-charge-calculator').length, gateway.profile.calls.count()]).toEqual([0, 0]);
      const [none, ship] = dom.all('[data-testid=go-on] input') as HTMLInputElement[];
      expect(none?.checked).toBeTrue();
      ship?.click();
      dom.settle();
      expect([dom.all('app-charge-calculator').length, gateway.profile.calls.count()]).toEqual([1, 1]);
      charge(1, '10');
      charge(2, '35');
      submit();
      expect(sent[0]?.then).toEqual({
        action: 'ship',
        params: {
          shipDate: NOW,
          charges: [{ item: '', quantity: '10', unitPrice: '35', amount: '350' }],
          total: '350',
        },
      });
    });

    it('is a part of the page for many: nothing to close, and the focus stays', () => {
      show('accept', request, { many: true, labelKey: 'name', submitWords: { key: 'words' } });
      expect(dom.texts('h2, form button[type=submit]')).toEqual(['name', 'words']);
      expect(dom.controls('actions.close')).toEqual([]);
      expect(dom.root.contains(document.activeElement)).toBeFalse();
    });

    it('asks many for no number of their own, and offers no chain', () => {
      show('accept', request, { many: true });
      expect([dom.all('#action-lenderNumber').length, dom.all('input[type=checkbox]').length]).toEqual([0, 0]);
    });

    it('begins with what was typed before, and says what is typed now', () => {
      const typed: unknown[] = [];
      show('accept', request, { many: true, typed: { comment: '前の文' } });
      fixture.componentInstance.typedChange.subscribe((now) => typed.push(now));
      expect(value('comment')).toBe('前の文');
      dom.type('#action-comment', '次の文');
      expect(typed).toEqual([{ comment: '次の文' }]);
    });
  });

  describe('ship', () => {
    it('proposes the due date by the days that are lent, and follows the day of shipping', () => {
      session.ownMember.set({ state: 'ok', value: aMember({ loanPeriod: '2週間' }) });
      show('ship', requestIn('PROCESSING', 'lender', 'loan'));
      expect([value('dueDate'), dom.text.includes('actions.origin.member-period')]).toEqual([
        formatDay(addDays(NOW, 14)),
        true,
      ]);
      dom.type('#action-shipDate', formatDay(addDays(NOW, -1)));
      expect(value('dueDate')).toBe(formatDay(addDays(NOW, 13)));
      dom.type('#action-dueDate', formatDay(addDays(NOW, 60)));
      dom.type('#action-shipDate', formatDay(NOW));
      expect(value('dueDate')).toBe(formatDay(addDays(NOW, 60)));
    });

    it('takes the days and the tariffs of the library', () => {
      const tariffs = [{ name: '学外', lines: [{ item: 'A4', unitPrice: 35 }] }];
      gateway.profile.and.returnValue(of(aProfile([], { loanDays: 21, tariffs })));
      show('ship', requestIn('PROCESSING', 'lender', 'loan'));
      expect([value('dueDate'), dom.texts('option').at(-1)]).toEqual([formatDay(addDays(NOW, 21)), '学外']);
    });

    it('has the prices of the sole tariff; a copy is not sent without the quantity', () => {
      const tariffs: Tariff[] = [
        { name: '学外', kind: 'copy', lines: [{ item: 'A4', unitPrice: 35 }], postage: 140 },
        { name: '貸借', kind: 'loan', lines: [] },
      ];
      gateway.profile.and.returnValue(of(aProfile([], { tariffs })));
      show('ship', requestIn('PROCESSING', 'lender', 'copy'));
      expect(dom.texts('option:checked')).toEqual(['学外']);
      submit();
      expect([sent, dom.text.includes('actions.charges.noQuantity')]).toEqual([[], true]);
      charge(1, '10');
      submit();
      expect(sent[0]?.params.total).toBe('490');
    });

    it('is not sent without charges, says so, and warns of a due date before shipping', () => {
      show('ship', requestIn('PROCESSING', 'lender', 'loan'));
      dom.type('#action-dueDate', formatDay(addDays(NOW, -3)));
      submit();
      expect([
        sent,
        dom.text.includes('actions.charges.empty'),
        dom.text.includes('warning.due-before-shipping'),
      ]).toEqual([[], true, true]);
      const fee = dom.field('.sums input');
      fee.value = '0';
      fee.dispatchEvent(new Event('input'));
      dom.settle();
      submit();
      expect(sent[0]?.params).toEqual(jasmine.objectContaining({ fee: '0', total: '0' }));
    });

    it('that answers a claim begins with what is in the record', () => {
      const fields = {
        ...CLAIM_OPEN,
        dueDate: '20271220',
        charges: [{ item: 'A4', quantity: '10', unitPrice: '35', amount: '350' }],
        total: '350',
      };
      const request = requestIn('PROCESSING', 'lender', 'loan', { fields });
      const offer = {
        ...offerOf(request, 'ship'),
        params: ['charges', 'total', 'dueDate', 'comment'].map((name) => ({ name, required: false })),
      };
      show('ship', request, { offer });
      expect([value('dueDate'), dom.one('[data-testid=total]').textContent]).toEqual(['2027-12-20', '¥350']);
      charge(1, '9');
      submit();
      expect(sent[0]?.params.total).toBe('315');
    });
  });

  describe('the comment', () => {
    it('is required of a refusal, and the keyboard goes there', async () => {
      show('reject', requestIn('PROCESSING', 'lender'));
      expect(focused()).toBe(dom.one('#action-comment'));
      submit();
      expect([sent, dom.text.includes('fieldError.required')]).toEqual([[], true]);
      await new Promise((resolve) => setTimeout(resolve));
      expect(focused()).toBe(dom.one('#action-comment'));
      dom.click('reason.missing-issue');
      submit();
      expect(sent).toEqual([{ params: { comment: '欠号' } }]);
    });

    it('too long is said once it was left, or sent', () => {
      show('reject', requestIn('PROCESSING', 'lender'));
      dom.type('#action-comment', 'あ'.repeat(342));
      expect([dom.text.includes('1026 / 1024'), dom.text.includes('fieldError')]).toEqual([true, false]);
      dom.one('#action-comment').dispatchEvent(new Event('blur'));
      dom.settle();
      expect(dom.text).toContain('fieldError.too-long');
    });
  });

  it('of a total that may be named with an inquiry is a field, no calculator', () => {
    const request = requestIn('PROCESSING', 'lender');
    const offer = {
      ...offerOf(request, 'inquiry'),
      params: [
        { name: 'total', required: false },
        { name: 'comment', required: true },
      ],
    };
    show('inquiry', request, { offer });
    expect(dom.all('app-charge-calculator')).toEqual([]);
    dom.type('#action-total', '450');
    dom.type('#action-comment', '料金をご確認ください');
    submit();
    expect(sent).toEqual([{ params: { total: '450', comment: '料金をご確認ください' } }]);
  });

  describe('a renewal', () => {
    const onLoan = requestIn('ON_LOAN', 'borrower', 'loan', { fields: { dueDate: addDays(NOW, 5) } });

    it('is asked for with the wish before the comment', () => {
      show('renew', onLoan);
      const wish = formatDay(addDays(NOW, 19));
      expect(value('wishedDate')).toBe(wish);
      dom.type('#action-comment', '授業で使用');
      submit();
      expect(sent).toEqual([{ params: { comment: `更新希望: ${wish} 授業で使用` } }]);
    });

    it('is not asked for with a wish that has passed', () => {
      show('renew', onLoan);
      dom.type('#action-wishedDate', formatDay(NOW));
      submit();
      expect([sent, dom.text.includes('actions.wishPast')]).toEqual([[], true]);
    });

    const asked = requestIn('RETURN_PROCESSING', 'lender', 'loan', {
      fields: { dueDate: '20271201' },
      history: [{ command: 'RENEW', comment: '更新希望: 2027-12-24' }, { command: 'RECEIVE' }],
    });

    it('is granted with the new due date', () => {
      show('claim', asked);
      expect([value('dueDate'), value('comment')]).toEqual([
        '2027-12-24',
        '更新を承認します。新しい返却期限: 2027-12-24',
      ]);
      submit();
      expect(sent[0]?.params).toEqual({
        dueDate: '20271224',
        comment: '更新を承認します。新しい返却期限: 2027-12-24',
      });
    });

    it('is refused with the old one, which stays as it is', () => {
      show('claim', asked);
      dom.all('input[type=radio]')[1]?.dispatchEvent(new Event('change'));
      dom.settle();
      expect([value('dueDate'), dom.field('#action-dueDate').disabled]).toEqual(['2027-12-01', true]);
      submit();
      expect(sent[0]?.params).toEqual({ comment: '更新はできません。返却期限（2027-12-01）までに返却してください。' });
    });

    it('is no matter where the material came back', () => {
      show('claim', requestIn('RETURN_PROCESSING', 'lender', 'loan'));
      expect([dom.all('input[type=radio]').length, dom.all('#action-dueDate').length]).toEqual([0, 0]);
    });
  });

  it('shows whom an order asks, and the button that sends is next', () => {
    const lenders = [{ memberId: 'FA1', memberName: '館1' }, { memberId: 'FA2' }];
    show('order', requestIn('PREPARING', 'borrower', 'copy', { fields: { lenders } }));
    expect(dom.texts('.rota li')).toEqual(['館1 FA1', 'FA2 FA2']);
    expect(focused()).toBe(dom.one('[data-testid=action-submit]'));
    submit();
    expect(sent).toEqual([{ params: {} }]);
  });

  describe('the answer of the gateway', () => {
    const request = requestIn('UNPROCESSED', 'lender', 'copy', { library: LIBRARY.code });

    it('stands at the fields, until they are typed into', () => {
      show('accept', request);
      dom.type('#action-lenderNumber', 'L-1');
      fixture.componentRef.setInput('errors', [
        { field: 'lenderNumber', code: 'duplicate' },
        { field: 'payment', code: 'required' },
      ]);
      dom.settle();
      expect(value('lenderNumber')).toBe('L-1');
      expect(dom.text).toContain('fieldError.duplicate');
      expect(dom.text).toContain('field.payment: fieldError.required');
      dom.type('#action-lenderNumber', 'L-2');
      expect(dom.text).not.toContain('fieldError.duplicate');
    });

    it('that the request has changed leaves what was typed', () => {
      show('accept', request);
      dom.type('#action-lenderNumber', 'L-1');
      const fresh = { ...request, version: 9 };
      fixture.componentRef.setInput('request', fresh);
      fixture.componentRef.setInput('offer', offerOf(fresh, 'accept'));
      dom.settle();
      expect(value('lenderNumber')).toBe('L-1');
      fixture.componentRef.setInput('request', { ...fresh, id: 'LA0000000002' });
      dom.settle();
      expect(value('lenderNumber')).toBe('');
    });
  });

  it('is closed by Escape, but not by the one that ends a conversion of kana, and not while it is on its way', () => {
    show('callback', requestIn('SHIPPED', 'lender'));
    const press = (init: KeyboardEventInit) =>
      dom.one('form').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, ...init }));
    press({ isComposing: true });
    expect(cancelled).toBe(0);
    press({});
    expect(cancelled).toBe(1);
    fixture.componentRef.setInput('busy', true);
    dom.settle();
    press({});
    submit();
    expect([cancelled, sent]).toEqual([1, []]);
  });

  it('lets nothing be changed or sent while an outcome is unknown', () => {
    show('reject', requestIn('PROCESSING', 'lender'), { unknown: true });
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    expect([dom.field('#action-comment').disabled, sent]).toEqual([true, []]);
  });
});
