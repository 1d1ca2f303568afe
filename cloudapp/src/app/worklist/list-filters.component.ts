import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { debounceTime, Subject } from 'rxjs';
import { formatDay, today } from '../../domain/ill/dates';
import { KINDS, type Kind } from '../../domain/ill/kinds';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { ViewportService } from '../ui/viewport.service';
import { LastLookService } from './last-look.service';
import { activeFilters, FilterChipsComponent, wordsOf } from './filter-chips.component';
import { dayOf, isFiltering, periodOf, QUICK_PERIODS, type Period } from './list-filter';
import { ListFilterStore } from './list-filter.store';
import { ListPlace } from './list-place';
import { LIST_CLOCK } from './list-timing';
import { SavedViewsComponent } from './saved-views.component';
import { StatusChipsComponent } from './status-chips.component';
import { WorkListStore } from './work-list.store';

/** Milliseconds after the last key before the typed text is searched. */
const TYPING_PAUSE = 300;

/** The search and, folded, all filters. The row shows what is filtered. */
@Component({
  selector: 'app-list-filters',
  standalone: true,
  imports: [FilterChipsComponent, SavedViewsComponent, StatusChipsComponent, TranslatePipe, TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './list-filters.component.html',
  styles: `
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr));
      gap: 0.375rem 0.5rem;
    }
    .bar {
      display: flex;
      gap: 0.5rem;
    }
    .search {
      flex: 1;
      min-width: 7rem;
      max-width: 30rem;
    }
    .fold {
      display: inline-flex;
      gap: 0.25rem;
      align-items: center;
      min-width: 0;
      max-width: 60%;
    }
    .words {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .grid label {
      min-width: 0;
    }
    .row {
      gap: 0.25rem 0.5rem;
    }
    @media (min-width: 800px) {
      .grid {
        grid-template-columns: repeat(6, minmax(0, 1fr));
      }
    }
  `,
  host: { class: 'stack gap-s' },
})
export class ListFiltersComponent {
  protected readonly filters = inject(ListFilterStore);
  protected readonly look = inject(LastLookService);
  protected readonly place = inject(ListPlace);
  protected readonly viewport = inject(ViewportService);
  private readonly list = inject(WorkListStore);
  private readonly clock = inject(LIST_CLOCK);
  private readonly translate = inject(TranslateService);
  private readonly language = toSignal(this.translate.onLangChange);
  protected readonly kinds = KINDS;
  protected readonly periods = QUICK_PERIODS;
  protected readonly typed$ = new Subject<string>();
  /** True when the user has selected the range; keeps it selected while no date is given yet. */
  private readonly isRange = signal(false);
  protected readonly period = computed<Period>(() => {
    const period = periodOf(this.filters.filter());
    return period === '' && this.isRange() ? 'range' : period;
  });
  protected readonly newCount = computed(() => this.list.shown()?.newCount ?? 0);
  /** Includes the selected partner even when it has no more requests. */
  protected readonly partners = computed(() => {
    const facet = this.list.shown()?.facets.partner ?? [];
    const { partner } = this.filters.filter();
    const isThere = partner === '' || facet.some(({ value }) => value === partner);
    return isThere ? facet : [{ value: partner, name: undefined, count: 0 }, ...facet];
  });

  protected readonly isFiltering = computed(() => isFiltering(this.filters.filter()));
  /** The name of the fold, and what is filtered in few words. */
  protected readonly words = computed(() => {
    this.language();
    const say = (key: string): string => this.translate.instant(key) as string;
    const filter = this.filters.filter();
    const partnerName = (id: string) => this.partners().find(({ value }) => value === id)?.name ?? id;
    const active = activeFilters(filter, partnerName, (text) => this.inputDay(text));
    const words = wordsOf(filter, active).map((each) => ('key' in each ? say(each.key) : each.text));
    const comma = this.translate.currentLang === 'en' ? ', ' : '・';
    return [say('workList.fold'), words.join(comma)].filter((part) => part !== '').join(': ');
  });

  constructor() {
    this.typed$.pipe(debounceTime(TYPING_PAUSE), takeUntilDestroyed()).subscribe({
      next: (text) => {
        this.narrowText(text);
      },
    });
  }

  /** Ignores text that is still being converted from kana. */
  protected type(event: Event): void {
    if (!(event as InputEvent).isComposing) this.typed$.next(this.valueOf(event));
  }

  protected search(event: Event): void {
    event.preventDefault();
    this.narrowText(this.valueOf(event));
  }

  protected narrowKind(event: Event): void {
    this.filters.narrow({ kind: KINDS.find((kind) => kind === this.valueOf(event)) ?? '' });
  }

  protected choosePeriod(event: Event): void {
    const chosen = this.valueOf(event);
    this.isRange.set(chosen === 'range');
    const { from } = this.filters.filter();
    // Starts the range at the `from` date of the period shortcut.
    if (chosen === 'range') this.filters.narrow({ from: dayOf(from, today(this.clock)) });
    else this.filters.narrow({ from: chosen, to: '' });
  }

  protected narrowDay(name: 'from' | 'to', event: Event): void {
    this.filters.narrow({ [name]: this.valueOf(event).replaceAll('-', '') });
  }

  protected inputDay(text: string): string {
    return formatDay(dayOf(text, today(this.clock)));
  }

  protected countOf(kind: Kind): string {
    const count = this.list.shown()?.facets.kind.find(({ value }) => value === kind)?.count;
    return count === undefined ? '' : ` (${String(count)})`;
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }

  private narrowText(text: string): void {
    const q = text.trim();
    if (q !== this.filters.filter().q) this.filters.narrow({ q });
  }
}
