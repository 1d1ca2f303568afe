import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { fakeGateway } from '../../testing/fake-gateway';
import { aProfile, aTemplate } from '../../testing/records';
import { FormBlockComponent } from './form-block.component';
import { OrderFormStore } from './order-form.store';
import { TemplatesStore } from './templates.store';

describe('FormBlockComponent', () => {
  let form: OrderFormStore;
  let session: FakeSession;
  let dom: Dom;

  beforeEach(() => {
    const gateway = fakeGateway();
    session = new FakeSession();
    gateway.profile.and.returnValue(of(aProfile([aTemplate('急ぎ')])));
    TestBed.configureTestingModule({
      providers: [
        OrderFormStore,
        TemplatesStore,
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
    form = TestBed.inject(OrderFormStore);
    dom = new Dom(TestBed.createComponent(FormBlockComponent));
  });

  const groupOf = (field: string) => dom.one(`#field-${field}`).closest('details')!;
  const hint = (field: string) => dom.one(`#field-${field}-hint`).textContent ?? '';

  it('types into the form', () => {
    dom.type('#field-volume', '12');
    dom.choose('#field-payment', 'pr');
    expect(form.typed()).toEqual({ volume: '12', payment: 'pr' });
  });

  it('shows a value that comes by itself, and where from', () => {
    form.presets.set({ volume: { value: '3', origin: 'alma-request' } });
    dom.settle();
    expect([dom.field('#field-volume').value, hint('volume').includes('create.origin.alma-request')]).toEqual([
      '3',
      true,
    ]);
    dom.type('#field-volume', '4');
    expect(hint('volume')).not.toContain('create.origin');
  });

  it('marks what is required, for the kind', () => {
    const isMarked = (field: string) => dom.one(`label[for=field-${field}]`).textContent?.includes('create.required');
    expect([isMarked('payment'), isMarked('copyType'), isMarked('volume')]).toEqual([true, true, false]);
    form.kind.set('loan');
    dom.settle();
    expect([isMarked('payment'), dom.all('#field-copyType').length]).toEqual([true, 0]);
  });

  it('shows the names of CATP beside the labels for who wants them', () => {
    const label = () => dom.texts('label[for=field-payment]')[0];
    expect(label()).not.toContain('ACCT');
    session.user({ catpNames: true });
    dom.settle();
    expect(label()).toContain('（ACCT）');
  });

  it('counts bytes once the field is half full', () => {
    dom.type('#field-borrowerNumber', '12345');
    expect(hint('borrowerNumber')).not.toContain('create.bytes');
    dom.type('#field-borrowerNumber', 'あい');
    expect(hint('borrowerNumber')).toContain('6 / 10');
  });

  it('says what is missing once a field was left', () => {
    expect(hint('payment')).not.toContain('fieldError');
    dom.choose('#field-payment', '');
    dom.one('#field-payment').dispatchEvent(new Event('blur'));
    dom.settle();
    expect(hint('payment')).toContain('fieldError.required');
  });

  it('says what to enter for an applicant whom Alma has not named, until something is entered', () => {
    expect(groupOf('applicant').open).toBeFalse();
    form.isPatronMissing.set(true);
    dom.settle();
    expect([groupOf('applicant').open, hint('applicant').trim()]).toEqual([true, 'create.applicantMissing']);
    dom.type('#field-applicant', '利用者 001');
    expect([groupOf('applicant').open, hint('applicant').trim()]).toEqual([true, '']);
  });

  it('keeps a group folded until something in it is wrong', () => {
    expect(groupOf('orderDate').open).toBeFalse();
    form.type('orderDate', 'x');
    dom.settle();
    expect([groupOf('orderDate').open, groupOf('orderDate').textContent?.includes('create.toCorrect')]).toEqual([
      true,
      true,
    ]);
    expect(groupOf('applicant').open).toBeFalse();
  });

  it('says of a folded group whether it is filled in', () => {
    expect(groupOf('applicant').textContent).toContain('create.optional');
    form.type('applicant', '利用者 001');
    dom.settle();
    expect(groupOf('applicant').textContent).toContain('create.filledIn');
  });

  it('takes a comment as one line, whatever was pasted', () => {
    for (const pasted of ['お急ぎ\nください', 'お急ぎ\tください', 'お急ぎ \r\n\t ください']) {
      dom.type('#field-comment', pasted);
      expect(form.comment()).withContext(JSON.stringify(pasted)).toBe('お急ぎ ください');
    }
    expect(dom.text).not.toContain('fieldError');
  });

  it("offers the library's templates above the fields", () => {
    expect(dom.labelled('templates.label').value).toBe('');
    dom.fill('templates.label', '急ぎ');
    expect(TestBed.inject(TemplatesStore).chosenName()).toBe('急ぎ');
  });

  it('says at the comment what is wrong with it', () => {
    dom.type('#field-comment', 'あ'.repeat(342));
    expect(hint('comment')).toContain('fieldError.too-long');
  });

  it('says that an empty volume of a copy goes as 不明', () => {
    expect(hint('volume')).toContain('create.volumeUnknown');
    dom.type('#field-volume', '12');
    expect(hint('volume')).not.toContain('create.volumeUnknown');
  });
});
