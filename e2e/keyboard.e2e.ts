import type { Locator } from 'playwright-core';
import type { AlmaPage } from './support/alma-page';
import { RequestPanel } from './support/request-panel';
import { useStack } from './support/scenario';
import { WorkList } from './support/work-list';

/** Maximum number of Tab presses on the way to an element. */
const STEPS = 150;

describe('by keyboard only', () => {
  const scenario = useStack();

  scenario('Must be shown: list, row, accept and ship, undo, back to the list', async ({ alma, nacsis }) => {
    const [id = ''] = await nacsis.seedIn({
      side: 'lender',
      kind: 'copy',
      state: '未処理',
      more: { ID: 'LA9400000001' },
    });
    await alma.search('該当なし');
    await alma.goFullScreen();
    const list = new WorkList(alma);
    await list.refresh();
    const panel = new RequestPanel(alma);
    await tabTo(alma, list.tab('依頼'));
    await alma.page.keyboard.press('ArrowRight');
    await list.settled();
    await tabTo(alma, list.search);
    await alma.page.keyboard.type(id);
    await list.rows.nth(1).waitFor({ state: 'detached' });
    await tabTo(alma, list.link(id));
    await alma.page.keyboard.press('Enter');
    await panel.isIn('未処理');
    await tabTo(alma, alma.app.locator('app-action-bar input[type=checkbox]'));
    await alma.page.keyboard.press('Space');
    await tabTo(alma, panel.primary, 'Shift+Tab');
    await alma.page.keyboard.press('Enter');
    await tabTo(alma, panel.form.getByLabel('送料'));
    await alma.page.keyboard.type('300');
    // A reload from NACSIS-ILL does not change what the user is typing.
    const read = alma.page.waitForResponse((answer) => answer.url().includes(`/requests/${id}`));
    await tabTo(alma, alma.app.getByTestId('reload'), 'Shift+Tab');
    await alma.page.keyboard.press('Enter');
    await read;
    await tabTo(alma, alma.app.getByTestId('action-submit'));
    expect(await panel.form.getByLabel('送料').inputValue()).toBe('300');
    await alma.page.keyboard.press('Enter');
    await panel.isIn('発送');
    await panel.reload();
    await tabTo(alma, panel.undo);
    await alma.page.keyboard.press('Enter');
    await panel.isIn('処理中');
    await list.row(id).getByText('処理中').waitFor();
    await alma.page.keyboard.press('Escape');
    await list.panel.waitFor({ state: 'detached' });
    await list.row(id).locator('a.open:focus').waitFor();
    expect((await nacsis.record(id))['STAT']).toBe('処理中');
  });

  scenario('Enter that confirms a conversion of kana saves, searches and scans nothing', async ({ alma, nacsis }) => {
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '発送' });
    await alma.search('該当なし');
    const list = new WorkList(alma);
    await list.refresh();
    const { app } = alma;
    const count = await list.rows.count();
    await list.search.evaluate((field: HTMLInputElement) => {
      field.value = 'けんさく';
    });
    await confirmConversion(list.search);
    await list.unfold();
    await app.getByRole('button', { name: 'この表示に名前を付けて保存' }).click();
    const name = app.locator('app-name-row input');
    await name.fill('自館の分');
    await confirmConversion(name);
    await alma.page.waitForLoadState('networkidle');
    expect([await list.rows.count(), await name.inputValue()]).toEqual([count, '自館の分']);
    await alma.goInApp('/batch');
    const scan = app.getByTestId('batch-scan');
    await scan.fill(id);
    await confirmConversion(scan);
    expect([await scan.inputValue(), await app.getByTestId('batch-addition').count()]).toEqual([id, 0]);
    await scan.press('Enter');
    await app.getByTestId('batch-addition').waitFor();
  });

  scenario('Must be shown: rows chosen in the list, a batch over them, its results', async ({ alma, nacsis }) => {
    await alma.search('該当なし');
    const list = new WorkList(alma);
    await list.refresh();
    const ids = await nacsis.seedIn(
      ...['LA9400000002', 'LA9400000003'].map((ID) => ({
        side: 'borrower' as const,
        kind: 'copy' as const,
        state: '発送',
        more: { ID },
      })),
    );
    await tabTo(alma, alma.app.getByTestId('refresh'));
    await alma.page.keyboard.press('Enter');
    await tabTo(alma, list.search);
    await alma.page.keyboard.type('LA940000000');
    for (const id of ids) {
      await tabTo(alma, list.link(id));
      await alma.page.keyboard.press('x');
    }
    await tabTo(alma, alma.app.locator('app-chosen-bar a').first());
    await alma.page.keyboard.press('Enter');
    await tabTo(alma, alma.app.locator('app-batch-params [type=submit]'));
    await alma.page.keyboard.press('Enter');
    await tabTo(alma, alma.app.getByTestId('batch-run'));
    await alma.page.keyboard.press('Enter');
    await alma.app.getByTestId('batch-summary').getByText('2件 完了・0件 失敗').waitFor();
    for (const id of ids) expect((await nacsis.record(id))['STAT']).toBe('到着処理中');
  });
});

/** Moves the focus by keyboard to the element. */
async function tabTo(alma: AlmaPage, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < STEPS; step += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await alma.page.keyboard.press(key);
  }
  throw new Error(`${String(target)} cannot be reached by ${key}`);
}

/** The Enter key that ends an IME conversion, as reported by Chrome and Firefox, and as reported by Safari. */
async function confirmConversion(field: Locator): Promise<void> {
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
}
