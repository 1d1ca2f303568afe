import { inject, Injectable, InjectionToken } from '@angular/core';
import { defer, finalize, of, shareReplay, tap, type Observable } from 'rxjs';
import { HostService } from './host.service';

/** Current time in milliseconds since the epoch. */
export const NOW = new InjectionToken<() => number>('clock', { providedIn: 'root', factory: () => () => Date.now() });

/** Milliseconds subtracted from a token's life, so that it does not expire on its way to the gateway. */
const MARGIN = 60_000;
/** Assumed life of a token without a readable `exp`. Milliseconds. */
const UNREADABLE_LIFE = 30_000;

/** Caches the host's token in memory until shortly before it expires. Never stores it. */
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

  /** Drops a token that the gateway refused, so that the next call gets a new one. Keeps a newer token. */
  forget(token: string): void {
    if (this.cached?.token === token) this.cached = undefined;
  }
}

/** Returns when the token expires, in milliseconds since the epoch. The `exp` of a JWT is in seconds. */
function expiryOf(token: string, now: number): number {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(payload)) as { readonly exp?: unknown };
    if (typeof exp === 'number' && Number.isFinite(exp)) return exp * 1000;
  } catch {
    // not a readable JWT: the gateway decides whether it is valid
  }
  return now + UNREADABLE_LIFE + MARGIN;
}
