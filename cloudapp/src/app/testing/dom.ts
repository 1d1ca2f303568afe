import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';

/** Access to a rendered component as users see it: by its texts. Without translations these are the i18n keys. */
export class Dom {
  readonly root: HTMLElement;

  constructor(private readonly fixture: ComponentFixture<unknown>) {
    this.root = fixture.nativeElement as HTMLElement;
    this.settle();
  }

  /** Waits until all effects of a change are rendered. */
  settle(): void {
    for (let round = 0; round < 4; round += 1) {
      TestBed.flushEffects();
      this.fixture.detectChanges();
    }
  }

  /** Waits until the parts that are loaded on demand are rendered. */
  async loaded(): Promise<void> {
    await this.fixture.whenStable();
    this.settle();
  }

  /** The visible text, without closed dialogs. */
  get text(): string {
    const read = this.root.cloneNode(true) as HTMLElement;
    for (const dialog of read.querySelectorAll('dialog:not([open])')) dialog.remove();
    return (read.textContent ?? '').replace(/\s+/g, ' ');
  }

  /** The texts of the elements, each on one line. */
  texts(selector: string): readonly string[] {
    return this.all(selector).map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim());
  }

  all(selector: string): readonly HTMLElement[] {
    return Array.from(this.root.querySelectorAll<HTMLElement>(selector));
  }

  one(selector: string): HTMLElement {
    const [element] = this.all(selector);
    if (element === undefined) throw new Error(`there is no ${selector} in: ${this.text}`);
    return element;
  }

  /** A form control. */
  field(selector: string): HTMLInputElement {
    return this.one(selector) as HTMLInputElement;
  }

  /** Buttons and links with this text, except in closed dialogs. */
  controls(words: string): readonly HTMLElement[] {
    return this.all('button, a').filter(
      (control) => control.textContent?.includes(words) === true && control.closest('dialog:not([open])') === null,
    );
  }

  /** The control of the label with this text. */
  labelled(words: string): HTMLInputElement {
    const label = this.all('label').find((each) => ownText(each) === words);
    const control = label?.querySelector<HTMLInputElement>('input, select, textarea');
    if (control === null || control === undefined) throw new Error(`there is no field "${words}" in: ${this.text}`);
    return control;
  }

  /** Types into the labelled field, or selects its value. */
  fill(words: string, value: string): void {
    const control = this.labelled(words);
    control.value = value;
    control.dispatchEvent(new Event(control.matches('select') ? 'change' : 'input'));
    this.settle();
  }

  /** Checks or unchecks the labelled box. */
  check(words: string, isChecked: boolean): void {
    const control = this.labelled(words);
    control.checked = isChecked;
    control.dispatchEvent(new Event('change'));
    this.settle();
  }

  click(words: string): void {
    const [control] = this.controls(words);
    if (control === undefined) throw new Error(`there is no "${words}" in: ${this.text}`);
    control.click();
    this.settle();
  }

  type(selector: string, value: string): void {
    const field = this.field(selector);
    field.value = value;
    field.dispatchEvent(new Event('input'));
    this.settle();
  }

  choose(selector: string, value: string): void {
    const field = this.field(selector);
    field.value = value;
    field.dispatchEvent(new Event('change'));
    this.settle();
  }
}

/** The element's own text, without child elements such as options. */
function ownText(element: HTMLElement): string {
  const texts = Array.from(element.childNodes).filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
  return texts.map(({ textContent }) => (textContent ?? '').trim()).join('');
}
