/** One kind of test: what the table calls it, and which files belong to it. */
export interface TestKind {
  readonly name: string;
  /** Globs relative to the repository, for the spec files that run under Node. */
  readonly specs: readonly string[];
  /** Begins of the paths that `specs` matches. */
  readonly folders: readonly string[];
}

/** The import job is a kind of its own: its specs start stores, queues and an Alma, and take as long as all others of the gateway. */
const IMPORT_FOLDERS = ['gateway/alma/', 'gateway/command-line/', 'gateway/imports/', 'gateway/reports/'] as const;

/** The kinds that run under Node, in the order in which they run: what others stand on first. */
export const NODE_KINDS: readonly TestKind[] = [
  kind('domain', 'cloudapp/src/domain/'),
  kind('catp', 'catp/'),
  kind('simulators', 'simulators/'),
  without(kind('gateway', 'gateway/'), IMPORT_FOLDERS),
  kind('imports', ...IMPORT_FOLDERS),
  kind('tools', 'tools/'),
  kind('model', 'test/model/', 'test/fixtures/'),
  kind('cells', 'test/cells/'),
];
/** The app's specs run in a browser, under karma. */
export const APP_KIND = 'app';
const APP_FOLDERS = ['cloudapp/src/'] as const;

function kind(name: string, ...folders: readonly string[]): TestKind {
  return { name, specs: folders.map((folder) => `${folder}**/*.spec.ts`), folders };
}

function without({ specs, ...kind }: TestKind, others: readonly string[]): TestKind {
  return { ...kind, specs: [...specs, ...others.map((folder) => `!${folder}**`)] };
}

/** The spec files that no kind would run. A new folder with specs must be added to a kind. */
export function orphanSpecs(files: readonly string[]): readonly string[] {
  const folders = [...NODE_KINDS.flatMap((each) => each.folders), ...APP_FOLDERS];
  return files.filter((file) => file.endsWith('.spec.ts') && !folders.some((folder) => file.startsWith(folder)));
}
