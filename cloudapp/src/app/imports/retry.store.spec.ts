import { TestBed } from '@angular/core/testing';
import { of, Subject, throwError } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { AppError } from '../core/app-error';
import { failing } from '../testing/fake-gateway';
import type { Remote } from '../core/remote';
import { aRun, anImportedPage, anImportedRequest, fakeImports, fakeRunStream } from '../testing/fake-imports';
import { ImportClient } from './import.client';
import { RetryStore } from './retry.store';
import { RunStream } from './run-stream';

const FAILED = anImportedRequest({ outcome: 'failed', failure: { code: 'partner-inactive' } });

const CUT = new AppError('gateway-unreachable');

describe('RetryStore', () => {
  let client: ReturnType<typeof fakeImports>;
  let stream: ReturnType<typeof fakeRunStream>;
  let told: Subject<Remote<ImportRun>>;
  let store: RetryStore;

  beforeEach(() => {
    client = fakeImports();
    told = new Subject();
    stream = fakeRunStream();
    stream.follow.and.returnValue(told);
    TestBed.configureTestingModule({
      providers: [RetryStore, { provide: ImportClient, useValue: client }, { provide: RunStream, useValue: stream }],
    });
    store = TestBed.inject(RetryStore);
  });

  const state = () => store.of('run-1', FAILED);
  function end(run: ImportRun = aRun({ runId: 'run-2' })): void {
    told.next({ state: 'ok', value: run });
    told.complete();
  }

  it('waits for the end of the run of its own, and says that it succeeded', () => {
    const item = anImportedRequest({ outcome: 'created' });
    client.requests.and.returnValue(of(anImportedPage([item])));
    store.start('run-1', FAILED);
    expect(client.retry.calls.mostRecent().args.slice(0, 2)).toEqual(['run-1', { id: FAILED.id, side: 'borrower' }]);
    expect([state(), stream.follow.calls.mostRecent().args]).toEqual([{ state: 'running', runId: 'run-2' }, ['run-2']]);
    told.next({ state: 'failed', error: CUT });
    told.next({ state: 'ok', value: aRun({ state: 'running' }) });
    told.next({ state: 'stale', value: aRun({ state: 'running' }), error: CUT });
    expect(state()?.state).toBe('running');
    end();
    expect(state()).toEqual({ state: 'succeeded', runId: 'run-2', item });
  });

  it('says why it failed again', () => {
    const item = anImportedRequest({ outcome: 'failed', failure: { code: 'alma-refused' } });
    client.requests.and.returnValue(of(anImportedPage([anImportedRequest({ side: 'lender' }), item])));
    store.start('run-1', FAILED);
    end();
    expect(state()).toEqual({ state: 'failed', runId: 'run-2', item, run: aRun({ runId: 'run-2' }) });
  });

  it('has not succeeded where its run came to no end, or does not name the request', () => {
    const run = aRun({ runId: 'run-2', state: 'failed', failure: { code: 'alma-unavailable' } });
    store.start('run-1', FAILED);
    end(run);
    expect(state()).toEqual({ state: 'failed', runId: 'run-2', run });
  });

  it('is one at a time for a request, and several beside each other', () => {
    const other = anImportedRequest({ id: 'LA0012345699', outcome: 'failed' });
    store.start('run-1', FAILED);
    store.start('run-1', FAILED);
    store.start('run-1', other);
    expect(client.retry.calls.allArgs().map(([, { id }]) => id)).toEqual([FAILED.id, other.id]);
    expect(store.of('run-1', other)?.state).toBe('running');
  });

  it('says why it was refused; what got no answer is repeated under the same key, what was refused under a new one', () => {
    const keys = () => client.retry.calls.allArgs().map(([, , key]) => key);
    client.retry.and.returnValue(failing('outcome-unknown'));
    store.start('run-1', FAILED);
    expect(state()).toEqual({ state: 'refused', error: new AppError('outcome-unknown') });
    client.retry.and.returnValue(failing('forbidden'));
    store.start('run-1', FAILED);
    client.retry.and.returnValue(of({ runId: 'run-2' }));
    store.start('run-1', FAILED);
    const [first, second, third] = keys();
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(state()?.state).toBe('running');
  });

  it('says so when what became of it cannot be read', () => {
    stream.follow.and.returnValue(throwError(() => new AppError('not-found')));
    store.start('run-1', FAILED);
    expect(state()).toEqual({ state: 'refused', error: new AppError('not-found') });
  });
});
