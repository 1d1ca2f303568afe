import { seededRandom } from '../random';

/** Random choices that are identical for the same seed. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from 0 to below `most`. */
  upTo(most: number): number {
    return Math.floor(this.#random() * most);
  }

  /** True with this probability in percent. */
  chance(percent: number): boolean {
    return this.#random() * 100 < percent;
  }

  /** One item; undefined for an empty list. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[this.upTo(list.length)];
  }

  /** One value, chosen by weight. */
  weighted<T>(table: readonly (readonly [weight: number, value: T])[]): T {
    const sum = table.reduce((total, [weight]) => total + weight, 0);
    let left = this.#random() * sum;
    const found = table.find(([weight]) => (left -= weight) < 0) ?? table.at(-1);
    if (found === undefined) throw new Error('there is nothing to choose from');
    return found[1];
  }

  /** `count` distinct items in random order. */
  some<T>(list: readonly T[], count: number): readonly T[] {
    const left = [...list];
    return Array.from({ length: Math.min(count, list.length) }, () => left.splice(this.upTo(left.length), 1)).flat();
  }
}
