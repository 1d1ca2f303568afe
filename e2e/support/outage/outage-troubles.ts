import { setTimeout as pause } from 'node:timers/promises';
import { refresh } from '../bridge-stack';
import type { Dice } from '../lives/dice';
import type { OutageStack, Part } from './outage-stack';

/** Steps of all requests between two outages. */
const BETWEEN_OUTAGES = 160;
/** Steps between two faults of messages or of NACSIS-ILL. */
const BETWEEN_FAULTS = 12;
/** Longest time that a part is down, in milliseconds, beside its start. */
const DOWN_MS = 2_500;
const POLL_MS = 100;
/** Time between two readings of NACSIS-ILL, in milliseconds. */
const READING_MS = 1_000;

const OUTAGES: readonly (readonly [number, Part])[] = [
  [3, 'gateway'],
  [2, 'nacsis'],
  [2, 'alma'],
];
const SENT = ['lost-before', 'lost-after', 'doubled', 'reordered', 'delay'] as const;
const RECEIVED = ['drop-before', 'drop-after', 'status', 'delay'] as const;

/** Outages and faults at random, as often as the work on the requests allows. */
export class OutageTroubles {
  #faultsAt = 0;
  #outageAt = BETWEEN_OUTAGES / 2;
  #readAt = 0;
  #next = 0;

  constructor(
    private readonly stack: OutageStack,
    private readonly dice: Dice,
    /** Steps that were taken so far. */
    private readonly moves: () => number,
  ) {}

  /** Makes trouble until the work has ended. */
  async until(work: Promise<unknown>): Promise<void> {
    const state = { isOver: false };
    const ended = work.finally(() => (state.isOver = true));
    // Awaited below; a failure must not end the process before.
    ended.catch(() => undefined);
    while (!state.isOver) {
      await this.#fault();
      await this.#outage();
      await this.#read();
      await pause(POLL_MS);
    }
    await ended;
    await this.stack.up();
  }

  async #outage(): Promise<void> {
    if (this.moves() < this.#outageAt) return;
    this.#outageAt = this.moves() + BETWEEN_OUTAGES;
    // Each part goes down once before chance decides.
    const first = OUTAGES[this.#next]?.[1];
    this.#next += 1;
    await this.stack.takeDown(first ?? this.dice.weighted(OUTAGES), this.dice.upTo(DOWN_MS));
  }

  async #fault(): Promise<void> {
    if (this.moves() < this.#faultsAt) return;
    this.#faultsAt = this.moves() + BETWEEN_FAULTS;
    const { alma, nacsis } = this.stack;
    const ms = this.dice.upTo(1_500);
    try {
      if (this.dice.chance(25)) {
        const cut = this.dice.pick(['drop-before', 'drop-after'] as const) ?? 'drop-before';
        await nacsis.addFault({ match: { method: 'SERVERPROCEDURECALL' }, do: cut, times: 1 });
      } else if (this.dice.chance(60)) {
        await alma.addMessageFault({ direction: 'sent', do: this.dice.pick(SENT) ?? 'doubled', times: 1, ms });
      } else {
        await alma.addMessageFault({ direction: 'received', do: this.dice.pick(RECEIVED) ?? 'status', times: 1, ms });
      }
      const timestamp = this.dice.chance(50) ? 'same' : 'new';
      await alma.changeSettings({
        isoRepeats: this.dice.upTo(3),
        isoRepeatTimestamp: timestamp,
        isoRepeatPauseMs: 100,
      });
    } catch {
      // The part is down.
    }
  }

  async #read(): Promise<void> {
    if (performance.now() - this.#readAt < READING_MS) return;
    this.#readAt = performance.now();
    await refresh(this.stack.librarian);
  }
}
