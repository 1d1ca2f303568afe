import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';
import { expectNewErrorInView } from './viewport';

/** The order flow in the app's frame, in Japanese. */
export class OrderFlow {
  readonly #app;

  constructor(readonly alma: AlmaPage) {
    this.#app = alma.app;
  }

  /** The NACSIS-CAT record that was found automatically or chosen. */
  get foundRecord(): Locator {
    return this.#app.locator('app-resource-block app-catalog-record').first();
  }

  get holdings(): Locator {
    return this.#app.locator('app-holding-row');
  }

  get rota(): Locator {
    return this.#app.locator('app-rota-list li');
  }

  get orderButton(): Locator {
    return this.#app.getByTestId('order');
  }

  /** The order button while it is enabled. It is not enabled while an order is in progress. */
  get enabledOrderButton(): Locator {
    return this.#app.locator('[data-testid=order]:enabled');
  }

  /** The button in the dialog that shows the data to send. */
  get confirmButton(): Locator {
    return this.#app.getByTestId('confirm');
  }

  get askAgainButton(): Locator {
    return this.#app.getByRole('button', { name: '結果を確かめる' });
  }

  /** Shown while the app itself asks for the outcome of the order. */
  get asking(): Locator {
    return this.#app.getByTestId('asking');
  }

  get done(): Locator {
    return this.#app.getByTestId('order-done');
  }

  /** The bar with the order button. */
  get bar(): Locator {
    return this.#app.getByTestId('order-bar');
  }

  /** The dialog that shows the data to send, while it is open. */
  get dialog(): Locator {
    return this.#app.locator('app-confirm-order dialog[open]');
  }

  /** The app's error message: the one in the open dialog, which the bar behind it repeats, or the last of the page. */
  get alert(): Locator {
    return this.#app.locator('dialog[open] [role=alert], body:not(:has(dialog[open])) [role=alert]').last();
  }

  /** Waits until the app's error message says this, and expects it in view. */
  async expectError(said: string | RegExp, timeout?: number): Promise<void> {
    await expectNewErrorInView(this.alert.getByText(said), timeout);
  }

  /** A warning on the form. The dialog also shows it. */
  warning(name: 'open' | 'own' | 'patron'): Locator {
    return this.#app.locator('.blocks').getByTestId(`warning-${name}`);
  }

  get draftState(): Locator {
    return this.#app.locator('.saved');
  }

  /** Orders and confirms the dialog, which is still open after a refusal. */
  async order(): Promise<void> {
    if (!(await this.confirmButton.isVisible())) await this.orderButton.click();
    await this.confirmButton.click();
  }

  async setKind(kind: '複写' | '貸借'): Promise<void> {
    await this.#app.getByRole('radio', { name: kind, exact: true }).check();
  }

  /** Removes libraries from the proposal until only the first `count` are left. */
  async keepLenders(count: number): Promise<void> {
    await this.rota.nth(count - 1).waitFor();
    for (let left = (await this.rota.count()) - 1; left >= count; left--) {
      await this.rota
        .nth(left)
        .getByRole('button', { name: /を外す$/ })
        .click();
      await this.rota.nth(left).waitFor({ state: 'detached' });
    }
  }

  /** Shows all holdings for manual choice. */
  async showHoldings(): Promise<void> {
    await this.#app.locator('app-holdings-panel summary').first().click();
    await this.holdings.first().waitFor();
  }

  field(label: string): Locator {
    return this.#app.locator('app-form-block').getByLabel(label, { exact: false });
  }

  async type(label: string, value: string): Promise<void> {
    await this.field(label).first().fill(value);
  }

  /** Searches the members by name or FA number. */
  async findLender(words: string): Promise<void> {
    const search = this.#app.locator('app-member-search');
    if (!(await search.locator('#member-words').isVisible()))
      await this.#app.locator('app-lenders-block details > summary').click();
    await search.locator('#member-words').fill(words);
    await search.locator('[type=submit]').click();
  }

  /** Opens a collapsed group of fields. */
  async unfold(group: string): Promise<void> {
    await this.#app.locator('summary', { hasText: group }).click();
  }

  /** Waits until NACSIS-ILL has the request, and returns its id. */
  async orderedId(): Promise<string> {
    const id = await this.#app.getByTestId('request-id').textContent();
    return (id ?? '').trim();
  }
}
