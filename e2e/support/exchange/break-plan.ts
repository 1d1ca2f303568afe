import type { BreakWay } from './broken-http';
import type { Making, Manner } from './exchange';
import { KINDS, type ExchangeKind } from './exchange-kinds';
import type { Break, Fate, Moment } from './hostile-proxy';
import { seededRandom } from '../random';

/** One combination of way, moment and fate. */
type Combination = Omit<Break, 'slow' | 'way'> & { readonly way: BreakWay };

export interface Ways {
  readonly cuts: readonly BreakWay[];
  readonly others: readonly BreakWay[];
}

/** Processing time of NACSIS-ILL in milliseconds. */
const SLOW = { least: 700, spread: 600 };
/** Percentage of commands that are broken again when they are sent again. */
const BROKEN_AGAIN = 25;
const MANNERS: readonly Manner[] = ['app', 'app', 'app', 'hasty', 'anew'];

/** Possible fates of a command whose exchange breaks at that moment. */
function fatesAt(moment: Moment, { refuses }: BreakWay): readonly Fate[] {
  if (moment === 'head' || moment === 'body') return ['lost'];
  if (moment === 'received' || moment === 'working') return refuses ? ['lost'] : ['lost', 'late'];
  return ['done'];
}

export function combinationsOf(way: BreakWay): readonly Combination[] {
  return way.moments.flatMap((moment) => fatesAt(moment, way).map((fate) => ({ way, moment, fate })));
}

function fits({ only }: BreakWay, kind: Pick<ExchangeKind, 'seed'>): boolean {
  return only === undefined || only === (kind.seed === undefined ? 'new' : 'existing');
}

export function unbroken(kind: ExchangeKind): Making {
  return { kind, breaks: {}, manner: 'app' };
}

/** Chooses the exchanges to break, the way and the moment. The same seed gives the same plan. */
export class BreakPlan {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Every way at every moment for this kind. */
  crossed(ways: Ways, kind: ExchangeKind): readonly Making[] {
    return this.#fitting(ways, kind)
      .flatMap(combinationsOf)
      .map((combination) => this.making(combination, kind));
  }

  /**
   * Uses the cuts at every moment, and each of the other ways at one moment. For every second one of the other ways
   * NACSIS-ILL acts after everyone has disconnected. All kinds occur equally often.
   */
  sampled({ cuts, others }: Ways): readonly Making[] {
    const some = others.map((way, at) => {
      const all = combinationsOf(way);
      const late = all.filter(({ fate }) => fate === 'late');
      return this.one(at % 2 === 0 && late.length > 0 ? late : all);
    });
    const left: ExchangeKind[] = [];
    return [...cuts.flatMap(combinationsOf), ...some].map((combination) => {
      if (left.length < KINDS.length) left.push(...this.shuffled(KINDS));
      const at = left.findIndex((kind) => fits(combination.way, kind));
      const kind = at < 0 ? this.one(KINDS.filter((each) => fits(combination.way, each))) : left.splice(at, 1)[0]!;
      return this.making(combination, kind);
    });
  }

  /** A command of this kind that is broken in this way, and possibly again on the next attempt. */
  making(
    { way, moment, fate }: Combination,
    kind: Making['kind'],
    {
      manner = this.one(MANNERS),
      isBrokenAgain = this.isOne(BROKEN_AGAIN),
    }: { readonly manner?: Manner; readonly isBrokenAgain?: boolean } = {},
  ): Making {
    const again = isBrokenAgain ? [this.someBreak([way])] : [];
    return { kind, manner, breaks: { [this.one(kind.commands)]: [this.#slow({ way, moment, fate }), ...again] } };
  }

  /** One row of a batch. */
  row(ways: Ways, kind: Making['kind']): Making {
    return this.making(this.one(combinationsOf(this.one(this.#fitting(ways, kind)))), kind, { manner: 'app' });
  }

  /** A list of this many kinds in which all occur equally often. */
  kinds(count: number): readonly ExchangeKind[] {
    const kinds = this.shuffled(KINDS);
    return Array.from({ length: count }, (_, at) => kinds[at % kinds.length]!);
  }

  /** A random break: one of these ways, at one of its moments. */
  someBreak(ways: readonly BreakWay[]): Break {
    return this.#slow(this.one(combinationsOf(this.one(ways))));
  }

  /** True in this percentage of cases. */
  isOne(percent: number): boolean {
    return this.#random() * 100 < percent;
  }

  upTo(most: number): number {
    return Math.floor(this.#random() * most);
  }

  one<T>(of: readonly T[]): T {
    const chosen = of[this.upTo(of.length)];
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }

  shuffled<T>(all: readonly T[]): readonly T[] {
    const left = [...all];
    return all.map(() => left.splice(this.upTo(left.length), 1)[0]!);
  }

  #slow(combination: Combination): Break {
    return { ...combination, slow: SLOW.least + this.upTo(SLOW.spread) };
  }

  #fitting({ cuts, others }: Ways, kind: Pick<ExchangeKind, 'seed'>): readonly BreakWay[] {
    return [...cuts, ...others].filter((way) => fits(way, kind));
  }
}

/** The ways that fit any call, not only commands. */
export function anyCall({ cuts, others }: Ways): readonly BreakWay[] {
  return [...cuts, ...others].filter((way) => way.anyCall);
}
