import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { Writer } from '../../domain/api/profile';
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
  /** The way that was last sent to be saved. */
  readonly sentWriter = signal<Writer | undefined>(undefined);
  /** The other way that staff must consent to before it is saved. */
  readonly toConfirm = signal<Writer | undefined>(undefined);
  private confirmed: Writer | undefined;
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

  /** The answer to `toConfirm`. */
  consent(isGiven: boolean): void {
    const writer = this.toConfirm();
    this.toConfirm.set(undefined);
    if (!isGiven || writer === undefined) return;
    this.confirmed = writer;
    this.save();
  }

  /** Discards unsaved input. */
  discard(): void {
    this.confirmed = undefined;
    this.typed.set({});
    this.isSaved.set(false);
  }

  /** Ignored when there are faults or while saving. Asks first, once, when somebody else is to write to Alma. */
  save(): void {
    const integration = integrationOf(this.edit());
    if (integration === undefined) return;
    const { writer } = integration;
    if (writer !== this.stored().writer && writer !== this.confirmed) {
      this.toConfirm.set(writer);
      return;
    }
    this.sentWriter.set(writer);
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
