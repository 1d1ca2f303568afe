import type { Kysely } from 'kysely';
import type { StatusMapRow } from '#domain/api/imports';
import type { Mode } from '#domain/ill/machine';
import type { BridgeServices } from './bridge/bridge';
import type { Callers } from './caller';
import { commandsOf, type Commands } from './commands/commands';
import { RequestReader } from './commands/request-reader';
import { RequestsOfRecord } from './commands/requests-of-record';
import { RequestViews } from './commands/view';
import type { ImportRuns } from './runs/import-service';
import { RunWatch } from './runs/run-watch';
import { Closures } from './members/closures';
import { MemberChanges } from './members/member-changes';
import type { Metrics } from './metrics';
import type { NacsisPort } from './nacsis/port';
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
  readonly commands?: Commands;
  /** Minimum seconds between two full readings of a library on request; no minimum when absent. */
  readonly fullReadingPauseSeconds?: number;
  readonly imports: ImportRuns;
  readonly bridge: BridgeServices;
  /** Created here when absent. */
  readonly memberChanges?: MemberChanges;
  /** Makes the planned closures be carried out soon; nothing carries them out when absent. */
  readonly kickClosures?: () => Promise<void>;
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
  'db' | 'nacsis' | 'callers' | 'metrics' | 'imports' | 'bridge' | 'statusMap' | 'mode' | 'now'
> {
  readonly usedKeys: UsedKeys;
  readonly runWatch: RunWatch;
  readonly journal: Commands['journal'];
  readonly requests: RequestReader;
  readonly views: RequestViews;
  readonly ofRecord: RequestsOfRecord;
  readonly readings: ReadingsStore;
  readonly reading: RequestReading;
  readonly freshness: ListFreshness;
  readonly statusCounts: StatusCounts;
  readonly orders: Commands['orders'];
  readonly actions: Commands['actions'];
  readonly memberChanges: MemberChanges;
  readonly closures: Closures;
}

export function servicesOf(parts: Parts): Services {
  const { db, nacsis, callers, metrics, imports, bridge, statusMap, mode, now } = parts;
  const { requests, reading } = parts.readers ?? readersOf(parts);
  const { journal, orders, actions, forwards } = parts.commands ?? commandsOf({ ...parts, requests });
  const ofRecord = new RequestsOfRecord(db, nacsis, now);
  const readings = new ReadingsStore(db);
  const freshness = new ListFreshness(reading, readings, now);
  const workList = { readings, reading, freshness, statusCounts: new StatusCounts(nacsis, now) };
  const importing = { imports, statusMap, runWatch: new RunWatch(imports) };
  const views = new RequestViews(forwards, mode);
  const kick = parts.kickClosures ?? (() => Promise.resolve());
  const members = {
    memberChanges: parts.memberChanges ?? new MemberChanges(parts),
    closures: new Closures({ db, now, kick }),
  };
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
    ...members,
    bridge,
  };
}
