import { signal, type WritableSignal } from '@angular/core';
import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { defer, Observable, of, Subject } from 'rxjs';
import type { Draft } from '../../../domain/api/requests';
import { AppError } from '../../core/app-error';
import { GatewayClient } from '../../core/gateway.client';
import { SPARE_STORAGE, SpareDraftsService } from '../../core/spare-drafts.service';
import { SessionService } from '../../core/session.service';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aStoredDraft } from '../../testing/records';
import { AUTOSAVE, DraftStore, type Kept } from './draft.store';

const SAVED_AT = '2026-11-24T01:42:00.000Z';
const kept = (volume: string): Kept => ({
  library: 'MAIN',
  draft: {
    draftId: 'draft-0001',
    kind: 'copy',
    source: 'new',
    typed: { volume },
    comment: '',
    lenders: [],
    key: 'key-1',
  },
});

describe('DraftStore', () => {
  let gateway: FakeGateway;
  let store: DraftStore;
  let draft: WritableSignal<Kept | undefined>;
  const { pause, again } = { pause: 800, again: 10_000 };

  beforeEach(() => {
    gateway = fakeGateway();
    volumesPut = [];
    answers();
    TestBed.configureTestingModule({
      providers: [
        DraftStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SPARE_STORAGE, useValue: undefined },
        { provide: SessionService, useValue: new FakeSession() },
        { provide: AUTOSAVE, useValue: { pause, again } },
      ],
    });
    store = TestBed.inject(DraftStore);
    draft = signal<Kept | undefined>(undefined);
    store.watch(draft);
    TestBed.flushEffects();
  });

  function type(volume: string): void {
    draft.set(kept(volume));
    TestBed.flushEffects();
  }
  /** Calls that really reached the gateway; a retry subscribes to the same call again. */
  let volumesPut: string[];
  /** Answers of the next calls; later calls succeed. */
  function answers(...next: Observable<Draft>[]): void {
    gateway.putDraft.and.callFake((_id, { content }) =>
      defer(() => {
        volumesPut.push((content['typed'] as { volume: string }).volume);
        return next.shift() ?? of(aStoredDraft());
      }),
    );
  }
  const state = () => store.saved().state;
  function outcome(call: Observable<unknown>): unknown[] {
    const seen: unknown[] = [];
    call.subscribe({
      error: (error: unknown) => seen.push((error as AppError).code),
      complete: () => seen.push('done'),
    });
    return seen;
  }

  describe('by itself', () => {
    it('keeps nothing while nothing is worth keeping', fakeAsync(() => {
      tick(again);
      expect([volumesPut, state()]).toEqual([[], 'none']);
    }));

    it('keeps what was typed a moment after the last change, once', fakeAsync(() => {
      for (const volume of ['1', '12', '123']) {
        type(volume);
        tick(pause - 1);
      }
      expect(volumesPut).toEqual([]);
      tick(1);
      expect(gateway.putDraft).toHaveBeenCalledOnceWith('draft-0001', {
        library: 'MAIN',
        kind: 'copy',
        content: { version: 1, source: 'new', typed: { volume: '123' }, comment: '', lenders: [], key: 'key-1' },
      });
      expect(store.saved()).toEqual({ state: 'saved', at: SAVED_AT });
    }));

    it('says that it is saving while the gateway has not answered', fakeAsync(() => {
      const answer = new Subject<Draft>();
      answers(answer);
      type('1');
      tick(pause);
      expect([state(), store.isSafe]).toEqual(['saving', false]);
      answer.next(aStoredDraft());
      expect([state(), store.isSafe]).toEqual(['saved', true]);
    }));

    it('keeps a change that comes while it saves', fakeAsync(() => {
      answers(new Subject<Draft>(), of(aStoredDraft()));
      type('1');
      tick(pause);
      type('2');
      tick(pause);
      expect([volumesPut, state(), store.isSafe]).toEqual([['1', '2'], 'saved', true]);
    }));

    it('does not keep the same twice', fakeAsync(() => {
      type('1');
      tick(pause);
      type('1');
      tick(pause);
      expect(volumesPut).toEqual(['1']);
    }));

    it('tries again while it fails, and says so in between', fakeAsync(() => {
      answers(failing('gateway-unreachable'), failing('gateway-unreachable'), of(aStoredDraft()));
      type('1');
      tick(pause);
      expect(store.saved()).toEqual({ state: 'failed', error: new AppError('gateway-unreachable'), isSpare: false });
      expect(store.isSafe).toBeFalse();
      tick(again);
      expect([volumesPut, state()]).toEqual([['1', '1'], 'failed']);
      tick(again);
      expect([volumesPut, state(), store.isSafe]).toEqual([['1', '1', '1'], 'saved', true]);
    }));

    it('keeps what is typed while it fails instead of what was typed before', fakeAsync(() => {
      answers(failing('internal'), of(aStoredDraft()));
      type('1');
      tick(pause);
      type('2');
      tick(again);
      expect([volumesPut, state()]).toEqual([['1', '2'], 'saved']);
    }));
  });

  describe('at once', () => {
    it('keeps what is there, and not again by itself afterwards', fakeAsync(() => {
      type('1');
      expect(outcome(store.flush())).toEqual(['done']);
      expect([volumesPut, store.saved()]).toEqual([['1'], { state: 'saved', at: SAVED_AT }]);
      tick(pause);
      expect(volumesPut).toEqual(['1']);
    }));

    it('keeps nothing when there is nothing to keep, and is done', () => {
      expect(outcome(store.flush())).toEqual(['done']);
      expect(volumesPut).toEqual([]);
    });

    it('does nothing before somebody waits for it', () => {
      type('1');
      store.flush();
      expect(volumesPut).toEqual([]);
    });

    it('fails as the gateway fails', () => {
      answers(failing('payload-too-large'));
      type('1');
      expect(outcome(store.flush())).toEqual(['payload-too-large']);
      expect(store.isSafe).toBeFalse();
    });

    it('ends the trying again of what was typed before', fakeAsync(() => {
      answers(failing('internal'), of(aStoredDraft()));
      type('1');
      tick(pause);
      outcome(store.flush());
      tick(again);
      expect([volumesPut, state()]).toEqual([['1', '1'], 'saved']);
    }));
  });

  describe('closed, since the order exists', () => {
    it('never brings the draft back', fakeAsync(() => {
      type('1');
      store.close();
      tick(pause);
      type('2');
      tick(pause);
      expect(outcome(store.flush())).toEqual(['done']);
      expect([volumesPut, store.isSafe]).toEqual([[], true]);
    }));

    it('gives up trying again', fakeAsync(() => {
      answers(failing('internal'));
      type('1');
      tick(pause);
      store.close();
      tick(again);
      expect(volumesPut).toEqual(['1']);
    }));
  });

  describe('left, with its page', () => {
    it('keeps at once what was typed just before', fakeAsync(() => {
      type('1');
      TestBed.resetTestingModule();
      expect(volumesPut).toEqual(['1']);
    }));

    it('finishes what it was about to keep', fakeAsync(() => {
      let isCut = false;
      answers(new Subject<Draft>(), new Observable<Draft>(() => () => (isCut = true)));
      type('1');
      tick(pause);
      TestBed.resetTestingModule();
      expect([volumesPut, isCut]).toEqual([['1', '1'], false]);
    }));

    it('has nothing to do when all is kept, or nothing ever was', fakeAsync(() => {
      type('1');
      tick(pause);
      TestBed.resetTestingModule();
      expect(volumesPut).toEqual(['1']);
    }));

    it('says nothing when that fails', fakeAsync(() => {
      answers(failing('gateway-unreachable'));
      type('1');
      expect(() => {
        TestBed.resetTestingModule();
        tick(again);
      }).not.toThrow();
      expect(volumesPut).toEqual(['1']);
    }));
  });

  describe('discarding', () => {
    it('drops the draft', () => {
      expect(outcome(store.discard('draft-0001'))).toEqual(['done']);
      expect(gateway.deleteDraft).toHaveBeenCalledOnceWith('draft-0001');
    });

    it('is done when it was gone already, and fails otherwise', () => {
      gateway.deleteDraft.and.returnValue(failing('not-found'));
      expect(outcome(store.discard('draft-0001'))).toEqual(['done']);
      gateway.deleteDraft.and.returnValue(failing('gateway-unreachable'));
      expect(outcome(store.discard('draft-0001'))).toEqual(['gateway-unreachable']);
    });
  });

  it('keeps a spare in the browser while the gateway is away, and drops it once it is back', fakeAsync(() => {
    const spare = TestBed.inject(SpareDraftsService);
    const keep = spyOn(spare, 'keep').and.returnValue(true);
    const drop = spyOn(spare, 'drop');
    let isAway = true;
    gateway.putDraft.and.returnValue(defer(() => (isAway ? failing('gateway-unreachable') : of(aStoredDraft()))));
    type('12');
    tick(pause);
    expect(keep).toHaveBeenCalledOnceWith(jasmine.objectContaining({ draftId: draft()?.draft.draftId ?? '' }));
    expect(store.saved()).toEqual(jasmine.objectContaining({ state: 'failed', isSpare: true }));
    expect(drop).not.toHaveBeenCalled();
    isAway = false;
    tick(again);
    expect(drop).toHaveBeenCalledOnceWith(draft()?.draft.draftId ?? '');
  }));
});
