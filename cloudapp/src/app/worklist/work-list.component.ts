import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  Injector,
  type AfterViewInit,
} from '@angular/core';
import { Router } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { SORTS } from '../core/list-choices';
import { errorOf } from '../core/remote';
import { RequestPanelComponent } from '../request/request-panel.component';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { SideTabsComponent } from '../ui/side-tabs.component';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { ViewportService } from '../ui/viewport.service';
import { ChosenBarComponent } from './chosen-bar.component';
import { DataAgeComponent } from './data-age.component';
import { ListEmptyComponent } from './list-empty.component';
import { ListFilterStore } from './list-filter.store';
import { ListFiltersComponent } from './list-filters.component';
import { ListPagerComponent } from './list-pager.component';
import { ListPlace } from './list-place';
import { ListRefreshStore } from './list-refresh.store';
import { keyOf, type OpenedRow } from './list-row';
import { RequestCardsComponent } from './request-cards.component';
import { RequestTableComponent } from './request-table.component';
import { RowKeysDirective } from './row-keys.directive';
import { WorkListStore } from './work-list.store';

/**
 * The library's requests, those needing action first. A request opens beside the list at full screen, and replaces it
 * in the sidebar.
 */
@Component({
  selector: 'app-work-list',
  standalone: true,
  imports: [
    ChosenBarComponent,
    DataAgeComponent,
    ErrorMessageComponent,
    ListEmptyComponent,
    ListFiltersComponent,
    ListPagerComponent,
    RequestCardsComponent,
    RequestPanelComponent,
    RequestTableComponent,
    RowKeysDirective,
    SideTabsComponent,
    TranslatePipe,
    TypedKeysDirective,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './work-list.component.html',
  styleUrl: './work-list.component.scss',
})
export class WorkListComponent implements AfterViewInit {
  protected readonly list = inject(WorkListStore);
  protected readonly filters = inject(ListFilterStore);
  protected readonly refresh = inject(ListRefreshStore);
  protected readonly viewport = inject(ViewportService);
  private readonly chosen = inject(ChosenRequestsService);
  private readonly place = inject(ListPlace);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  protected readonly skeleton = [1, 2, 3, 4, 5, 6];
  protected readonly sorts = SORTS;

  protected readonly rows = this.list.rows;
  protected readonly isLoading = computed(() => ['idle', 'loading'].includes(this.list.list().state));
  protected readonly isBusy = computed(
    () => this.isLoading() || (this.list.list().state === 'stale' && this.error() === undefined),
  );
  /** True while another page loads; false during automatic reloads. */
  protected readonly isWaiting = computed(() => {
    const shown = this.list.shown();
    return this.list.list().state === 'stale' && shown !== undefined && shown.page !== this.filters.page();
  });
  protected readonly error = computed(() => errorOf(this.list.list()));
  protected readonly isAllChosen = computed(() => this.rows().every(({ request }) => this.chosen.has(request)));
  /** The request open beside the list. */
  protected readonly panel = computed(() => {
    const opened = this.place.opened();
    return this.viewport.isWide() && opened?.side === this.filters.choices().side ? opened : undefined;
  });
  protected readonly panelKey = computed(() => {
    const panel = this.panel();
    return panel === undefined ? undefined : keyOf(panel);
  });

  constructor() {
    this.list.show();
    inject(DestroyRef).onDestroy(() => {
      this.list.hide();
    });
  }

  ngAfterViewInit(): void {
    this.comeBack();
  }

  protected open({ row: { request, route }, next, event }: OpenedRow): void {
    const { side, id } = request;
    event.preventDefault();
    if (this.viewport.isWide()) {
      this.place.opened.set({ side, id, ...(next !== undefined && { action: next.action }) });
      this.focusPanel();
    } else {
      this.place.leave({ side, id }, scrollY);
      void this.router.navigateByUrl(next?.route ?? route);
    }
  }

  protected close(): void {
    const key = this.panelKey();
    this.place.opened.set(undefined);
    this.focusRow(key);
  }

  /** Closes the panel on Escape, unless the user is typing, because closing would lose the input. */
  protected leave(event: Event): void {
    const isTyping = event.target instanceof Element && event.target.closest('input, select, textarea, dialog');
    if (this.panel() === undefined || isTyping) return;
    event.preventDefault();
    this.close();
  }

  protected chooseAll(): void {
    const here = this.rows().map(({ request }) => request);
    const keys = new Set(here.map(keyOf));
    const others = this.chosen.chosen().filter((row) => !keys.has(keyOf(row)));
    this.chosen.choose(this.isAllChosen() ? others : [...others, ...here]);
  }

  protected toggle(key: string): void {
    const row = this.rows().find((each) => each.key === key);
    if (row !== undefined) this.chosen.toggle(row.request);
  }

  protected turn(step: number): void {
    const page = this.filters.page() + step;
    if (page < 1 || page > this.list.pageCount()) return;
    this.filters.turnTo(page);
  }

  protected sortBy(event: Event): void {
    const chosen = (event.target as HTMLSelectElement).value;
    const sort = SORTS.find((each) => each === chosen);
    if (sort !== undefined) this.filters.sortBy(sort);
  }

  /** Restores scroll position and focus after leaving the panel. */
  private comeBack(): void {
    const scrolled = this.place.takeBack();
    const opened = this.place.opened();
    if (scrolled === undefined || opened === undefined) return;
    scrollTo(0, scrolled);
    this.focusRow(keyOf(opened));
  }

  /** Focuses the opened panel. */
  private focusPanel(): void {
    afterNextRender(
      () => {
        this.host.querySelector<HTMLElement>('aside')?.focus({ preventScroll: true });
      },
      { injector: this.injector },
    );
  }

  private focusRow(key: string | undefined): void {
    const rows = Array.from(this.host.querySelectorAll<HTMLElement>('[data-row]'));
    const row = rows.find(({ dataset }) => dataset['row'] === key);
    row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
  }
}
