import { inject, signal } from '@angular/core';
import { map } from 'rxjs';
import type { Profile, PutProfile } from '../../domain/api/profile';
import type { AppError } from './app-error';
import { SessionService } from './session.service';
import { GatewayClient } from './gateway.client';
import { remoteCommand, remoteQuery } from './remote';

/** A change of the shared library profile. */
interface ProfileChange {
  /** Returns the changed parts, derived from the known profile; other parts stay as they are. */
  readonly parts: (profile: Profile | undefined) => Omit<PutProfile, 'version'>;
  /** Called after the change is saved. */
  readonly saved?: () => void;
  /**
   * True when the parts replace the values that were read, so that they may be saved on that version only. The profile
   * is then not read again automatically after a failure (use `reload`).
   */
  readonly isWhole?: boolean;
}

/**
 * Holds the shared profile of the current library and saves its changes one at a time. Must be created in an injection
 * context and lives as long as that context.
 */
export class LibraryProfile {
  private readonly session = inject(SessionService);
  private readonly gateway = inject(GatewayClient);
  private readonly query = remoteQuery(
    this.session.library$.pipe(map(({ code }) => code)),
    (library) => this.gateway.profile(library),
    (before, now) => before === now,
  );
  readonly profile = this.query.value;
  readonly readError = this.query.error;
  readonly isLoading = this.query.isLoading;
  private readonly command = remoteCommand(
    ({ parts }: ProfileChange) => {
      const [library, profile] = [this.session.library()?.code ?? '', this.profile()];
      return this.gateway.putProfile(library, { version: profile?.version ?? 0, ...parts(profile) });
    },
    {
      done: (profile, { saved }) => {
        this.saveError.set(undefined);
        saved?.();
        if (profile.library === this.session.library()?.code) this.query.take(profile);
      },
      failed: (error, { isWhole = false }) => {
        this.saveError.set(error);
        if (!isWhole) this.query.reload();
      },
    },
  );
  readonly isSaving = this.command.isRunning;
  /** Why the last change could not be saved; stays until a change is saved. */
  readonly saveError = signal<AppError | undefined>(undefined);

  /** Saves the change; ignored while another change is being saved. */
  change(change: ProfileChange): void {
    this.command.run(change);
  }

  /** Reads the stored profile again and clears the save error. */
  reload(): void {
    this.saveError.set(undefined);
    this.query.reload();
  }
}
