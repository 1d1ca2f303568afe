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
import type { RequestView } from '../../domain/api';
import type { Member } from '../../domain/catalog';
import type { Side } from '../../domain/kinds';
import { asAppError, type AppError } from '../core/app-error';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { membersNeeded, slipContent, type SlipContent } from './slip-content';
import { unfitFor, type Slip, type Unfit } from './slip-kind';

/** How many are printed at once at most: as many as can be chosen. */
export const MAX_SLIPS = 200;
/** Calls that are on their way at once. */
const AT_ONCE = 4;

export interface Wanted {
  readonly slip: Slip;
  readonly side: Side;
  /** Each once, at most MAX_SLIPS. */
  readonly ids: readonly string[];
}

/** Why a request is not printed. */
export type Left = { readonly id: string; readonly error: AppError } | { readonly id: string; readonly unfit: Unfit };

export interface Slips {
  readonly total: number;
  /** Those that were read, or could not be. */
  readonly done: number;
  /** In the order of the ids. */
  readonly contents: readonly SlipContent[];
  readonly left: readonly Left[];
}

type Outcome = { readonly at: number } & ({ readonly content: SlipContent } | { readonly left: Left });

/** Reads what the slips need, a few at a time; what cannot be read is named and stops nothing. */
@Injectable()
export class SlipsStore {
  private readonly gateway = inject(GatewayClient);
  private readonly desk = inject(DeskService);
  private readonly members = new Map<string, Observable<Member | undefined>>();

  /** Grows with every request, and never fails. */
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
    const ownId = this.desk.libraries().find(({ code }) => code === library)?.memberId;
    return forkJoin({
      own: needed.own ? this.member(library, ownId) : of(undefined),
      partner: needed.partner ? this.member(library, other.id) : of(undefined),
    }).pipe(map((known) => slipContent(request, known)));
  }

  /** Each is read once. Who cannot be read leaves a gap on the slip, which is to be seen there. */
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
