/** One kind of test: what the table calls it, and which files belong to it. */
export interface TestKind {
  readonly name: string;
  /** Globs relative to the repository, for the spec files that run under Node. */
  readonly specs: readonly string[];
  /** Begins of the paths that `specs` matches. */
  readonly folders: readonly string[];
}

/** The kinds that run under Node, in the order in which they run: what others stand on first. */
export const NODE_KINDS: readonly TestKind[] = [
  kind('domain', 'cloudapp/src/domain/'),
  kind('catp', 'catp/'),
  kind('simulators', 'simulators/'),
  kind('gateway', 'gateway/'),
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

/** The spec files that no kind would run. A new folder with specs must be added to a kind. */
export function orphanSpecs(files: readonly string[]): readonly string[] {
  const folders = [...NODE_KINDS.flatMap((each) => each.folders), ...APP_FOLDERS];
  return files.filter((file) => file.endsWith('.spec.ts') && !folders.some((folder) => file.startsWith(folder)));
}
