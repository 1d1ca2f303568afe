import type { AlmaPage } from './support/alma-page';
import { OrderFlow } from './support/order-flow';
import { useStack } from './support/scenario';

const MONOGRAPH = '新潟の地誌';
const SERIAL = '日本地域文化学会紀要';
/** The browser's own message about an error response. */
const FAILED_LOAD = /Failed to load resource/;

describe('creating a request', () => {
  const scenario = useStack();

  for (const [kind, title] of [
    ['複写', SERIAL],
    ['貸借', MONOGRAPH],
  ] as const) {
    scenario(`takes at most 4 clicks and 1 change of screen from an open record: ${kind}`, async ({ alma, nacsis }) => {
      await alma.search(title);
      await alma.openRecord(title);
      const flow = new OrderFlow(alma);
      await flow.rota.nth(4).waitFor();
      await startCounting(alma);
      await flow.order();
      await flow.done.waitFor();
      const { clicks, screens } = await counted(alma);
      expect(clicks).withContext('clicks').toBeLessThanOrEqual(4);
      expect(screens).withContext('changes of screen').toBeLessThanOrEqual(1);
      expect((await nacsis.record(await flow.orderedId()))['STAT']).toBe('未処理');
    });
  }

  scenario('works by keyboard alone', async ({ alma, nacsis }) => {
    await alma.search(SERIAL);
    await alma.openRecord(SERIAL);
    const flow = new OrderFlow(alma);
    await flow.rota.nth(4).waitFor();
    const second = await flow.rota.nth(1).locator('strong').textContent();
    await tabTo(alma, '↑');
    await alma.page.keyboard.press('Enter');
    await flow.rota
      .first()
      .locator('strong')
      .getByText(second ?? '', { exact: true })
      .waitFor();
    await tabTo(alma, 'field-article');
    await alma.page.keyboard.type('keyboard only');
    await tabTo(alma, 'order');
    await alma.page.keyboard.press('Enter');
    await flow.confirmButton.waitFor();
    await alma.page.keyboard.press('Escape');
    await flow.confirmButton.waitFor({ state: 'hidden' });
    await tabTo(alma, 'order');
    await alma.page.keyboard.press('Enter');
    await flow.confirmButton.waitFor();
    await alma.page.keyboard.press('Enter');
    await flow.done.waitFor();
    expect((await nacsis.record(await flow.orderedId()))['ARTCL']).toBe('keyboard only');
  });

  scenario(
    'warns of an open request of the same record, which it links to, and orders all the same',
    async ({ alma }) => {
      await alma.search(MONOGRAPH);
      await alma.openRecord(MONOGRAPH);
      const flow = new OrderFlow(alma);
      await flow.rota.first().waitFor();
      await flow.order();
      const id = await flow.orderedId();
      await alma.app.getByRole('button', { name: '同じ資料でもう1件依頼' }).click();
      await flow.rota.first().waitFor();
      await flow.warning('open').getByRole('link', { name: id }).waitFor();
      await flow.order();
      await flow.done.waitFor();
      expect(await flow.orderedId()).not.toBe(id);
      await alma.app.getByRole('link', { name: '依頼を見る' }).click();
      await alma.app.locator('dl').first().waitFor();
    },
  );

  scenario('warns when the own library holds the record', async ({ alma }) => {
    await alma.search('新潟郷土史');
    await alma.openRecord('新潟郷土史');
    await new OrderFlow(alma).warning('own').waitFor();
  });

  scenario(
    'takes over the citation and the patron of a borrowing request, and warns at the limit that the institution set',
    async ({ alma }) => {
      await alma.search(MONOGRAPH, { user: 'manager001' }); // only administrators may configure
      await alma.goInApp('/config');
      await alma.app.getByLabel('利用者の依頼件数の上限').fill('1');
      await alma.app.getByRole('button', { name: '保存' }).click();
      await alma.app.getByText('保存しました').waitFor();
      await alma.openBorrowingRequest();
      const flow = new OrderFlow(alma);
      await alma.app.locator('h1', { hasText: '依頼を作成' }).waitFor();
      await flow.warning('patron').waitFor();
      await flow.unfold('申込者');
      expect(await flow.field('申込者氏名').first().inputValue()).toMatch(/^利用者/);
    },
  );

  scenario('says so when a borrowing request has no requester', async ({ alma }) => {
    await alma.openBorrowingRequest('35000000050104146');
    await alma.app.getByText('申込者のないリクエストのため').waitFor();
  });

  scenario('keeps a template for the library and fills the form with it', async ({ alma }) => {
    await alma.search(MONOGRAPH);
    await alma.openRecord(MONOGRAPH);
    const flow = new OrderFlow(alma);
    await flow.setKind('複写');
    await flow.rota.first().waitFor();
    await alma.app.getByLabel('送付方法').selectOption({ label: '速達' });
    await alma.app.getByRole('button', { name: '今の値をテンプレートに保存' }).click();
    await alma.app.getByLabel('テンプレート名').fill('速達便');
    await alma.app.getByRole('button', { name: '保存', exact: true }).click();
    await alma.app.locator('app-template-picker select').waitFor();
    await alma.search(SERIAL);
    await alma.openRecord(SERIAL);
    await alma.app.locator('app-template-picker select').selectOption('速達便');
    expect(await alma.app.getByLabel('送付方法').inputValue()).toBe('速達');
    await alma.app.getByText('テンプレートから').first().waitFor();
  });

  scenario('lists drafts, discards one, brings it back and resumes it', async ({ alma }) => {
    await alma.search('佐渡の地誌');
    await alma.openRecord('佐渡の地誌');
    const flow = new OrderFlow(alma);
    await flow.type('論文関係事項', '髙橋の\tノート\n続き');
    expect(await flow.field('論文関係事項').first().inputValue()).toBe('髙橋の ノート 続き');
    await flow.draftState.getByText('下書き保存済み').waitFor();
    await alma.app.getByRole('link', { name: 'はじめに戻る' }).click();
    await alma.app.getByRole('link', { name: '下書き' }).click();
    await alma.app.getByRole('button', { name: '破棄 佐渡の地誌' }).click();
    await alma.app.getByRole('link', { name: '再開 佐渡の地誌' }).waitFor({ state: 'detached' });
    await alma.app.getByRole('button', { name: '元に戻す' }).click();
    await alma.app.getByRole('link', { name: '再開 佐渡の地誌' }).click();
    await flow.rota.first().waitFor();
    expect(await flow.field('論文関係事項').first().inputValue()).toBe('髙橋の ノート 続き');
  });

  scenario(
    'keeps what is typed while the network is gone, but for the patron, and says so',
    async ({ alma, browser }) => {
      browser.expectComplaint(/net::ERR_/);
      await alma.search('佐渡の民家');
      await alma.openRecord('佐渡の民家');
      const flow = new OrderFlow(alma);
      await flow.rota.first().waitFor();
      await alma.page.route('**/api/v1/drafts/**', (route) => route.abort('internetdisconnected'));
      await flow.type('論文関係事項', '髙橋のノート');
      await flow.unfold('申込者');
      await flow.type('申込者氏名', '利用者 001');
      await flow.draftState.getByText('このブラウザに控えました').waitFor();
      await alma.page.unroute('**/api/v1/drafts/**');
      await alma.page.reload();
      await alma.app.getByRole('button', { name: '再開' }).click();
      await flow.field('論文関係事項').first().waitFor();
      expect(await flow.field('論文関係事項').first().inputValue()).toBe('髙橋のノート');
      await flow.unfold('申込者');
      expect(await flow.field('申込者氏名').first().inputValue()).toBe('');
    },
  );

  scenario('goes on when the token has run out in the middle', async ({ alma, browser, nacsis }) => {
    browser.expectComplaint(FAILED_LOAD);
    await alma.search(MONOGRAPH);
    await alma.openRecord(MONOGRAPH);
    const flow = new OrderFlow(alma);
    await flow.rota.first().waitFor();
    let refused = 0;
    await alma.page.route('**/api/v1/requests', async (route) => {
      if (route.request().method() !== 'POST' || refused > 0) return route.fallback();
      refused += 1;
      const origin = (await route.request().headerValue('origin')) ?? '*';
      return route.fulfill({
        status: 401,
        headers: { 'access-control-allow-origin': origin },
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'unauthenticated' }),
      });
    });
    await flow.order();
    await flow.done.waitFor();
    expect(refused).toBe(1);
    expect((await nacsis.counters())['ORDER']).toBe(1);
  });

  scenario('shows the records of a reference file and leads from them to the union catalogue', async ({ alma }) => {
    await alma.search('');
    await alma.goInApp('/create/new');
    await alma.app.getByText('詳しい検索').click();
    await alma.app.getByLabel('データベース').selectOption('JPMARC');
    await alma.app.getByLabel('出版国コード').fill('ja');
    await alma.app.getByRole('button', { name: '検索', exact: true }).click();
    await alma.app.getByText('参照ファイルの書誌です').first().waitFor();
    await alma.app.getByRole('button', { name: '総合目録で探す' }).first().click();
    await alma.app.getByText('参照ファイルの書誌です').first().waitFor({ state: 'hidden' });
  });

  scenario('follows the links of a record and takes the one that it leads to', async ({ alma }) => {
    await alma.search('');
    await alma.goInApp('/create/new');
    await alma.app.getByRole('radio', { name: '雑誌' }).check();
    await alma.app.getByLabel('書名・誌名', { exact: true }).fill('相互利用評論');
    await alma.app.getByRole('button', { name: '検索', exact: true }).click();
    await alma.app.getByRole('button', { name: '詳細 相互利用評論', exact: true }).click();
    await alma.app.getByRole('button', { name: '相互利用通信' }).click();
    await alma.app.getByRole('button', { name: '選択 相互利用通信' }).click();
    await new OrderFlow(alma).foundRecord.getByText('相互利用通信').first().waitFor();
  });
});

describe('holdings that are hard to show', () => {
  const scenario = useStack();

  scenario('500 of them', async ({ alma }) => {
    const flow = await open(alma, '所蔵館が500ある見本');
    await alma.app.getByText('所蔵館をすべて見る（500）').waitFor();
    await flow.showHoldings();
    await alma.app.getByLabel('館名・FA番号').fill('研修');
    await alma.app.getByRole('button', { name: 'さらに表示' }).click();
  });

  scenario('with members that are missing, closed or say nothing that we know', async ({ alma }) => {
    const flow = await open(alma, '所蔵館の状態がさまざまな雑誌の見本');
    await flow.showHoldings();
    for (const reason of [
      'サービス休止中',
      '複写の受付なし',
      '受付窓口の館が不明',
      '受付の可否が不明',
      '参加館情報なし',
    ]) {
      await alma.app.locator('app-holding-row').getByText(reason).first().waitFor();
    }
    await alma.app
      .locator('app-holding-row')
      .getByText(/FA\d{5}[\dX] が受付/)
      .first()
      .waitFor();
  });
});

async function open(alma: AlmaPage, title: string): Promise<OrderFlow> {
  await alma.search(title);
  await alma.openFirstResult();
  const flow = new OrderFlow(alma);
  await flow.foundRecord.waitFor();
  return flow;
}

interface Counters {
  readonly clicks: number;
  readonly screens: number;
}

/** Counts the user's clicks and the screen changes in the app's frame from now on. */
async function startCounting(alma: AlmaPage): Promise<void> {
  await (
    await alma.frame()
  ).evaluate(() => {
    const counters = { clicks: 0, screens: 0 };
    Object.assign(globalThis, { __counters: counters });
    addEventListener(
      'click',
      ({ isTrusted }) => {
        if (isTrusted) counters.clicks += 1;
      },
      true,
    );
    let shown = document.querySelector('app-order-done, app-order-flow form')?.localName;
    new MutationObserver(() => {
      const now = document.querySelector('app-order-done, app-order-flow form')?.localName;
      if (now !== shown && now !== undefined) counters.screens += 1;
      shown = now ?? shown;
    }).observe(document.body, { childList: true, subtree: true });
  });
}

async function counted(alma: AlmaPage): Promise<Counters> {
  return (await alma.frame()).evaluate(() => (globalThis as unknown as { readonly __counters: Counters }).__counters);
}

/** Presses Tab until the element with this id, test id or visible text has the focus. */
async function tabTo(alma: AlmaPage, name: string): Promise<void> {
  const frame = await alma.frame();
  await frame.evaluate(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('a, button')?.focus();
  });
  for (let step = 0; step < 150; step++) {
    const isThere = await frame.evaluate((wanted) => {
      const element = document.activeElement as HTMLButtonElement | null;
      return (
        element !== null &&
        (element.id === wanted ||
          element.dataset['testid'] === wanted ||
          (element.textContent ?? '').trim().startsWith(wanted))
      );
    }, name);
    if (isThere) return;
    await alma.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
}
