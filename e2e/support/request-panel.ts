import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';
import { expectNewErrorInView } from './viewport';

export type Side = 'borrower' | 'lender';

/** The panel of one request in the app. */
export class RequestPanel {
  constructor(private readonly alma: AlmaPage) {}

  /** Opens the panel by its address, like a row of the work list. */
  async open(side: Side, id: string): Promise<void> {
    await this.alma.goInApp(`/requests/${side}/${id}`);
    await this.#within('request-id').getByText(id).waitFor();
  }

  /** Waits until the NACSIS-ILL status is this one, in Japanese. */
  async isIn(state: string): Promise<void> {
    await this.#within('nacsis-state').getByText(state, { exact: true }).waitFor();
  }

  get primary(): Locator {
    return this.#within('action-primary');
  }

  /** The refusal with its reason and the possible alternatives. */
  get notAllowed(): Locator {
    return this.#within('not-allowed');
  }

  /** Waits until the refusal says this, and expects it in view. */
  async expectRefusal(said: string | RegExp): Promise<void> {
    await expectNewErrorInView(this.notAllowed.getByText(said));
  }

  /** Waits until an error of the panel says this, and expects it in view. */
  async expectError(said: string | RegExp): Promise<void> {
    await expectNewErrorInView(this.alma.app.locator('app-request-panel').getByRole('alert').getByText(said));
  }

  /** The confirmation of the action, with "undo" if it can be undone. */
  get done(): Locator {
    return this.#within('action-done');
  }

  get undo(): Locator {
    return this.#within('action-undo');
  }

  get form(): Locator {
    return this.alma.app.locator('app-action-form form');
  }

  /** Reloads all data from NACSIS-ILL. */
  async reload(): Promise<void> {
    await this.#within('reload').click();
  }

  /** Chooses an action, wherever its button is. A form may open. */
  async choose(action: string): Promise<void> {
    await this.alma.app.locator('app-action-bar button[data-action]').first().waitFor();
    const button = this.alma.app.locator(`app-action-bar button[data-action="${action}"]`);
    if ((await button.count()) === 0) await this.#within('action-more').click();
    await button.first().click();
  }

  /** Chooses the action and sends its form with these values by label. */
  async perform(action: string, values: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.choose(action);
    await this.send(values);
  }

  /** Sends the open form. */
  async send(values: Readonly<Record<string, string>> = {}): Promise<void> {
    const fields = this.form.locator('input:not([type=radio], [type=checkbox]), textarea');
    for (const [label, value] of Object.entries(values))
      await fields.and(this.form.getByLabel(label)).first().fill(value);
    await this.#within('action-submit').click();
  }

  /** The actions that are not allowed now, each with its reason. */
  async denied(): Promise<readonly string[]> {
    const all = this.alma.app.locator('app-more-actions .denied li');
    if ((await all.count()) === 0) {
      await this.#within('action-denied').or(this.#within('action-more')).first().waitFor();
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
