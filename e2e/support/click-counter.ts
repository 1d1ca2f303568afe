import type { AlmaPage } from './alma-page';

/** Counts clicks, key presses and typed fields of the user, in Alma and in the app's frame. */
export class ClickCounter {
  clicks = 0;
  keys = 0;
  /** Text fields that the user changed. Each counts once. */
  fields = 0;

  /** Starts the counting. Must be called before the first page is opened. */
  static async install({ page }: AlmaPage): Promise<ClickCounter> {
    const counter = new ClickCounter();
    await page.exposeFunction('__userDid', (what: 'clicks' | 'keys' | 'fields') => {
      counter[what] += 1;
    });
    await page.addInitScript(() => {
      const { __userDid: told } = globalThis as unknown as { readonly __userDid: (what: string) => unknown };
      const options = { capture: true };
      const typedIn = new WeakSet<EventTarget>();
      // Counts presses, because a click on the label of a checkbox triggers a second click.
      addEventListener('pointerdown', ({ isTrusted }) => isTrusted && told('clicks'), options);
      addEventListener('keydown', ({ isTrusted }) => isTrusted && told('keys'), options);
      addEventListener(
        'input',
        ({ target }) => {
          if (target === null || typedIn.has(target)) return;
          if (target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type)) return;
          typedIn.add(target);
          // A choice from a list is a click.
          told(target instanceof HTMLSelectElement ? 'clicks' : 'fields');
        },
        options,
      );
    });
    return counter;
  }

  /** Counts from here on. */
  restart(): void {
    [this.clicks, this.keys, this.fields] = [0, 0, 0];
  }
}
