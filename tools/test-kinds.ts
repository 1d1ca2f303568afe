/** One kind of test: its name in the table and its files. */
export interface TestKind {
  readonly name: string;
  /** Globs of the spec files that run under Node, relative to the repository. */
  readonly specs: readonly string[];
  /** Path prefixes that `specs` matches. */
  readonly folders: readonly string[];
  /** True when the specs use the PostgreSQL server of the run. */
  readonly usesStore?: boolean;
}

/**
 * The import is a separate kind, because its specs start stores, queues and an Alma, and take as long as all other
 * specs of the gateway.
 */
const IMPORT_FOLDERS = [
  'gateway/alma/',
  'gateway/alma-sync/',
  'gateway/command-line/',
  'gateway/profiles/',
  'gateway/reports/',
  'gateway/runs/',
] as const;
/** The bridge to Alma's own pages: message layer, mapping and engine. */
const BRIDGE_FOLDERS = ['iso18626/', 'gateway/bridge/'] as const;

/**
 * The kinds that run under Node, longest first. The app's specs run concurrently, and all should end at about the same
 * time.
 */
export const NODE_KINDS: readonly TestKind[] = [
  { ...without(kind('gateway', 'gateway/'), [...IMPORT_FOLDERS, 'gateway/bridge/']), usesStore: true },
  { ...kind('imports', ...IMPORT_FOLDERS), usesStore: true },
  kind('cells', 'test/cells/'),
  { ...kind('iso18626', ...BRIDGE_FOLDERS), usesStore: true },
  kind('simulators', 'simulators/'),
  kind('tools', 'tools/', 'test/support/'),
  kind('domain', 'cloudapp/src/domain/'),
  kind('catp', 'catp/'),
  kind('model', 'test/model/', 'test/fixtures/'),
];
/** The app's specs run in a browser under karma. */
export const APP_KIND = 'app';
export const KIND_NAMES: readonly string[] = [...NODE_KINDS.map(({ name }) => name), APP_KIND];
const APP_FOLDERS = ['cloudapp/src/'] as const;

function kind(name: string, ...folders: readonly string[]): TestKind {
  return { name, specs: folders.map((folder) => `${folder}**/*.spec.ts`), folders };
}

function without({ specs, ...kind }: TestKind, others: readonly string[]): TestKind {
  return { ...kind, specs: [...specs, ...others.map((folder) => `!${folder}**`)] };
}

/** Spec files that belong to no kind. A new folder with specs must be added to a kind. */
export function orphanSpecs(files: readonly string[]): readonly string[] {
  const folders = [...NODE_KINDS.flatMap((each) => each.folders), ...APP_FOLDERS];
  return files.filter((file) => file.endsWith('.spec.ts') && !folders.some((folder) => file.startsWith(folder)));
}

/**
 * Returns `named`.
 * @throws Error that lists the known names when `named` contains another name
 */
export function chosen(named: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`there is no ${unknown}; there are ${known.join(', ')}`);
  return named;
}
