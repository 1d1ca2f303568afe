import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import {
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  forkJoin,
  map,
  of,
  switchMap,
  type Observable,
} from 'rxjs';
import type { ActionParam } from '../../domain/api';
import type { Action } from '../../domain/commands';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf } from '../core/remote';
import { choicesOf } from './batch-actions';
import type { Params } from './batch-plan';
import type { BatchRow } from './batch-row';
import { BatchRowsStore } from './batch-rows.store';
import type { BatchOrder } from './batch-run.store';

/** Requests of one kind in one state: they are asked for the same. */
interface Group {
  readonly name: string;
  readonly params: readonly ActionParam[];
}

/** What is to be done with the rows, and what has to be said for it. */
@Injectable()
export class BatchSetupStore {
  private readonly gateway = inject(GatewayClient);
  private readonly store = inject(BatchRowsStore);
  private readonly wanted = signal<Action | undefined>(undefined);
  private readonly again$ = new BehaviorSubject<void>(undefined);
  /** What was typed, and whether it may be sent. */
  readonly typed = signal<{ readonly params: Params; readonly isReady: boolean }>({ params: {}, isReady: false });

  readonly choices = computed(() => choicesOf(this.store.rows()));
  readonly common = computed(() => this.choices().filter(({ count }) => count === this.store.rows().length));
  readonly partial = computed(() => this.choices().filter(({ count }) => count < this.store.rows().length));
  /** The chosen action while all rows allow it; where they allow only one, that. */
  readonly choice = computed(() => {
    const [first, ...others] = this.common();
    const chosen = this.common().find(({ action }) => action === this.wanted());
    return chosen ?? (others.length === 0 ? first : undefined);
  });

  /** One request of each group is asked for the group. */
  private readonly samples = computed(() => {
    const action = this.choice()?.action;
    const first = new Map<string, BatchRow>();
    for (const row of this.store.rows()) if (!first.has(groupOf(row))) first.set(groupOf(row), row);
    return { action, rows: action === undefined ? [] : [...first.values()] };
  });
  private readonly groups = toSignal(
    combineLatest([toObservable(this.samples).pipe(distinctUntilChanged(isSame)), this.again$]).pipe(
      switchMap(([{ action, rows }]) => toRemote(this.groupsOf(action, rows))),
    ),
    { initialValue: IDLE },
  );
  readonly isLoading = computed(() => this.choice() !== undefined && this.groups().state === 'loading');
  readonly error = computed(() => errorOf(this.groups()));
  /** Undefined until it is known. Required where one group requires it. */
  readonly asked = computed<readonly ActionParam[] | undefined>(() => {
    const all = valueOf(this.groups())?.flatMap(({ params }) => params);
    return all
      ?.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at)
      .map((param) => ({
        ...param,
        required: all.some(({ name, required }) => name === param.name && required),
      }));
  });

  /** What may be run; undefined while something is missing. */
  readonly order = computed<BatchOrder | undefined>(() => {
    const [choice, groups, rows] = [this.choice(), valueOf(this.groups()), this.store.rows()];
    const { params, isReady } = this.typed();
    if (choice === undefined || groups === undefined || rows.length === 0 || !isReady || this.store.isFinding()) return;
    const paramsOf = (row: BatchRow): Params => {
      const names = groups.find(({ name }) => name === groupOf(row))?.params.map(({ name }) => name) ?? [];
      // The charges go with their total.
      if (names.includes('total')) names.push('charges', 'fee', 'postage');
      return Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)));
    };
    return {
      side: this.store.side(),
      action: choice.action,
      rows: rows.map((row) => ({ row, params: paramsOf(row) })),
    };
  });

  choose(action: Action): void {
    this.wanted.set(action);
  }

  again(): void {
    this.again$.next();
  }

  private groupsOf(action: Action | undefined, rows: readonly BatchRow[]): Observable<readonly Group[]> {
    if (rows.length === 0) return of([]);
    return forkJoin(
      rows.map((row) =>
        this.gateway.request(row.id, row.side).pipe(
          map(({ actions }) => ({
            name: groupOf(row),
            params: actions.find((offer) => offer.action === action)?.params ?? [],
          })),
        ),
      ),
    );
  }
}

function groupOf({ kind, state, externalStatus }: BatchRow): string {
  return `${kind} ${state ?? externalStatus}`;
}

interface Samples {
  readonly action: Action | undefined;
  readonly rows: readonly BatchRow[];
}
/** Another row of the same groups asks for nothing else. */
function isSame(one: Samples, other: Samples): boolean {
  const names = ({ rows }: Samples) => rows.map((row) => `${row.id} ${groupOf(row)}`).join('\n');
  return one.action === other.action && names(one) === names(other);
}
