import { ChangeDetectionStrategy, Component, computed, inject, Injectable, Injector, input } from '@angular/core';
import { MatAnchor } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { catchError, concatMap, defer, EMPTY, from, Observable, Subject, switchMap, tap } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { today } from '../../domain/ill/dates';
import { actionLabelKey } from '../../domain/ill/labels';
import { needsAction } from '../../domain/ill/urgency';
import { primaryOf } from '../actions/action-situation';
import { entityRoute } from '../alma/entity-route';
import type { Found } from '../alma/linked-request.service';
import type { AlmaEntity } from '../core/alma-entity';
import { remoteQuery } from '../core/remote';

/** Finds the NACSIS-ILL requests of the records on the Alma page one after the other, because a page shows up to twenty. */
@Injectable({ providedIn: 'root' })
class RecordLookUps {
  private readonly injector = inject(Injector);
  private readonly waiting$ = new Subject<Observable<unknown>>();

  constructor() {
    this.waiting$.pipe(concatMap((search$) => search$)).subscribe({ next: () => undefined });
  }

  find(entity: AlmaEntity): Observable<Found | undefined> {
    return new Observable((line) => {
      this.waiting$.next(
        defer(() => (line.closed ? EMPTY : this.findNow(entity))).pipe(
          tap(line),
          catchError(() => EMPTY),
        ),
      );
    });
  }

  /** The service is loaded on demand, because most pages of Alma show no request. */
  private findNow(entity: AlmaEntity): Observable<Found | undefined> {
    return from(import('../alma/linked-request.service')).pipe(
      switchMap(({ LinkedRequestService }) => this.injector.get(LinkedRequestService).find(entity)),
    );
  }
}

/**
 * A record of the Alma page on one line, with its next step. For a request: the NACSIS-ILL request, its state, and what
 * comes next.
 */
@Component({
  selector: 'app-page-record',
  standalone: true,
  imports: [MatAnchor, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="what" [title]="name()"
      >{{ name() }}
      @if (!request()) {
        <span class="muted">{{ 'start.type.' + entity().type | translate }}</span>
      }
    </span>
    @if (request(); as found) {
      <span class="standing" data-testid="record-standing"
        >{{ found.id }}
        <strong>{{ found.state === null ? found.externalStatus : ('state.' + found.state | translate) }}</strong></span
      >
    } @else if (query.error()) {
      <span class="muted">{{ 'start.stateUnknown' | translate }}</span>
    } @else if (isUnknownThere()) {
      <span class="muted">{{ 'start.notInNacsis' | translate }}</span>
    }
    @if (route(); as way) {
      <a
        mat-stroked-button
        [class.quiet]="isRequest() && !next()"
        [routerLink]="way.commands"
        [queryParams]="way.queryParams"
        >{{ label() | translate }}<span class="visually-hidden"> {{ name() }}</span></a
      >
    } @else {
      <span class="muted reason">{{ 'start.unreadable.' + entity().type | translate }}</span>
    }
  `,
  styles: `
    :host {
      --mdc-outlined-button-container-height: 1.875rem;
      --mat-outlined-button-horizontal-padding: 0.5rem;

      display: flex;
      align-items: center;
      gap: 0.5rem;
      min-height: 2.125rem;
    }
    .what,
    .standing {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .what {
      flex: 1 1 4rem;
      min-width: 3rem;
    }
    .standing {
      min-width: 6.5rem;
    }
    :host:has(.reason) {
      flex-wrap: wrap;
      row-gap: 0;
    }
    .reason {
      flex: 1 0 100%;
    }
    a {
      flex: none;
      max-width: 60%;
    }
    .quiet {
      --mdc-outlined-button-label-text-color: var(--sys-on-surface);
    }
  `,
})
export class PageRecordComponent {
  readonly entity = input.required<AlmaEntity>();
  private readonly lookUps = inject(RecordLookUps);
  protected readonly name = computed(() => this.entity().description || this.entity().id);
  private readonly way = computed(() => entityRoute(this.entity()));
  protected readonly isRequest = computed(() => this.entity().type !== 'BIB_MMS');
  protected readonly query = remoteQuery(
    computed(() => (this.isRequest() && this.way() !== undefined ? this.entity() : undefined), { equal: isSame }),
    (entity) => this.lookUps.find(entity),
  );
  protected readonly request = computed(() => this.query.value()?.request);
  protected readonly isUnknownThere = computed(() => this.query.value() !== undefined && this.request() === undefined);
  protected readonly next = computed(() => {
    const request = this.request();
    return request === undefined ? undefined : nextOf(request);
  });
  protected readonly label = computed(() => {
    const [request, next] = [this.request(), this.next()];
    if (request !== undefined && next !== undefined)
      return actionLabelKey(next, request.side, request.state, request.kind);
    return this.isRequest() ? 'start.open' : 'start.order';
  });
  protected readonly route = computed(() => {
    const [way, action] = [this.way(), this.next()];
    return way && { ...way, queryParams: { ...way.queryParams, ...(action !== undefined && { action }) } };
  });
}

/** The usual next action of a request that waits for this side. */
function nextOf(request: RequestView) {
  const { state, side, fields } = request;
  return needsAction({ ...fields, state }, side, today()) ? primaryOf(request)?.action : undefined;
}

function isSame(one: AlmaEntity | undefined, other: AlmaEntity | undefined): boolean {
  return one?.id === other?.id && one?.type === other?.type && one?.link === other?.link;
}
