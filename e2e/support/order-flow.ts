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
    return this.#app.getByRole('list', { name: '依頼する順の候補館' }).getByRole('listitem');
  }

  get orderButton(): Locator {
    return this.#app.getByTestId('order');
  }

  /** Not while an order is on its way. */
  get enabledOrderButton(): Locator {
    return this.#app.locator('[data-testid=order]:enabled');
  }

  get askAgainButton(): Locator {
    return this.#app.getByRole('button', { name: '結果を確かめる' });
  }

  /** What the app says when something is wrong. */
  get alert(): Locator {
    return this.#app.getByRole('alert').last();
  }

  get draftState(): Locator {
    return this.#app.locator('.saved');
  }

  async setKind(kind: '複写' | '貸借'): Promise<void> {
    await this.#app.getByRole('radio', { name: kind }).check();
  }

  /** Puts the first `count` libraries that can be asked into the rota. */
  async pickLenders(count: number): Promise<void> {
    await this.holdings.first().waitFor();
    for (let picked = 0; picked < count; picked++) await this.holdings.getByRole('button', { name: /^追加/ }).first().click();
    await this.rota.nth(count - 1).waitFor();
  }

  field(label: string): Locator {
    return this.#app.getByLabel(label, { exact: false });
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
