import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Dom } from '../testing/dom';
import { RowKeysDirective } from './row-keys.directive';

@Component({
  standalone: true,
  imports: [RowKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div appRowKeys (turned)="turns.push($event)" (toggled)="toggles.push($event)">
      <button type="button">b</button><input type="text" aria-label="t" />
      @for (key of ['1', '2', '3']; track key) {
        <p [attr.data-row]="key">
          <input type="checkbox" aria-label="c" /><a href="#">{{ key }}</a>
        </p>
      }
    </div>
  `,
})
class HostComponent {
  readonly turns: number[] = [];
  readonly toggles: string[] = [];
}

describe('RowKeysDirective', () => {
  let dom: Dom;
  let host: HostComponent;
  beforeEach(() => {
    const fixture = TestBed.createComponent(HostComponent);
    host = fixture.componentInstance;
    dom = new Dom(fixture);
    document.body.append(dom.root);
  });
  function press(key: string, selector?: string, more: KeyboardEventInit = {}): boolean {
    const target = selector === undefined ? document.activeElement : dom.one(selector);
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    target?.dispatchEvent(event);
    return event.defaultPrevented;
  }
  const focused = () => document.activeElement?.textContent;

  it('goes from row to row and stops at the ends', () => {
    press('ArrowDown', 'button');
    expect(focused()).toBe('1');
    for (const [key, row] of [
      ['j', '2'],
      ['ArrowDown', '3'],
      ['ArrowDown', '3'],
      ['k', '2'],
      ['ArrowUp', '1'],
      ['ArrowUp', '1'],
    ] as const) {
      expect(press(key)).toBeTrue();
      expect(focused()).withContext(key).toBe(row);
    }
    press('j', '[data-row="2"] input');
    expect(focused()).toBe('3');
  });

  it('turns the page, and chooses the row', () => {
    for (const key of ['ArrowRight', 'n', 'ArrowLeft', 'p']) press(key, '[data-row="2"] a');
    press('x', '[data-row="2"] a');
    press('x', 'button');
    expect([host.turns, host.toggles]).toEqual([[1, 1, -1, -1], ['2']]);
  });

  it('leaves alone what is typed, what the browser does with a key, and other keys', () => {
    expect(press('j', 'input[type=text]')).toBeFalse();
    expect(press('ArrowDown', '[data-row="1"] a', { ctrlKey: true })).toBeFalse();
    expect(press('n', '[data-row="1"] a', { metaKey: true })).toBeFalse();
    expect(press('Enter', '[data-row="1"] a')).toBeFalse();
    for (const key of ['j', 'n', 'x', 'ArrowDown'])
      expect(press(key, '[data-row="1"] a', { keyCode: 229 }))
        .withContext(key)
        .toBeFalse();
    expect([host.turns, host.toggles]).toEqual([[], []]);
    expect([host.turns, host.toggles]).toEqual([[], []]);
  });
});
