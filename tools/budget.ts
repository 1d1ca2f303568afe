import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot } from './repository';

/** Maximum size, gzipped, of what the start page loads. 1 kB = 1,000 bytes. */
export const START_BYTES = 200_000;
/** Maximum size, gzipped, of each other js file: a page, or what several pages share. */
export const LAZY_BYTES = 60_000;

/** Chunks of the messages, one for each language (app/core/message-loader.ts). */
const MESSAGES = /^messages-[a-z]+\./;

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

interface Weights {
  /** The files in index.html, and the messages of the heaviest language. */
  readonly start: readonly Weight[];
  /** The other js files, the heaviest first. They load on demand. */
  readonly lazy: readonly Weight[];
}

/** @throws Error when index.html, one of its files or the chunks of messages are missing, or when it names no script */
export async function weigh(folder: string): Promise<Weights> {
  const atOnce = loadedFiles(await readFile(join(folder, 'index.html'), 'utf8'));
  if (!atOnce.some((file) => file.endsWith('js'))) throw new Error('index.html names no script: this is no built app');
  const onDemand = (await readdir(folder)).filter((file) => file.endsWith('.js') && !atOnce.includes(file));
  const heaviestFirst = await weighAll(folder, onDemand);
  const messages = heaviestFirst.find(({ file }) => MESSAGES.test(file));
  if (messages === undefined) throw new Error('no file of words: were their chunks renamed?');
  return {
    start: [...(await Promise.all(atOnce.map((file) => weighFile(folder, file)))), messages],
    lazy: heaviestFirst.filter(({ file }) => !MESSAGES.test(file)),
  };
}

async function weighAll(folder: string, files: readonly string[]): Promise<readonly Weight[]> {
  const weights = await Promise.all(files.map((file) => weighFile(folder, file)));
  return weights.sort((one, other) => other.gzipped - one.gzipped);
}

async function weighFile(folder: string, file: string): Promise<Weight> {
  const content = await readFile(join(folder, file));
  return { file, bytes: content.length, gzipped: gzipSync(content, { level: 9 }).length };
}

/**
 * Writes the weights of build/.
 * @throws Error that names each limit that is exceeded
 */
export async function checkBudget(tell: (text: string) => void): Promise<void> {
  const weights = await weigh(inRoot('build'));
  tell(budgetTable(weights));
  const over = excesses(weights);
  if (over.length > 0) throw new Error(over.join('\n'));
}

/** One line for each limit that is exceeded. */
export function excesses({ start, lazy }: Weights): readonly string[] {
  return [
    excess('the start page', totalGzipped(start), START_BYTES),
    ...lazy.map(({ file, gzipped }) => excess(file, gzipped, LAZY_BYTES)),
  ].filter((line) => line !== undefined);
}

function excess(what: string, gzipped: number, limit: number): string | undefined {
  return gzipped <= limit
    ? undefined
    : `${what} is OVER the budget of ${kilobytes(limit)} kB by ${kilobytes(gzipped - limit)} kB`;
}

function totalGzipped(weights: readonly Weight[]): number {
  return weights.reduce((sum, { gzipped }) => sum + gzipped, 0);
}

export function budgetTable({ start, lazy }: Weights): string {
  const row = (file: string, bytes: string, gzipped: string): string =>
    `${file.padEnd(40)} ${bytes.padStart(10)} ${gzipped.padStart(10)}`;
  const rowOf = ({ file, bytes, gzipped }: Weight): string => row(file, kilobytes(bytes), kilobytes(gzipped));
  const total = { bytes: start.reduce((sum, { bytes }) => sum + bytes, 0), gzipped: totalGzipped(start) };
  return [
    row('start page', 'kB', 'gzip kB'),
    ...start.map(rowOf),
    rowOf({ file: `total, at most ${kilobytes(START_BYTES)}`, ...total }),
    row(`on demand, each at most ${kilobytes(LAZY_BYTES)}`, 'kB', 'gzip kB'),
    ...lazy.map(rowOf),
  ].join('\n');
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
