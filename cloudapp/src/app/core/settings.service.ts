import { inject, Injectable } from '@angular/core';
import { catchError, concatMap, defer, map, of, shareReplay, tap, throwError, type Observable } from 'rxjs';
import { AppError } from './app-error';
import { HostService } from './host.service';
import { readInstitution, type InstitutionSettings } from './institution-settings';
import { DEFAULT_USER, readUser, type UserSettings } from './user-settings';

/** The settings of the institution (Alma's CONFIG) and of the user (Alma's SETTINGS), each read once. */
@Injectable({ providedIn: 'root' })
export class SettingsService {
  private readonly host = inject(HostService);
  private institutionRead: Observable<InstitutionSettings> | undefined;
  private userRead: Observable<UserSettings> | undefined;

  /** @throws AppError `gateway-not-configured` when CONFIG is unusable; HostError when Alma does not return it */
  institution(): Observable<InstitutionSettings> {
    return defer(() => {
      this.institutionRead ??= this.host.readConfig().pipe(
        map((raw) => {
          const read = readInstitution(raw);
          if (!read.ok) throw new AppError('gateway-not-configured', {}, { cause: read.fault });
          return read.settings;
        }),
        catchError((error: unknown) => {
          this.institutionRead = undefined;
          return throwError(() => error);
        }),
        shareReplay(1),
      );
      return this.institutionRead;
    });
  }

  /** Saves the institution's settings. For administrators only; Alma refuses other users. */
  saveInstitution(settings: InstitutionSettings): Observable<void> {
    return this.host.writeConfig(settings).pipe(
      tap(() => {
        this.institutionRead = of(settings);
      }),
    );
  }

  /** Returns the user's settings. Never fails: returns the defaults when Alma does not answer. */
  user(): Observable<UserSettings> {
    return this.storedUser().pipe(catchError(() => of(DEFAULT_USER)));
  }

  /**
   * Merges choices into the stored ones. Writes nothing when the stored choices cannot be read, because a write would
   * destroy them.
   */
  remember(choices: Partial<Omit<UserSettings, 'version'>>): Observable<void> {
    return this.storedUser().pipe(
      concatMap((known) => {
        const settings: UserSettings = { ...known, ...choices };
        this.userRead = of(settings);
        return this.host.writeSettings(settings);
      }),
    );
  }

  private storedUser(): Observable<UserSettings> {
    return defer(() => {
      this.userRead ??= this.host.readSettings().pipe(
        map(readUser),
        catchError((error: unknown) => {
          this.userRead = undefined;
          return throwError(() => error);
        }),
        shareReplay(1),
      );
      return this.userRead;
    });
  }
}
