import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** Time limit of a run in milliseconds. A run takes some seconds, more on a busy machine. */
const PATIENCE = 90_000;

/** The import page and the report of a run in the app's frame, in Japanese. */
export class ImportPage {
  constructor(private readonly alma: AlmaPage) {}

  get #app() {
    return this.alma.app;
  }

  /** Opens the page by the link of the start page. */
  async open(query: Readonly<Record<string, string>> = {}): Promise<this> {
    await this.alma.search('該当なし', query);
    await this.alma.goByMenu('取込');
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

  /** Starts a run and waits until it is shown as the last one. */
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

  /** A number of the run, for example `records`, `borrowing-failed` or `created`. */
  async number(name: string): Promise<number> {
    return Number((await this.#app.locator(`[data-number="${name}"]`).first().innerText()).replace(/\D/g, ''));
  }

  failures(side: 'borrower' | 'lender'): Locator {
    return this.#app.getByTestId(`failures-${side}`).getByTestId('failure');
  }
}
