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
import { asAppError, type AppError } from '../../core/app-error';
import { GatewayClient } from '../../core/gateway.client';
import { SpareDraftsService } from '../../core/spare-drafts.service';
import { contentOf, type OrderDraft } from './order-draft';

export const AUTOSAVE = new InjectionToken<{ readonly pause: number; readonly again: number }>(
  'autosave, milliseconds',
  {
    providedIn: 'root',
    factory: () => ({ pause: 800, again: 10_000 }),
  },
);

type SaveState =
  | { readonly state: 'none' }
  | { readonly state: 'saving' }
  | { readonly state: 'saved'; readonly at: string }
  /** Later input is only in this window's memory; with `isSpare` also in this browser, except the patron's fields. */
  | { readonly state: 'failed'; readonly error: AppError; readonly isSpare: boolean };

/** A draft with its library. */
export interface Kept {
  readonly library: string;
  readonly draft: OrderDraft;
}

/** Saves the draft in the gateway shortly after each change, and retries automatically after failures. */
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

  /** Saves each change of `draft` from now on; undefined means nothing to save. */
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

  /** Saves once, immediately. @throws AppError */
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

  /** Stops saving: the order exists, the gateway deletes its draft, and no later save may recreate it. */
  close(): void {
    this.isClosed = true;
    const now = this.watched();
    if (now !== undefined) this.spare.drop(now.draft.draftId);
    this.wanted$.next('rest');
  }

  /** True when the last change is saved in the gateway. */
  get isSafe(): boolean {
    const now = untracked(this.watched);
    return this.isClosed || now === undefined || this.lastSaved === JSON.stringify(now);
  }

  /** Deletes a draft; succeeds when it no longer exists. */
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

  /** Saves the last input when the user leaves before the delayed save ran or completed. */
  private saveLast(): void {
    const now = this.watched();
    // The page is gone, so a failure cannot be reported.
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
