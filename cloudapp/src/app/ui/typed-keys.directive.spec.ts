import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Dom } from '../testing/dom';
import { TypedKeysDirective } from './typed-keys.directive';

@Component({
  standalone: true,
  imports: [TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div (appEnter)="told.push('enter')" (appEscape)="told.push('escape')" (appKey)="told.push($event.key)">
      <input aria-label="t" />
    </div>
  `,
})
class HostComponent {
  readonly told: string[] = [];
}

describe('TypedKeysDirective', () => {
  let told: string[];
  let field: HTMLElement;

  beforeEach(() => {
    const fixture = TestBed.createComponent(HostComponent);
    told = fixture.componentInstance.told;
    field = new Dom(fixture).one('input');
  });

  const press = (key: string, more: KeyboardEventInit = {}) =>
    field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  const compose = (type: 'compositionstart' | 'compositionend') =>
    field.dispatchEvent(new CompositionEvent(type, { bubbles: true }));
  /** The emitted keys without those of `appKey`. */
  const meant = () => told.filter((each) => each === 'enter' || each === 'escape');

  it('tells Enter, Escape and every other key, of the fields inside', () => {
    for (const key of ['a', 'Enter', 'Escape', 'ArrowDown']) press(key);
    expect(told).toEqual(['a', 'Enter', 'enter', 'Escape', 'escape', 'ArrowDown']);
  });

  it('tells no Enter or Escape that is pressed together with another key', () => {
    for (const more of [{ shiftKey: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      press('Enter', more);
      press('Escape', more);
    }
    expect(meant()).toEqual([]);
  });

  for (const [browser, more] of [
    ['Chrome and Firefox', { isComposing: true }],
    ['older browsers, and Safari for the key that ends it', { keyCode: 229 }],
  ] as const) {
    it(`tells no key that belongs to a conversion: ${browser}`, () => {
      for (const key of ['Enter', 'Escape', 'Process', 'j', 'ArrowDown']) press(key, more);
      expect(told).toEqual([]);
    });
  }

  it('tells no key that comes directly after the conversion which it ended (Safari), but the next one', () => {
    compose('compositionstart');
    compose('compositionend');
    press('Enter');
    expect(told).toEqual([]);
    press('Enter');
    expect(meant()).toEqual(['enter']);
  });

  it('tells the Enter that is typed after a conversion', async () => {
    compose('compositionend');
    await new Promise((resolve) => setTimeout(resolve, 50));
    press('Enter');
    expect(meant()).toEqual(['enter']);
  });
});
