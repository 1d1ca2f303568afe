import { computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import {
  catchError,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  of,
  startWith,
  Subject,
  switchMap,
  tap,
  type Observable,
} from 'rxjs';
import type { Profile, PutProfile } from '../../domain/api/profile';
import { asAppError, type AppError } from './app-error';
import { DeskService } from './desk.service';
import { GatewayClient } from './gateway.client';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from './remote';

/** A change of the shared library profile. */
export interface ProfileChange {
  /** The changed parts, derived from the known profile; other parts stay. */
  readonly parts: (profile: Profile | undefined) => Omit<PutProfile, 'version'>;
  /** Called after the change is saved. */
  readonly saved?: () => void;
  /**
   * True when the parts replace what was read, so that they may be saved on that version only. After a failure the
   * profile is then not read again automatically (use `reload`).
   */
  readonly isWhole?: boolean;
}

/**
 * The shared profile of the current library, with its changes one at a time. Must be created in an injection context
 * and lives as long as it.
 */
export class LibraryProfile {
  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly changes$ = new Subject<ProfileChange>();
  /** Emits the profile after a change; undefined triggers a new read. */
  private readonly changed$ = new Subject<Profile | undefined>();

  private readonly remote = toSignal(this.desk.library$.pipe(switchMap(({ code }) => this.follow(code))), {
    initialValue: IDLE,
  });
  readonly profile = computed(() => valueOf(this.remote()));
  readonly readError = computed(() => errorOf(this.remote()));
  readonly isLoading = computed(() => ['idle', 'loading'].includes(this.remote().state));
  readonly isSaving = signal(false);
  /** Why the last change could not be saved. */
  readonly saveError = signal<AppError | undefined>(undefined);

  constructor() {
    this.changes$
      .pipe(
        exhaustMap((change) => this.put(change)),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (profile) => {
          this.changed$.next(profile);
        },
      });
  }

  /** Ignored while another change is being saved. */
  change(change: ProfileChange): void {
    this.changes$.next(change);
  }

  /** Reads the stored profile again and clears the save error. */
  reload(): void {
    this.saveError.set(undefined);
    this.changed$.next(undefined);
  }

  /** Keeps the known profile while it is read again. */
  private follow(library: string): Observable<Remote<Profile>> {
    let known: Remote<Profile> = IDLE;
    return this.changed$.pipe(
      filter((profile) => profile === undefined || profile.library === library),
      startWith(undefined),
      switchMap((profile) =>
        profile === undefined
          ? toRemote(this.gateway.profile(library), known)
          : of<Remote<Profile>>({ state: 'ok', value: profile }),
      ),
      tap((remote) => {
        known = remote;
      }),
    );
  }

  private put({ parts, saved, isWhole = false }: ProfileChange): Observable<Profile | undefined> {
    const [library, profile] = [this.desk.library()?.code ?? '', this.profile()];
    this.isSaving.set(true);
    return this.gateway.putProfile(library, { version: profile?.version ?? 0, ...parts(profile) }).pipe(
      tap(() => {
        this.saveError.set(undefined);
        saved?.();
      }),
      catchError((thrown: unknown) => {
        this.saveError.set(asAppError(thrown));
        return isWhole ? EMPTY : of(undefined);
      }),
      finalize(() => {
        this.isSaving.set(false);
      }),
    );
  }
}
