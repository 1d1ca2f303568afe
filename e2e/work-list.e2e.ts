import { scrollsSideways, violationsOf } from './support/accessibility';
import { useStack, type World } from './support/scenario';
import { WorkList } from './support/work-list';

let lastNumber = 9_000_000_500;
/**
 * Gives each scenario a separate request: the gateway remembers the requests of earlier scenarios, and NACSIS-ILL would
 * reuse their ids after a reset.
 */
const seedOf = (state: string) =>
  ({ side: 'borrower', kind: 'copy', state, more: { ID: `LA${String((lastNumber += 1))}` } }) as const;

describe('Point 5, the work list:', () => {
  const scenario = useStack();

  scenario('shows both sides, what needs us first, with the counts of NACSIS-ILL', async ({ alma, nacsis }) => {
    const list = await new WorkList(alma).open();
    await list.rows.first().waitFor();
    const shipped = (await nacsis.borrowed()).filter(({ STAT: status }) => status === '発送').length;
    expect(shipped).toBeGreaterThan(0);
    expect(await list.countOf('発送')).toBe(shipped);
    await list.tab('依頼').locator('.count').waitFor();
    await list.tab('受付').click();
    await list.status('返送').waitFor();
    expect(await list.tab('受付').getAttribute('aria-selected')).toBe('true');
  });

  scenario('facets filter by External System Status, several at once, and are counted anew', async ({ alma }) => {
    const list = await new WorkList(alma).open();
    const [shipped, waiting] = [await list.countOf('発送'), await list.countOf('未処理')];
    await list.status('発送').click();
    await expectRows(list, shipped);
    expect(await list.rows.locator('.line strong').allTextContents()).toEqual(Array(shipped).fill('発送'));
    await list.status('未処理').click();
    await expectRows(list, shipped + waiting);
    await list.filter('種別').selectOption('loan');
    await alma.app.getByRole('button', { name: '種別: 貸借' }).waitFor();
    await list.rows.getByText('複写', { exact: true }).first().waitFor({ state: 'detached' });
    expect((await list.countOf('発送')) + (await list.countOf('未処理'))).toBe(await list.rows.count());
    await list.button('すべて解除').click();
    await list.status('発送').and(alma.app.locator('[aria-pressed=false]')).waitFor();
    await list.row(await someId(list)).waitFor();
  });

  scenario('what has ended is shown when it is asked for', async ({ alma }) => {
    const list = await new WorkList(alma).open();
    await list.status('確認').click();
    await list.rows
      .getByText(/^(?!確認$)/)
      .and(alma.app.locator('.line strong'))
      .first()
      .waitFor({ state: 'detached' });
    expect(new Set(await list.rows.locator('.line strong').allTextContents())).toEqual(new Set(['確認']));
  });

  scenario('a text finds one request, and a search for nothing says what to do', async ({ alma, nacsis }) => {
    const list = await new WorkList(alma).open();
    const wanted = (await nacsis.borrowed()).find(({ STAT: status }) => status === '発送');
    await list.search.fill(String(wanted?.['ID']));
    await expectRows(list, 1);
    await list.row(String(wanted?.['ID'])).waitFor();
    await list.search.fill('そのような資料はない');
    await alma.app.getByText('この絞り込みに合う依頼はありません。').waitFor();
    await alma.app.locator('app-list-empty').getByRole('button', { name: 'すべて解除' }).click();
    await list.rows.nth(1).waitFor();
  });

  scenario('a view is saved for the library, chosen and removed', async ({ alma }) => {
    const list = await new WorkList(alma).open();
    await list.tab('受付').click();
    await list.filter('種別').selectOption('copy');
    await list.button('この表示に名前を付けて保存').click();
    await alma.app.getByLabel('表示の名前').fill('複写の受付');
    await list.button('保存').last().click();
    await alma.app.getByLabel('表示の名前').waitFor({ state: 'detached' });
    await list.open();
    await list.tab('依頼').click();
    await alma.app.getByLabel('保存した表示').selectOption('複写の受付');
    await alma.app.getByRole('button', { name: '種別: 複写' }).waitFor();
    expect(await list.tab('受付').getAttribute('aria-selected')).toBe('true');
    await list.button('「複写の受付」を削除').click();
    await alma.app.getByLabel('保存した表示').waitFor({ state: 'detached' });
  });

  scenario('pages, by button and by key', async ({ alma, nacsis }) => {
    await nacsis.seedIn(...Array.from({ length: 60 }, () => seedOf('未処理')));
    const list = await new WorkList(alma).open();
    await list.filter('種別').selectOption('copy');
    await list.page(1, 2).waitFor();
    const first = await someId(list);
    await list.button('次へ').click();
    await list.page(2, 2).waitFor();
    await list.row(first).waitFor({ state: 'detached' });
    await list.rows.first().locator('a.open').press('p');
    await list.page(1, 2).waitFor();
    await list.row(first).waitFor();
  });

  scenario('by keyboard alone at full screen: rows, panel beside the list, choice', async ({ alma }) => {
    const list = await new WorkList(alma).open({ isFull: true });
    await list.rows.nth(2).waitFor();
    const ids = await list.rows.locator('a.open').allTextContents();
    await list.rows.first().locator('a.open').focus();
    await alma.page.keyboard.press('j');
    await alma.page.keyboard.press('ArrowDown');
    await alma.page.keyboard.press('k');
    await alma.page.keyboard.press('x');
    await alma.app.getByText('1件を選択中').waitFor();
    await alma.page.keyboard.press('Enter');
    await list.panel.waitFor();
    expect(await list.panel.getAttribute('aria-label')).toContain(ids[1] ?? '');
    expect(await list.rows.count()).toBe(ids.length);
    await list.panel.getByRole('button', { name: '閉じる' }).click();
    await list.panel.waitFor({ state: 'detached' });
  });

  scenario('"back" from the panel leads to the same list', async ({ alma, nacsis }) => {
    const [id = ''] = await nacsis.seedIn(seedOf('発送'));
    const list = await new WorkList(alma).open();
    await list.status('発送').click();
    await list.filter('種別').selectOption('copy');
    await list.rows.getByText('貸借', { exact: true }).first().waitFor({ state: 'detached' });
    await list.link(id).click();
    await list.rows.first().waitFor({ state: 'detached' });
    await alma.app.getByRole('link', { name: 'はじめに戻る' }).click();
    await list.row(id).waitFor();
    expect(await list.status('発送').getAttribute('aria-pressed')).toBe('true');
    await alma.app.locator(`[data-row$="${id}"] a.open:focus`).waitFor();
  });

  scenario('what NACSIS-ILL did meanwhile is there after a refresh, and is new', async (world) => {
    const { alma, nacsis } = world;
    const [id = ''] = await nacsis.seedIn(seedOf('処理中'));
    const list = await new WorkList(alma).open();
    await list.search.fill(id);
    await list.row(id).getByText('処理中').waitFor();
    await acts(world, id);
    await list.refresh();
    await list.row(id).getByText('発送').waitFor();
    // Opens the list a second time: everything that arrived since the first visit is new.
    await list.open();
    await list.row(id).locator('[data-mark=new]').waitFor();
    await list.onlyNew.click();
    await list.row(id).waitFor();
    await list.button('新着をすべて確認済みにする').click();
    await list.row(id).waitFor({ state: 'detached' });
  });

  scenario(
    'a lending request that went on to another library stands in no status, and is found as delivered no more',
    async ({ alma, nacsis }) => {
      const [id = ''] = await nacsis.seedIn({ ...seedOf('処理中'), side: 'lender' });
      const list = await new WorkList(alma).open();
      await list.tab('受付').click();
      await list.search.fill(id);
      await list.row(id).waitFor();
      const record = await nacsis.record(id);
      const [, next] = record['HMLG'] as readonly Readonly<Record<string, string>>[];
      await nacsis.seed([{ ...record, STAT: '未処理', AMLID: next?.['HMLID'], AMLNM: next?.['HMLNM'] }]);
      await list.refresh();
      // The request no longer waits for this library.
      await list.row(id).waitFor({ state: 'detached' });
      await alma.app.getByTestId('gone-requests').click();
      await list.row(id).locator('[data-mark=not-delivered]').waitFor();
      await list.link(id).click();
      await alma.app.getByTestId('gone').getByText('自館に配信されなくなりました').waitFor();
    },
  );

  scenario('a change that is not in the table is stored and marked, in the list and in the panel', async (world) => {
    const { alma, nacsis } = world;
    const [id = ''] = await nacsis.seedIn(seedOf('処理中'));
    const list = await new WorkList(alma).open();
    await list.search.fill(id);
    await list.row(id).getByText('処理中').waitFor();
    // The table has no transition from 処理中 to this state.
    await nacsis.seed([{ ...(await nacsis.record(id)), STAT: 'クレーム未処理' }]);
    await list.refresh();
    await list.row(id).locator('[data-mark=jumped]').waitFor();
    await list.row(id).getByText('クレーム未処理').waitFor();
    await list.link(id).click();
    const jump = alma.app.getByTestId('jump');
    await jump.getByText('処理中 から クレーム未処理').waitFor();
    await jump.getByText('強制遷移').waitFor();
  });

  scenario('shows the age of its data, and refreshes itself', async ({ alma, nacsis }) => {
    const [id = ''] = await nacsis.seedIn(seedOf('処理中'));
    await alma.page.clock.install();
    const list = await new WorkList(alma).open();
    await list.search.fill(id);
    await list.row(id).getByText('処理中').waitFor();
    await nacsis.step(id);
    // Makes the data old enough for a refresh. Without a click, the app checks once a minute whether one is due.
    await alma.page.clock.fastForward(125_000);
    await alma.page.clock.fastForward(61_000);
    await list.row(id).getByText('発送').waitFor();
  });

  scenario('when NACSIS-ILL does not answer, the list stays and says so', async ({ alma, nacsis, browser }) => {
    browser.expectComplaint(/50[234]/);
    const list = await new WorkList(alma).open();
    await list.rows.first().waitFor();
    const before = await list.rows.count();
    await nacsis.addFault({ match: {}, do: 'status', code: 500, times: 100 });
    await list.refresh();
    await list.alert.first().waitFor();
    expect(await list.rows.count()).toBe(before);
    await nacsis.clearFaults();
    await list.button('再試行').click();
    await list.alert.first().waitFor({ state: 'detached' });
  });

  scenario('rows are chosen together, and lead to what all of them allow', async ({ alma, nacsis }) => {
    const ids = await nacsis.seedIn(seedOf('発送'), seedOf('発送'));
    const list = await new WorkList(alma).open();
    for (const id of ids) {
      await list.search.fill(id);
      await expectRows(list, 1);
      await list.row(id).getByRole('checkbox').check();
    }
    await alma.app.getByText('2件を選択中').waitFor();
    const link = alma.app.locator('app-chosen-bar').getByRole('link', { name: 'まとめて処理' });
    expect(await link.getAttribute('href')).toContain('/batch?action=accept');
  });

  for (const lang of ['ja', 'en'] as const)
    for (const isFull of [false, true])
      scenario(`for everybody: ${lang}, ${isFull ? 'full screen' : 'sidebar'}`, async ({ alma }) => {
        const list = await new WorkList(alma).open({ isFull, lang });
        await list.rows.first().waitFor();
        await check(alma);
        await list.rows.first().getByRole('checkbox').check();
        await list.filter(lang === 'ja' ? '種別' : 'Type').selectOption('copy');
        await list.filter(lang === 'ja' ? '更新日' : 'Updated').selectOption('range');
        await check(alma);
        if (isFull) {
          await list.rows.first().locator('a.open').click();
          await list.panel.waitFor();
          await check(alma);
        }
        await list.search.fill('そのような資料はない');
        await alma.app.locator('app-list-empty').waitFor();
        await check(alma);
      });
});

async function check(alma: World['alma']): Promise<void> {
  expect(await violationsOf(alma)).toEqual([]);
  expect(await scrollsSideways(alma)).toBeFalse();
}

/** Makes the lender ship the request. */
async function acts({ nacsis }: World, id: string): Promise<void> {
  expect((await nacsis.step(id))['STAT']).toBe('発送');
}

async function expectRows(list: WorkList, count: number): Promise<void> {
  await list.rows.nth(count - 1).waitFor();
  await list.rows.nth(count).waitFor({ state: 'detached' });
  expect(await list.rows.count()).toBe(count);
}

async function someId(list: WorkList): Promise<string> {
  return (await list.rows.first().locator('a.open').textContent()) ?? '';
}
