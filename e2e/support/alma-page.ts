import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

/**
 * How the host answers the app: the value of `window.__hostSetup` of the Alma simulator. Keys are message names such as
 * `CALL_REST_API`.
 */
interface HostSetup {
  /** Delay of the answer in milliseconds. */
  readonly delays?: Readonly<Record<string, number>>;
  /** Messages that are never answered. */
  readonly silent?: Readonly<Record<string, boolean>>;
  /** Messages that are answered twice. */
  readonly twice?: Readonly<Record<string, boolean>>;
  readonly errors?: Readonly<Record<string, unknown>>;
}

interface AlmaRequest {
  readonly request: {
    readonly request_id: string;
    readonly external_id: string;
    readonly status: { readonly value: string };
    readonly note?: string;
    readonly shipping_cost?: { readonly sum: number };
  };
}
interface AlmaRequests {
  readonly borrowing: readonly AlmaRequest[];
  readonly lending: readonly AlmaRequest[];
}

/** The page of the simulated Alma that contains the app. */
export class AlmaPage {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  /** The app inside its sandboxed frame. */
  get app(): FrameLocator {
    return this.page.frameLocator('#cloudapp');
  }

  /** Sets how the host answers the app. Must be called before the first page is opened. */
  async setUpHost(setup: HostSetup): Promise<void> {
    await this.page.addInitScript((given) => {
      Object.assign(globalThis, { __hostSetup: given });
    }, setup);
  }

  /** Opens search results; full page load. */
  async search(words: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`${this.url}/search?${new URLSearchParams({ q: words, ...query }).toString()}`);
  }

  /** Opens the record with this title from the results, inside Alma, without reloading the app. */
  async openRecord(title: string): Promise<void> {
    await this.page.locator('main .results').getByRole('link', { name: title }).first().click();
    await this.page.locator('main .marc').waitFor();
  }

  /** Opens the first record of the results. Also works for a record whose MARC cannot be shown. */
  async openFirstResult(): Promise<void> {
    const results = this.page.locator('main .results');
    await results.getByRole('link').first().click();
    await results.waitFor({ state: 'detached' });
  }

  /** Returns from a record to its results. */
  async backToResults(): Promise<void> {
    await this.page.getByRole('link', { name: '一覧へ戻る' }).click();
    await this.page.locator('main .results').waitFor();
  }

  /** Ends the silence for this message that `setUpHost` started. */
  async answerAgain(message: string): Promise<void> {
    await this.page.evaluate((name) => {
      const { __host: host } = globalThis as unknown as {
        readonly __host: { readonly silent: Record<string, boolean> };
      };
      host.silent[name] = false;
    }, message);
  }

  /**
   * Opens the first borrowing request of the seed, the one with this Alma id, or the one for this NACSIS-ILL id (LA…);
   * full page load.
   */
  async openBorrowingRequest(id = '35000000010104146'): Promise<void> {
    await this.page.goto(`${this.url}/borrowing-requests/${await this.#requestId('borrowing', id)}`);
  }

  /**
   * Opens the lending request for this NACSIS-ILL id (LA…) or with this Alma id; by default the seeded copy in 未処理.
   * Full page load.
   */
  async openLendingRequest(id = 'LA9000000013'): Promise<void> {
    await this.page.goto(`${this.url}/lending-requests/${await this.#requestId('lending', id)}`);
  }

  /** Opens a page of the borrowing requests: 20 per page, newest first; full page load. */
  async openBorrowingList(page = 1): Promise<void> {
    await this.page.goto(`${this.url}/borrowing-requests?page=${String(page)}`);
  }

  async openLendingList(page = 1): Promise<void> {
    await this.page.goto(`${this.url}/lending-requests?page=${String(page)}`);
  }

  /** All requests of both institutions in the simulated Alma. */
  async requests(): Promise<AlmaRequests> {
    return (await (await fetch(`${this.url}/_sim/requests`)).json()) as AlmaRequests;
  }

  /**
   * Adds a request to Alma, as an import or staff would, and returns its id. Without `user` a borrowing request has no
   * requester. `external_id` stands for an id that staff typed in.
   */
  async addRequest(request: {
    readonly side: 'borrowing' | 'lending';
    readonly external_id?: string;
    readonly user?: string;
    readonly title?: string;
    readonly status?: string;
    readonly note?: string;
  }): Promise<string> {
    const response = await fetch(`${this.url}/_sim/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: '見本', ...request }),
    });
    if (!response.ok) throw new Error(`Alma takes no such request: ${await response.text()}`);
    return ((await response.json()) as { readonly request_id: string }).request_id;
  }

  /** Opens a page of the app by the link in the menu of the start page. */
  async goByMenu(name: string): Promise<void> {
    await this.app.locator('nav.tools summary').click();
    await this.app.locator('nav.tools').getByRole('link', { name }).click();
  }

  /** The lines of the Alma page's records on the start page, all of them. */
  async records(): Promise<Locator> {
    const records = this.app.locator('.record');
    const more = this.app.locator('[data-testid=more-records][aria-expanded=false]');
    await records.first().waitFor();
    if ((await more.count()) > 0) await more.click();
    return records;
  }

  /** Switches the app to full screen. */
  async goFullScreen(): Promise<void> {
    await this.page.getByRole('button', { name: /全画面表示|full screen/i }).click();
  }

  /** Turns full screen on or off without moving the focus, and waits until the app's frame has its new size. */
  async toggleFullScreen(): Promise<void> {
    const frame = await this.frame();
    const before = await frame.evaluate(() => innerWidth);
    await this.page.locator('#widen').dispatchEvent('click');
    await frame.waitForFunction((width) => innerWidth !== width, before);
  }

  /** Opens a page of the app by its hash route without reloading the app. */
  async goInApp(route: string): Promise<void> {
    await (
      await this.frame()
    ).evaluate((hash) => {
      location.hash = hash;
    }, route);
  }

  /** The app's frame, for access to its document. */
  async frame(): Promise<Frame> {
    const element = await this.page.locator('#cloudapp').elementHandle();
    const frame = await element.contentFrame();
    if (frame === null) throw new Error('the app has no frame');
    return frame;
  }

  /** Alma's id of a NACSIS-ILL request, found by external id or note. Returns any other id unchanged. */
  async #requestId(side: keyof AlmaRequests, id: string): Promise<string> {
    if (!id.startsWith('LA')) return id;
    const found = (await this.requests())[side].find(
      ({ request }) => request.external_id === id || request.note?.includes(id) === true,
    );
    if (found === undefined) throw new Error(`Alma has no ${side} request of ${id}`);
    return found.request.request_id;
  }
}
