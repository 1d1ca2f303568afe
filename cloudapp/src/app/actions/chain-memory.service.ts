import { Injectable, signal } from '@angular/core';
import type { ActionOffer } from '../../domain/api/requests';
import type { Side } from '../../domain/ill/kinds';

/**
 * Remembers the actions after which the user continues with the next action at once. Keeps them until the app closes,
 * and does not store them as a setting.
 */
@Injectable({ providedIn: 'root' })
export class ChainMemoryService {
  private readonly on = signal<readonly string[]>([]);

  isOn(side: Side, offer: ActionOffer): boolean {
    return offer.then !== undefined && this.on().includes(keyOf(side, offer));
  }

  set(side: Side, offer: ActionOffer, isOn: boolean): void {
    const key = keyOf(side, offer);
    this.on.update((keys) => [...keys.filter((each) => each !== key), ...(isOn ? [key] : [])]);
  }
}

function keyOf(side: Side, { action, to, then }: ActionOffer): string {
  return [side, action, to, then?.action].join(' ');
}
