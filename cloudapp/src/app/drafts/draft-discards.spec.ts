import { TestBed } from '@angular/core/testing';
import { defer, map, Observable, of, Subject } from 'rxjs';
import { AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { SPARE_STORAGE } from '../core/spare-drafts.service';
import { SessionService } from '../core/session.service';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aStoredDraft } from '../testing/records';
import { DraftDiscards } from './draft-discards';

const ONE = aStoredDraft({ draftId: 'draft-0001' });
const TWO = aStoredDraft({ draftId: 'draft-0002' });

describe('DraftDiscards', () => {
  let gateway: FakeGateway;
  let discards: DraftDiscards;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        DraftDiscards,
        { provide: GatewayClient, useValue: gateway },
        { provide: SPARE_STORAGE, useValue: undefined },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
    discards = TestBed.inject(DraftDiscards);
  });
  const hidden = () => [...discards.hidden()];
  const state = () => [hidden(), discards.last()?.draftId, discards.error()?.code];
  /** Records the calls really made from now on, in order. */
  function watched(): string[] {
    const made: string[] = [];
    gateway.deleteDraft.and.callFake((id) => defer(() => of(made.push(`delete ${id}`)).pipe(map(() => undefined))));
    gateway.putDraft.and.callFake((id) => defer(() => of(made.push(`put ${id}`)).pipe(map(() => ONE))));
    return made;
  }

  it('takes a draft off the list and out of the gateway', () => {
    discards.discard(ONE);
    expect(state()).toEqual([['draft-0001'], 'draft-0001', undefined]);
    expect(gateway.deleteDraft).toHaveBeenCalledOnceWith('draft-0001');
  });

  it('takes it off the list at once', () => {
    gateway.deleteDraft.and.returnValue(new Subject<void>());
    discards.discard(ONE);
    expect(hidden()).toEqual(['draft-0001']);
  });

  it('brings it back under its id, whole', () => {
    discards.discard(ONE);
    discards.undo();
    const { draftId, updatedAt: _, ...content } = ONE;
    expect(gateway.putDraft).toHaveBeenCalledOnceWith(draftId, content);
    expect(state()).toEqual([[], undefined, undefined]);
  });

  it('brings back one that has no kind without one', () => {
    const { kind: _, ...kindless } = ONE;
    discards.discard(kindless);
    discards.undo();
    expect('kind' in gateway.putDraft.calls.mostRecent().args[1]).toBeFalse();
  });

  it('brings back the last one, and each once', () => {
    discards.discard(ONE);
    discards.discard(TWO);
    discards.undo();
    discards.undo();
    expect(gateway.putDraft.calls.allArgs().map(([id]) => id)).toEqual(['draft-0002']);
    expect(state()).toEqual([['draft-0001'], undefined, undefined]);
  });

  it('does nothing when there is nothing to bring back', () => {
    discards.undo();
    expect(gateway.putDraft).not.toHaveBeenCalled();
  });

  it('brings nothing back before it is gone', () => {
    const gone = new Subject<void>();
    const made = watched();
    gateway.deleteDraft.and.returnValue(gone);
    discards.discard(ONE);
    discards.undo();
    expect(made).toEqual([]);
    gone.next();
    gone.complete();
    expect(made).toEqual(['put draft-0001']);
  });

  it('lets one that is gone already be gone', () => {
    gateway.deleteDraft.and.returnValue(failing('not-found'));
    discards.discard(ONE);
    expect(state()).toEqual([['draft-0001'], 'draft-0001', undefined]);
  });

  describe('when it fails', () => {
    it('shows the draft again, says why, and offers nothing to undo', () => {
      gateway.deleteDraft.and.returnValue(failing('gateway-unreachable'));
      discards.discard(ONE);
      expect(state()).toEqual([[], undefined, 'gateway-unreachable']);
    });

    it('leaves the undoing of another one that was discarded since', () => {
      const answer = new Subject<void>();
      gateway.deleteDraft.and.returnValues(answer, of(undefined));
      discards.discard(ONE);
      discards.discard(TWO);
      answer.error(new AppError('gateway-unreachable'));
      expect(state()).toEqual([['draft-0002'], 'draft-0002', 'gateway-unreachable']);
    });

    it('to bring one back, it stays away and can be brought back again', () => {
      gateway.putDraft.and.returnValues(failing('gateway-unreachable'), of(ONE));
      discards.discard(ONE);
      discards.undo();
      expect(state()).toEqual([['draft-0001'], 'draft-0001', 'gateway-unreachable']);
      discards.undo();
      expect(state()).toEqual([[], undefined, undefined]);
    });

    it('goes on with the next, and forgets the fault with what the user does next', () => {
      gateway.deleteDraft.and.returnValues(failing('internal'), of(undefined));
      discards.discard(ONE);
      expect(discards.error()?.code).toBe('internal');
      discards.discard(TWO);
      expect(state()).toEqual([['draft-0002'], 'draft-0002', undefined]);
    });
  });

  it('finishes what was begun when its page is left: a draft that comes back is not lost', () => {
    const gone = new Subject<void>();
    let [isCut, isDone] = [false, false];
    const made = watched();
    gateway.deleteDraft.and.returnValue(
      new Observable<void>((subscriber) => {
        gone.subscribe(subscriber);
        return () => (isCut = !gone.closed && !isDone);
      }),
    );
    discards.discard(ONE);
    discards.undo();
    TestBed.resetTestingModule();
    expect(isCut).toBeFalse();
    isDone = true;
    gone.next();
    gone.complete();
    expect(made).toEqual(['put draft-0001']);
  });
});
