import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';
import type { AlmaInput, AlmaSide } from './alma-sim';

/** Pause before the page is loaded again, in milliseconds. */
const POLL_MS = 500;

/** Labels of the inputs of an action, in Japanese. */
const FIELD_LABELS = {
  note: 'メッセージ',
  reason: '謝絶の理由',
  dueDate: '返却期限',
  cost: '送料（円）',
  answer: '回答',
  barcodes: 'バーコード（複数はカンマ区切り）',
} as const satisfies Readonly<Record<keyof AlmaInput, string>>;

/** Labels of the buttons of Alma's request pages, in Japanese. */
export type AlmaButtonLabel =
  | '送信'
  | '受領'
  | '利用者に貸出'
  | '更新'
  | '返却'
  | '取消'
  | '一般メッセージ'
  | '提供予定'
  | '発送'
  | '条件付き'
  | '謝絶'
  | '更新への回答'
  | 'チェックイン';

/** Alma's own request pages, beside the app, for requests of an ISO 18626 partner. In Japanese. */
export class AlmaScreens {
  constructor(private readonly alma: AlmaPage) {}

  /** Opens the page of a request by Alma's id; full page load. */
  async open(side: AlmaSide, requestId: string): Promise<void> {
    await this.alma.page.goto(`${this.alma.url}/${side}-requests/${requestId}`);
    await this.buttons.waitFor();
  }

  /** Loads the page again inside Alma, which keeps the app's frame. */
  async refresh(): Promise<void> {
    await this.alma.page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
    await this.isLoaded();
  }

  /**
   * Fills in the form for a new borrowing request and creates it. Keys are names of inputs, such as `title`. Returns
   * Alma's id.
   */
  async createBorrowing(fields: Readonly<Record<string, string>>): Promise<string> {
    const { page, url } = this.alma;
    await page.goto(`${url}/borrowing-requests/new`);
    const form = this.#main.getByRole('form', { name: '取寄せリクエストの新規作成' });
    for (const [name, value] of Object.entries(fields)) await fill(form.locator(`[name="${name}"]`), value);
    await form.getByRole('button', { name: '作成' }).click();
    await page.waitForURL((address) => !address.pathname.endsWith('/new'));
    await this.buttons.waitFor();
    return new URL(page.url()).pathname.split('/').at(-1) ?? '';
  }

  /** Presses a button, with what its form asks for, and waits until Alma shows the result. */
  async press(label: AlmaButtonLabel, input: AlmaInput = {}): Promise<void> {
    const form = this.buttons.getByRole('form', { name: label, exact: true });
    const summary = this.buttons.locator('summary').filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) });
    if ((await summary.count()) > 0) {
      await summary.click();
      for (const [name, value] of Object.entries(input))
        await fill(form.getByLabel(FIELD_LABELS[name as keyof AlmaInput]), String(value));
      await form.getByRole('button').click();
    } else {
      await this.buttons.getByRole('button', { name: label, exact: true }).click();
    }
    await this.isLoaded();
  }

  /** Labels of the buttons that Alma offers now. */
  async offered(): Promise<readonly string[]> {
    const labels = await this.buttons.locator('summary, form:not(.fields) button').allTextContents();
    return labels.map((label) => label.trim());
  }

  /** Waits until Alma's status is this one, in Japanese. Loads the page again until then. */
  async isIn(status: string): Promise<void> {
    await this.#until(async () => (await this.#main.locator('.status').first().textContent())?.trim() === status);
  }

  /** Waits until a general message with this text is shown. Loads the page again until then. */
  async hasMessage(text: string): Promise<void> {
    const message = this.#main.getByRole('region', { name: '一般メッセージ' }).getByText(text);
    await this.#until(async () => (await message.count()) > 0);
  }

  async dismissAlert(): Promise<void> {
    await this.alert.getByRole('button', { name: '通知を消す' }).click();
    await this.isLoaded();
  }

  get buttons(): Locator {
    return this.#main.getByRole('region', { name: '操作' });
  }

  /** The alert about a general message. */
  get alert(): Locator {
    return this.#main.getByRole('alert');
  }

  /** Result of the last action. */
  get result(): Locator {
    return this.#main.getByRole('status');
  }

  get history(): Locator {
    return this.#main.getByRole('region', { name: '履歴' });
  }

  /** Waits until a step inside Alma is shown. */
  async isLoaded(): Promise<void> {
    await this.alma.page.locator('main:not([aria-busy])').waitFor();
  }

  get #main(): Locator {
    return this.alma.page.locator('main');
  }

  async #until(isTrue: () => Promise<boolean>): Promise<void> {
    while (!(await isTrue())) {
      await this.alma.page.waitForTimeout(POLL_MS);
      await this.refresh();
    }
  }
}

async function fill(input: Locator, value: string): Promise<void> {
  if ((await input.evaluate((element) => element.tagName)) === 'SELECT') await input.selectOption(value);
  else await input.fill(value);
}
