import { inject, Injectable } from '@angular/core';
import { TranslateService } from '@ngx-translate/core';
import { concat, defer, EMPTY, filter, map, of, switchMap, take, type Observable } from 'rxjs';
import type { AlmaStep } from '../../domain/alma/alma-steps';
import type { AlmaBorrowing, AlmaLink } from '../../domain/api/requests';
import { HostService } from '../core/host.service';
import { pathOfLink, sideOfLink } from './alma-link';
import { almaRequestFrom, type AlmaRequest } from './alma-request';
import { AlmaStatusesService } from './alma-statuses.service';

/**
 * Query of a cancellation. Does not notify the patron: the librarian decides about that, because a cancelled request is
 * often placed again elsewhere. The request stays in Alma as cancelled. No reason is sent, because each institution has
 * its own codes.
 */
const CANCEL_QUERY = 'remove_request=false&notify_user=false';

/** Reads Alma's side of a request, and applies the updates that its public API accepts (alma.md 2.1 U2-U4, P7). */
@Injectable({ providedIn: 'root' })
export class AlmaRequestService {
  private readonly host = inject(HostService);
  private readonly statuses = inject(AlmaStatusesService);
  private readonly translate = inject(TranslateService);

  /**
   * Emits the request as Alma returns it, then again if the status has another name in the user's language.
   * @throws HostError
   */
  read(link: AlmaLink): Observable<AlmaRequest> {
    return this.readOnce(link).pipe(switchMap((request) => concat(of(request), this.named(request, link))));
  }

  /** The request as Alma returns it. @throws HostError */
  readOnce(link: AlmaLink): Observable<AlmaRequest> {
    return this.host.read(pathOfLink(link)).pipe(map(almaRequestFrom));
  }

  /**
   * Sends an update to Alma. Each subscription makes one call. @throws HostError; after `host-timeout` the update may
   * have been made.
   */
  tell(link: AlmaBorrowing, step: AlmaStep): Observable<unknown> {
    const path = pathOfLink(link);
    return step.do === 'cancel'
      ? this.host.write('DELETE', `${path}?${CANCEL_QUERY}`)
      : this.host.write('POST', `${path}?op=update_shipping&shipping_cost=${String(step.yen)}`, {});
  }

  private named(request: AlmaRequest, link: AlmaLink): Observable<AlmaRequest> {
    return defer(() => {
      const language = this.translate.currentLang;
      if (language === 'en' || request.status.code === '') return EMPTY;
      return this.statuses.names(sideOfLink(link), language).pipe(
        take(1),
        map((names) => names.get(request.status.code)),
        filter((words) => words !== undefined),
        map((words) => ({ ...request, status: { ...request.status, words } })),
      );
    });
  }
}
