import { inject, Injectable } from '@angular/core';
import { catchError, map, of, throwError, type Observable } from 'rxjs';
import { asAppError } from '../core/app-error';
import { HostService } from '../core/host.service';
import { objectOf } from '../core/unknown-json';

/**
 * Result of checking a code in Alma. `unreadable`: the user's roles forbid the check, or Alma's answer is not usable.
 */
export type AlmaStanding =
  { readonly is: 'active' | 'inactive'; readonly name: string } | { readonly is: 'there' | 'missing' | 'unreadable' };

/** Codes for an unknown partner or patron. alma.md 2.1: P3 and the user API. */
const UNKNOWN = new Set(['402118', '401861', '404']);
/** Codes for a refused check: Alma's error code, or the HTTP status when there is no error code. */
const REFUSED = new Set(['401', '403', 'UNAUTHORIZED', 'FORBIDDEN']);

/**
 * Checks in Alma, as the logged-in user, whether the import's partner and patron exist. @throws HostError when Alma
 * does not answer
 */
@Injectable({ providedIn: 'root' })
export class AlmaCheckService {
  private readonly host = inject(HostService);

  partner(code: string): Observable<AlmaStanding> {
    return this.look(`/partners/${encodeURIComponent(code)}`, (answer) => {
      const { status, name } = objectOf(objectOf(answer)['partner_details']);
      if (status !== 'ACTIVE' && status !== 'INACTIVE') return { is: 'unreadable' };
      return { is: status === 'ACTIVE' ? 'active' : 'inactive', name: typeof name === 'string' ? name : '' };
    });
  }

  /**
   * Checks only whether the patron exists; the patron's data is not kept. Alma finds users by any identifier and
   * ignores case, but the import accepts only the exact primary id.
   */
  patron(id: string): Observable<AlmaStanding> {
    return this.look(`/users/${encodeURIComponent(id)}`, (answer) => {
      const primaryId = objectOf(answer)['primary_id'];
      if (typeof primaryId !== 'string') return { is: 'unreadable' };
      return { is: primaryId === id ? 'there' : 'missing' };
    });
  }

  private look(path: string, standing: (answer: unknown) => AlmaStanding): Observable<AlmaStanding> {
    return this.host.read(path).pipe(
      map(standing),
      catchError((thrown: unknown) => {
        const code = asAppError(thrown).details.alma?.code ?? '';
        if (UNKNOWN.has(code)) return of<AlmaStanding>({ is: 'missing' });
        return REFUSED.has(code) ? of<AlmaStanding>({ is: 'unreadable' }) : throwError(() => thrown);
      }),
    );
  }
}
