import { computed, inject, Injectable, signal } from '@angular/core';
import type { Tariff } from '../../domain/api/profile';
import type { Member } from '../../domain/catalog/catalog';
import { loanDaysIn } from '../../domain/ill/loan-period';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery, valueOf } from '../core/remote';
import type { LoanDays } from './action-defaults';

/** The library of a request: member record, tariffs and loan period. Read on demand. */
@Injectable()
export class OwnLibraryStore {
  private readonly session = inject(SessionService);
  private readonly gateway = inject(GatewayClient);
  private readonly code = signal<string | undefined>(undefined);
  private readonly codeOfProfile = signal<string | undefined>(undefined);

  /** The request's library, set when it is not the current one. */
  private readonly otherLibrary = computed(() => {
    const code = this.code();
    return code === this.session.library()?.code
      ? undefined
      : this.session.libraries().find((each) => each.code === code);
  });
  private readonly otherMember = remoteQuery(this.otherLibrary, ({ code, memberId }) =>
    this.gateway.member(code, memberId),
  );
  readonly member = computed<Member | undefined>(() =>
    this.otherLibrary() === undefined ? valueOf(this.session.ownMember()) : this.otherMember.value(),
  );
  private readonly profile = remoteQuery(this.codeOfProfile, (code) => this.gateway.profile(code));
  readonly tariffs = computed<readonly Tariff[]>(() => this.profile.value()?.tariffs ?? []);
  /** The error that explains why there are no tariffs. The calculator works without tariffs. */
  readonly error = this.profile.error;
  /** The library's own loan period, otherwise that of its member record; undefined when both are unknown. */
  readonly loanDays = computed<LoanDays | undefined>(() => {
    const own = this.profile.value()?.loanDays;
    if (own !== undefined) return { days: own, origin: 'loan-days' };
    const days = loanDaysIn(this.member()?.loanPeriod);
    return days === undefined ? undefined : { days, origin: 'member-period' };
  });

  begin(library: string): void {
    this.code.set(library);
  }

  /** Also reads the profile: tariffs and loan period. */
  needProfile(): void {
    this.codeOfProfile.set(this.code());
  }
}
