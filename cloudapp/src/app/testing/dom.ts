import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';

/** What a component shows, looked at as a user does: by the words on it. Without translations the words are their keys. */
export class Dom {
  readonly root: HTMLElement;

  constructor(private readonly fixture: ComponentFixture<unknown>) {
    this.root = fixture.nativeElement as HTMLElement;
    this.settle();
  }

  /** Until everything that follows from a change is on screen. */
  settle(): void {
    for (let round = 0; round < 4; round += 1) {
      TestBed.flushEffects();
      this.fixture.detectChanges();
    }
  }

  get text(): string {
    return (this.root.textContent ?? '').replace(/\s+/g, ' ');
  }

  all(selector: string): readonly HTMLElement[] {
    return Array.from(this.root.querySelectorAll<HTMLElement>(selector));
  }

  one(selector: string): HTMLElement {
    const [element] = this.all(selector);
    if (element === undefined) throw new Error(`there is no ${selector} in: ${this.text}`);
    return element;
  }

  /** A control of a form. */
  field(selector: string): HTMLInputElement {
    return this.one(selector) as HTMLInputElement;
  }

  /** The buttons and links that have these words on them. */
  controls(words: string): readonly HTMLElement[] {
    return this.all('button, a').filter(({ textContent }) => textContent?.includes(words));
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
