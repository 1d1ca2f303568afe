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
  /** Resolves to true when Alma answers anything at all. */
  readonly isReachable: (institution: InstitutionConfig) => Promise<boolean>;
  readonly settings: ImportSettings;
  /** Requests processed in parallel. */
  readonly atATime: number;
  readonly push: RunPush;
  readonly now: () => Date;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
}

/** The import job: `imports` starts runs and reports on them, `steps` works through them. */
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

/** Works through the institution's runs in this process, without a queue: for specs and for single commands. */
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
