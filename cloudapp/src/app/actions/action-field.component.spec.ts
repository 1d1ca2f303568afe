import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { fieldView, WISHED_DATE, type FieldView } from './action-field';
import { ActionFieldComponent } from './action-field.component';

describe('ActionFieldComponent', () => {
  let fixture: ComponentFixture<ActionFieldComponent>;
  let dom: Dom;
  let typed: string[];

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
  });

  function show(field: FieldView, inputs: Readonly<Record<string, unknown>> = {}): void {
    fixture = TestBed.createComponent(ActionFieldComponent);
    for (const [name, value] of Object.entries({ field, ...inputs })) fixture.componentRef.setInput(name, value);
    typed = [];
    fixture.componentInstance.typed.subscribe((value) => typed.push(value));
    dom = new Dom(fixture);
  }
  const control = () => dom.field('input');

  it('shows a day as the browser writes it, and gives it back as the record has it', () => {
    show(fieldView('shipDate', true, { value: '20261124', origin: 'today' }, []));
    expect([control().type, control().value, dom.text.includes('actions.origin.today')]).toEqual([
      'date',
      '2026-11-24',
      true,
    ]);
    dom.type('input', '2026-12-01');
    expect(typed).toEqual(['20261201']);
  });

  it('is empty where the record has no day that exists', () => {
    show(fieldView('shipDate', true, { value: 'soon' }, []));
    expect(control().value).toBe('');
  });

  it('does not write into a day of which only a part is typed', () => {
    show(fieldView('shipDate', true, { value: '20261124' }, []));
    const partial = { value: '', validity: { badInput: true } };
    (fixture.componentInstance as unknown as { type(event: unknown): void }).type({ target: partial });
    fixture.componentRef.setInput('field', fieldView('shipDate', true, { value: '' }, []));
    dom.settle();
    expect([typed, control().value]).toEqual([[''], '2026-11-24']);
    dom.type('input', '2026-12-01');
    fixture.componentRef.setInput('field', fieldView('shipDate', true, { value: '20261201' }, []));
    dom.settle();
    expect([typed, control().value]).toEqual([['', '20261201'], '2026-12-01']);
  });

  it('counts bytes once half of them are used', () => {
    show(fieldView('lenderNumber', false, { value: 'あ' }, []));
    expect(dom.text).not.toContain('/ 10');
    show(fieldView('lenderNumber', false, { value: 'ああ' }, []));
    expect(dom.text).toContain('6 / 10');
  });

  it('shows what is wrong before what looks wrong before where it comes from', () => {
    const warnings = [{ field: 'shipDate', code: 'before-earlier-step', params: { date: '20261120' } }];
    const field = (errors: FieldView['errors']) =>
      fieldView('shipDate', true, { value: '20261101', origin: 'stored' }, errors);
    show(field([{ field: 'shipDate', code: 'bad-date' }]), { warnings });
    expect([dom.text.includes('fieldError.bad-date'), dom.text.includes('warning.')]).toEqual([true, false]);
    expect(control().getAttribute('aria-invalid')).toBe('true');
    show(field([]), { warnings });
    expect([dom.text.includes('warning.before-earlier-step'), dom.text.includes('origin')]).toEqual([true, false]);
  });

  it('has its own words for a wish that is not to come', () => {
    show(fieldView(WISHED_DATE, true, { value: '20200101' }, [{ field: WISHED_DATE, code: 'bad-date' }]));
    expect(dom.text).toContain('actions.wishPast');
    expect([dom.text.includes('actions.wish'), dom.text.includes('fieldError')]).toEqual([true, false]);
  });

  it('marks what is required, and cannot be typed into while it is locked', () => {
    show(fieldView('lenderNumber', false, { value: '' }, []), { disabled: true });
    expect([dom.text.includes('create.required'), control().disabled]).toEqual([false, true]);
    show(fieldView('total', true, { value: '' }, []));
    expect([dom.text.includes('create.required'), control().getAttribute('inputmode')]).toEqual([true, 'numeric']);
  });
});
