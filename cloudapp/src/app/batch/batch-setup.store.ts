import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { distinctUntilChanged, forkJoin, map, of, type Observable } from 'rxjs';
import type { ActionOffer, ActionParam, RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import { rowParams, type PlacedParam } from '../actions/action-steps';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery } from '../core/remote';
import { choicesOf, isOneByOne } from './batch-actions';
import type { Params } from './batch-plan';
import type { BatchRow } from './batch-row';
import { BatchRowsStore } from './batch-rows.store';
import type { BatchOrder } from './batch-run.store';

/** A representative of the requests of one kind and state, which all have the same parameters. */
interface Sample {
  readonly group: string;
  readonly request: RequestView;
  readonly params: readonly ActionParam[];
}

/** A row with charges of its own. `request`: the representative of its kind and state. */
export interface ShipRow {
  readonly row: BatchRow;
  readonly request: RequestView;
  readonly params: readonly PlacedParam[];
}

/** Setup of a batch: the action and its parameters. */
@Injectable()
export class BatchSetupStore {
  private readonly gateway = inject(GatewayClient);
  private readonly store = inject(BatchRowsStore);
  private readonly wanted = signal<Action | undefined>(undefined);

  readonly choices = computed(() => choicesOf(this.store.rows()));
  readonly common = computed(() => this.choices().filter(({ count }) => count === this.store.rows().length));
  readonly partial = computed(() => this.choices().filter(({ count }) => count < this.store.rows().length));
  /** The selected action if all rows allow it, otherwise the only action that all rows allow. */
  readonly choice = computed(() => {
    const [first, ...others] = this.common();
    const chosen = this.common().find(({ action }) => action === this.wanted());
    return chosen ?? (others.length === 0 ? first : undefined);
  });

  /** True when some rows allow an action that must be performed on the request's own page. */
  readonly leavesOut = computed(() => {
    const rows = this.store.rows();
    return rows.some((row) => row.allowed.some((action) => isOneByOne(action, row)));
  });

  /** One representative row per group. */
  private readonly samples = computed(() => {
    const action = this.choice()?.action;
    const first = new Map<string, BatchRow>();
    for (const row of this.store.rows()) if (!first.has(groupOf(row))) first.set(groupOf(row), row);
    return { action, rows: action === undefined ? [] : [...first.values()] };
  });
  private readonly query = remoteQuery(
    toObservable(this.samples).pipe(distinctUntilChanged(isSame)),
    ({ action, rows }) => this.sample(action, rows),
    // The form and what is typed into it stay while a row of another kind or state is added.
    (before, now) => before.action === now.action && before.rows.length > 0,
  );
  readonly isLoading = computed(() => {
    const { state } = this.query.remote();
    return this.choice() !== undefined && this.error() === undefined && (state === 'loading' || state === 'stale');
  });
  readonly error = this.query.error;
  /**
   * The form for all rows: the parameters of all groups, required when any group requires them. A loan among the rows,
   * if there is one, provides the fields that only loans have. Undefined until the parameters are known.
   */
  readonly form = computed<{ readonly offer: ActionOffer; readonly request: RequestView } | undefined>(() => {
    const [choice, samples] = [this.choice(), this.query.value() ?? []];
    const request = (samples.find((each) => each.request.kind === 'loan') ?? samples[0])?.request;
    if (choice === undefined || request === undefined) return undefined;
    const all = samples.flatMap(({ params }) => params);
    const params = all
      .filter(({ name }, at) => all.findIndex((other) => other.name === name) === at)
      .map((param) => ({
        ...param,
        required: all.some(({ name, required }) => name === param.name && required),
      }));
    const offer = request.actions.find(({ action }) => action === choice.action);
    const offers = samples.flatMap((each) => each.request.actions.filter(({ action }) => action === choice.action));
    const { command = [], primary = false, to } = offer ?? {};
    // Command and next state are shown only when they are the same for all rows.
    const isSameWay = offers.every((other) => other.to === to) && samples.every((each) => isStateOf(each, request));
    const way = isSameWay ? { command, ...(to !== undefined && { to }) } : { command: [] };
    return { request, offer: { action: choice.action, ...way, allowed: true, primary, params } };
  });

  /** The rows that have charges, each with its own parameters; empty when the action has no charges. */
  readonly shipRows = computed<readonly ShipRow[]>(() =>
    this.store.rows().flatMap((row) => {
      const sample = this.sampleOf(row);
      const params = rowParams(sample?.params ?? []);
      return sample === undefined || params.length === 0 ? [] : [{ row, request: sample.request, params }];
    }),
  );

  /**
   * Returns the batch with these params and those of single rows (`own`, by id), which come first; each row gets the
   * params of its group. Undefined while ids are being looked up or the params of a group are not known.
   */
  orderWith(params: Params, own: ReadonlyMap<string, Params> = new Map()): BatchOrder | undefined {
    const [choice, rows] = [this.choice(), this.store.rows()];
    if (choice === undefined || rows.length === 0 || this.store.isFinding()) return undefined;
    if (rows.some((row) => this.sampleOf(row) === undefined)) return undefined;
    const paramsOf = (row: BatchRow): Params => {
      const asked = this.sampleOf(row)?.params.map(({ name }) => name) ?? [];
      // Sends the charges together with their total.
      const names = asked.includes('total') ? [...asked, 'charges', 'fee', 'postage'] : asked;
      const all = { ...params, ...own.get(row.id) };
      return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
    };
    return {
      side: this.store.side(),
      action: choice.action,
      rows: rows.map((row) => ({ row, params: paramsOf(row) })),
    };
  }

  choose(action: Action): void {
    this.wanted.set(action);
  }

  again(): void {
    this.query.reload();
  }

  private sampleOf(row: BatchRow): Sample | undefined {
    return this.query.value()?.find(({ group }) => group === groupOf(row));
  }

  private sample(action: Action | undefined, rows: readonly BatchRow[]): Observable<readonly Sample[]> {
    if (rows.length === 0) return of([]);
    return forkJoin(
      rows.map((row) =>
        this.gateway.request(row.id, row.side).pipe(
          map((request) => ({
            group: groupOf(row),
            request,
            params: request.actions.find((offer) => offer.action === action)?.params ?? [],
          })),
        ),
      ),
    );
  }
}

function groupOf({ kind, state, externalStatus }: BatchRow): string {
  return `${kind} ${state ?? externalStatus}`;
}

function isStateOf({ request }: Sample, { state }: RequestView): boolean {
  return request.state === state;
}

interface Samples {
  readonly action: Action | undefined;
  readonly rows: readonly BatchRow[];
}
/** True when the groups are equal, so that no new reading is needed when a row is added. */
function isSame(one: Samples, other: Samples): boolean {
  const names = ({ rows }: Samples) => rows.map((row) => `${row.id} ${groupOf(row)}`).join('\n');
  return one.action === other.action && names(one) === names(other);
}
