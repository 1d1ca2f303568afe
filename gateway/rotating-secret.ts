/** Reads the files of secrets. */
export interface SecretFiles {
  /** The whole content. Throws when the file cannot be read. */
  readonly read: (path: string) => string;
  /** Differs when the file may have changed: time, size, inode. Throws when there is no file. */
  readonly stamp: (path: string) => string;
}

/**
 * A secret that may be replaced while the gateway runs. `current`: what is valid now, at least one value; `failed`
 * receives a fault of the file, without its content, once until it is mended.
 */
export interface RotatingSecret {
  current(failed?: (fault: string) => void): readonly string[];
}

/** At most this often a file is looked at for a change. */
const LOOK_MS = 1_000;
/** The old and the new one. */
const MAX_VALUES = 2;

/** Each line of a file is a value; blanks around it, and empty lines, do not count. */
export function valuesIn(content: string): readonly string[] {
  return content.split(/\r?\n/).flatMap((line) => line.trim() || []);
}

/** Why these are no values of a secret; undefined when they are. Names no value. */
export function faultOfValues(
  values: readonly string[],
  rule: (value: string) => string | undefined,
): string | undefined {
  if (values.length > MAX_VALUES) return 'holds more than two lines';
  return values.map(rule).find((fault) => fault !== undefined);
}

/** The values of a file, read again when it changes. A file that becomes unreadable or wrong keeps the last good ones. */
export class SecretFile implements RotatingSecret {
  #values: readonly string[];
  #stamp: string | undefined;
  #lookedAt = -Infinity;
  #isFailing = false;

  /** `values`: read at the start, so that a wrong file stops the start. */
  constructor(
    values: readonly string[],
    private readonly setting: string,
    private readonly path: string,
    private readonly files: SecretFiles,
    private readonly rule: (value: string) => string | undefined,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#values = values;
    this.#stamp = this.#stampNow();
  }

  current(failed: (fault: string) => void = () => undefined): readonly string[] {
    const now = this.nowMs();
    if (now - this.#lookedAt < LOOK_MS) return this.#values;
    this.#lookedAt = now;
    const stamp = this.#stampNow();
    if (stamp !== undefined && stamp === this.#stamp) return this.#values;
    const fault = this.#read();
    if (fault === undefined) {
      this.#stamp = stamp;
      this.#isFailing = false;
    } else if (!this.#isFailing) {
      this.#isFailing = true;
      failed(`${this.setting}: the file ${this.path} ${fault}; the last secrets stay valid`);
    }
    return this.#values;
  }

  #read(): string | undefined {
    let values: readonly string[];
    try {
      values = valuesIn(this.files.read(this.path));
    } catch {
      return 'cannot be read';
    }
    if (values.length === 0) return 'is empty';
    const fault = faultOfValues(values, this.rule);
    if (fault === undefined) this.#values = values;
    return fault;
  }

  #stampNow(): string | undefined {
    try {
      return this.files.stamp(this.path);
    } catch {
      return undefined;
    }
  }
}
