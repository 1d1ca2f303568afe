import { inject, Injectable } from '@angular/core';
import { catchError, map, of, throwError, type Observable } from 'rxjs';
import { asAppError } from '../core/app-error';
import { HostService } from '../core/host.service';

/** How Alma stands to a code that the import shall use. `unreadable`: the user's roles do not let the app look, or Alma does not tell. */
export type AlmaStanding =
  { readonly is: 'active' | 'inactive'; readonly name: string } | { readonly is: 'there' | 'missing' | 'unreadable' };

/** alma.md 2.1: P3 and the user API. */
const UNKNOWN = new Set(['402118', '401861', '404']);
/** As an error code of Alma, and as the status where it says nothing else. */
const REFUSED = new Set(['401', '403', 'UNAUTHORIZED', 'FORBIDDEN']);

/** Looks into Alma, as the user who is logged in, whether what the import shall use is there. @throws HostError when Alma does not say */
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

  /** Only whether the patron is there: what Alma tells about him is not kept. */
  patron(id: string): Observable<AlmaStanding> {
    return this.look(`/users/${encodeURIComponent(id)}`, () => ({ is: 'there' }));
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

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
