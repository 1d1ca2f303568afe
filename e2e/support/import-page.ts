import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** A run takes some seconds, on a busy machine more. Milliseconds. */
const PATIENCE = 90_000;

/** The page of the import job and the report of a run, in the app's frame, as a Japanese librarian sees them. */
export class ImportPage {
  constructor(private readonly alma: AlmaPage) {}

  get #app() {
    return this.alma.app;
  }

  /** By the link of the start page. */
  async open(query: Readonly<Record<string, string>> = {}): Promise<this> {
    await this.alma.search('該当なし', query);
    await this.#app.getByRole('link', { name: '取込' }).first().click();
    await this.#app.locator('app-start-import').waitFor();
    return this;
  }

  get running(): Locator {
    return this.#app.getByTestId('running');
  }

  get lastRun(): Locator {
    return this.#app.getByTestId('last-run');
  }

  get startButton(): Locator {
    return this.#app.getByTestId('import-start');
  }

  /** Starts a run, and waits until it stands there as the last one. */
  async runNow(): Promise<void> {
    const started = this.alma.page.waitForResponse(
      (answer) => answer.url().endsWith('/imports') && answer.status() === 202,
    );
    await this.startButton.click();
    const { runId } = (await (await started).json()) as { readonly runId: string };
    await this.lastRun.locator(`a[href$="/imports/${runId}"]`).waitFor({ timeout: PATIENCE });
  }

  async openReport(): Promise<void> {
    await this.lastRun.getByRole('link', { name: '報告を見る' }).click();
    await this.#app.getByRole('heading', { name: '取込の報告' }).waitFor();
  }

  /** A number of the run, such as `records`, `borrowing-failed` or `created`. */
  async number(name: string): Promise<number> {
    return Number((await this.#app.locator(`[data-number="${name}"]`).first().innerText()).replace(/\D/g, ''));
  }

  failures(side: 'borrower' | 'lender'): Locator {
    return this.#app.getByTestId(`failures-${side}`).getByTestId('failure');
  }
}
