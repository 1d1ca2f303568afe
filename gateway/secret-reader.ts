/** Where a secret is: a variable of the environment, or a file that holds nothing else. */
export type Secret = { readonly env: string } | { readonly file: string };
export type Environment = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => string;

/** Reads secrets and notes those that are missing, under the name of their setting. */
export class SecretReader {
  readonly problems: string[] = [];
  readonly #env: Environment;
  readonly #readFile: ReadFile;

  constructor(env: Environment, readFile: ReadFile) {
    this.#env = env;
    this.#readFile = readFile;
  }

  /** The secret without the line end that a file may have; '' when there is none. */
  read(setting: string, secret: Secret): string {
    const value = ('env' in secret ? this.#env[secret.env] : this.#file(secret.file))?.trim() ?? '';
    if (value !== '') return value;
    const missing =
      'env' in secret ? `the environment has no ${secret.env}` : `the file ${secret.file} is missing or empty`;
    this.problems.push(`${setting}: ${missing}`);
    return '';
  }

  #file(path: string): string | undefined {
    try {
      return this.#readFile(path);
    } catch {
      return undefined;
    }
  }
}
