import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Milliseconds within which changes are combined into one write, unless somebody waits for the write. */
const GATHER_MS = 100;

/**
 * One JSON document in a folder. Writes to a temporary file and renames it, so a killed process leaves the old or the
 * new file intact.
 */
export class JsonFile<T> {
  private readonly path: string | undefined;
  private wanted = 0;
  private written = 0;
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** `content` returns the document to write. Without a folder nothing is stored. */
  constructor(
    folder: string | undefined,
    name: string,
    private readonly content: () => T,
  ) {
    this.path = folder === undefined ? undefined : join(folder, name);
  }

  /**
   * The document, or undefined when there is none. Throws when the file is not JSON, so that data is never dropped
   * silently.
   */
  read(): T | undefined {
    const text = this.path === undefined ? undefined : textOf(this.path);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new Error(`${String(this.path)} is not valid JSON; move it away to start with fresh data`, { cause });
    }
  }

  /** Schedules a write. */
  changed(): void {
    if (this.path === undefined) return;
    this.wanted += 1;
    this.timer ??= setTimeout(() => void this.saved(), GATHER_MS).unref();
  }

  /** Resolves when all changes so far are on disk. Changes made during a write are combined into the next one. */
  async saved(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const target = this.wanted;
    while (this.path !== undefined && this.written < target) {
      this.running ??= this.write(this.path).finally(() => (this.running = undefined));
      await this.running;
    }
  }

  private async write(path: string): Promise<void> {
    const reached = this.wanted;
    const text = JSON.stringify(this.content());
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
    this.written = reached;
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
