import { inject, Injectable, InjectionToken } from '@angular/core';
import { defer, finalize, of, shareReplay, tap, type Observable } from 'rxjs';
import { HostService } from './host.service';

/** Milliseconds since the epoch. */
export const NOW = new InjectionToken<() => number>('clock', { providedIn: 'root', factory: () => () => Date.now() });

/** Taken off a token's life, so that it does not end on its way to the gateway. Milliseconds. */
const MARGIN = 60_000;
/** Life of a token whose `exp` cannot be read. Milliseconds. */
const UNREADABLE_LIFE = 30_000;

/** The host's token, asked for once and kept in memory until shortly before it ends. It is never written anywhere. */
@Injectable({ providedIn: 'root' })
export class AuthTokenService {
  private readonly host = inject(HostService);
  private readonly now = inject(NOW);
  private cached: { readonly token: string; readonly until: number } | undefined;
  private asking: Observable<string> | undefined;

  token(): Observable<string> {
    return defer(() => {
      const cached = this.cached;
      if (cached !== undefined && this.now() < cached.until) return of(cached.token);
      this.asking ??= this.host.authToken().pipe(
        tap((token) => {
          this.cached = { token, until: expiryOf(token, this.now()) - MARGIN };
        }),
        finalize(() => {
          this.asking = undefined;
        }),
        shareReplay(1),
      );
      return this.asking;
    });
  }

  /** The gateway refused this token: the next call gets a new one. A newer one that has come meanwhile stays. */
  forget(token: string): void {
    if (this.cached?.token === token) this.cached = undefined;
  }
}

/** `exp` of a JWT stands in seconds. Milliseconds since the epoch. */
function expiryOf(token: string, now: number): number {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(payload)) as { readonly exp?: unknown };
    if (typeof exp === 'number' && Number.isFinite(exp)) return exp * 1000;
  } catch {
    // not a JWT that we can read: the gateway decides whether it is good
  }
  return now + UNREADABLE_LIFE + MARGIN;
}
