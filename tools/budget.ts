import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Maximum size of the js and css files in index.html, gzipped. 1 kB = 1,000 bytes. */
export const BUDGET_BYTES = 250_000;

export interface Weight {
  readonly file: string;
  readonly bytes: number;
  readonly gzipped: number;
}

/**
 * The js and css files that `html` loads at once, each once and in order. Throws for addresses on other hosts, because
 * nothing may come from a third party.
 */
export function loadedFiles(html: string): readonly string[] {
  const tags = html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)\s*=\s*["']?([^"'\s>]+)[^>]*>/gi);
  const files = [...tags]
    .map((tag) => (tag[1] ?? '').replace(/[?#].*$/, ''))
    .filter((address) => /\.(?:m?js|css)$/i.test(address));
  const foreign = files.find((address) => /^(?:[a-z]+:)?\/\//i.test(address));
  if (foreign !== undefined) throw new Error(`index.html loads from another host: ${foreign}`);
  return [...new Set(files.map((address) => address.replace(/^\.?\//, '')))];
}

/** @throws Error when index.html or one of its files is missing, or when it names no script */
export async function weigh(folder: string): Promise<readonly Weight[]> {
  const files = loadedFiles(await readFile(join(folder, 'index.html'), 'utf8'));
  if (!files.some((file) => file.endsWith('js'))) throw new Error('index.html names no script: this is no built app');
  return Promise.all(
    files.map(async (file) => {
      const content = await readFile(join(folder, file));
      return { file, bytes: content.length, gzipped: gzipSync(content, { level: 9 }).length };
    }),
  );
}

export function totalGzipped(weights: readonly Weight[]): number {
  return weights.reduce((sum, { gzipped }) => sum + gzipped, 0);
}

export function budgetTable(weights: readonly Weight[], budget: number = BUDGET_BYTES): string {
  const row = (file: string, bytes: number, gzipped: number): string =>
    `${file.padEnd(40)} ${kilobytes(bytes).padStart(10)} ${kilobytes(gzipped).padStart(10)}`;
  const total = totalGzipped(weights);
  const verdict =
    total <= budget
      ? `within the budget of ${kilobytes(budget)} kB`
      : `OVER the budget of ${kilobytes(budget)} kB by ${kilobytes(total - budget)} kB`;
  return [
    `${'file'.padEnd(40)} ${'kB'.padStart(10)} ${'gzip kB'.padStart(10)}`,
    ...weights.map(({ file, bytes, gzipped }) => row(file, bytes, gzipped)),
    row(
      'total',
      weights.reduce((sum, { bytes }) => sum + bytes, 0),
      total,
    ),
    verdict,
  ].join('\n');
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
