import type { AlmaPage } from './alma-page';

/** Counts clicks and key presses of the user, in Alma and in the app's frame. */
export class ClickCounter {
  #clicks = 0;
  #keys = 0;

  /** Starts the counting. Must be called before the first page is opened. */
  static async install({ page }: AlmaPage): Promise<ClickCounter> {
    const counter = new ClickCounter();
    await page.exposeFunction('__userDid', (what: 'click' | 'key') => {
      counter.#count(what);
    });
    await page.addInitScript(() => {
      const { __userDid: told } = globalThis as unknown as { readonly __userDid: (what: 'click' | 'key') => unknown };
      const options = { capture: true };
      // Counts presses, because a click on the label of a checkbox triggers a second click.
      addEventListener('pointerdown', ({ isTrusted }) => isTrusted && told('click'), options);
      addEventListener('keydown', ({ isTrusted }) => isTrusted && told('key'), options);
    });
    return counter;
  }

  get clicks(): number {
    return this.#clicks;
  }

  get keys(): number {
    return this.#keys;
  }

  #count(what: 'click' | 'key'): void {
    if (what === 'click') this.#clicks += 1;
    else this.#keys += 1;
  }
}
