import { execa } from 'execa';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { cyclesOf, upwardImports, type Graph } from './house-graph';
import { runTool, say } from './output';
import { inRoot, ROOT } from './repository';

/** Folders of the product; the rest of the repository tests or builds it. */
const PRODUCT = ['cloudapp/src', 'catp', 'iso18626', 'gateway', 'simulators'];
const ALIASES = {
  '#domain/': 'cloudapp/src/domain/',
  '#catp/': 'catp/',
  '#iso18626/': 'iso18626/',
} as const;
const SMALL_LINES = 60;

/**
 * `npm run house`: counts product files, files with one importer and words of comments, and lists import cycles and
 * upward imports. Exit code 1 when there are any. `--sql` also measures the SQL statements of an action, which starts a
 * PostgreSQL server.
 */
await runTool('house', async () => {
  const files = await productFiles();
  const graph = importsOf(files);
  const { single, small } = singlyImported(files, graph);
  const cycles = cyclesOf(graph);
  const upward = upwardImports(graph);
  say(`${count(files.size)} product files, ${count(lines([...files.values()]))} lines`);
  say(
    `${count(single.length)} files with one importer, in the same folder; ${count(small)} of them of at most ${String(SMALL_LINES)} lines`,
  );
  say(`${count(wordsOfComments([...files.values()]))} words of comments`);
  for (const cycle of cycles) say(`cycle: ${cycle.join(' → ')}`);
  for (const [from, to] of upward) say(`upward: ${from} → ${to}`);
  say(`${String(files.size)} files, ${String(cycles.length)} cycles, ${String(upward.length)} upward imports`);
  if (process.argv.includes('--sql'))
    await execa('node', ['--import', 'tsx', 'gateway/testing/sql-per-action-main.ts'], { cwd: ROOT, stdio: 'inherit' });
  return cycles.length + upward.length === 0 ? 0 : 1;
});

async function productFiles(): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    PRODUCT.map(async (folder) => {
      const entries = await readdir(inRoot(folder), { recursive: true });
      return entries.filter((entry) => isProduct(entry)).map((entry) => join(folder, entry));
    }),
  );
  const paths = found.flat().sort();
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(inRoot(path), 'utf8')] as const)));
}

function isProduct(path: string): boolean {
  return path.endsWith('.ts') && !path.endsWith('.spec.ts') && !/(^|\/)testing\//.test(path);
}

function importsOf(files: ReadonlyMap<string, string>): Graph {
  return new Map(
    [...files].map(([path, text]) => {
      const { importedFiles } = ts.preProcessFile(text, true, true);
      const targets = importedFiles
        .map(({ fileName }) => targetOf(path, fileName))
        .filter((target) => files.has(target));
      return [path, [...new Set(targets)]] as const;
    }),
  );
}

function targetOf(from: string, imported: string): string {
  for (const [alias, folder] of Object.entries(ALIASES))
    if (imported.startsWith(alias)) return `${folder}${imported.slice(alias.length)}.ts`;
  return imported.startsWith('.') ? `${join(dirname(from), imported)}.ts` : '';
}

/** Finds files whose only importer is in the same folder. A reader may need both files together. */
function singlyImported(
  files: ReadonlyMap<string, string>,
  graph: Graph,
): { readonly single: readonly string[]; readonly small: number } {
  const importers = new Map<string, string[]>();
  for (const [from, targets] of graph)
    for (const to of targets) importers.set(to, [...(importers.get(to) ?? []), from]);
  const single = [...files.keys()].filter((path) => {
    const [first = '', ...more] = importers.get(path) ?? [];
    return more.length === 0 && first !== '' && dirname(first) === dirname(path);
  });
  const small = single.filter((path) => lines([files.get(path) ?? '']) <= SMALL_LINES).length;
  return { single, small };
}

function wordsOfComments(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + (commentsOf(text).match(/[\p{L}\p{N}'’-]+/gu)?.length ?? 0), 0);
}

/**
 * Returns the comments of a source text. Uses TypeScript's parser, because a string may contain what looks like a
 * comment.
 */
function commentsOf(text: string): string {
  const ranges = new Map<number, number>();
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ])
      ranges.set(range.pos, range.end);
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  return [...ranges].map(([start, end]) => text.slice(start, end)).join('\n');
}

function lines(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
}

function count(number: number): string {
  return number.toLocaleString('en');
}
