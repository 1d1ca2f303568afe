import type { Kysely } from 'kysely';
import type { StatusMapRow } from '#domain/api/imports';
import type { Mode } from '#domain/ill/machine';
import type { Callers } from './caller';
import { ActionService } from './commands/action-service';
import { CommandOutcomes } from './commands/command-outcomes';
import { CommandRunner } from './commands/command-runner';
import { ForwardCheck } from './commands/forward-check';
import { OrderCheck } from './commands/order-check';
import { OrderService } from './commands/order-service';
import { RequestReader } from './commands/request-reader';
import { RequestsOfRecord } from './commands/requests-of-record';
import { RequestViews } from './commands/view';
import type { ImportRuns } from './runs/import-service';
import { RunWatch } from './runs/run-watch';
import type { Metrics } from './metrics';
import type { NacsisPort } from './nacsis/port';
import { JournalStore } from './store/journal-store';
import { ReadingsStore } from './store/readings-store';
import type { Schema } from './store/schema';
import { UsedKeys } from './store/used-keys';
import { ListFreshness } from './worklist/list-freshness';
import { RequestReading } from './worklist/request-reading';
import { StatusCounts } from './worklist/status-counts';

/** Readers that the import job shares with the routes, so that a running reading is joined. */
export interface Readers {
  readonly requests: RequestReader;
  readonly reading: RequestReading;
}

export function readersOf({
  db,
  nacsis,
  now,
  fullReadingPauseSeconds = 0,
}: Pick<Parts, 'db' | 'nacsis' | 'now' | 'fullReadingPauseSeconds'>): Readers {
  const limits = { fullPauseMs: fullReadingPauseSeconds * 1000 };
  return { requests: new RequestReader(db, nacsis, now), reading: new RequestReading(db, nacsis, now, limits) };
}

/** The parts from which the services are built. */
interface Parts {
  readonly db: Kysely<Schema>;
  readonly nacsis: NacsisPort;
  readonly callers: Callers;
  readonly metrics: Metrics;
  /** Created here when absent. */
  readonly readers?: Readers;
  /** Minimum seconds between two full readings of a library on request; no minimum when absent. */
  readonly fullReadingPauseSeconds?: number;
  readonly imports: ImportRuns;
  /** config/status-map.json */
  readonly statusMap: readonly StatusMapRow[];
  readonly mode: Mode;
  /** Longest duration of a call to NACSIS-ILL, in milliseconds. */
  readonly callTimeoutMs: number;
  readonly settleSeconds: number;
  readonly now: () => Date;
}

/** The services that the routes use. */
export interface Services extends Pick<
  Parts,
  'db' | 'nacsis' | 'callers' | 'metrics' | 'imports' | 'statusMap' | 'mode' | 'now'
> {
  readonly usedKeys: UsedKeys;
  readonly runWatch: RunWatch;
  readonly journal: JournalStore;
  readonly requests: RequestReader;
  readonly views: RequestViews;
  readonly ofRecord: RequestsOfRecord;
  readonly readings: ReadingsStore;
  readonly reading: RequestReading;
  readonly freshness: ListFreshness;
  readonly statusCounts: StatusCounts;
  readonly orders: OrderService;
  readonly actions: ActionService;
}

export function servicesOf(parts: Parts): Services {
  const { db, nacsis, callers, metrics, imports, statusMap, mode, now, callTimeoutMs, settleSeconds } = parts;
  const journal = new JournalStore(db);
  const outcomes = new CommandOutcomes(db, journal, nacsis, { settleSeconds }, now);
  const { requests, reading } = parts.readers ?? readersOf(parts);
  const runner = new CommandRunner(journal, requests, nacsis, outcomes, { callTimeoutMs, mode }, now);
  const check = new OrderCheck(nacsis);
  const ofRecord = new RequestsOfRecord(db, nacsis, now);
  const orders = new OrderService(runner, check);
  const forwards = new ForwardCheck(nacsis);
  const actions = new ActionService(requests, runner, { orders: check, forwards }, mode);
  const readings = new ReadingsStore(db);
  const freshness = new ListFreshness(reading, readings, now);
  const workList = { readings, reading, freshness, statusCounts: new StatusCounts(nacsis, now) };
  const importing = { imports, statusMap, runWatch: new RunWatch(imports) };
  const views = new RequestViews(forwards, mode);
  const commands = { journal, requests, views, ofRecord, orders, actions };
  return {
    db,
    nacsis,
    callers,
    metrics,
    mode,
    now,
    usedKeys: new UsedKeys(db),
    ...commands,
    ...workList,
    ...importing,
  };
}
