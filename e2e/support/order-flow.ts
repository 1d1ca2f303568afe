import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** The order flow in the app's frame, as a Japanese librarian sees it. */
export class OrderFlow {
  readonly #app;

  constructor(readonly alma: AlmaPage) {
    this.#app = alma.app;
  }

  /** The NACSIS-CAT record that was found by itself or chosen. */
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

  /** Not while an order is on its way. */
  get enabledOrderButton(): Locator {
    return this.#app.locator('[data-testid=order]:enabled');
  }

  /** In the dialog that shows what will be sent. */
  get confirmButton(): Locator {
    return this.#app.getByTestId('confirm');
  }

  get askAgainButton(): Locator {
    return this.#app.getByRole('button', { name: '結果を確かめる' });
  }

  get done(): Locator {
    return this.#app.getByTestId('order-done');
  }

  /** What the app says when something is wrong. */
  get alert(): Locator {
    return this.#app.getByRole('alert').last();
  }

  /** A warning on the form; the dialog shows them, too. */
  warning(name: 'open' | 'own' | 'patron'): Locator {
    return this.#app.locator('form.blocks').getByTestId(`warning-${name}`);
  }

  get draftState(): Locator {
    return this.#app.locator('.saved');
  }

  /** Order, and confirm what is shown. */
  async order(): Promise<void> {
    await this.orderButton.click();
    await this.confirmButton.click();
  }

  async setKind(kind: '複写' | '貸借'): Promise<void> {
    await this.#app.getByRole('radio', { name: kind, exact: true }).check();
  }

  /** Keeps the first `count` libraries of the proposal, which holds more of them. */
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

  /** All holdings, to choose from by hand. */
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

  /** Opens a folded group of fields. */
  async unfold(group: string): Promise<void> {
    await this.#app.locator('summary', { hasText: group }).click();
  }

  /** The id of the request, once NACSIS-ILL has it. */
  async orderedId(): Promise<string> {
    const id = await this.#app.getByTestId('request-id').textContent();
    return (id ?? '').trim();
  }
}
