import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { catchError, exhaustMap, map, merge, of, startWith, Subject, switchMap, tap, type Observable } from 'rxjs';
import type { Profile } from '../../domain/api-profile';
import { MAX_TARIFFS } from '../../domain/templates';
import { asAppError, type AppError } from '../core/app-error';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { daysOf, editOf, faultsOf, NEW_TARIFF, tariffsOf, type TariffEdit } from './tariff-edit';

/** What the library charges and how long it lends, as the form has it; saved as a whole. */
@Injectable()
export class TariffsStore {
  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly saves$ = new Subject<void>();
  private readonly again$ = new Subject<void>();
  private readonly saved$ = new Subject<Profile>();

  private readonly typed = signal<readonly TariffEdit[] | undefined>(undefined);
  private readonly typedDays = signal<string | undefined>(undefined);
  private readonly remote = toSignal(
    this.desk.library$.pipe(
      tap(() => {
        // What was typed belongs to the library that was worked for.
        this.typed.set(undefined);
        this.typedDays.set(undefined);
      }),
      switchMap(({ code }) =>
        this.again$.pipe(
          startWith(undefined),
          switchMap(() => this.follow(code)),
        ),
      ),
    ),
    { initialValue: IDLE },
  );
  private readonly profile = computed(() => valueOf(this.remote()));
  readonly isLoading = computed(() => ['idle', 'loading'].includes(this.remote().state));
  readonly readError = computed(() => errorOf(this.remote()));
  readonly mayChange = computed(() => valueOf(this.desk.desk())?.me.user.mayManage === true);

  readonly tariffs = computed<readonly TariffEdit[]>(() => this.typed() ?? (this.profile()?.tariffs ?? []).map(editOf));
  readonly days = computed(() => this.typedDays() ?? String(this.profile()?.loanDays ?? ''));
  readonly faults = computed(() => this.tariffs().map((edit, at) => faultsOf(edit, this.tariffs().slice(0, at))));
  readonly areDaysWrong = computed(() => daysOf(this.days()) === undefined);
  readonly isChanged = computed(() => this.typed() !== undefined || this.typedDays() !== undefined);
  readonly isFull = computed(() => this.tariffs().length >= MAX_TARIFFS);

  readonly isSaving = signal(false);
  readonly isSaved = signal(false);
  readonly saveError = signal<AppError | undefined>(undefined);

  constructor() {
    this.saves$
      .pipe(
        exhaustMap(() => this.put()),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (profile) => {
          this.isSaving.set(false);
          if (profile !== undefined) this.settle(profile);
        },
      });
  }

  change(at: number, change: Partial<TariffEdit>): void {
    this.edit((tariffs) => tariffs.map((tariff, place) => (place === at ? { ...tariff, ...change } : tariff)));
  }

  add(): void {
    this.edit((tariffs) => [...tariffs, NEW_TARIFF]);
  }

  remove(at: number): void {
    this.edit((tariffs) => tariffs.filter((_tariff, place) => place !== at));
  }

  typeDays(days: string): void {
    this.isSaved.set(false);
    this.typedDays.set(days);
  }

  /** Does nothing while something is wrong, or on its way. */
  save(): void {
    if (tariffsOf(this.tariffs()) !== undefined && !this.areDaysWrong()) this.saves$.next();
  }

  /** As it is stored now; what was typed goes. */
  reload(): void {
    this.typed.set(undefined);
    this.typedDays.set(undefined);
    this.saveError.set(undefined);
    this.again$.next();
  }

  private edit(change: (tariffs: readonly TariffEdit[]) => readonly TariffEdit[]): void {
    this.isSaved.set(false);
    this.typed.set(change(this.tariffs()));
  }

  private follow(library: string): Observable<Remote<Profile>> {
    return merge(
      toRemote(this.gateway.profile(library)),
      this.saved$.pipe(map((value): Remote<Profile> => ({ state: 'ok', value }))),
    );
  }

  private put(): Observable<Profile | undefined> {
    const [library, tariffs, loanDays] = [this.desk.library()?.code, tariffsOf(this.tariffs()), daysOf(this.days())];
    if (library === undefined || tariffs === undefined || loanDays === undefined) return of(undefined);
    this.isSaving.set(true);
    const body = { version: this.profile()?.version ?? 0, tariffs: [...tariffs], loanDays };
    return this.gateway.putProfile(library, body).pipe(
      tap(() => {
        this.saveError.set(undefined);
      }),
      catchError((thrown: unknown) => {
        this.saveError.set(asAppError(thrown));
        return of(undefined);
      }),
    );
  }

  private settle(profile: Profile): void {
    this.saved$.next(profile);
    this.typed.set(undefined);
    this.typedDays.set(undefined);
    this.isSaved.set(true);
  }
}
