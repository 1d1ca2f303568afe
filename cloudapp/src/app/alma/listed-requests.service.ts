import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { catchError, concatMap, EMPTY, from, Subject, switchMap } from 'rxjs';
import type { AlmaEntity } from '../core/alma-entity';
import { linkOf } from './alma-link';
import { LinkedRequestService } from './linked-request.service';

/** Maximum number of requests of one page that are looked up: the length of Alma's lists. */
const MAX_LISTED = 20;

/** Links the requests of a list in Alma, as opening each of them would do (LinkedRequestService). */
@Injectable({ providedIn: 'root' })
export class ListedRequestsService {
  private readonly requests = inject(LinkedRequestService);
  private readonly known = new Set<string>();
  private readonly lists$ = new Subject<readonly AlmaEntity[]>();

  constructor() {
    this.lists$
      .pipe(
        // Another page of Alma ends the look-ups of the previous one.
        switchMap((entities) => from(entities).pipe(concatMap((entity) => this.look(entity)))),
        takeUntilDestroyed(),
      )
      .subscribe({ next: () => undefined });
  }

  /** Looks up each request once in a session, one after the other. Failures are ignored. */
  show(entities: readonly AlmaEntity[]): void {
    const isNew = (entity: AlmaEntity): boolean => linkOf(entity) !== undefined && !this.known.has(keyOf(entity));
    this.lists$.next(entities.filter(isNew).slice(0, MAX_LISTED));
  }

  private look(entity: AlmaEntity) {
    this.known.add(keyOf(entity));
    return this.requests.find(entity).pipe(catchError(() => EMPTY));
  }
}

function keyOf({ type, id }: AlmaEntity): string {
  return `${type} ${id}`;
}
