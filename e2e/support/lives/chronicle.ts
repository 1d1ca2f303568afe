import { note } from '../../../tools/output';

/** Number of steps of a request shown with a violation. */
const SHOWN = 14;
const KEPT = 40;

/** The steps of each request, and the violations found. */
export class Chronicle {
  readonly #steps = new Map<string, readonly string[]>();
  readonly #names = new Map<string, string>();
  readonly #tally = new Map<string, number>();
  readonly violations: string[] = [];
  steps = 0;

  constructor(readonly seed: number) {}

  /** Describes the request in messages. */
  name(id: string, words: string): void {
    this.#names.set(id, words);
  }

  isNamed(id: string): boolean {
    return this.#names.has(id);
  }

  tell(step: string, id: string, words: string): void {
    this.#steps.set(id, [...(this.#steps.get(id) ?? []), `${step}  ${words}`].slice(-KEPT));
  }

  /** Counts an event of this kind. */
  count(what: string): void {
    this.#tally.set(what, (this.#tally.get(what) ?? 0) + 1);
  }

  counted(what: string): number {
    return this.#tally.get(what) ?? 0;
  }

  /** Reports a violation immediately, so that nobody has to wait for the end of a long run. `kind` is counted. */
  violation(step: string, id: string, kind: string, found: string, expected: string): void {
    this.count(`VIOLATION ${kind}`);
    const last = (this.#steps.get(id) ?? []).slice(-SHOWN);
    const text = [
      `VIOLATION at step ${step} (seed ${this.seed}): ${kind}`,
      `  request   ${id} ${this.#names.get(id) ?? ''}`,
      `  found     ${found}`,
      `  expected  ${expected}`,
      ...(last.length > 0 ? ['  the last steps of this request:'] : []),
      ...last.map((line) => `    ${line}`),
    ].join('\n');
    this.violations.push(text);
    note(text);
  }

  /** The counts of all events, one line each. */
  get tally(): string {
    const lines = [...this.#tally].sort(([one], [other]) => (one < other ? -1 : 1));
    return lines.map(([what, count]) => `  ${String(count).padStart(6)}  ${what}`).join('\n');
  }

  get closing(): string {
    return `${this.steps} steps: ${this.violations.length} violations, seed ${this.seed}`;
  }
}
