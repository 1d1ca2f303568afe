import { TestBed } from '@angular/core/testing';
import { of, Subject, throwError } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { AppError } from '../core/app-error';
import { failing } from '../testing/fake-gateway';
import { aRun, anImportedPage, anImportedRequest, fakeImports } from '../testing/fake-imports';
import { ImportClient } from './import.client';
import { RetryStore } from './retry.store';

const FAILED = anImportedRequest({ outcome: 'failed', failure: { code: 'partner-inactive' } });

describe('RetryStore', () => {
  let client: ReturnType<typeof fakeImports>;
  let told: Subject<ImportRun>;
  let store: RetryStore;

  beforeEach(() => {
    client = fakeImports();
    told = new Subject();
    client.events.and.returnValue(told);
    TestBed.configureTestingModule({ providers: [RetryStore, { provide: ImportClient, useValue: client }] });
    store = TestBed.inject(RetryStore);
  });

  const state = () => store.of('run-1', FAILED);
  function end(run: ImportRun = aRun({ runId: 'run-2' })): void {
    told.next(run);
    told.complete();
  }

  it('waits for the end of the run of its own, and says that it succeeded', () => {
    const item = anImportedRequest({ outcome: 'created' });
    client.requests.and.returnValue(of(anImportedPage([item])));
    store.start('run-1', FAILED);
    expect(client.retry.calls.mostRecent().args.slice(0, 2)).toEqual(['run-1', { id: FAILED.id, side: 'borrower' }]);
    expect([state(), client.events.calls.mostRecent().args]).toEqual([{ state: 'running', runId: 'run-2' }, ['run-2']]);
    told.next(aRun({ state: 'running' }));
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
    client.events.and.returnValue(throwError(() => new AppError('not-found')));
    store.start('run-1', FAILED);
    expect(state()).toEqual({ state: 'refused', error: new AppError('not-found') });
  });
});
