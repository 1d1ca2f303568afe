import { MAX_HISTORY } from '../../../test/model/ill-model';
import { born } from './birth';
import { Marks } from './content';
import { Dice } from './dice';
import type { Life } from './life';
import type { Scene } from './scene';
import { STEPS } from './steps';
import { verifyUnchanged } from './verify';
import { checkViews } from './views';
import type { World } from './world';

/** Number of requests that a lane works on at the same time. Few, so that much happens to each. */
const LIVES = 4;
/** Number of steps after which a request is abandoned. */
const LONGEST_LIFE = 40;
const FINAL = ['確認', '返却確認', 'CANCEL'];

/** A sequence of steps on its own requests. Several lanes run concurrently. */
export class Lane {
  readonly #dice: Dice;
  readonly #marks: Marks;
  #lives: Life[] = [];
  readonly #ages = new Map<string, number>();
  /** Abandoned requests. */
  readonly left: Life[] = [];
  #step = 0;

  constructor(
    private readonly world: World,
    private readonly number: number,
    seed: number,
  ) {
    this.#dice = new Dice(seed);
    this.#marks = new Marks(number);
  }

  get lives(): readonly Life[] {
    return this.#lives;
  }

  /** `kills`: indexes of the steps, counted from now, in which the gateway is killed. */
  async run(steps: number, kills: readonly number[]): Promise<void> {
    for (let at = 0; at < steps; at += 1) {
      this.#step += 1;
      this.world.chronicle.steps += 1;
      await this.#oneStep(`${this.number}.${this.#step}`, kills.includes(at));
    }
  }

  /** Checks all requests of the lane while nothing is running: each must be unchanged and shown correctly. */
  async lookAtAll(): Promise<void> {
    const step = `${this.number}.${this.#step}+`;
    const looked = this.#lives.map(async (life) => verifyUnchanged(this.world, step, life));
    this.#lives = await Promise.all(looked);
    for (const life of this.#lives) await checkViews(this.world, step, life, 'now');
  }

  async #oneStep(step: string, isKill: boolean): Promise<void> {
    this.#leaveTheOld();
    if (isKill && this.#lives.length === 0) return this.world.stack.killAndRestart();
    if (this.#lives.length < LIVES && !isKill) {
      const life = await born(this.world, this.#dice, this.#marks, step);
      if (life !== undefined) this.#lives.push(life);
      return;
    }
    const kind = isKill ? 'kill' : this.#dice.weighted(STEPS.map(({ weight, name }) => [weight, name] as const));
    const { run } = STEPS.find(({ name }) => name === kind) ?? STEPS[0];
    this.world.chronicle.count(`step: ${kind}`);
    const scene = {
      world: this.world,
      dice: this.#dice,
      marks: this.#marks,
      step,
      program: `lane ${this.number}`,
      lives: this.#lives,
    };
    const changed = await run(this.#chosen(scene));
    this.#lives = this.#lives.map((life) => changed.find(({ id }) => id === life.id) ?? life);
    for (const { id } of changed) this.#ages.set(id, (this.#ages.get(id) ?? 0) + 1);
  }

  /** The scene with one of the lane's requests. */
  #chosen(scene: Omit<Scene, 'life'>): Scene {
    const life = this.#dice.pick(this.#lives);
    if (life === undefined) throw new Error('the lane has no request');
    return { ...scene, life };
  }

  /** Abandons old requests, and finished ones by chance, so that a finished request is sometimes resumed before. */
  #leaveTheOld(): void {
    const isOld = ({ id, model }: Life): boolean => {
      if ((this.#ages.get(id) ?? 0) >= LONGEST_LIFE) return true;
      const hasEnded = FINAL.includes(model.state) || model.history.length >= MAX_HISTORY;
      return hasEnded && this.#dice.chance(15);
    };
    this.left.push(...this.#lives.filter(isOld));
    this.#lives = this.#lives.filter((life) => !this.left.includes(life));
  }
}
