import type { WireRecord } from '../../../test/catp-client/catp-client';
import { Chronicle } from './chronicle';
import { Dice } from './dice';
import { Lane } from './lane';
import type { Life } from './life';
import { Lists } from './lists';
import { LivesStack } from './lives-stack';
import { verifyUnchanged } from './verify';
import { checkViews, idIn } from './views';
import { World } from './world';

interface LivesOptions {
  readonly seed: number;
  readonly steps: number;
  readonly kills: number;
}

/** Number of lanes. Most of a step is waiting. */
const LANES = 8;
/** Steps of each lane between two checks of the lists, during which nothing runs. */
const STEPS_OF_A_ROUND = 12;
/** Number of violations after which the run stops, because more would not add information. */
const MOST_VIOLATIONS = 60;

/** Random lives of requests in rounds: concurrent lanes, then a check of everything while nothing runs. */
export class RandomLives {
  readonly #dice: Dice;
  readonly #lanes: readonly Lane[];
  readonly #lists: Lists;
  #known: ReadonlySet<string> = new Set();

  private constructor(
    readonly world: World,
    private readonly options: LivesOptions,
  ) {
    this.#dice = new Dice(options.seed);
    this.#lanes = Array.from({ length: LANES }, (_, at) => new Lane(world, at + 1, this.#dice.upTo(2 ** 31)));
    this.#lists = new Lists(world);
  }

  static async start(options: LivesOptions): Promise<RandomLives> {
    const stack = await LivesStack.start();
    return new RandomLives(await World.open(stack, new Chronicle(options.seed)), options);
  }

  get chronicle(): Chronicle {
    return this.world.chronicle;
  }

  async run(): Promise<void> {
    const rounds = Math.max(1, Math.ceil(this.options.steps / (LANES * STEPS_OF_A_ROUND)));
    this.#known = new Set(await this.#allIds());
    for (let round = 0; round < rounds && this.chronicle.violations.length < MOST_VIOLATIONS; round += 1) {
      if (this.#dice.chance(70)) await this.#turnService(`round ${round + 1} begins`);
      const kills =
        Math.floor(((round + 1) * this.options.kills) / rounds) - Math.floor((round * this.options.kills) / rounds);
      const killer = this.#dice.upTo(LANES);
      const killed = this.#dice.some([...Array(STEPS_OF_A_ROUND).keys()].slice(2), kills);
      await Promise.all(this.#lanes.map((lane, at) => lane.run(STEPS_OF_A_ROUND, at === killer ? killed : [])));
      await this.#lookAtAll(`round ${round + 1}`);
    }
    for (const life of this.#lanes.flatMap(({ left }) => left)) await verifyUnchanged(this.world, 'the end', life);
  }

  async stop(): Promise<void> {
    await this.world.stack.stop();
  }

  /**
   * Suspends or resumes a service. Prefers the only remaining candidate of a request that the borrower may forward. The
   * change must be visible at once.
   */
  async #turnService(step: string): Promise<void> {
    const asked = this.#lanes.flatMap(({ lives }) => lives.filter(({ model }) => model.state === '照会'));
    const remaining = asked.map(({ lenders, model }) => lenders.slice(model.active + 1));
    const last = remaining.filter(({ length }) => length === 1).flat();
    await this.world.turnService(this.#dice, last);
    for (const life of asked) await checkViews(this.world, step, life, 'now');
  }

  async #lookAtAll(step: string): Promise<void> {
    await this.world.stack.up();
    await Promise.all(this.#lanes.map((lane) => lane.lookAtAll()));
    const lives = this.#lanes.flatMap((lane) => [...lane.lives, ...lane.left]);
    await this.#lookForStrangers(step, lives);
    await this.#lists.check(step, this.#dice, lives);
  }

  /** Looks for requests that nobody made, including a second one for the same order. */
  async #lookForStrangers(step: string, lives: readonly Life[]): Promise<void> {
    const ours = new Set(lives.map(({ id }) => id));
    for (const id of await this.#allIds()) {
      if (this.#known.has(id) || ours.has(id) || this.chronicle.isNamed(id)) continue;
      this.chronicle.violation(step, id, 'a request that nobody has made', id, 'none');
      this.chronicle.name(id, '(nobody made it)');
    }
  }

  async #allIds(): Promise<readonly string[]> {
    const response = await fetch(`${this.world.backDoor.url}/_sim/records`);
    return ((await response.json()) as readonly WireRecord[]).map(idIn);
  }
}
