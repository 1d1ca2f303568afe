import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { filter, switchMap } from 'rxjs';
import type { Tariff } from '../../domain/api/profile';
import type { Member } from '../../domain/catalog/catalog';
import { loanDaysIn } from '../../domain/ill/loan-period';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf } from '../core/remote';
import type { LoanDays } from './action-defaults';

/** The library of a request: member record, tariffs and loan period. Read on demand. */
@Injectable()
export class OwnLibraryStore {
  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly code = signal<string | undefined>(undefined);
  private readonly codeOfProfile = signal<string | undefined>(undefined);

  /** Set when the request's library is not the current one. */
  private readonly otherLibrary = computed(() => {
    const code = this.code();
    return code === this.desk.library()?.code ? undefined : this.desk.libraries().find((each) => each.code === code);
  });
  private readonly otherMember = toSignal(
    toObservable(this.otherLibrary).pipe(
      filter((library) => library !== undefined),
      switchMap(({ code, memberId }) => toRemote(this.gateway.member(code, memberId))),
    ),
    { initialValue: IDLE },
  );
  readonly member = computed<Member | undefined>(() =>
    valueOf(this.otherLibrary() === undefined ? this.desk.ownMember() : this.otherMember()),
  );
  private readonly profile = toSignal(
    toObservable(this.codeOfProfile).pipe(
      filter((code) => code !== undefined),
      switchMap((code) => toRemote(this.gateway.profile(code))),
    ),
    { initialValue: IDLE },
  );
  readonly tariffs = computed<readonly Tariff[]>(() => valueOf(this.profile())?.tariffs ?? []);
  /** Why there are no tariffs; the calculator works without them. */
  readonly error = computed(() => errorOf(this.profile()));
  /** The library's own loan period, otherwise that of its member record; undefined when both are unknown. */
  readonly loanDays = computed<LoanDays | undefined>(() => {
    const own = valueOf(this.profile())?.loanDays;
    if (own !== undefined) return { days: own, origin: 'loan-days' };
    const days = loanDaysIn(this.member()?.loanPeriod);
    return days === undefined ? undefined : { days, origin: 'member-period' };
  });

  begin(library: string): void {
    this.code.set(library);
  }

  /** Also reads tariffs and loan period. */
  needProfile(): void {
    this.codeOfProfile.set(this.code());
  }
}
