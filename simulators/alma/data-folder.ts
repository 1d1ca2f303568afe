import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * JSON documents in one folder. Writes to a temporary file and renames it, so a killed process leaves the old or the
 * new file intact.
 */
export class DataFolder {
  /** Without a folder nothing is stored. */
  constructor(private readonly folder: string | undefined) {}

  /**
   * The document, or undefined when there is none. Throws when the file is not JSON, so that data is never dropped
   * silently.
   */
  async read(name: string): Promise<unknown> {
    if (this.folder === undefined) return undefined;
    const path = join(this.folder, name);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw new Error(`${path} is not valid JSON; move it away to start with fresh data`, { cause });
    }
  }

  async write(name: string, document: unknown): Promise<void> {
    if (this.folder === undefined) return;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, name);
    await writeFile(`${path}.new`, JSON.stringify(document), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
}

/** Writes a document after changes. Changes made during a write are combined into the next one. */
export class DocumentWriter {
  private wanted = 0;
  private written = 0;
  private running: Promise<void> | undefined;

  constructor(private readonly write: () => Promise<void>) {}

  changed(): void {
    this.wanted += 1;
  }

  /** Resolves when all changes so far are on disk. */
  async flush(): Promise<void> {
    const target = this.wanted;
    while (this.written < target) {
      this.running ??= this.writeOnce();
      await this.running;
    }
  }

  private async writeOnce(): Promise<void> {
    const reached = this.wanted;
    try {
      await this.write();
      this.written = reached;
    } finally {
      this.running = undefined;
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
