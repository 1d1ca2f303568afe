import { Directive, ElementRef, inject, output } from '@angular/core';
import { outputToObservable } from '@angular/core/rxjs-interop';
import { TypedKeysDirective } from '../ui/typed-keys.directive';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const TURNS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, n: 1, ArrowLeft: -1, p: -1 };

/**
 * Keyboard control of rows (`[data-row]`, each with a link `a`): ↑ ↓ or k j move, ← → or p n turn the page, x selects a
 * row, Enter opens its link.
 */
@Directive({ selector: '[appRowKeys]', standalone: true, hostDirectives: [TypedKeysDirective] })
export class RowKeysDirective {
  readonly turned = output<1 | -1>();
  /** `data-row` of the row. */
  readonly toggled = output<string>();
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    outputToObservable(inject(TypedKeysDirective, { self: true }).appKey).subscribe({
      next: (event) => {
        this.press(event);
      },
    });
  }

  private press(event: KeyboardEvent): void {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    if (target.matches('select, textarea, input:not([type=checkbox])')) return;
    const row = target.closest<HTMLElement>('[data-row]');
    const [step, turn] = [STEPS[event.key], TURNS[event.key]];
    if (step !== undefined) this.move(row, step, event);
    else if (turn !== undefined) {
      event.preventDefault();
      this.turned.emit(turn);
    } else if (event.key === 'x' && row !== null) this.toggled.emit(row.dataset['row'] ?? '');
  }

  private move(row: HTMLElement | null, step: 1 | -1, event: Event): void {
    const rows = Array.from(this.host.querySelectorAll<HTMLElement>('[data-row]'));
    const at = row === null ? -1 : rows.indexOf(row);
    const next = at === -1 ? rows[0] : rows[at + step];
    event.preventDefault();
    next?.querySelector<HTMLElement>('a')?.focus();
  }
}
