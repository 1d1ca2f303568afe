import { inject, Injectable } from '@angular/core';
import { map, type Observable } from 'rxjs';
import type {
  Closure,
  ClosureAction,
  ClosureRequests,
  Closures,
  PutClosure,
  PutMember,
} from '../../domain/api/members';
import type { Member } from '../../domain/catalog/catalog';
import type { ClosureDays } from '../../domain/ill/closure';
import { GatewayHttp } from '../core/gateway.http';

/** Client for the own member record and the closures of a library (domain/api/members.ts). */
@Injectable({ providedIn: 'root' })
export class MembersClient {
  private readonly http = inject(GatewayHttp);

  /**
   * Changes the own record. `key`: the same for every repetition of the same change. Fails with `stale-version` and the
   * present record when the record has changed.
   */
  change(library: string, body: PutMember, key: string): Observable<Member> {
    return this.http
      .json<{ readonly member: Member }>('PUT', ['libraries', library, 'member'], { body, key })
      .pipe(map(({ member }) => member));
  }

  closures(library: string): Observable<Closures> {
    return this.http.json<Closures>('GET', ['libraries', library, 'closures']);
  }

  /** `key` as with a change. */
  plan(library: string, body: ClosureDays, key: string): Observable<Closure> {
    return this.http.json<Closure>('POST', ['libraries', library, 'closures'], { body, key });
  }

  move(library: string, id: string, body: PutClosure): Observable<Closure> {
    return this.http.json<Closure>('PUT', ['libraries', library, 'closures', id], { body });
  }

  end(library: string, { id, version }: Closure, action: ClosureAction, key: string): Observable<Closure> {
    return this.http.json<Closure>('POST', ['libraries', library, 'closures', id, action], { body: { version }, key });
  }

  /** Requests open now that wait for the library or are due on these days. */
  requestsAt(library: string, { from, to }: ClosureDays): Observable<ClosureRequests> {
    return this.http.json<ClosureRequests>('GET', ['libraries', library, 'closures', 'requests'], {
      query: { from, to },
    });
  }
}
