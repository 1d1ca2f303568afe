import type { FrameLocator } from 'playwright-core';
import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import type { NacsisSim, WireRecord } from './support/nacsis-sim';
import { useStack } from './support/scenario';

const ROWS = 200;
/** Every tenth row fails, so that each stands between rows that are done. */
const isBad = (_id: string, at: number): boolean => at % 10 === 9;
/** A browser takes its time with two hundred rows. Milliseconds. */
const LONG = 60_000;
const ASK = 'app-batch-params [type=submit]';

describe('point 6, batch', () => {
  const scenario = useStack();

  scenario(
    '200 requests with 20 that fail: 180 done, 20 explained, a second run touches only the 20',
    async (world) => {
      const { alma, nacsis } = world;
      const ids = await shipped(nacsis, ROWS);
      const bad = ids.filter(isBad);
      const [calledBack, refused, cut, taken] = [bad.slice(0, 7), bad.slice(7, 14), bad.slice(14, 18), bad.slice(18)];
      const batch = await open(alma, ids);
      // Between the reading and the click, the other library and a colleague act.
      await change(nacsis, calledBack, { STAT: '処理中' });
      await change(nacsis, taken, { STAT: '到着処理中' });
      for (const id of refused)
        await nacsis.addFault({ match: { command: 'RECEIVE', id }, do: 'status', code: 422, times: 1 });
      for (const id of cut) await nacsis.addFault({ match: { command: 'RECEIVE', id }, do: 'drop-before', times: 1 });
      await run(batch);
      expect(await summary(batch)).toContain('180件 完了・20件 失敗');
      expect(await explained(batch)).toEqual(new Set(bad));
      const reasons = await batch.getByTestId('result-failed').locator('strong').allTextContents();
      expect(new Set(reasons).size).withContext(reasons.join()).toBeGreaterThanOrEqual(3);
      for (const id of ids.filter((each, at) => !isBad(each, at)))
        expect((await nacsis.record(id))['STAT']).toBe('到着処理中');

      await change(nacsis, calledBack, { STAT: '発送' });
      const before = (await nacsis.counters())['RECEIVE'] ?? 0;
      await batch.getByTestId('batch-retry').click();
      await batch.getByTestId('batch-summary').getByText('198件 完了・2件 失敗').waitFor({ timeout: LONG });
      // What a colleague has done is not sent again.
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
        // The browser's own line about the id that nobody has.
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

/** The gateway remembers requests that the simulator's reset has taken away: no id is used twice. */
let lastId = 7_000_000_000;

/** Copies on their way to the first library: as many, all in 発送. */
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

/** The page with these ids pasted into it. */
async function open(alma: AlmaPage, ids: readonly string[]): Promise<FrameLocator> {
  await alma.search('');
  const batch = await page(alma);
  await batch.locator('summary', { hasText: 'まとめて貼り付ける' }).click();
  await batch.getByTestId('batch-paste').fill(ids.join('\n'));
  await batch.getByRole('button', { name: '追加' }).click();
  await batch.locator('summary', { hasText: `対象 ${String(ids.length)}件` }).waitFor({ timeout: LONG });
  await batch.locator(ASK).waitFor();
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

/** The ids that are said to have failed. */
async function explained(batch: FrameLocator): Promise<ReadonlySet<string>> {
  return new Set(await batch.getByTestId('result-failed').getByRole('link').allTextContents());
}
