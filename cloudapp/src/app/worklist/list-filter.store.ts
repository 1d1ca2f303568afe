import { computed, inject, Injectable, signal } from '@angular/core';
import type { Sort } from '../../domain/api/work-list';
import type { SavedView } from '../../domain/api/profile';
import type { Side } from '../../domain/ill/kinds';
import { ChosenRequestsService } from '../core/chosen-requests.service';
import { SessionService } from '../core/session.service';
import { valueOf } from '../core/remote';
import { DEFAULT_CHOICES, type ListChoices } from '../core/list-choices';
import { isEnded, NO_FILTER, type ListFilter } from './list-filter';
import { shownBy } from './saved-view';

/**
 * Side, filters, sort order and page of the list. Kept in memory while the app is open, so that "back" returns to the
 * same list.
 */
@Injectable({ providedIn: 'root' })
export class ListFilterStore {
  private readonly session = inject(SessionService);
  private readonly chosen = inject(ChosenRequestsService);
  private readonly narrowed = signal<ListFilter>(NO_FILTER);
  private readonly shownPage = signal(1);

  readonly filter = this.narrowed.asReadonly();
  readonly page = this.shownPage.asReadonly();
  readonly choices = computed<ListChoices>(() => valueOf(this.session.session())?.user.list ?? DEFAULT_CHOICES);

  showSide(side: Side): void {
    if (side === this.choices().side) return;
    this.chosen.clear();
    // The other side has other states and partners.
    this.narrow({ status: [], gone: false, partner: '' });
    this.prefer({ side });
  }

  narrow(change: Partial<ListFilter>): void {
    this.narrowed.update((filter) => ({ ...filter, ...change }));
    this.shownPage.set(1);
  }

  toggleStatus(status: string): void {
    const { status: chosen } = this.filter();
    this.narrow({ status: chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status] });
  }

  toggleGone(): void {
    this.narrow({ gone: !this.filter().gone });
  }

  /** Shows or hides ended requests; hiding also deselects their statuses. */
  showEnded(isShown: boolean): void {
    this.narrow({
      open: !isShown,
      ...(!isShown && { status: this.filter().status.filter((status) => !isEnded(status)) }),
    });
  }

  clear(): void {
    this.narrow(NO_FILTER);
  }

  sortBy(sort: Sort): void {
    this.shownPage.set(1);
    this.prefer({ sort });
  }

  showRows(pageSize: number): void {
    this.shownPage.set(1);
    this.prefer({ pageSize });
  }

  turnTo(page: number): void {
    this.shownPage.set(Math.max(page, 1));
  }

  showView({ query }: SavedView): void {
    const { filter, side, sort } = shownBy(query);
    if (side !== this.choices().side) this.chosen.clear();
    this.narrow(filter);
    this.prefer({ side, sort });
  }

  private prefer(change: Partial<ListChoices>): void {
    this.session.remember({ list: { ...this.choices(), ...change } });
  }
}
