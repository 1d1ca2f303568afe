import { computed, inject, Injectable } from '@angular/core';
import type { SavedView } from '../../domain/api/profile';
import { MAX_VIEWS } from '../../domain/ill/templates';
import { SessionService } from '../core/session.service';
import { LibraryProfile } from '../core/library-profile';
import { valueOf } from '../core/remote';
import { ListFilterStore } from './list-filter.store';
import { viewQuery } from './saved-view';

type Change = (views: readonly SavedView[]) => readonly SavedView[];

/** Named filters shared by the library's staff; managers save and delete them. */
@Injectable()
export class ViewsStore {
  private readonly session = inject(SessionService);
  private readonly filters = inject(ListFilterStore);
  private readonly shared = new LibraryProfile();
  private readonly profile = this.shared.profile;
  readonly views = computed<readonly SavedView[]>(() => this.profile()?.views ?? []);
  readonly readError = this.shared.readError;
  readonly saveError = this.shared.saveError;
  readonly mayChange = computed(
    () => valueOf(this.session.session())?.me.user.mayManage === true && this.profile() !== undefined,
  );
  readonly isFull = computed(() => this.views().length >= MAX_VIEWS);
  /** The view that equals the current filters and sort order. */
  readonly current = computed(() => {
    const now = canonical(viewQuery(this.filters.filter(), this.filters.choices()));
    return this.views().find(({ query }) => canonical(query) === now);
  });

  choose(name: string): void {
    const view = this.views().find((each) => each.name === name);
    if (view !== undefined) this.filters.showView(view);
  }

  /** Saves the current view under this name, replacing one of the same name. */
  save(name: string): void {
    const view: SavedView = { name, query: viewQuery(this.filters.filter(), this.filters.choices()) };
    this.change((views) =>
      [...views.filter((each) => each.name !== name), view].sort((one, other) =>
        one.name.localeCompare(other.name, 'ja'),
      ),
    );
  }

  remove(name: string): void {
    this.change((views) => views.filter((each) => each.name !== name));
  }

  private change(change: Change): void {
    this.shared.change({ parts: (profile) => ({ views: [...change(profile?.views ?? [])] }) });
  }
}

function canonical(query: SavedView['query']): string {
  return JSON.stringify(Object.entries(query).sort(([one], [other]) => (one < other ? -1 : 1)));
}
