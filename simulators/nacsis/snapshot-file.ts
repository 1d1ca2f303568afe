import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'nacsis-ill.json';
/** Time in milliseconds within which changes are combined into one write. */
const GATHER_MS = 100;

/**
 * One JSON document in a folder. Writes to a temporary file and renames it, so a killed process leaves the old or the
 * new file intact.
 */
export class SnapshotFile<T> {
  private timer: NodeJS.Timeout | undefined;

  /** Without a folder nothing is stored. */
  constructor(
    private readonly folder: string | undefined,
    private readonly content: () => T,
  ) {}

  /**
   * The document, or undefined when there is none. Throws when the file is not JSON, so that data is never dropped
   * silently.
   */
  read(): T | undefined {
    if (this.folder === undefined) return undefined;
    const path = join(this.folder, FILE);
    const text = textOf(path);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new Error(`${path} is not valid JSON; move it away to start with fresh data`, { cause });
    }
  }

  /** Schedules a write. */
  changed(): void {
    if (this.folder === undefined || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.flush();
    }, GATHER_MS);
    this.timer.unref();
  }

  /** Writes immediately. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.folder === undefined) return;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, FILE);
    writeFileSync(`${path}.new`, JSON.stringify(this.content()), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
