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
import type { Profile, PutProfile } from '../../domain/api-profile';
import { asAppError, type AppError } from './app-error';
import { DeskService } from './desk.service';
import { GatewayClient } from './gateway.client';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from './remote';

/** One change of what the library shares. */
export interface ProfileChange {
  /** The parts that change, made of the profile as it is known; the others stay. */
  readonly parts: (profile: Profile | undefined) => Omit<PutProfile, 'version'>;
  /** Called once it was saved. */
  readonly saved?: () => void;
  /** The parts replace what was read, and so may be saved on that version only: where it fails, the profile is not read again by itself (`reload`). */
  readonly isWhole?: boolean;
}

/** What the staff of the library that is worked for share, and its changes, one at a time. To be made in an injection context, and it ends with that. */
export class LibraryProfile {
  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly changes$ = new Subject<ProfileChange>();
  /** What a change has made of it; undefined: it is read again. */
  private readonly changed$ = new Subject<Profile | undefined>();

  private readonly remote = toSignal(this.desk.library$.pipe(switchMap(({ code }) => this.follow(code))), {
    initialValue: IDLE,
  });
  readonly profile = computed(() => valueOf(this.remote()));
  readonly readError = computed(() => errorOf(this.remote()));
  readonly isLoading = computed(() => ['idle', 'loading'].includes(this.remote().state));
  readonly isSaving = signal(false);
  /** Why the last change was not saved. */
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

  /** Does nothing while another change is on its way. */
  change(change: ProfileChange): void {
    this.changes$.next(change);
  }

  /** As it is stored now; why the last change was not saved is forgotten. */
  reload(): void {
    this.saveError.set(undefined);
    this.changed$.next(undefined);
  }

  /** What was read of this library stays while it is read again. */
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
