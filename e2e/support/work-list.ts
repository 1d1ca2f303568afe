import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** The work list in the app's frame, in Japanese. */
export class WorkList {
  readonly #app;

  constructor(readonly alma: AlmaPage) {
    this.#app = alma.app;
  }

  /**
   * Opens the list on a page of Alma without a record, in the sidebar or in full screen, after a refresh from
   * NACSIS-ILL.
   */
  async open({ isFull = false, lang = 'ja' } = {}): Promise<this> {
    await this.alma.search('該当なし', { lang });
    if (isFull) await this.alma.goFullScreen();
    await this.refresh();
    await this.unfold();
    return this;
  }

  /** Unfolds the filters. */
  async unfold(): Promise<void> {
    if ((await this.fold.getAttribute('aria-expanded')) === 'false') await this.fold.click();
  }

  /** The button of the filters, which shows what is filtered. */
  get fold(): Locator {
    return this.#app.getByTestId('fold-filters');
  }

  /** Refreshes from NACSIS-ILL and waits until the list shows the result. */
  async refresh(): Promise<void> {
    await this.settled();
    let isRead = false;
    const listed = this.alma.page.waitForResponse((answer) => {
      isRead ||= answer.url().includes('/requests/refresh');
      return isRead && answer.url().includes('/requests?');
    });
    await this.#app.locator('[data-testid=refresh][aria-disabled=false]').click();
    await listed;
    await this.settled();
  }

  /** Waits until the list is not loading. */
  async settled(): Promise<void> {
    await this.#app.locator('app-work-list .list[aria-busy=false]').waitFor();
  }

  get rows(): Locator {
    return this.#app.locator('[data-row]');
  }

  /** The checkbox that selects every row of the page. */
  get all(): Locator {
    return this.#app.locator('app-work-list').getByRole('checkbox', { name: 'すべて選択' });
  }

  row(id: string): Locator {
    return this.rows.filter({ has: this.#app.getByRole('link', { name: id, exact: true }) });
  }

  /** The link to the panel of this request. */
  link(id: string): Locator {
    return this.row(id).locator('a.open');
  }

  /** The tab 依頼 or 受付, with the number of requests that wait for us. */
  tab(side: '依頼' | '受付'): Locator {
    return this.#app.getByRole('tab', { name: side });
  }

  /** The chip of an External System Status. */
  status(name: string): Locator {
    return this.#app.locator(`app-status-chips [data-status="${name}"]`);
  }

  /** The number for the status. */
  async countOf(name: string): Promise<number> {
    return Number(await this.status(name).locator('strong').textContent());
  }

  get search(): Locator {
    return this.#app.getByRole('searchbox');
  }

  /** Returns the select box with this label. */
  filter(label: string): Locator {
    return this.#app
      .locator('app-list-filters label')
      .filter({ hasText: new RegExp(`^\\s*${label}`) })
      .locator('select');
  }

  get onlyNew(): Locator {
    return this.#app.getByTestId('only-new');
  }

  button(name: string): Locator {
    return this.#app.locator('app-work-list').getByRole('button', { name });
  }

  /** The panel beside the list in full screen. */
  get panel(): Locator {
    return this.#app.locator('app-work-list aside');
  }

  get alert(): Locator {
    return this.#app.locator('app-work-list').getByRole('alert');
  }

  /** The text "page x of y". */
  page(x: number, y: number): Locator {
    return this.#app.getByText(`${String(x)} / ${String(y)} ページ`);
  }
}
