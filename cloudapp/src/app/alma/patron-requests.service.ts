import { inject, Injectable } from '@angular/core';
import { map, type Observable } from 'rxjs';
import { HostService } from '../core/host.service';
import { listIn, objectOf } from '../core/unknown-json';

/** An open resource sharing request as the list of a patron's requests names it; '' for a text that is not there. */
interface OpenRequest {
  readonly title: string;
  /** Id of the resource sharing request. */
  readonly requestId: string;
}

/** A patron's open resource sharing requests. Alma returns them only among the hold requests (alma.md 2.1 U5). */
@Injectable({ providedIn: 'root' })
export class PatronRequestsService {
  private readonly host = inject(HostService);

  /** Reads at most 100 requests. A patron with more requests has reached any limit. @throws AppError */
  open(userId: string): Observable<readonly OpenRequest[]> {
    return this.host
      .read(`/users/${encodeURIComponent(userId)}/requests?request_type=HOLD&status=active&limit=100`)
      .pipe(map((answer) => listIn(answer, 'user_request').flatMap(sharingIn)));
  }

  /** @throws AppError */
  countOpen(userId: string): Observable<number> {
    return this.open(userId).pipe(map((requests) => requests.length));
  }
}

/** [] for a hold that belongs to no resource sharing request. */
function sharingIn(row: unknown): readonly OpenRequest[] {
  const { title, resource_sharing: sharing } = objectOf(row);
  if (typeof sharing !== 'object' || sharing === null) return [];
  return [{ title: textOf(title), requestId: textOf(objectOf(sharing)['id']) }];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
