import { TestBed } from '@angular/core/testing';
import { of, Subject } from 'rxjs';
import type { ImportRun } from '../../domain/api/imports';
import { AppError } from '../core/app-error';
import type { Remote } from '../core/remote';
import { failing } from '../testing/fake-gateway';
import { aReport, aRun, fakeImports, fakeRunStream } from '../testing/fake-imports';
import { ImportClient } from './import.client';
import { ImportRunStore } from './import-run.store';
import { RunStream } from './run-stream';

const RUNNING = aRun({ state: 'running', progress: { read: 9, due: 9, done: 1 } });

describe('ImportRunStore', () => {
  let client: ReturnType<typeof fakeImports>;
  let follow: ReturnType<typeof fakeRunStream>['follow'];
  let told: Subject<Remote<ImportRun>>;
  let store: ImportRunStore;

  beforeEach(() => {
    client = fakeImports();
    told = new Subject();
    const stream = fakeRunStream();
    follow = stream.follow;
    follow.and.returnValue(told);
    TestBed.configureTestingModule({
      providers: [
        ImportRunStore,
        { provide: ImportClient, useValue: client },
        { provide: RunStream, useValue: stream },
      ],
    });
    store = TestBed.inject(ImportRunStore);
  });

  it('reads a run that has ended once, and follows nothing', () => {
    client.report.and.returnValue(of(aReport()));
    store.show({ runId: 'run-1' });
    expect([store.run()?.state, store.isLive(), told.observed]).toEqual(['completed', false, false]);
  });

  it('follows a run that goes on', () => {
    store.show({ runId: 'run-1', known: RUNNING });
    expect(client.report).not.toHaveBeenCalled();
    told.next({ state: 'ok', value: { ...RUNNING, progress: { read: 9, due: 9, done: 5 } } });
    expect([store.run()?.progress.done, store.isLive()]).toEqual([5, true]);
    told.next({ state: 'ok', value: aRun() });
    expect(store.isLive()).toBeFalse();
  });

  it('keeps what it knows while the stream is cut', () => {
    store.show({ runId: 'run-1', known: RUNNING });
    expect(follow).toHaveBeenCalledOnceWith('run-1', RUNNING);
    told.next({ state: 'stale', value: RUNNING, error: new AppError('gateway-unreachable') });
    expect([store.run(), store.error()?.code]).toEqual([RUNNING, 'gateway-unreachable']);
    told.next({ state: 'ok', value: RUNNING });
    expect(store.error()).toBeUndefined();
  });

  it('says why it could not be read, and reads it again', () => {
    client.report.and.returnValue(failing('forbidden'));
    store.show({ runId: 'run-1' });
    expect([store.run(), store.error()?.code]).toEqual([undefined, 'forbidden']);
    client.report.and.returnValue(of(aReport()));
    store.show({ runId: 'run-1' });
    expect([store.run()?.state, store.error()]).toEqual(['completed', undefined]);
  });

  it('cancels once under one key, however often that is asked, and shows the answer', () => {
    const answer = new Subject<ImportRun>();
    client.cancel.and.returnValue(answer);
    store.show({ runId: 'run-1', known: RUNNING });
    store.cancel();
    store.cancel();
    expect([client.cancel.calls.count(), store.isAsking()]).toEqual([1, true]);
    answer.next({ ...RUNNING, isCancelling: true });
    answer.complete();
    expect([store.run()?.isCancelling, store.isAsking()]).toEqual([true, false]);
  });

  it('repeats a cancel that got no answer under the same key', () => {
    client.cancel.and.returnValue(failing('outcome-unknown'));
    store.show({ runId: 'run-1', known: RUNNING });
    store.cancel();
    expect([store.cancelError()?.code, store.isAsking()]).toEqual(['outcome-unknown', false]);
    store.cancel();
    const [first, second] = client.cancel.calls.allArgs();
    expect(second).toEqual(first);
  });

  it('cancels nothing that has ended', () => {
    store.show({ runId: 'run-1' });
    store.cancel();
    expect(client.cancel).not.toHaveBeenCalled();
  });
});
