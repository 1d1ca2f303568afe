import { inject, Injectable } from '@angular/core';
import { map, type Observable } from 'rxjs';
import { HostService } from '../core/host.service';

/** The open resource sharing requests of a patron. Alma tells them only among the patron's hold requests (alma.md 2.1 U5). */
@Injectable({ providedIn: 'root' })
export class PatronRequestsService {
  private readonly host = inject(HostService);

  /** At most 100 are read: who has more has certainly reached any limit. */
  countOpen(userId: string): Observable<number> {
    return this.host
      .read(`/users/${encodeURIComponent(userId)}/requests?request_type=HOLD&status=active&limit=100`)
      .pipe(map(sharingRequestsIn));
  }
}

function sharingRequestsIn(answer: unknown): number {
  const list =
    typeof answer === 'object' && answer !== null
      ? (answer as Readonly<Record<string, unknown>>)['user_request']
      : undefined;
  if (!Array.isArray(list)) return 0;
  return (list as readonly unknown[]).filter((each) => {
    const sharing =
      typeof each === 'object' && each !== null
        ? (each as Readonly<Record<string, unknown>>)['resource_sharing']
        : undefined;
    return typeof sharing === 'object' && sharing !== null;
  }).length;
}
