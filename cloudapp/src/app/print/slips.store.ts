import { inject, Injectable } from '@angular/core';
import {
  catchError,
  defer,
  forkJoin,
  from,
  map,
  mergeMap,
  of,
  scan,
  shareReplay,
  startWith,
  switchMap,
  type Observable,
} from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import type { Member } from '../../domain/catalog/catalog';
import type { Side } from '../../domain/ill/kinds';
import { asAppError, type AppError } from '../core/app-error';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { membersNeeded, slipContent, type SlipContent } from './slip-content';
import { unfitFor, type Slip, type Unfit } from './slip-kind';

/** Maximum number of slips per print: as many as can be selected. */
export const MAX_SLIPS = 200;
/** Maximum number of parallel calls. */
const AT_ONCE = 4;

export interface Wanted {
  readonly slip: Slip;
  readonly side: Side;
  /** Unique ids, at most MAX_SLIPS. */
  readonly ids: readonly string[];
}

/** A request that is not printed, with the reason. */
type Left = { readonly id: string; readonly error: AppError } | { readonly id: string; readonly unfit: Unfit };

export interface Slips {
  readonly total: number;
  /** Number of requests processed, with or without success. */
  readonly done: number;
  /** In the order of the ids. */
  readonly contents: readonly SlipContent[];
  readonly left: readonly Left[];
}

type Outcome = { readonly at: number } & ({ readonly content: SlipContent } | { readonly left: Left });

/** Reads the data of the slips, a few requests at a time; failures are reported and do not stop the others. */
@Injectable()
export class SlipsStore {
  private readonly gateway = inject(GatewayClient);
  private readonly session = inject(SessionService);
  private readonly members = new Map<string, Observable<Member | undefined>>();

  /** Loads the slips and emits after every request. Never fails. */
  load(wanted: Wanted): Observable<Slips> {
    const { ids } = wanted;
    this.members.clear();
    return from(ids).pipe(
      mergeMap((id, at) => this.one(wanted, id, at), AT_ONCE),
      scan((outcomes: readonly Outcome[], outcome) => [...outcomes, outcome], []),
      startWith([]),
      map((outcomes) => slipsOf(ids.length, outcomes)),
    );
  }

  private one({ slip, side }: Wanted, id: string, at: number): Observable<Outcome> {
    return this.gateway.request(id, side).pipe(
      switchMap((request): Observable<Outcome> => {
        const unfit = unfitFor(slip, request);
        if (unfit !== undefined) return of({ at, left: { id, unfit } });
        return this.contentOf(slip, request).pipe(map((content) => ({ at, content })));
      }),
      catchError((thrown: unknown) => of({ at, left: { id, error: asAppError(thrown) } })),
    );
  }

  private contentOf(slip: Slip, request: RequestView): Observable<SlipContent> {
    const { library, partner: other } = request;
    const needed = membersNeeded(slip, request);
    const ownId = this.session.libraries().find(({ code }) => code === library)?.memberId;
    return forkJoin({
      own: needed.own ? this.member(library, ownId) : of(undefined),
      partner: needed.partner ? this.member(library, other.id) : of(undefined),
    }).pipe(map((known) => slipContent(request, known)));
  }

  /** Reads each member once. An unreadable member leaves visible gaps on the slip. */
  private member(library: string, memberId: string | undefined): Observable<Member | undefined> {
    if (memberId === undefined || memberId === '') return of(undefined);
    const key = `${library} ${memberId}`;
    const known = this.members.get(key);
    if (known !== undefined) return known;
    const reading = defer(() => this.gateway.member(library, memberId)).pipe(
      catchError(() => of(undefined)),
      shareReplay(1),
    );
    this.members.set(key, reading);
    return reading;
  }
}

function slipsOf(total: number, outcomes: readonly Outcome[]): Slips {
  const ordered = [...outcomes].sort((one, other) => one.at - other.at);
  return {
    total,
    done: outcomes.length,
    contents: ordered.flatMap((outcome) => ('content' in outcome ? [outcome.content] : [])),
    left: ordered.flatMap((outcome) => ('left' in outcome ? [outcome.left] : [])),
  };
}
