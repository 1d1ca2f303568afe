import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { AppError } from '../core/app-error';
import { BatchClient } from './batch.client';
import type { RowResult } from './batch.client';
import { GatewayClient } from '../core/gateway.client';
import { fakeGateway } from '../testing/fake-gateway';
import { aSummary } from '../testing/records';
import { rowOfSummary } from './batch-row';
import { BatchRunStore } from './batch-run.store';
import { UnfinishedBatchService } from './unfinished-batch.service';

const KEY = 'nacsis-ill.batch';
const [A, B] = ['LA0000000011', 'LA0000000022'] as const;

describe('UnfinishedBatchService', () => {
  let answer: Subject<RowResult>;
  let service: UnfinishedBatchService;

  beforeEach(() => {
    sessionStorage.removeItem(KEY);
    open();
  });
  afterEach(() => {
    sessionStorage.removeItem(KEY);
  });

  /** Simulates a reload: clears all memory. */
  function open(): void {
    TestBed.resetTestingModule();
    const run = () => (answer = new Subject<RowResult>());
    TestBed.configureTestingModule({
      providers: [
        { provide: GatewayClient, useValue: fakeGateway() },
        { provide: BatchClient, useValue: { run } },
      ],
    });
    service = TestBed.inject(UnfinishedBatchService);
    TestBed.flushEffects();
  }
  function start(): void {
    const rows = [A, B].map((id) => ({
      row: rowOfSummary(aSummary({ id, title: '利用者 001 の資料' })),
      params: { comment: '利用者 001' },
    }));
    TestBed.inject(BatchRunStore).start({ side: 'borrower', action: 'accept', rows });
    TestBed.flushEffects();
  }
  function comes(result: RowResult): void {
    answer.next(result);
    TestBed.flushEffects();
  }
  const done = (id: string): RowResult => ({
    id,
    ok: true,
    from: 'SHIPPED',
    to: 'ARRIVED',
    externalStatus: '到着処理中',
    version: 2,
  });

  it('knows after a reload which requests were not done, and nothing that was typed', () => {
    start();
    comes(done(A));
    expect(sessionStorage.getItem(KEY)).not.toContain('利用者');
    open();
    expect(service.found()).toEqual({ side: 'borrower', action: 'accept', ids: [B] });
  });

  it('counts what was refused as not done', () => {
    start();
    comes(done(A));
    comes({ id: B, ok: false, error: new AppError('stale-version') });
    answer.complete();
    open();
    expect(service.found()?.ids).toEqual([B]);
  });

  it('forgets it when all are done, when it is dropped, and when another begins', () => {
    start();
    comes(done(A));
    comes(done(B));
    open();
    expect(service.found()).toBeUndefined();
    start();
    open();
    service.drop();
    TestBed.flushEffects();
    open();
    expect(service.found()).toBeUndefined();
    start();
    open();
    start();
    expect(service.found()).toBeUndefined();
  });

  it('forgets it with the batch itself', () => {
    start();
    TestBed.inject(BatchRunStore).stop();
    TestBed.inject(BatchRunStore).clear();
    TestBed.flushEffects();
    expect(sessionStorage.getItem(KEY)).toBeNull();
  });

  it('passes over what is no batch', () => {
    for (const text of [
      '{',
      'null',
      '[]',
      '{"side":"x","action":"accept","ids":["A"]}',
      '{"side":"lender","action":"ship"}',
    ]) {
      sessionStorage.setItem(KEY, text);
      open();
      expect(service.found()).withContext(text).toBeUndefined();
    }
    sessionStorage.setItem(KEY, '{"side":"lender","action":"ship","ids":["LA1","../x",3]}');
    open();
    expect(service.found()?.ids).toEqual(['LA1']);
  });
});
