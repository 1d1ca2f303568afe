import type { Frame, FrameLocator, Page } from 'playwright-core';

/** How the host answers the app: what `window.__hostSetup` of the Alma simulator takes. Keys are message names such as `CALL_REST_API`. */
export interface HostSetup {
  /** Milliseconds before the answer. */
  readonly delays?: Readonly<Record<string, number>>;
  /** Never answered. */
  readonly silent?: Readonly<Record<string, boolean>>;
  /** Answered a second time. */
  readonly twice?: Readonly<Record<string, boolean>>;
  readonly errors?: Readonly<Record<string, unknown>>;
}

/** The simulated Alma around the app. */
export class AlmaPage {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  /** The app inside its sandboxed frame. */
  get app(): FrameLocator {
    return this.page.frameLocator('#cloudapp');
  }

  /** Must come before the first page is opened. */
  async setUpHost(setup: HostSetup): Promise<void> {
    await this.page.addInitScript((given) => {
      Object.assign(globalThis, { __hostSetup: given });
    }, setup);
  }

  /** Search results; a full load. */
  async search(words: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`${this.url}/search?${new URLSearchParams({ q: words, ...query }).toString()}`);
  }

  /** The record with this title among the results, inside Alma, without reloading the app. */
  async openRecord(title: string): Promise<void> {
    await this.page.locator('main .results').getByRole('link', { name: title }).first().click();
    await this.page.locator('main .marc').waitFor();
  }

  /** Also a record whose MARC cannot be shown. */
  async openFirstResult(): Promise<void> {
    const results = this.page.locator('main .results');
    await results.getByRole('link').first().click();
    await results.waitFor({ state: 'detached' });
  }

  /** From a record to the results that it was opened from. */
  async backToResults(): Promise<void> {
    await this.page.getByRole('link', { name: '一覧へ戻る' }).click();
    await this.page.locator('main .results').waitFor();
  }

  /** Ends the silence that `setUpHost` began. */
  async answerAgain(message: string): Promise<void> {
    await this.page.evaluate((name) => {
      const { __host: host } = globalThis as unknown as {
        readonly __host: { readonly silent: Record<string, boolean> };
      };
      host.silent[name] = false;
    }, message);
  }

  /** The first borrowing request of the seed, or the one with this number; a full load. */
  async openBorrowingRequest(requestId = '35000000010104146'): Promise<void> {
    await this.page.goto(`${this.url}/borrowing-requests/${requestId}`);
  }

  /** Gives the app the full screen. */
  async goFullScreen(): Promise<void> {
    await this.page.getByRole('button', { name: /全画面表示|full screen/i }).click();
  }

  /** To a page of the app by its hash route, without reloading the app. */
  async goInApp(route: string): Promise<void> {
    await (
      await this.frame()
    ).evaluate((hash) => {
      location.hash = hash;
    }, route);
  }

  /** The app's frame itself, for looking into its document. */
  async frame(): Promise<Frame> {
    const element = await this.page.locator('#cloudapp').elementHandle();
    const frame = await element.contentFrame();
    if (frame === null) throw new Error('the app has no frame');
    return frame;
  }

  /** A record by its number; a full load. */
  async openBib(mmsId: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`${this.url}/bibs/${mmsId}?${new URLSearchParams(query).toString()}`);
  }
}
