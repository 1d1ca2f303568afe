import type { RequestView } from '#domain/api/requests';
import type { FixtureSide } from '../../../test/fixtures/transitions.fixture';

/** A library that uses the gateway, on one side of a request. */
export interface Seat {
  readonly institution: string;
  readonly library: string;
  readonly side: FixtureSide;
}
/** The data on a user's screen. */
export interface Held {
  readonly version: number;
  /** Number of history entries that the user has seen. */
  readonly known: number;
  readonly status: string;
}

export const SIDE_NAME = { B: 'borrower', L: 'lender' } as const;
/** Number of screens kept per request; the oldest is dropped first. */
const KEPT = 6;

/** The data that the gateway has shown to users, by request. */
export class Screens {
  readonly #held = new Map<string, readonly Held[]>();

  saw(seat: Seat, { id, version, history, externalStatus }: RequestView): void {
    const key = keyOf(seat, id);
    const held = { version, known: history.length, status: externalStatus };
    const others = (this.#held.get(key) ?? []).filter((each) => each.version !== version);
    this.#held.set(key, [...others, held].sort((one, other) => one.version - other.version).slice(-KEPT));
  }

  /** Oldest version first. */
  of(seat: Seat, id: string): readonly Held[] {
    return this.#held.get(keyOf(seat, id)) ?? [];
  }

  newest(seat: Seat, id: string): Held | undefined {
    return this.of(seat, id).at(-1);
  }
}

function keyOf({ institution, side }: Seat, id: string): string {
  return `${institution} ${side} ${id}`;
}
