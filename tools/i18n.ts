import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { note, runTool, say } from './output';
import { inRoot } from './repository';
import {
  flat,
  mentionsIn,
  merged,
  translationFaults,
  unloadedMessages,
  usageFaults,
  type Language,
  type Source,
  type Words,
} from './messages';

/** Languages of the bundle. Some Alma installations use `jp` for Japanese. */
const COPIES: Readonly<Record<string, Language>> = { en: 'en', ja: 'ja', jp: 'ja' };
const APP = 'cloudapp/src';
const TARGET = `${APP}/i18n`;
/**
 * Messages that the start page does not need. Each file becomes one file with both languages. The pages that need it
 * import and add it (core/page-messages.ts).
 */
const LAZY_FILES = [
  'actions.json',
  'batch.json',
  'bridge.json',
  'create.json',
  'drafts.json',
  'help.json',
  'imports.json',
  'institution.json',
  'integration.json',
  'member.json',
  'members.json',
  'print.json',
  'request.json',
  'settings.json',
  'tariffs.json',
];
/** Messages used only in notes to Alma, import files and the import's command line, not in pages. */
const GATEWAY_FILES = ['bridge-notes.json', 'import-file.json'];
/**
 * Folders and files that use messages. The compiler also checks the messages in gateway/reports (report-messages.ts).
 */
const ASKERS = [
  'cloudapp/src/app',
  'cloudapp/src/domain/imports/import-labels.ts',
  'gateway/reports',
  'gateway/bridge/notes.ts',
];
/**
 * File with the messages of the domain. `labels.spec.ts` compares it with the domain itself. This tool does not check
 * that a screen uses each of these messages.
 */
const DOMAIN_FILE = 'domain.json';
/** Keys whose English messages keep NACSIS-ILL's own Japanese names, with a gloss. */
const MAY_BE_JAPANESE = [
  'actions.note.rejectLast',
  'bridge.',
  'help.almaScreens.',
  'integration.writer.',
  'reason.',
  'create.saved',
  'create.volumeUnknown',
  'state.',
  'code.',
  'error.',
  'refusal.',
  'fieldError.',
  'warning.',
];

/** Joins i18n/<language>/*.json into the files for the app's build. With --check it only compares and reports. */
await runTool('i18n', async () => {
  const files = { ja: await messageFiles('ja'), en: await messageFiles('en') };
  const messages = { ja: merged([...files.ja.values()]), en: merged([...files.en.values()]) };
  const own = flat(merged([...files.ja].filter(([name]) => name !== DOMAIN_FILE).map(([, each]) => each)));
  const faults = [
    ...translationFaults(flat(messages.ja), flat(messages.en), MAY_BE_JAPANESE),
    ...usageFaults(new Set(flat(messages.ja).keys()), new Set(own.keys()), mentionsIn(await sourcesOf(ASKERS))),
    ...(await lazyFaults(files.ja)),
  ];
  const copies = { ...copiesIn(files), ...lazyCopiesIn(files) };
  faults.forEach(note);
  const stale = process.argv.includes('--check') ? await staleCopies(copies) : await writeCopies(copies);
  return faults.length + stale === 0 ? 0 : 1;
});

async function messageFiles(language: Language): Promise<ReadonlyMap<string, Words>> {
  const names = (await readdir(inRoot('i18n', language))).filter((name) => name.endsWith('.json')).sort();
  return new Map(
    await Promise.all(
      names.map(
        async (name) => [name, JSON.parse(await readFile(inRoot('i18n', language, name), 'utf8')) as Words] as const,
      ),
    ),
  );
}

async function sourcesOf(places: readonly string[]): Promise<readonly string[]> {
  const files = await Promise.all(
    places.map(async (place) => {
      if (place.endsWith('.ts')) return [place];
      const names = await readdir(inRoot(place), { recursive: true });
      return names.map((name) => `${place}/${name}`);
    }),
  );
  const sources = files.flat().filter((name) => /\.(?:ts|html)$/.test(name) && !name.endsWith('.spec.ts'));
  return Promise.all(sources.map((name) => readFile(inRoot(name), 'utf8')));
}

/**
 * Finds messages used on pages that do not load the messages' file. The app would show the keys instead of these
 * messages.
 */
async function lazyFaults(files: ReadonlyMap<string, Words>): Promise<readonly string[]> {
  const sources = await appSources();
  return LAZY_FILES.flatMap((file) =>
    unloadedMessages(sources, `${APP}/main.ts`, `${TARGET}/${file}`, new Set(flat(files.get(file) ?? {}).keys())),
  );
}

/** The files of the app by path; a component imports its template, too. */
async function appSources(): Promise<ReadonlyMap<string, Source>> {
  const names = (await readdir(inRoot(APP), { recursive: true })).filter((name) => /\.(?:ts|html)$/.test(name));
  return new Map(
    await Promise.all(
      names.map(async (name) => {
        const text = await readFile(inRoot(APP, name), 'utf8');
        const imported = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
        const templates = [...text.matchAll(/templateUrl: '([^']+)'/g)].map(([, template = '']) => template);
        const imports = [...imported, ...templates].map((path) =>
          join(APP, name, '..', /\.(?:json|html)$/.test(path) ? path : `${path}.ts`),
        );
        return [join(APP, name), { text, imports }] as const;
      }),
    ),
  );
}

function textOf(messages: Words): string {
  return `${JSON.stringify(messages, undefined, 2)}\n`;
}

type Files = Readonly<Record<Language, ReadonlyMap<string, Words>>>;
/** Name without `.json` → content. */
type Copies = Readonly<Record<string, Words>>;

function copiesIn(files: Files): Copies {
  const early = (language: Language) =>
    merged(
      [...files[language]]
        .filter(([name]) => !LAZY_FILES.includes(name) && !GATEWAY_FILES.includes(name))
        .map(([, messages]) => messages),
    );
  return Object.fromEntries(Object.entries(COPIES).map(([name, language]) => [name, early(language)]));
}

function lazyCopiesIn(files: Files): Copies {
  const bothLanguages = (file: string): Words => ({ ja: files.ja.get(file) ?? {}, en: files.en.get(file) ?? {} });
  return Object.fromEntries(LAZY_FILES.map((file) => [file.replace('.json', ''), bothLanguages(file)]));
}

async function writeCopies(copies: Copies): Promise<number> {
  await mkdir(inRoot(TARGET), { recursive: true });
  await Promise.all(
    Object.entries(copies).map(([name, messages]) => writeFile(inRoot(TARGET, `${name}.json`), textOf(messages))),
  );
  say(`${TARGET} written`);
  return 0;
}

/** The number of copies that differ from the files in i18n/. */
async function staleCopies(copies: Copies): Promise<number> {
  const isStale = await Promise.all(
    Object.entries(copies).map(
      async ([name, messages]) =>
        (await readFile(inRoot(TARGET, `${name}.json`), 'utf8').catch(() => '')) !== textOf(messages),
    ),
  );
  const stale = Object.keys(copies).filter((_, at) => isStale[at]);
  for (const name of stale) note(`${TARGET}/${name}.json differs from i18n/: run npm run i18n`);
  return stale.length;
}
