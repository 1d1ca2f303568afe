import type { FrameLocator } from 'playwright-core';
import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import type { NacsisSim, WireRecord } from './support/nacsis-sim';
import { useStack } from './support/scenario';
import { addTariff } from './support/tariff';

const ROWS = 200;
/** Every tenth row fails, so that each failed row is between successful ones. */
const isBad = (_id: string, at: number): boolean => at % 10 === 9;
/** Timeout in milliseconds for rendering two hundred rows. */
const LONG = 60_000;
const ASK = 'app-batch-params [type=submit]';

describe('Point 6, batch:', () => {
  const scenario = useStack();

  scenario(
    '200 requests with 20 that fail: 180 done, 20 explained, a second run touches only the 20; what is cut is found out by itself',
    async (world) => {
      const { alma, nacsis, browser } = world;
      // Alma's frame has no clipboard permission, so the app copies in the older way.
      browser.expectComplaint(/Clipboard API has been blocked/);
      const ids = await shipped(nacsis, ROWS);
      const bad = ids.filter(isBad);
      const [calledBack, refused, gone, taken] = [bad.slice(0, 7), bad.slice(7, 14), bad.slice(14, 18), bad.slice(18)];
      const cut = ids.slice(0, 2);
      const [own, , other] = await nacsis.accounts();
      const batch = await open(alma, ids);
      // Between reading and clicking, the other library and a colleague act.
      await change(nacsis, calledBack, { STAT: '処理中' });
      await change(nacsis, taken, { STAT: '到着処理中' });
      await change(nacsis, gone, { OMLID: other?.memberId ?? '' });
      for (const id of refused)
        await nacsis.addFault({ match: { command: 'RECEIVE', id }, do: 'status', code: 422, times: 1 });
      for (const id of cut) await nacsis.addFault({ match: { command: 'RECEIVE', id }, do: 'drop-before', times: 1 });
      await run(batch);
      expect(await summary(batch)).toContain('180件 完了・20件 失敗');
      expect(await explained(batch)).toEqual(new Set(bad));
      const rows = await batch.getByTestId('result-failed').allTextContents();
      const reasons = new Set(rows.map((row) => row.replace(/LA\d+|資料 \d+/g, '').trim()));
      expect(reasons.size)
        .withContext([...reasons].join('\n'))
        .toBeGreaterThanOrEqual(4);
      expect([...reasons].filter((reason) => reason.includes('NACSIS-ILL から')).length).toBe(1);
      for (const id of taken) expect(await resultOf(batch, id)).toContain('現在の状態: 到着処理中');
      const report = await copied(alma);
      expect(report.split('\n').length).toBe(ROWS + 1);
      expect(bad.every((id) => new RegExp(`^${id}\\t失敗\\t[^\\t]+\\t[^\\t]+`, 'm').test(report))).toBeTrue();
      for (const id of ids.filter((each, at) => !isBad(each, at)))
        expect((await nacsis.record(id))['STAT']).toBe('到着処理中');

      await change(nacsis, calledBack, { STAT: '発送' });
      await change(nacsis, gone, { OMLID: own?.memberId ?? '' });
      const before = (await nacsis.counters())['RECEIVE'] ?? 0;
      await batch.getByTestId('batch-retry').click();
      await batch.getByTestId('batch-summary').getByText('198件 完了・2件 失敗').waitFor({ timeout: LONG });
      // A command that a colleague has already sent is not sent again.
      expect(((await nacsis.counters())['RECEIVE'] ?? 0) - before).toBe(18);
      expect(await explained(batch)).toEqual(new Set(taken));
      for (const id of ids) expect((await nacsis.record(id))['STAT']).toBe('到着処理中');
    },
  );

  scenario('stopped between two rows, and gone on with, nothing is done twice', async ({ alma, nacsis }) => {
    const ids = await shipped(nacsis, 12);
    for (const id of ids) await nacsis.addFault({ match: { command: 'RECEIVE', id }, do: 'delay', ms: 400 });
    const batch = await open(alma, ids);
    await run(batch, false);
    await batch.getByTestId('result-done').nth(1).waitFor();
    await batch.getByTestId('batch-stop').click();
    await batch.getByTestId('batch-go-on').click();
    await batch.getByTestId('batch-summary').getByText('12件 完了・0件 失敗').waitFor({ timeout: LONG });
    expect((await nacsis.counters())['RECEIVE']).toBe(12);
  });

  scenario('a row that the other library changed meanwhile says who did what and when', async ({ alma, nacsis }) => {
    const ids = await shipped(nacsis, 2);
    const [id = ''] = ids;
    const batch = await open(alma, ids);
    const [, lender] = await nacsis.accounts();
    await nacsis.perform(lender?.memberId ?? '', 'CALLBACK', id);
    await run(batch);
    expect(await summary(batch)).toContain('1件 完了・1件 失敗');
    const text = await resultOf(batch, id);
    expect(text).toMatch(/相手館が \d\d:\d\d に .*CALLBACK.*を行いました/);
    expect(text).toContain('現在の状態: 処理中');
  });

  scenario('each loan has its own charges, and the due date of all or its own', async ({ alma, nacsis }) => {
    const ids = await nacsis.seedIn(
      ...Array.from({ length: 3 }, () => ({ side: 'lender', kind: 'loan', state: '処理中' }) as const),
    );
    const batch = await open(alma, ids, 'lender');
    await batch.getByRole('radio', { name: /発送/ }).check();
    const postage = batch.locator('[data-cell=postage]');
    for (const [at, yen] of ['520', '870', '0'].entries()) await postage.nth(at).fill(yen);
    await batch.locator('#action-dueDate').fill(inDays(30));
    await batch.locator('[data-cell=dueDate]').nth(1).fill(inDays(40));
    expect(await violationsOf(alma)).toEqual([]);
    expect(await scrollsSideways(alma)).toBeFalse();
    await run(batch);
    expect(await summary(batch)).toContain('3件 完了・0件 失敗');
    const records = await Promise.all(ids.map((id) => nacsis.record(id)));
    expect(records.map(({ STAT, SUM, DDATE }) => [STAT, SUM, DDATE])).toEqual(
      [
        ['520', 30],
        ['870', 40],
        ['0', 30],
      ].map(([sum, days]) => ['発送', sum, inDays(Number(days)).replaceAll('-', '')]),
    );
  });

  scenario(
    'Must be shown: 12 copies with different pages are shipped by keyboard alone; a refused row keeps its pages and says why',
    async ({ alma, nacsis }) => {
      const ids = await nacsis.seedIn(
        ...Array.from({ length: 12 }, () => ({ side: 'lender', kind: 'copy', state: '処理中' }) as const),
      );
      await addTariff(alma);
      const batch = await open(alma, ids, 'lender');
      await batch.getByRole('radio', { name: /発送/ }).focus();
      await alma.page.keyboard.press('Space');
      await batch.locator('[data-cell=quantity-0]').nth(11).waitFor();
      expect(await violationsOf(alma)).toEqual([]);
      // An empty Enter in the field for scanning leads to the table.
      await batch.getByTestId('batch-scan').press('Enter');
      for (const [at] of ids.entries()) {
        await alma.page.keyboard.type(String(at + 1));
        if (at === 0) expect(await batch.getByTestId('row-total').first().textContent()).toBe('¥175');
        await alma.page.keyboard.press('Enter');
      }
      expect(await batch.getByTestId('ship-sum').textContent()).toBe(`¥${(78 * 35 + 12 * 140).toLocaleString('en')}`);
      const [changed = '', refused = ''] = ids.slice(3);
      await change(nacsis, [changed], { STAT: '照会' });
      await nacsis.addFault({ match: { command: 'SEND', id: refused }, do: 'status', code: 422, times: 1 });
      await alma.page.keyboard.press('Enter');
      await batch.getByTestId('batch-run').waitFor();
      expect(await violationsOf(alma)).toEqual([]);
      await alma.page.keyboard.press('Enter');
      await batch.getByTestId('batch-summary').getByText('10件 完了・2件 失敗').waitFor({ timeout: LONG });
      expect(await resultOf(batch, changed)).toContain('現在の状態: 照会');
      await batch.getByTestId('batch-change').click();
      await batch.getByRole('button', { name: /だけ残す.*発送/ }).click();
      expect(await batch.locator('[data-cell=quantity-0]').inputValue()).toBe('5');
      expect(await batch.getByTestId('row-faults').textContent()).toContain('前回は次の理由で送れませんでした');
      expect(await scrollsSideways(alma)).toBeFalse();
      await run(batch);
      expect(await summary(batch)).toContain('1件 完了・0件 失敗');
      const records = await Promise.all(ids.map((id) => nacsis.record(id)));
      expect(records.map(({ STAT, SUM }) => `${String(STAT)} ${String(SUM)}`)).toEqual(
        ids.map((id, at) => (id === changed ? '照会 undefined' : `発送 ${String((at + 1) * 35 + 140)}`)),
      );
    },
  );

  scenario('finds what is scanned on either side, and says what was read instead of an id', async (world) => {
    const { alma, nacsis, browser } = world;
    // The browser's own messages about what is not found.
    browser.expectComplaint(/404/);
    const [lent = '', borrowed = ''] = await nacsis.seedIn(
      { side: 'lender', kind: 'copy', state: '処理中' },
      { side: 'borrower', kind: 'copy', state: '発送' },
    );
    await alma.search('');
    const batch = await page(alma);
    await batch.locator('[data-testid=batch-scan]:focus').waitFor();
    for (const id of [lent, borrowed, '9784003101018', 'LA0000000001']) {
      await alma.page.keyboard.type(id);
      await alma.page.keyboard.press('Enter');
    }
    const missing = batch.getByTestId('batch-missing').locator('li');
    await missing.nth(2).waitFor();
    expect(await batch.getByTestId('batch-rows').locator('strong').allTextContents()).toEqual([lent]);
    expect(await batch.getByTestId('batch-turned').textContent()).toContain('受付館側');
    const words = (await missing.allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    for (const [id, reason] of [
      [borrowed, '依頼館側の依頼です'],
      ['9784003101018', 'ISBN のようです'],
      ['LA0000000001', '依頼館側にも受付館側にもありません'],
    ] as const)
      expect(words.some((text) => text.includes(id) && text.includes(reason)))
        .withContext(words.join('\n'))
        .toBeTrue();
    expect(await violationsOf(alma)).toEqual([]);
    expect(await scrollsSideways(alma)).toBeFalse();
  });

  scenario(
    'a usual reason is one click, for all rows; a due date in the past is not sent',
    async ({ alma, nacsis }) => {
      const ids = await nacsis.seedIn(
        ...Array.from({ length: 2 }, () => ({ side: 'lender', kind: 'loan', state: '処理中' }) as const),
      );
      const batch = await open(alma, ids, 'lender');
      await batch.getByRole('radio', { name: /発送/ }).check();
      for (const at of [0, 1]) await batch.locator('[data-cell=postage]').nth(at).fill('0');
      await batch.locator('#action-dueDate').fill('2020-01-31');
      await batch.locator(ASK).click();
      await batch.locator('#action-dueDate-hint app-field-error').waitFor();
      expect(await batch.getByTestId('batch-run').isVisible()).toBeFalse();
      await batch.getByRole('radio', { name: /謝絶/ }).check();
      await batch.locator('app-action-comment').getByRole('button', { name: '貸出中', exact: true }).click();
      await run(batch);
      expect(await summary(batch)).toContain('2件 完了・0件 失敗');
      expect((await nacsis.counters())['PARDON']).toBe(2);
      expect((await nacsis.counters())['SEND'] ?? 0).toBe(0);
    },
  );

  scenario('after a reload in the middle only those are gone on with that are not done', async ({ alma, nacsis }) => {
    const ids = await shipped(nacsis, 6);
    for (const id of ids) await nacsis.addFault({ match: { command: 'RECEIVE', id }, do: 'delay', ms: 700 });
    const first = await open(alma, ids);
    await run(first, false);
    await first.getByTestId('result-done').nth(1).waitFor();
    await alma.search('');
    const batch = await page(alma);
    await batch.getByTestId('batch-look').click();
    await batch.getByTestId('batch-rows').waitFor();
    // When the tab closes, the gateway still finishes the current row.
    const keep = batch.getByRole('button', { name: /だけ残す.*到着/ });
    if (await keep.isVisible()) await keep.click();
    await run(batch);
    expect(await summary(batch)).toContain('0件 失敗');
    for (const id of ids) expect((await nacsis.record(id))['STAT']).toBe('到着処理中');
    expect((await nacsis.counters())['RECEIVE']).toBe(6);
  });

  scenario('asks before a running batch is left', async ({ alma, nacsis }) => {
    const ids = await shipped(nacsis, 8);
    for (const id of ids) await nacsis.addFault({ match: { command: 'RECEIVE', id }, do: 'delay', ms: 500 });
    const batch = await open(alma, ids);
    await run(batch, false);
    await batch.getByRole('link', { name: /はじめに戻る/ }).click();
    await batch.getByRole('button', { name: 'この画面に残る' }).click();
    await batch.getByTestId('batch-summary').getByText('8件 完了・0件 失敗').waitFor({ timeout: LONG });
  });

  for (const lang of ['ja', 'en'] as const) {
    scenario(
      `ids scanned with the keyboard alone, without axe violations at 400 px and full screen, in ${lang}`,
      async (world) => {
        const { alma, nacsis, browser } = world;
        // The browser's own message about the unknown id.
        browser.expectComplaint(/LA0000000001/);
        const ids = await shipped(nacsis, 3);
        await alma.search('', { lang });
        const batch = await page(alma);
        await batch.getByRole('radio').first().press('Tab');
        for (const id of [...ids, 'LA0000000001']) {
          await alma.page.keyboard.type(id.toLowerCase());
          await alma.page.keyboard.press('Enter');
        }
        await batch.getByTestId('batch-missing').waitFor();
        await batch.locator(ASK).waitFor();
        expect(await violationsOf(alma)).toEqual([]);
        expect(await scrollsSideways(alma)).toBeFalse();
        await batch.locator(ASK).press('Enter');
        await batch.getByTestId('batch-run').waitFor();
        expect(await violationsOf(alma)).toEqual([]);
        await alma.page.keyboard.press('Enter');
        await batch.getByTestId('batch-summary').waitFor();
        expect(await batch.getByTestId('result-done').count()).toBe(3);
        expect(await violationsOf(alma)).toEqual([]);
        await alma.goFullScreen();
        expect(await violationsOf(alma)).toEqual([]);
        expect(await scrollsSideways(alma)).toBeFalse();
      },
    );
  }
});

/** Never reuses an id, because the gateway remembers requests that the simulator's reset has removed. */
let lastId = 7_000_000_000;

/** Seeds `count` copies in 発送 for the first library as borrower. */
async function shipped(nacsis: NacsisSim, count: number): Promise<readonly string[]> {
  const [borrower, lender] = await nacsis.accounts();
  const lenderId = lender?.memberId ?? '';
  const first = lastId + 1;
  lastId += count;
  const seeds = Array.from({ length: count }, (_, at) => ({
    ID: `LA${String(first + at)}`,
    STAT: '発送',
    SRVCE: 'C',
    OMLID: borrower?.memberId ?? '',
    AMLID: lenderId,
    BIBNT: `一括処理の資料 ${String(at + 1)}`,
    HMLG: [{ HMLID: lenderId }],
  }));
  return (await nacsis.seed(seeds)).map((record) => String(record['ID']));
}

async function change(nacsis: NacsisSim, ids: readonly string[], changes: WireRecord): Promise<void> {
  const records = await Promise.all(ids.map((id) => nacsis.record(id)));
  await nacsis.seed(records.map((record) => ({ ...record, ...changes })));
}

async function page(alma: AlmaPage): Promise<FrameLocator> {
  await alma.app.getByRole('heading').first().waitFor();
  await alma.goInApp('#/batch');
  await alma.app.getByTestId('batch-scan').waitFor();
  return alma.app;
}

/** Opens the batch page and pastes these ids. */
async function open(
  alma: AlmaPage,
  ids: readonly string[],
  side: 'borrower' | 'lender' = 'borrower',
): Promise<FrameLocator> {
  await alma.search('');
  const batch = await page(alma);
  await batch.locator(`input[name=batch-side][value=${side}]`).check();
  await batch.locator('summary', { hasText: 'まとめて貼り付ける' }).click();
  await batch.getByTestId('batch-paste').fill(ids.join('\n'));
  await batch.getByRole('button', { name: '追加' }).click();
  await batch.locator('summary', { hasText: `対象 ${String(ids.length)}件` }).waitFor({ timeout: LONG });
  if (side === 'borrower') await batch.locator(ASK).waitFor();
  return batch;
}

async function run(batch: FrameLocator, toTheEnd = true): Promise<void> {
  await batch.locator(ASK).click();
  await batch.getByTestId('batch-run').click();
  if (toTheEnd) await batch.getByTestId('batch-summary').waitFor({ timeout: LONG });
}

async function summary(batch: FrameLocator): Promise<string> {
  return (await batch.getByTestId('batch-summary').textContent()) ?? '';
}

/** The ids listed as failed. */
async function explained(batch: FrameLocator): Promise<ReadonlySet<string>> {
  return new Set(await batch.getByTestId('result-failed').getByRole('link').allTextContents());
}

/** The whole message for the row. */
async function resultOf(batch: FrameLocator, id: string): Promise<string> {
  const text = await batch.getByTestId('result-failed').filter({ hasText: id }).textContent();
  return (text ?? '').replace(/\s+/g, ' ');
}

/**
 * The report as copied to the clipboard. When the frame has no clipboard access, the app shows it for manual copying.
 */
async function copied(alma: AlmaPage): Promise<string> {
  const frame = await alma.frame();
  await frame.evaluate(() => {
    document.addEventListener('copy', () => {
      Object.assign(globalThis, { __copied: (document.activeElement as HTMLTextAreaElement).value });
    });
  });
  await alma.app.getByRole('button', { name: '結果をコピー' }).click();
  const byHand = alma.app.locator('#batch-report');
  await alma.app.getByRole('button', { name: 'コピーしました' }).or(byHand).first().waitFor();
  if (await byHand.isVisible()) return byHand.inputValue();
  return frame.evaluate(() => (globalThis as unknown as { readonly __copied?: string }).__copied ?? '');
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
