import { Injectable, signal } from '@angular/core';
import type { ActionOffer } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import type { Side } from '../../domain/ill/kinds';

/**
 * Remembers the actions after which the user goes on with the usual next action at once. Keeps them until the app closes,
 * and does not store them as a setting. Other continuations are chosen anew each time.
 */
@Injectable({ providedIn: 'root' })
export class ChainMemoryService {
  private readonly on = signal<readonly string[]>([]);

  /** The action that follows this one at once; undefined when none is to follow. */
  nextOf(side: Side, offer: ActionOffer): Action | undefined {
    return this.on().includes(keyOf(side, offer)) ? usual(offer) : undefined;
  }

  /** Remembers whether the usual action follows. */
  set(side: Side, offer: ActionOffer, isOn: boolean): void {
    const key = keyOf(side, offer);
    this.on.update((keys) => [...keys.filter((each) => each !== key), ...(isOn ? [key] : [])]);
  }
}

/** The action that usually follows. */
export function usual({ then }: ActionOffer): Action | undefined {
  return then?.[0]?.action;
}

function keyOf(side: Side, offer: ActionOffer): string {
  return [side, offer.action, offer.to, usual(offer)].join(' ');
}
