import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { BROWSER_ARGS } from '../../tools/browser';
import { inRoot } from '../../tools/repository';

/** Folder for screenshots of failed scenarios, ignored by git. */
const FAILURES = inRoot('e2e/failures');
/** Timeout for an element to appear, in milliseconds. */
const PATIENCE = 15_000;

export interface BrowserOptions {
  readonly width?: number;
  readonly height?: number;
}

/** Started with the first window and shared by all later ones, because starting takes longer than many scenarios. */
let running: Promise<Browser> | undefined;

/** A browser window with a fresh profile that records all errors in its console. */
export class TestBrowser {
  readonly #complaints: string[] = [];
  readonly #expected: RegExp[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    context.on('page', (opened) => this.#watch(opened));
    this.#watch(page);
  }

  /** Opens a window of the browser that `tools/e2e.ts` names in CHROME_BIN, by default as on a laptop. */
  static async open({ width = 1366, height = 700 }: BrowserOptions = {}): Promise<TestBrowser> {
    const executablePath = process.env['CHROME_BIN'];
    if (executablePath === undefined) throw new Error('CHROME_BIN is not set; run the tests with npm run e2e');
    running ??= launched(executablePath).catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    const context = await (
      await running
    ).newContext({
      viewport: { width, height },
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
    });
    context.setDefaultTimeout(PATIENCE);
    return new TestBrowser(context, await context.newPage());
  }

  /** Ignores matching complaints, for example the browser's own message about a 503 that the scenario causes. */
  expectComplaint(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** Console errors, uncaught errors and failed loads that no scenario expected. */
  get complaints(): readonly string[] {
    return this.#complaints.filter((complaint) => !this.#expected.some((pattern) => pattern.test(complaint)));
  }

  async screenshot(title: string): Promise<string> {
    await mkdir(FAILURES, { recursive: true });
    const path = join(FAILURES, `${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`);
    await this.page.screenshot({ path, timeout: 10_000 });
    return path;
  }

  /** Closes the browser with all windows. */
  static async quit(): Promise<void> {
    await (await running)?.close();
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  #watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.#complaints.push(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // Leaving a page aborts its pending loads.
      if (reason !== 'net::ERR_ABORTED')
        this.#complaints.push(`failed: ${request.method()} ${request.url()} ${reason}`);
    });
  }
}

async function launched(executablePath: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, headless: true, args: [...BROWSER_ARGS] });
  // The browser may also have crashed: the next window starts a new one.
  browser.on('disconnected', () => (running = undefined));
  return browser;
}
