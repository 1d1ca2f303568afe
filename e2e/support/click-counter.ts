import type { AlmaPage } from './alma-page';

/** What a user does with mouse and keyboard, in Alma and in the app's frame alike. */
export class ClickCounter {
  #clicks = 0;
  #keys = 0;

  /** Must come before the first page is opened. */
  static async install({ page }: AlmaPage): Promise<ClickCounter> {
    const counter = new ClickCounter();
    await page.exposeFunction('__userDid', (what: 'click' | 'key') => {
      counter.#count(what);
    });
    await page.addInitScript(() => {
      const { __userDid: told } = globalThis as unknown as { readonly __userDid: (what: 'click' | 'key') => unknown };
      const options = { capture: true };
      // A press, not a click: the label of a box makes a second click of its own.
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
