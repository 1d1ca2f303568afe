import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { catchError, concatMap, defer, map, of, Subject, throwError, type Observable } from 'rxjs';
import type { Draft } from '../../domain/api/requests';
import { asAppError, type AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { SpareDraftsService } from '../core/spare-drafts.service';

/** Drafts discarded on this page. The last one can be restored under its id. */
@Injectable()
export class DraftDiscards {
  private readonly gateway = inject(GatewayClient);
  private readonly spare = inject(SpareDraftsService);
  private readonly work$ = new Subject<Observable<AppError | undefined>>();
  /** Ids hidden from the list. */
  readonly hidden = signal<ReadonlySet<string>>(new Set());
  readonly last = signal<Draft | undefined>(undefined);
  readonly error = signal<AppError | undefined>(undefined);

  constructor() {
    this.work$.pipe(concatMap((call) => call)).subscribe({
      next: (error) => {
        if (error !== undefined) this.error.set(error);
      },
    });
    // Completes started work when the user leaves, so that a draft being restored is not lost.
    inject(DestroyRef).onDestroy(() => {
      this.work$.complete();
    });
  }

  discard(draft: Draft): void {
    this.hide(draft.draftId, true);
    this.last.set(draft);
    this.spare.drop(draft.draftId);
    this.run(this.gateway.deleteDraft(draft.draftId).pipe(catchError(unlessGone)), () => {
      this.hide(draft.draftId, false);
      if (this.last() === draft) this.last.set(undefined);
    });
  }

  undo(): void {
    const draft = this.last();
    if (draft === undefined) return;
    this.last.set(undefined);
    this.hide(draft.draftId, false);
    const { draftId, library, kind, content } = draft;
    this.run(this.gateway.putDraft(draftId, { library, content, ...(kind && { kind }) }), () => {
      this.hide(draftId, true);
      this.last.set(draft);
    });
  }

  /**
   * Runs the calls in sequence, so that a draft is not restored before it is deleted. A failure reverts the change and
   * is shown.
   */
  private run(call: Observable<unknown>, takeBack: () => void): void {
    this.error.set(undefined);
    this.work$.next(
      defer(() => call).pipe(
        map(() => undefined),
        catchError((thrown: unknown) => {
          takeBack();
          return of(asAppError(thrown));
        }),
      ),
    );
  }

  private hide(draftId: string, isHidden: boolean): void {
    this.hidden.update(
      (hidden) => new Set(isHidden ? [...hidden, draftId] : [...hidden].filter((id) => id !== draftId)),
    );
  }
}

function unlessGone(error: unknown): Observable<undefined> {
  return asAppError(error).code === 'not-found' ? of(undefined) : throwError(() => error);
}
