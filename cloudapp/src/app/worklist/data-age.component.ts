import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe } from '@ngx-translate/core';
import { interval, map } from 'rxjs';
import { ago } from '../ui/age';
import { ListRefreshStore } from './list-refresh.store';
import { LIST_CLOCK } from './list-timing';

/** Milliseconds between updates of the displayed age. */
const TICK = 20_000;

/** The age of the list; a click reads from NACSIS-ILL. */
@Component({
  selector: 'app-data-age',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      class="plain-button"
      type="button"
      data-testid="refresh"
      [attr.aria-disabled]="refresh.isReading()"
      [title]="'workList.refresh' | translate"
      (click)="ask()"
    >
      <span aria-hidden="true">⟳</span>
      @if (age(); as passed) {
        {{ passed.word | translate: { count: passed.count } }}
        <span class="visually-hidden">{{ 'workList.refresh' | translate }}</span>
      } @else {
        {{ 'workList.readNow' | translate }}
      }
    </button>
  `,
  styles: 'button { min-width: 6rem; white-space: nowrap; }',
})
export class DataAgeComponent {
  protected readonly refresh = inject(ListRefreshStore);
  private readonly clock = inject(LIST_CLOCK);
  private readonly tick = toSignal(interval(TICK).pipe(map((tick) => tick + 1)), { initialValue: 0 });
  protected readonly age = computed(() => {
    this.tick();
    const readAt = this.refresh.readAt();
    if (this.refresh.isReading()) return { word: 'workList.reading', count: 0 };
    if (readAt === undefined) return undefined;
    const { unit, count } = ago(readAt, this.clock());
    return { word: `workList.ago.${unit}`, count };
  });

  protected ask(): void {
    if (!this.refresh.isReading()) this.refresh.now();
  }
}
