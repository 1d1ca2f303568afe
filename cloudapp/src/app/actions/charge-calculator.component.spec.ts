import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { MAX_CHARGES } from '../../domain/ill/fields';
import { Dom } from '../testing/dom';
import { calculationOf } from './action-content';
import { ChargeCalculatorComponent } from './charge-calculator.component';
import { EMPTY_LINE, NO_CHARGES, type ChargeDraft } from './charge-draft';

const line = (item: string, quantity: string, unitPrice: string) => ({ item, quantity, unitPrice });
const TARIFFS = [
  { name: '複写', kind: 'copy', lines: [{ item: 'A4', unitPrice: 35 }], postage: 140 },
  { name: '貸借', kind: 'loan', lines: [] },
  { name: '共通', lines: [{ item: 'A3', unitPrice: 50 }] },
] as const;

describe('ChargeCalculatorComponent', () => {
  let fixture: ComponentFixture<ChargeCalculatorComponent>;
  let dom: Dom;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
  });

  /** Like the form, passes the changed draft back in. */
  function show(draft: ChargeDraft, inputs: Readonly<Record<string, unknown>> = {}): void {
    fixture = TestBed.createComponent(ChargeCalculatorComponent);
    const give = (now: ChargeDraft) => {
      fixture.componentRef.setInput('draft', now);
      fixture.componentRef.setInput('calculation', calculationOf(now));
    };
    give(draft);
    for (const [name, value] of Object.entries({ kind: 'copy', ...inputs })) fixture.componentRef.setInput(name, value);
    fixture.componentInstance.changed.subscribe(give);
    dom = new Dom(fixture);
  }
  const total = () => dom.one('[data-testid=total]').textContent;
  const cells = () => dom.all('.line input').map((cell) => (cell as HTMLInputElement).value);

  it('calculates while it is typed', () => {
    show(NO_CHARGES);
    expect(total()).toBe('—');
    const [item, quantity, price] = ['0', '1', '2'].map(
      (at) => `.line:nth-child(2) [role=cell]:nth-child(${Number(at) + 1}) input`,
    );
    dom.type(item!, 'A4');
    dom.type(quantity!, '１０');
    expect(dom.text).toContain('chargeFault.incomplete-line');
    dom.type(price!, '35');
    expect([dom.texts('.amount'), total()]).toEqual([['¥350'], '¥350']);
    dom.type('.sums label:nth-child(2) input', '1,000');
    expect(total()).toBe('¥1,350');
  });

  it('says what is wrong, and in which line', () => {
    show({ ...NO_CHARGES, lines: [line('A4', 'x', '35'), line('', '1', '50')] });
    expect(dom.texts('.fault')).toEqual([
      'actions.charges.line chargeFault.not-a-number',
      'actions.charges.line chargeFault.item-missing',
    ]);
    expect(total()).toBe('—');
  });

  it('adds and removes lines, ten at most, one at least', () => {
    show({ ...NO_CHARGES, lines: [line('A4', '1', '35')] });
    dom.click('actions.charges.add');
    expect(cells()).toEqual(['A4', '1', '35', '', '', '']);
    dom.all('.remove')[0]?.click();
    dom.settle();
    dom.all('.remove')[0]?.click();
    dom.settle();
    expect(cells()).toEqual(['', '', '']);
    show({ ...NO_CHARGES, lines: Array.from({ length: MAX_CHARGES }, () => EMPTY_LINE) });
    expect((dom.controls('actions.charges.add')[0] as HTMLButtonElement).disabled).toBeTrue();
  });

  it('starts with a tariff of this kind', () => {
    show(NO_CHARGES, { tariffs: TARIFFS });
    expect(dom.texts('option').slice(1)).toEqual(['複写', '共通']);
    dom.choose('select', '0');
    expect([cells(), dom.field('.sums label:nth-child(2) input').value]).toEqual([['A4', '', '35'], '140']);
    expect(dom.text).toContain('actions.charges.unused');
    dom.choose('select', '');
    expect(cells()).toEqual(['A4', '', '35']);
    dom.choose('select', '1');
    expect(cells()).toEqual(['A3', '', '50']);
  });

  it('has nothing to choose where the library has no tariff', () => {
    show(NO_CHARGES, { tariffs: [TARIFFS[1]] });
    expect(dom.all('select')).toEqual([]);
  });

  it('shows what the gateway found', () => {
    const errors = [
      { field: 'charges[1].item', code: 'too-long' },
      { field: 'total', code: 'bad-number' },
    ];
    show({ ...NO_CHARGES, fee: '100' }, { errors });
    expect(dom.texts('.fault')).toEqual(['2 fieldError.too-long', 'fieldError.bad-number']);
  });

  it('asks for a 0 where there are no charges', () => {
    show(NO_CHARGES, { errors: [{ field: 'total', code: 'required' }] });
    expect(dom.texts('.fault')).toEqual(['actions.charges.empty']);
    dom.type('.sums label:nth-child(1) input', '0');
    expect([total(), dom.text.includes('actions.charges.nothing')]).toEqual(['¥0', true]);
  });
});
