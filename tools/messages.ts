/** Messages by nested key: `{ create: { title: '依頼を作成' } }`. */
export interface Words {
  readonly [key: string]: string | Words;
}
export type Language = 'ja' | 'en';

/** Flattens to dotted keys: `create.title` → message. */
export function flat(messages: Words, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

/** Merges several files. @throws Error when two of them have the same key */
export function merged(files: readonly Words[]): Words {
  return files.reduce((all, messages) => join(all, messages, ''), {});
}

function join(one: Words, other: Words, path: string): Words {
  const joined: Record<string, string | Words> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const known = joined[key];
    if (known === undefined) joined[key] = value;
    else if (typeof known === 'string' || typeof value === 'string')
      throw new Error(`the key ${path}${key} stands in two files`);
    else joined[key] = join(known, value, `${path}${key}.`);
  }
  return joined;
}

/** Texts that may be equal in both languages: names, and texts without letters. */
const NEED_NO_TRANSLATION =
  /^(?:[\P{L}]|NACSIS-ILL|ISBN|ISSN|NCID|LCCN|NDLCN|NDLPN|CODEN|NBN|FAX|DDS|eDDS|URL|OK|ID|ORDER|SAVE|\{\{\w+\}\})*$/u;
const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Differences between the two languages, one line each. `mayBeJapanese`: prefixes of keys whose English messages
 * may contain NACSIS-ILL's Japanese.
 */
export function translationFaults(
  ja: ReadonlyMap<string, string>,
  en: ReadonlyMap<string, string>,
  mayBeJapanese: readonly string[] = [],
): readonly string[] {
  const keys = [...new Set([...ja.keys(), ...en.keys()])].sort();
  return keys.flatMap((key) => {
    const [japanese, english] = [ja.get(key), en.get(key)];
    if (japanese === undefined || japanese.trim() === '') return [`${key}: no Japanese`];
    if (english === undefined || english.trim() === '') return [`${key}: no English`];
    if (japanese === english && !NEED_NO_TRANSLATION.test(japanese)) return [`${key}: not translated`];
    if (JAPANESE.test(english) && !mayBeJapanese.some((begin) => key.startsWith(begin)))
      return [`${key}: Japanese in the English words`];
    return parametersOf(japanese) === parametersOf(english) ? [] : [`${key}: the languages take different parameters`];
  });
}

function parametersOf(message: string): string {
  return [...message.matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
    .map(([, name]) => name)
    .sort()
    .join(' ');
}

/**
 * Keys in a source text: complete ones, and prefixes of keys that the code completes (`'create.origin.' + name`,
 * `error.${code}.title`).
 */
interface Mentions {
  readonly keys: ReadonlySet<string>;
  readonly begins: ReadonlySet<string>;
}

// Excludes keys in double quotes, which contain an expression in a template.
const WHOLE = /['`]([a-z][A-Za-z-]*(?:\.[\w-]+)+)['`]/g;
const BEGIN = /['`]([a-z][A-Za-z-]*\.(?:[\w-]+\.)*)(?:'|\$\{)/g;

export function mentionsIn(sources: readonly string[]): Mentions {
  const all = (pattern: RegExp) =>
    new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, key]) => key ?? '')));
  return { keys: all(WHOLE), begins: all(BEGIN) };
}

/**
 * Keys that the sources use but no file defines, and keys of `toBeUsed` that no source uses.
 * Ignores literals whose first part is not one of our areas.
 */
export function usageFaults(
  given: ReadonlySet<string>,
  toBeUsed: ReadonlySet<string>,
  { keys, begins }: Mentions,
): readonly string[] {
  const areas = new Set([...given].map((key) => key.split('.', 1)[0]));
  const isKey = (text: string): boolean => areas.has(text.split('.', 1)[0]);
  const missing = [...keys]
    .filter((key) => isKey(key) && !given.has(key))
    .map((key) => `${key}: asked for, but there is no such word`);
  const empty = [...begins]
    .filter((begin) => isKey(begin) && ![...given].some((key) => key.startsWith(begin)))
    .map((begin) => `${begin}…: asked for, but there is no such word`);
  const unused = [...toBeUsed]
    .filter((key) => !keys.has(key) && ![...begins].some((begin) => key.startsWith(begin)))
    .map((key) => `${key}: not used`);
  return [...missing, ...empty, ...unused].sort();
}

/** A file of the app: its text, and the paths of the files that it imports. */
export interface Source {
  readonly text: string;
  readonly imports: readonly string[];
}

/**
 * Finds sources that use a message of `file` although the app can show them without `file`: a path of imports leads
 * from `start` to the source, and no source on the path imports `file`. Returns one line each, with the key.
 */
export function unloadedMessages(
  sources: ReadonlyMap<string, Source>,
  start: string,
  file: string,
  ofFile: ReadonlySet<string>,
): readonly string[] {
  const reached = new Set([start]);
  const faults: string[] = [];
  for (const path of reached) {
    const { text, imports } = sources.get(path) ?? { text: '', imports: [] };
    if (imports.includes(file)) continue;
    for (const each of imports) reached.add(each);
    const { keys, begins } = mentionsIn([text]);
    const missing = [...ofFile].find((key) => keys.has(key) || [...begins].some((begin) => key.startsWith(begin)));
    if (missing !== undefined) faults.push(`${path}: uses ${missing}, but is shown without ${file}`);
  }
  return faults.sort();
}
