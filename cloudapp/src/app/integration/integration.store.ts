import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { DEFAULT_INTEGRATION } from '../../domain/imports/integration';
import { SessionService } from '../core/session.service';
import { LibraryProfile } from '../core/library-profile';
import { valueOf } from '../core/remote';
import { editOf, faultsOf, integrationOf, type IntegrationEdit } from './integration-edit';

/** The current library's integration profile in the form; saved as a whole. */
@Injectable()
export class IntegrationStore {
  private readonly session = inject(SessionService);
  private readonly shared = new LibraryProfile();
  private readonly typed = signal<Partial<IntegrationEdit>>({});

  readonly profile = this.shared.profile;
  readonly isLoading = this.shared.isLoading;
  readonly readError = this.shared.readError;
  readonly isSaving = this.shared.isSaving;
  readonly saveError = this.shared.saveError;
  readonly isSaved = signal(false);
  readonly mayChange = computed(() => valueOf(this.session.session())?.me.user.mayManage === true);

  readonly stored = computed(() => editOf(this.profile()?.integration ?? DEFAULT_INTEGRATION));
  readonly edit = computed<IntegrationEdit>(() => ({ ...this.stored(), ...this.typed() }));
  readonly faults = computed(() => faultsOf(this.edit()));
  readonly isChanged = computed(() => JSON.stringify(this.edit()) !== JSON.stringify(this.stored()));
  /** True when borrowing requests would have no requester. */
  readonly lacksRequester = computed(
    () => this.edit().patronIdField === '' && this.edit().collectivePatron.trim() === '',
  );

  constructor() {
    // Unsaved input belongs to the previous library.
    this.session.library$.pipe(takeUntilDestroyed()).subscribe({
      next: () => {
        this.discard();
      },
    });
  }

  change(change: Partial<IntegrationEdit>): void {
    this.isSaved.set(false);
    this.typed.update((typed) => ({ ...typed, ...change }));
  }

  /** Discards unsaved input. */
  discard(): void {
    this.typed.set({});
    this.isSaved.set(false);
  }

  /** Ignored when there are faults or while saving. */
  save(): void {
    const integration = integrationOf(this.edit());
    if (integration === undefined) return;
    this.shared.change({
      parts: () => ({ integration }),
      saved: () => {
        this.discard();
        this.isSaved.set(true);
      },
      isWhole: true,
    });
  }

  /** Reads the stored profile and discards unsaved input. */
  reload(): void {
    this.discard();
    this.shared.reload();
  }
}
