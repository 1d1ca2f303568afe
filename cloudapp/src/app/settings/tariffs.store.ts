import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MAX_TARIFFS } from '../../domain/ill/templates';
import { SessionService } from '../core/session.service';
import { LibraryProfile } from '../core/library-profile';
import { valueOf } from '../core/remote';
import { daysOf, editOf, faultsOf, NEW_TARIFF, tariffsOf, type TariffEdit } from './tariff-edit';

/** Tariffs and loan period in the form; saved as a whole. */
@Injectable()
export class TariffsStore {
  private readonly session = inject(SessionService);
  private readonly shared = new LibraryProfile();
  private readonly profile = this.shared.profile;
  private readonly typed = signal<readonly TariffEdit[] | undefined>(undefined);
  private readonly typedDays = signal<string | undefined>(undefined);
  readonly isLoading = this.shared.isLoading;
  readonly readError = this.shared.readError;
  readonly mayChange = computed(() => valueOf(this.session.session())?.me.user.mayManage === true);

  readonly tariffs = computed<readonly TariffEdit[]>(() => this.typed() ?? (this.profile()?.tariffs ?? []).map(editOf));
  readonly days = computed(() => this.typedDays() ?? String(this.profile()?.loanDays ?? ''));
  readonly faults = computed(() => this.tariffs().map((edit, at) => faultsOf(edit, this.tariffs().slice(0, at))));
  readonly areDaysWrong = computed(() => daysOf(this.days()) === undefined);
  readonly isChanged = computed(() => this.typed() !== undefined || this.typedDays() !== undefined);
  readonly isFull = computed(() => this.tariffs().length >= MAX_TARIFFS);

  readonly isSaving = this.shared.isSaving;
  readonly isSaved = signal(false);
  readonly saveError = this.shared.saveError;

  constructor() {
    // Unsaved input belongs to the previous library.
    this.session.library$.pipe(takeUntilDestroyed()).subscribe({
      next: () => {
        this.forget();
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

  /** Ignored when there are faults or while saving. */
  save(): void {
    const [tariffs, loanDays] = [tariffsOf(this.tariffs()), daysOf(this.days())];
    if (tariffs === undefined || loanDays === undefined) return;
    this.shared.change({
      parts: () => ({ tariffs: [...tariffs], loanDays }),
      saved: () => {
        this.forget();
        this.isSaved.set(true);
      },
      isWhole: true,
    });
  }

  /** Reads the stored tariffs and discards unsaved input. */
  reload(): void {
    this.forget();
    this.shared.reload();
  }

  private forget(): void {
    this.typed.set(undefined);
    this.typedDays.set(undefined);
    this.isSaved.set(false);
  }

  private edit(change: (tariffs: readonly TariffEdit[]) => readonly TariffEdit[]): void {
    this.isSaved.set(false);
    this.typed.set(change(this.tariffs()));
  }
}
