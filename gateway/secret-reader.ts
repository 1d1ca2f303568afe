import type { TextRule } from './text-settings';

/** Location of a secret: an environment variable, or a file that contains nothing else. */
export type Secret = { readonly env: string } | { readonly file: string };
export type Environment = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => string;

/** Reads secrets and records missing ones under the name of their setting. */
export class SecretReader {
  readonly problems: string[] = [];
  readonly #env: Environment;
  readonly #readFile: ReadFile;

  constructor(env: Environment, readFile: ReadFile) {
    this.#env = env;
    this.#readFile = readFile;
  }

  /**
   * The secret without surrounding blanks and line ends; '' when it is missing or the rule refuses it. No message
   * contains its value.
   */
  read(setting: string, secret: Secret, rule: TextRule): string {
    const value = ('env' in secret ? this.#env[secret.env] : this.#file(secret.file))?.trim() ?? '';
    const fault = value === '' ? missing(secret) : rule(value);
    if (fault === undefined) return value;
    this.problems.push(`${setting}: ${fault}`);
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

function missing(secret: Secret): string {
  return 'env' in secret ? `the environment has no ${secret.env}` : `the file ${secret.file} is missing or empty`;
}
