import {
  DestroyRef,
  effect,
  inject,
  Injectable,
  InjectionToken,
  Injector,
  signal,
  untracked,
  type Signal,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  map,
  of,
  retry,
  Subject,
  switchMap,
  tap,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { asAppError, type AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { SpareDraftsService } from '../core/spare-drafts.service';
import { contentOf, type OrderDraft } from './order-draft';

export const AUTOSAVE = new InjectionToken<{ readonly pause: number; readonly again: number }>(
  'autosave, milliseconds',
  {
    providedIn: 'root',
    factory: () => ({ pause: 800, again: 10_000 }),
  },
);

export type SaveState =
  | { readonly state: 'none' }
  | { readonly state: 'saving' }
  | { readonly state: 'saved'; readonly at: string }
  /** What was typed since is in this window's memory; `isSpare`: and, but for the patron's fields, in this browser. */
  | { readonly state: 'failed'; readonly error: AppError; readonly isSpare: boolean };

/** A draft and the library that it is for. */
export interface Kept {
  readonly library: string;
  readonly draft: OrderDraft;
}

/** Keeps what is typed in the gateway, a moment after each change; tries again by itself while that fails. */
@Injectable()
export class DraftStore {
  private readonly gateway = inject(GatewayClient);
  private readonly spare = inject(SpareDraftsService);
  private readonly times = inject(AUTOSAVE);
  private readonly injector = inject(Injector);
  private watched: Signal<Kept | undefined> = signal(undefined);
  private lastSaved = '';
  readonly saved = signal<SaveState>({ state: 'none' });
  private readonly wanted$ = new Subject<'save' | 'rest'>();
  private isClosed = false;

  constructor() {
    this.wanted$
      .pipe(
        switchMap((wish) => (wish === 'rest' ? EMPTY : timer(this.times.pause).pipe(switchMap(() => this.save())))),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (state) => {
          this.saved.set(state);
        },
      });
    inject(DestroyRef).onDestroy(() => {
      this.saveLast();
    });
  }

  /** From now on each change of `draft` is kept; undefined: nothing worth keeping. */
  watch(draft: Signal<Kept | undefined>): void {
    this.watched = draft;
    effect(
      () => {
        if (draft() !== undefined)
          untracked(() => {
            this.wanted$.next('save');
          });
      },
      { injector: this.injector },
    );
  }

  /** Saves now and once. @throws AppError */
  flush(): Observable<void> {
    return defer(() => {
      const now = this.watched();
      this.wanted$.next('rest');
      if (now === undefined || this.isClosed) return of(undefined);
      return this.put(now).pipe(
        tap((at) => {
          this.saved.set({ state: 'saved', at });
        }),
        map(() => undefined),
      );
    });
  }

  /** The order exists: the gateway drops the draft with it, and nothing may bring it back. */
  close(): void {
    this.isClosed = true;
    const now = this.watched();
    if (now !== undefined) this.spare.drop(now.draft.draftId);
    this.wanted$.next('rest');
  }

  /** Whether the last change is in the gateway. */
  get isSafe(): boolean {
    const now = untracked(this.watched);
    return this.isClosed || now === undefined || this.lastSaved === JSON.stringify(now);
  }

  /** Drops a draft for good; that it was gone already is fine. */
  discard(draftId: string): Observable<void> {
    this.spare.drop(draftId);
    return this.gateway
      .deleteDraft(draftId)
      .pipe(
        catchError((error: unknown) =>
          asAppError(error).code === 'not-found' ? of(undefined) : throwError(() => error),
        ),
      );
  }

  /** Who leaves within the pause, or while it is being saved, does not lose what was typed last. */
  private saveLast(): void {
    const now = this.watched();
    // A page that is gone has nobody left to tell.
    if (now !== undefined && !this.isSafe) this.put(now).subscribe({ error: () => this.spare.keep(asStored(now)) });
  }

  private save(): Observable<SaveState> {
    const now = this.watched();
    if (now === undefined || this.isClosed || this.lastSaved === JSON.stringify(now)) return EMPTY;
    const trying = this.put(now).pipe(
      map((at): SaveState => ({ state: 'saved', at })),
      retry({
        delay: (error: unknown) => {
          this.saved.set({ state: 'failed', error: asAppError(error), isSpare: this.spare.keep(asStored(now)) });
          return timer(this.times.again);
        },
      }),
    );
    return concat(of<SaveState>({ state: 'saving' }), trying);
  }

  private put(kept: Kept): Observable<string> {
    const { draftId, ...stored } = asStored(kept);
    return this.gateway.putDraft(draftId, stored).pipe(
      map(({ updatedAt }) => {
        this.lastSaved = JSON.stringify(kept);
        this.spare.drop(draftId);
        return updatedAt;
      }),
    );
  }
}

function asStored({ library, draft }: Kept) {
  return { draftId: draft.draftId, library, kind: draft.kind, content: contentOf(draft) };
}
