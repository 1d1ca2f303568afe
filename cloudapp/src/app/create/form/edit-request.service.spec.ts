import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { GatewayClient } from '../../core/gateway.client';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aMessage, aRecord, aRequest, aStoredDraft, LIBRARY, ncidOf } from '../../testing/records';
import { EditRequestService } from './edit-request.service';
import { contentOf } from './order-draft';
import { draftOfPrepared } from './prepared-request';

const REQUEST = aRequest({ state: 'PREPARING', version: 2, fields: { bibId: ncidOf(1), pages: '1-5' } });

describe('EditRequestService', () => {
  let gateway: FakeGateway;
  let service: EditRequestService;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({ providers: [{ provide: GatewayClient, useValue: gateway }] });
    service = TestBed.inject(EditRequestService);
  });

  function prepare(): string | undefined {
    let id: string | undefined;
    service.prepare(REQUEST).subscribe({ next: (draftId) => (id = draftId), error: () => undefined });
    return id;
  }
  /** A draft of that request for this version. */
  const begun = (version: number) =>
    aStoredDraft({
      draftId: 'draft-0009',
      content: contentOf(draftOfPrepared({ request: { ...REQUEST, version }, draftId: 'draft-0009', key: 'key-9' })),
    });

  it('puts the request into a draft, with the record behind it', () => {
    const id = prepare();
    const [draftId, { library, kind, content }] = gateway.putDraft.calls.mostRecent().args;
    expect([draftId, library, kind]).toEqual([id ?? '', LIBRARY.code, 'copy']);
    expect([content['prepared'], content['catalogRecord']]).toEqual([{ id: REQUEST.id, version: 2 }, aRecord()]);
  });

  it('knows of a request that a message of Alma made, and counts it as made here without an answer', () => {
    const prepared = () => gateway.putDraft.calls.mostRecent().args[1].content['prepared'];
    gateway.requestMessages.and.returnValue(of({ items: [aMessage()] }));
    prepare();
    expect(prepared()).toEqual({ id: REQUEST.id, version: 2, isFromAlma: true });
    gateway.requestMessages.and.returnValue(failing('gateway-unreachable'));
    prepare();
    expect(prepared()).toEqual({ id: REQUEST.id, version: 2 });
  });

  it('goes on with what was begun on this version', () => {
    gateway.drafts.and.returnValue(of([aStoredDraft(), begun(2)]));
    expect([prepare(), gateway.putDraft.calls.count()]).toEqual(['draft-0009', 0]);
  });

  it('begins anew where the request has changed since', () => {
    gateway.drafts.and.returnValue(of([begun(1)]));
    expect([prepare() === 'draft-0009', gateway.putDraft.calls.count()]).toEqual([false, 1]);
  });

  it('is there without a record that NACSIS-CAT does not know any more, but not where it cannot be asked', () => {
    gateway.catalogRecord.and.returnValue(failing('not-found'));
    expect(prepare()).toBeDefined();
    gateway.catalogRecord.and.returnValue(failing('nacsis-unavailable'));
    expect(prepare()).toBeUndefined();
  });
});
