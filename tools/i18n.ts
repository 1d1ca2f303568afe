import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { note, runTool, say } from './output';
import { inRoot } from './repository';
import { flat, mentionsIn, merged, translationFaults, usageFaults, type Language, type Words } from './words';

/** Languages of the bundle. Some Alma installations use `jp` for Japanese. */
const COPIES: Readonly<Record<string, Language>> = { en: 'en', ja: 'ja', jp: 'ja' };
const TARGET = 'cloudapp/src/i18n';
/**
 * Words needed only by pages loaded on demand. They load with these pages (core/page-words.ts), as
 * `<name>.<language>.json`.
 */
const LAZY_FILES = ['imports.json', 'integration.json', 'tariffs.json', 'templates.json'];
/** Words used only in import files and the import's command line, not in pages. */
const GATEWAY_FILES = ['import-file.json'];
/** Folders and files that use words. The compiler checks those in gateway/reports (report-words.ts). */
const ASKERS = ['cloudapp/src/app', 'cloudapp/src/domain/imports/import-labels.ts', 'gateway/reports'];
/**
 * `labels.spec.ts` compares the words of the domain with the domain itself. This tool does not check that a screen uses
 * each of them.
 */
const DOMAIN_FILE = 'domain.json';
/** Keys whose English words keep NACSIS-ILL's own Japanese names, with a gloss. */
const MAY_BE_JAPANESE = [
  'actions.note.rejectLast',
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
  const files = { ja: await wordFiles('ja'), en: await wordFiles('en') };
  const words = { ja: merged([...files.ja.values()]), en: merged([...files.en.values()]) };
  const own = flat(merged([...files.ja].filter(([name]) => name !== DOMAIN_FILE).map(([, each]) => each)));
  const faults = [
    ...translationFaults(flat(words.ja), flat(words.en), MAY_BE_JAPANESE),
    ...usageFaults(new Set(flat(words.ja).keys()), new Set(own.keys()), mentionsIn(await sourcesOf(ASKERS))),
  ];
  const copies = { ...copiesIn(files), ...lazyCopiesIn(files) };
  faults.forEach(note);
  const stale = process.argv.includes('--check') ? await staleCopies(copies) : await writeCopies(copies);
  return faults.length + stale === 0 ? 0 : 1;
});

async function wordFiles(language: Language): Promise<ReadonlyMap<string, Words>> {
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

function textOf(words: Words): string {
  return `${JSON.stringify(words, undefined, 2)}\n`;
}

type Files = Readonly<Record<Language, ReadonlyMap<string, Words>>>;
/** Name without `.json` → content. */
type Copies = Readonly<Record<string, Words>>;

function copiesIn(files: Files): Copies {
  const early = (language: Language) =>
    merged(
      [...files[language]]
        .filter(([name]) => !LAZY_FILES.includes(name) && !GATEWAY_FILES.includes(name))
        .map(([, words]) => words),
    );
  return Object.fromEntries(Object.entries(COPIES).map(([name, language]) => [name, early(language)]));
}

/** @throws Error when a file shares an area with words of another file, because words are joined by area */
function lazyCopiesIn(files: Files): Copies {
  const copies = LAZY_FILES.flatMap((file) =>
    Object.values(COPIES)
      .filter((language, at, all) => all.indexOf(language) === at)
      .map((language) => {
        const words = files[language].get(file) ?? {};
        const others = new Set(
          [...files[language]].flatMap(([name, each]) => (name === file ? [] : Object.keys(each))),
        );
        const shared = Object.keys(words).find((area) => others.has(area));
        if (shared !== undefined) throw new Error(`${file}: the area ${shared} stands in another file, too`);
        return [file.replace('.json', `.${language}`), words] as const;
      }),
  );
  return Object.fromEntries(copies);
}

async function writeCopies(copies: Copies): Promise<number> {
  await mkdir(inRoot(TARGET), { recursive: true });
  await Promise.all(
    Object.entries(copies).map(([name, words]) => writeFile(inRoot(TARGET, `${name}.json`), textOf(words))),
  );
  say(`${TARGET} written`);
  return 0;
}

/** The number of copies that differ from the words. */
async function staleCopies(copies: Copies): Promise<number> {
  const isStale = await Promise.all(
    Object.entries(copies).map(
      async ([name, words]) =>
        (await readFile(inRoot(TARGET, `${name}.json`), 'utf8').catch(() => '')) !== textOf(words),
    ),
  );
  const stale = Object.keys(copies).filter((_, at) => isStale[at]);
  for (const name of stale) note(`${TARGET}/${name}.json differs from i18n/: run npm run i18n`);
  return stale.length;
}
