import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import {
  catchError,
  concatMap,
  distinctUntilChanged,
  EMPTY,
  filter,
  forkJoin,
  map,
  of,
  shareReplay,
  Subject,
  type Observable,
} from 'rxjs';
import type { Library, Me } from '../../domain/api/requests';
import { AppError } from './app-error';
import { GatewayClient } from './gateway.client';
import type { InstitutionSettings } from './institution-settings';
import { remoteQuery, valueOf, type Remote } from './remote';
import { SettingsService } from './settings.service';
import type { UserSettings } from './user-settings';

/** The user with the libraries that he or she may work for, and the settings of institution and user. */
export interface Session {
  readonly me: Me;
  readonly institution: InstitutionSettings;
  readonly user: UserSettings;
}

@Injectable({ providedIn: 'root' })
export class SessionService {
  private readonly gateway = inject(GatewayClient);
  private readonly settings = inject(SettingsService);
  private readonly remembered$ = new Subject<Parameters<SettingsService['remember']>[0]>();
  private readonly chosen = signal<string | undefined>(undefined);

  private readonly query = remoteQuery(of(true), () => this.load());
  /** The user's choices since the load, applied whether or not Alma has saved them. */
  private readonly choices = signal<Partial<UserSettings>>({});
  readonly session = computed<Remote<Session>>(() => {
    const [loaded, choices] = [this.query.remote(), this.choices()];
    return 'value' in loaded
      ? { ...loaded, value: { ...loaded.value, user: { ...loaded.value.user, ...choices } } }
      : loaded;
  });
  /** Emits after every successful load. */
  readonly ready$: Observable<Session> = this.query.remote$.pipe(
    map(valueOf),
    filter((session) => session !== undefined),
  );

  readonly libraries = computed<readonly Library[]>(() => valueOf(this.session())?.me.libraries ?? []);
  /** The current resource sharing library: the chosen one, the last used one, or the first. */
  readonly library = computed<Library | undefined>(() => {
    const wanted = this.chosen() ?? valueOf(this.session())?.user.library;
    return this.libraries().find(({ code }) => code === wanted) ?? this.libraries()[0];
  });
  readonly library$ = toObservable(this.library).pipe(
    filter((library) => library !== undefined),
    distinctUntilChanged((one, other) => one.code === other.code),
    shareReplay(1),
  );

  /** The library's member record in NACSIS-CAT/ILL. */
  readonly ownMember = remoteQuery(this.library$, ({ code, memberId }) => this.gateway.member(code, memberId)).remote;

  constructor() {
    // A failure to save the last choices is ignored.
    this.remembered$
      .pipe(
        concatMap((choices) => this.settings.remember(choices).pipe(catchError(() => EMPTY))),
        takeUntilDestroyed(),
      )
      .subscribe({ next: () => undefined });
  }

  chooseLibrary(code: string): void {
    this.chosen.set(code);
    this.remember({ library: code });
  }

  remember(choices: Parameters<SettingsService['remember']>[0]): void {
    this.choices.update((known) => ({ ...known, ...choices }));
    this.remembered$.next(choices);
  }

  reload(): void {
    this.query.reload();
  }

  private load(): Observable<Session> {
    return forkJoin({
      me: this.gateway.me(),
      institution: this.settings.institution(),
      user: this.settings.user(),
    }).pipe(
      map((session) => {
        if (!Array.isArray((session.me as Partial<Me> | null)?.libraries)) throw new AppError('internal');
        if (session.me.libraries.length === 0) throw new AppError('forbidden');
        return session;
      }),
    );
  }
}
