import type { Kysely } from 'kysely';
import type { RequestReader } from '../commands/request-reader';
import type { InstitutionConfig } from '../config';
import type { Schema } from '../store/schema';
import type { RequestReading } from '../worklist/request-reading';
import { ImportItemsStore } from './import-items-store';
import { ImportRunsStore } from './import-runs-store';
import { ImportSteps } from './import-steps';
import { Imports, type RunPush } from './imports';
import type { ItemContext, ItemImport } from './item';
import { RunBringing } from './run-bringing';
import { RunReading } from './run-reading';
import { RunWaits } from './run-waits';
import type { ImportSettings } from './settings';

export interface EngineParts {
  readonly db: Kysely<Schema>;
  readonly reading: RequestReading;
  readonly requests: RequestReader;
  readonly importFor: (context: ItemContext) => ItemImport;
  /** Whether Alma answers anything at all. */
  readonly isReachable: (institution: InstitutionConfig) => Promise<boolean>;
  readonly settings: ImportSettings;
  /** Requests that are brought to Alma at the same time. */
  readonly atATime: number;
  readonly push: RunPush;
  readonly now: () => Date;
  /** What is not of the catalogue. */
  readonly failed: (error: unknown) => void;
}

/** The import job: what starts its runs and tells of them, and what works them through. */
export interface ImportEngine {
  readonly imports: Imports;
  readonly steps: ImportSteps;
  readonly runs: ImportRunsStore;
}

export function importEngine(parts: EngineParts): ImportEngine {
  const { db, settings, atATime, importFor, isReachable, push, now, failed } = parts;
  const runs = new ImportRunsStore(db, now);
  const items = new ImportItemsStore(db);
  const reading = new RunReading({ ...parts, runs, items });
  const bringing = new RunBringing({ db, runs, items, importFor, isReachable, atATime, now });
  const waits = new RunWaits(runs, settings.giveUpMinutes, now);
  const stepMs = settings.stepSeconds * 1000;
  return {
    runs,
    imports: new Imports({ runs, items, reading, push }),
    steps: new ImportSteps({ runs, reading, bringing, waits, stepMs, now, failed }),
  };
}

/** Works the institution's runs through in this process, without a queue: for specs, and for one command. */
export async function workThrough(
  { steps }: Pick<ImportEngine, 'steps'>,
  institution: InstitutionConfig,
  pause: (ms: number) => Promise<unknown>,
  stopping: AbortSignal = new AbortController().signal,
): Promise<void> {
  for (;;) {
    const next = await steps.step(institution, stopping);
    if (next === 'nothing' || stopping.aborted) return;
    await pause(next.afterMs);
  }
}
