import { Directive, ElementRef, inject, output } from '@angular/core';

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const TURNS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, n: 1, ArrowLeft: -1, p: -1 };

/**
 * Moves between the rows (`[data-row]`, each with a link `a`) by ↑ ↓ or k j, turns the page by ← → or p n, and chooses a row by x.
 * Enter opens it, as of every link.
 */
@Directive({ selector: '[appRowKeys]', standalone: true, host: { '(keydown)': 'press($event)' } })
export class RowKeysDirective {
  readonly turned = output<1 | -1>();
  /** `data-row` of the row. */
  readonly toggled = output<string>();
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected press(event: KeyboardEvent): void {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !(target instanceof HTMLElement)) return;
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
