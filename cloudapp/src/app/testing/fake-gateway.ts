import { signal, type WritableSignal } from '@angular/core';
import { of, throwError, type Observable } from 'rxjs';
import type { ErrorCode } from '../../domain/errors';
import { AppError, type AppErrorDetails } from '../core/app-error';
import type { GatewayClient } from '../core/gateway.client';
import {
  aList,
  aMe,
  aMessage,
  aPage,
  aProfile,
  aQueue,
  aRecord,
  aRequest,
  aStoredDraft,
  OWN_MEMBER,
  recentLenders,
} from './records';

export type FakeGateway = jasmine.SpyObj<GatewayClient> & { readonly isCommanding: WritableSignal<boolean> };

/**
 * A gateway that answers at once: one record, no holdings, no recent requests, no templates, no drafts, every order
 * succeeds. Specs override single answers.
 */
export function fakeGateway(): FakeGateway {
  const methods = jasmine.createSpyObj<GatewayClient>('GatewayClient', {
    me: of(aMe()),
    searchCatalog: of(aPage([aRecord()])),
    catalogRecord: of(aRecord()),
    holdings: of(aPage([])),
    members: of(aPage([])),
    member: of(OWN_MEMBER),
    createRequest: of(aRequest()),
    request: of(aRequest()),
    requests: of(aList()),
    openRequests: of([]),
    refresh: of({ libraries: [] }),
    act: of({ from: 'UNPROCESSED', to: 'UNPROCESSED', request: aRequest() }),
    edit: of(aRequest()),
    link: of(aRequest()),
    bridgeMessages: of(aQueue()),
    actOnMessage: of(aMessage()),
    requestMessages: of({ items: [] }),
    requestIdOf: of(undefined),
    recentLenders: of(recentLenders()),
    profile: of(aProfile()),
    putProfile: of(aProfile()),
    drafts: of([]),
    putDraft: of(aStoredDraft()),
    deleteDraft: of(undefined),
  });
  return Object.assign(methods, { isCommanding: signal(false) });
}

export function failing(code: ErrorCode, details: AppErrorDetails = {}): Observable<never> {
  return throwError(() => new AppError(code, details));
}
