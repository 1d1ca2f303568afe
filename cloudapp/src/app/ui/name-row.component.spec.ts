import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { NameRowComponent } from './name-row.component';

const [NAME, SAVE, REPLACE] = ['templates.naming.name', 'templates.naming.save', 'templates.naming.replace'] as const;

describe('NameRowComponent', () => {
  let fixture: ComponentFixture<NameRowComponent>;
  let named: string[];
  let dom: Dom;

  beforeEach(() => TestBed.configureTestingModule({ providers: [provideTranslateService()] }));

  function show({ isFull = false, first = '' } = {}): void {
    fixture = TestBed.createComponent(NameRowComponent);
    const inputs = { words: 'templates.naming.', others: [{ name: '急ぎ' }, { name: '通常' }], isFull, first };
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    named = [];
    fixture.componentInstance.named.subscribe((name) => named.push(name));
    dom = new Dom(fixture);
  }
  const button = (words: string) => dom.controls(words)[0] as HTMLButtonElement | undefined;
  function enter(): KeyboardEvent {
    const key = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true });
    dom.labelled(NAME).dispatchEvent(key);
    return key;
  }

  it('gives the name without the blanks around it, by the button or by Enter, which sends no form', () => {
    show();
    dom.fill(NAME, '  新しい ');
    dom.click(SAVE);
    expect([enter().defaultPrevented, named]).toEqual([true, ['新しい', '新しい']]);
  });

  it('gives no name by the Enter that confirms a conversion of kana', () => {
    show();
    dom.fill(NAME, '新しい');
    const field = dom.labelled(NAME);
    for (const more of [{ isComposing: true }, { keyCode: 229 }])
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ...more }));
    field.dispatchEvent(new CompositionEvent('compositionend'));
    enter();
    expect(named).toEqual([]);
    enter();
    expect(named).toEqual(['新しい']);
  });

  it('gives no empty name', () => {
    show();
    dom.fill(NAME, '  ');
    enter();
    expect([button(SAVE)?.disabled, named]).toEqual([true, []]);
  });

  it('says that it replaces, and begins with the name that it is given', () => {
    show({ first: '急ぎ' });
    expect([dom.labelled(NAME).value, dom.controls(REPLACE).length]).toEqual(['急ぎ', 1]);
    dom.fill(NAME, '急ぎ2');
    expect([dom.controls(SAVE).length, dom.controls(REPLACE).length]).toEqual([1, 0]);
  });

  it('keeps what is typed where the name to begin with changes', () => {
    show({ first: '急ぎ' });
    dom.fill(NAME, '私の');
    fixture.componentRef.setInput('first', '通常');
    dom.settle();
    expect(dom.labelled(NAME).value).toBe('私の');
  });

  it('takes only a name of the others where there is no room', () => {
    show({ isFull: true });
    dom.fill(NAME, '新しい');
    enter();
    expect([button(SAVE)?.disabled, named]).toEqual([true, []]);
    dom.fill(NAME, ' 通常 ');
    dom.click(REPLACE);
    expect(named).toEqual(['通常']);
  });

  it('is given up with the other button', () => {
    show({ first: '急ぎ' });
    let cancelled = 0;
    fixture.componentInstance.cancelled.subscribe(() => (cancelled += 1));
    dom.click('templates.naming.cancel');
    expect([cancelled, named]).toEqual([1, []]);
  });
});
