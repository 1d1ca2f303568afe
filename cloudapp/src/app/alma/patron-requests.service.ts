import { inject, Injectable } from '@angular/core';
import { map, type Observable } from 'rxjs';
import { AppError } from '../core/app-error';
import { HostService } from '../core/host.service';

/** A patron's open resource sharing requests. Alma returns them only among the hold requests (alma.md 2.1 U5). */
@Injectable({ providedIn: 'root' })
export class PatronRequestsService {
  private readonly host = inject(HostService);

  /** Reads at most 100 requests. A patron with more requests has reached any limit. */
  countOpen(userId: string): Observable<number> {
    return this.host
      .read(`/users/${encodeURIComponent(userId)}/requests?request_type=HOLD&status=active&limit=100`)
      .pipe(map(sharingRequestsIn));
  }
}

/** Counts the requests in the answer. Throws when the answer contains no list, because the number is then unknown. */
function sharingRequestsIn(answer: unknown): number {
  const { user_request: list, total_record_count: count } = objectOf(answer);
  if (Array.isArray(list))
    return (list as readonly unknown[]).filter((each) => isObject(objectOf(each)['resource_sharing'])).length;
  if (count === 0) return 0;
  throw new AppError('internal', {}, { cause: 'a list of requests cannot be read' });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
