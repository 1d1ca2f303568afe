import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

export type Side = 'borrower' | 'lender';

/** The panel of one request, in the app. */
export class RequestPanel {
  constructor(private readonly alma: AlmaPage) {}

  /** By its address, as a row of the work list opens it. */
  async open(side: Side, id: string): Promise<void> {
    await this.alma.goInApp(`/requests/${side}/${id}`);
    await this.#within('request-id').getByText(id).waitFor();
  }

  /** Waits until NACSIS-ILL's status is this one, in Japanese. */
  async isIn(state: string): Promise<void> {
    await this.#within('nacsis-state').getByText(state, { exact: true }).waitFor();
  }

  get primary(): Locator {
    return this.#within('action-primary');
  }

  /** The refusal with its reason and what is possible instead. */
  get notAllowed(): Locator {
    return this.#within('not-allowed');
  }

  /** What was done, with "undo" where it can be taken back. */
  get done(): Locator {
    return this.#within('action-done');
  }

  get undo(): Locator {
    return this.#within('action-undo');
  }

  /** Where a chain stopped. */
  get stopped(): Locator {
    return this.#within('action-stopped');
  }

  get form(): Locator {
    return this.alma.app.locator('app-action-form form');
  }

  /** Everything of NACSIS-ILL again. */
  async reload(): Promise<void> {
    await this.#within('reload').click();
  }

  /** Chooses an action, wherever its button stands. Its form may open. */
  async choose(action: string): Promise<void> {
    await this.alma.app.locator('app-action-bar button').first().waitFor();
    const button = this.alma.app.locator(`app-action-bar button[data-action="${action}"]`);
    if ((await button.count()) === 0) await this.#within('action-more').click();
    await button.first().click();
  }

  /** Chooses it and sends its form, with these values under their labels. */
  async perform(action: string, values: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.choose(action);
    await this.send(values);
  }

  /** Sends the form that is open. */
  async send(values: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.form.getByLabel(label).first().fill(value);
    await this.#within('action-submit').click();
  }

  /** The actions that are not allowed now, each with its reason. */
  async denied(): Promise<readonly string[]> {
    const all = this.alma.app.locator('app-more-actions .denied li');
    if ((await all.count()) === 0) {
      if ((await this.#within('action-denied').count()) === 0) await this.#within('action-more').click();
      await this.#within('action-denied').click();
    }
    await all.first().waitFor();
    return all.allInnerTexts();
  }

  #within(testId: string): Locator {
    return this.alma.app.getByTestId(testId);
  }
}
