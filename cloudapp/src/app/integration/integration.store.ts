import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { DEFAULT_INTEGRATION } from '../../domain/integration';
import { DeskService } from '../core/desk.service';
import { LibraryProfile } from '../core/library-profile';
import { valueOf } from '../core/remote';
import { editOf, faultsOf, integrationOf, type IntegrationEdit } from './integration-edit';

/** The integration profile of the library that is worked for, as the form has it; saved as a whole. */
@Injectable()
export class IntegrationStore {
  private readonly desk = inject(DeskService);
  private readonly shared = new LibraryProfile();
  private readonly typed = signal<Partial<IntegrationEdit>>({});

  readonly profile = this.shared.profile;
  readonly isLoading = this.shared.isLoading;
  readonly readError = this.shared.readError;
  readonly isSaving = this.shared.isSaving;
  readonly saveError = this.shared.saveError;
  readonly isSaved = signal(false);
  readonly mayChange = computed(() => valueOf(this.desk.desk())?.me.user.mayManage === true);

  readonly stored = computed(() => editOf(this.profile()?.integration ?? DEFAULT_INTEGRATION));
  readonly edit = computed<IntegrationEdit>(() => ({ ...this.stored(), ...this.typed() }));
  readonly faults = computed(() => faultsOf(this.edit()));
  readonly isChanged = computed(() => JSON.stringify(this.edit()) !== JSON.stringify(this.stored()));
  /** Nobody to make a borrowing request for. */
  readonly lacksRequester = computed(
    () => this.edit().patronIdField === '' && this.edit().collectivePatron.trim() === '',
  );

  constructor() {
    // What was typed belongs to the library that was worked for.
    this.desk.library$.pipe(takeUntilDestroyed()).subscribe({
      next: () => {
        this.discard();
      },
    });
  }

  change(change: Partial<IntegrationEdit>): void {
    this.isSaved.set(false);
    this.typed.update((typed) => ({ ...typed, ...change }));
  }

  /** What was typed goes. */
  discard(): void {
    this.typed.set({});
    this.isSaved.set(false);
  }

  /** Does nothing while something is wrong, or on its way. */
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

  /** As it is stored now; what was typed goes. */
  reload(): void {
    this.discard();
    this.shared.reload();
  }
}
