import { inject, Injectable } from '@angular/core';
import {
  catchError,
  concat,
  defer,
  filter,
  forkJoin,
  map,
  mergeMap,
  of,
  switchMap,
  take,
  throwError,
  toArray,
  type Observable,
} from 'rxjs';
import type { AlmaLink, RequestView } from '../../domain/api/requests';
import type { Integration } from '../../domain/api/profile';
import { parseRequestId } from '../../domain/catalog/identifiers';
import { mayBeSameTitle, titleOf } from '../../domain/ill/request-title';
import { patronIdOf } from '../../domain/imports/patron-id';
import { asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { listIn, objectOf } from '../core/unknown-json';
import { keyOfLink, linkOf, sideOfLink } from './alma-link';
import { almaRequestFrom, type AlmaRequest } from './alma-request';
import { AlmaRequestService } from './alma-request.service';
import { PatronRequestsService } from './patron-requests.service';

/** A request in Alma that is, or may be, the one of a request in NACSIS-ILL. */
export interface AlmaMatch {
  readonly link: AlmaLink;
  readonly alma: AlmaRequest;
  /** True when its external identifier names the request; otherwise patron or partner, and the title, are the same. */
  readonly isCertain: boolean;
}

/** Maximum number of requests that are read one by one. */
const MAX_READ = 10;
/** Alma's error code for an unknown user. */
const NO_USER = '401890';

/**
 * Finds the Alma request of a NACSIS-ILL request that is not linked. Alma lists no borrowing requests of a library
 * (alma.md 2.1): so those on the Alma page and those of the patron are looked at. Lending requests come from the
 * partner's task list.
 */
@Injectable({ providedIn: 'root' })
export class AlmaMatchesService {
  private readonly host = inject(HostService);
  private readonly gateway = inject(GatewayClient);
  private readonly almaRequests = inject(AlmaRequestService);
  private readonly patrons = inject(PatronRequestsService);

  /** The certain match alone, otherwise those that may be it. @throws AppError */
  find(request: RequestView): Observable<readonly AlmaMatch[]> {
    const listed$ = this.gateway
      .profile(request.library)
      .pipe(
        switchMap(({ integration }) =>
          request.side === 'borrower' ? this.ofPatrons(request, integration) : this.ofPartner(request, integration),
        ),
      );
    return concat(this.onPage(request), listed$).pipe(
      toArray(),
      map((found) => matchesAmong(request, found.flat())),
    );
  }

  private onPage({ side }: RequestView): Observable<readonly Found[]> {
    return this.host.pageRecords$.pipe(
      filter(({ state }) => state !== 'pending'),
      take(1),
      map((page) => (page.state === 'ok' ? page.entities.map(linkOf) : [])),
      map((links) => links.filter((link) => link !== undefined).filter((link) => sideOfLink(link) === side)),
      switchMap((links) => this.readAll(links)),
    );
  }

  /** Requests of the same title of the patron whom the request names, and of the collective patron. */
  private ofPatrons({ fields }: RequestView, { requester }: Integration): Observable<readonly Found[]> {
    const title = titleOf(fields);
    const patrons = [patronIdOf(fields, requester), requester.collectivePatron].filter((id) => id !== undefined);
    return concat(...patrons.map((userId) => this.linksOf(userId, title))).pipe(
      toArray(),
      switchMap((links) => this.readAll(links.flat())),
    );
  }

  private linksOf(userId: string, title: string): Observable<readonly AlmaLink[]> {
    return this.patrons.open(userId).pipe(
      map((requests) =>
        requests
          .filter((each) => each.requestId !== '' && isSameTitle(title, each.title))
          .map(({ requestId }): AlmaLink => ({ userId, requestId })),
      ),
      catchError((error: unknown) =>
        asAppError(error).details.alma?.code === NO_USER ? of([]) : throwError(() => error),
      ),
    );
  }

  private ofPartner({ fields }: RequestView, { partner }: Integration): Observable<readonly Found[]> {
    const partnerCode = partner.perMember ? (fields.borrowerId ?? '') : partner.code;
    return this.host.read('/conf/libraries').pipe(
      map((answer) => listIn(answer, 'library').map(objectOf)),
      mergeMap((libraries) => libraries.filter((library) => library['resource_sharing'] === true)),
      map(({ code }) => textOf(code)),
      mergeMap((library) => {
        const query = new URLSearchParams({ library, partner: partnerCode }).toString();
        return this.host.read(`/task-lists/rs/lending-requests?${query}`);
      }),
      map((answer) =>
        listIn(answer, 'user_resource_sharing_request').map((row): Found => ({
          link: { partnerCode, requestId: textOf(objectOf(row)['request_id']) },
          alma: almaRequestFrom(row),
        })),
      ),
      toArray(),
      map((lists) => lists.flat()),
    );
  }

  /** Leaves out requests that Alma lists and does not return. */
  private readAll(links: readonly AlmaLink[]): Observable<readonly Found[]> {
    if (links.length === 0) return of([]);
    const reads = links.slice(0, MAX_READ).map((link) =>
      defer(() => this.almaRequests.readOnce(link)).pipe(
        map((alma): Found | undefined => ({ link, alma })),
        catchError(() => of(undefined)),
      ),
    );
    return forkJoin(reads).pipe(map((found) => found.filter((each) => each !== undefined)));
  }
}

type Found = Pick<AlmaMatch, 'link' | 'alma'>;

/** Leaves out requests whose external identifier names another request of NACSIS-ILL. */
function matchesAmong({ id, fields }: RequestView, found: readonly Found[]): readonly AlmaMatch[] {
  const once = [...new Map(found.map((each) => [keyOfLink(each.link), each])).values()];
  const certain = once.filter(({ alma }) => idIn(alma) === id);
  if (certain.length > 0) return certain.map((each) => ({ ...each, isCertain: true }));
  return once
    .filter(({ alma }) => idIn(alma) === undefined && isSameTitle(titleOf(fields), alma.title))
    .map((each) => ({ ...each, isCertain: false }));
}

function idIn({ externalId }: AlmaRequest): string | undefined {
  const id = parseRequestId(externalId);
  return id.ok ? id.value : undefined;
}

function isSameTitle(one: string, other: string): boolean {
  return one !== '' && other !== '' && mayBeSameTitle(one, other);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
