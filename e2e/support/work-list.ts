import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** The work list in the app's frame, as a Japanese librarian sees it. */
export class WorkList {
  readonly #app;

  constructor(readonly alma: AlmaPage) {
    this.#app = alma.app;
  }

  /** On a page of Alma without a record, in the sidebar or at full screen; NACSIS-ILL has been asked. */
  async open({ isFull = false, lang = 'ja' } = {}): Promise<this> {
    await this.alma.search('該当なし', { lang });
    if (isFull) await this.alma.goFullScreen();
    await this.refresh();
    await this.unfold();
    return this;
  }

  /** In the sidebar the statuses that do not wait for this library are folded away. */
  async unfold(): Promise<void> {
    const folded = this.#app.locator('[data-testid=more-statuses][aria-expanded=false]');
    if ((await folded.count()) > 0) await folded.click();
  }

  /** Asks NACSIS-ILL, and waits until the list shows what came of it. */
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

  /** Nothing of the list is on its way. */
  async settled(): Promise<void> {
    await this.#app.locator('app-work-list .list[aria-busy=false]').waitFor();
  }

  get rows(): Locator {
    return this.#app.locator('[data-row]');
  }

  row(id: string): Locator {
    return this.rows.filter({ has: this.#app.getByRole('link', { name: id, exact: true }) });
  }

  /** 依頼 or 受付, with the number that waits for us. */
  tab(side: '依頼' | '受付'): Locator {
    return this.#app.getByRole('tab', { name: side });
  }

  /** The chip of an External System Status. */
  status(name: string): Locator {
    return this.#app.locator(`app-status-chips [data-status="${name}"]`);
  }

  /** What NACSIS-ILL or the list counts for the status. */
  async countOf(name: string): Promise<number> {
    return Number(await this.status(name).locator('strong').textContent());
  }

  get search(): Locator {
    return this.#app.getByRole('searchbox');
  }

  /** One of the selects. */
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

  /** Beside the list, at full screen. */
  get panel(): Locator {
    return this.#app.locator('app-work-list aside');
  }

  get alert(): Locator {
    return this.#app.locator('app-work-list').getByRole('alert');
  }

  /** Page x of y. */
  page(x: number, y: number): Locator {
    return this.#app.getByText(`${String(x)} / ${String(y)} ページ`);
  }
}
