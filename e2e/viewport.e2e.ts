import { scrollsSideways } from './support/accessibility';
import { ClickCounter } from './support/click-counter';
import { RequestPanel } from './support/request-panel';
import { useStack, type World } from './support/scenario';
import { fitFrame, frameRows, FULL_SCREEN, isInView, SIDEBAR } from './support/viewport';
import { WorkList } from './support/work-list';

const RECORD = '新潟の地誌';

describe('The start page on a laptop:', () => {
  const scenario = useStack();

  for (const lang of ['ja', 'en'] as const)
    for (const [isFull, rows] of [
      [false, 5],
      [true, 10],
    ] as const)
      scenario(
        `${String(rows)} rows are seen ${isFull ? 'in full screen' : 'in the sidebar'}, ${lang}`,
        async (world) => {
          const { alma } = world;
          const list = await startWithOneRecord(world, lang, isFull);
          expect(await frameRows(list.rows)).toBeGreaterThanOrEqual(rows);
          expect(await scrollsSideways(alma)).toBeFalse();
          for (const part of ['nav.tools', '.record', 'app-side-tabs', 'app-list-filters .bar', 'app-data-age'])
            expect([part, await isInView(alma.app.locator(part))]).toEqual([part, true]);
          // Each is one line of controls.
          for (const line of ['nav.tools', '.record', 'app-list-filters .bar'])
            expect(await heightOf(world, line))
              .withContext(line)
              .toBeLessThan(44);
        },
      );

  scenario('of many records it shows one, and how many more there are', async ({ alma }) => {
    await alma.search('');
    await fitFrame(alma, SIDEBAR);
    await alma.app.locator('.record').first().waitFor();
    expect(await alma.app.locator('.record').count()).toBe(1);
    await alma.app.getByTestId('more-records').click();
    await alma.app.locator('.record').nth(2).waitFor();
  });

  scenario('a request of the Alma page shows its NACSIS-ILL request and its next step', async ({ alma, nacsis }) => {
    const [order] = await nacsis.order({ kind: 'copy' });
    const id = String(order?.['ID']);
    await alma.addRequest({ side: 'lending', external_id: id, title: '一行の資料' });
    const done = await ClickCounter.install(alma);
    await alma.openLendingList();
    await fitFrame(alma, SIDEBAR);
    const record = alma.app.locator('.record', { hasText: '一行の資料' });
    await record.getByTestId('record-standing').getByText(id).waitFor();
    await record.getByText('未処理', { exact: true }).waitFor();
    const before = done.clicks;
    await record.getByRole('link', { name: '受付（RECEIVE）' }).click();
    await acceptedBySending(alma);
    expect(done.clicks - before).toBe(2);
    expect((await nacsis.record(id))['STAT']).toBe('処理中');
  });

  for (const isFull of [false, true])
    scenario(
      `Accept from the list costs two clicks, ${isFull ? 'full screen' : 'sidebar'}`,
      async ({ alma, nacsis }) => {
        const [order] = await nacsis.order({ kind: 'copy' });
        const id = String(order?.['ID']);
        const done = await ClickCounter.install(alma);
        const list = await new WorkList(alma).open({ isFull });
        await list.tab('受付').click();
        await list.row(id).waitFor();
        const before = done.clicks;
        await list
          .row(id)
          .getByRole('link', { name: `受付（RECEIVE） ${id}` })
          .click();
        await acceptedBySending(alma);
        expect(done.clicks - before).toBe(2);
        expect((await nacsis.record(id))['STAT']).toBe('処理中');
      },
    );

  scenario('the folded filters name what is filtered, and selected rows that they hide', async ({ alma }) => {
    const list = await new WorkList(alma).open();
    await list.rows.first().getByRole('checkbox').check();
    const id = (await list.rows.first().getByRole('link').first().textContent()) ?? '';
    await list.status('未処理').click();
    await list.filter('種別').selectOption('copy');
    await list.row(id).waitFor({ state: 'detached' });
    await list.fold.click();
    expect(await list.fold.textContent()).toContain('絞り込み: 未処理・複写');
    await alma.app.getByTestId('unseen-chosen').getByText(id).waitFor();
    await list.button('すべて解除').click();
    await alma.app.getByTestId('unseen-chosen').waitFor({ state: 'detached' });
  });
});

/** The start page with one record of Alma, after a reading from NACSIS-ILL. */
async function startWithOneRecord({ alma }: World, lang: 'ja' | 'en', isFull: boolean): Promise<WorkList> {
  await alma.search(RECORD, { lang });
  await alma.openRecord(RECORD);
  if (isFull) await alma.goFullScreen();
  await fitFrame(alma, isFull ? FULL_SCREEN : SIDEBAR);
  // A single record opens by itself; this is the way back.
  await alma.app.locator('app-page-header').getByRole('link').first().click();
  const list = new WorkList(alma);
  await list.refresh();
  await list.rows.first().waitFor();
  return list;
}

async function heightOf({ alma }: World, selector: string): Promise<number> {
  return (await alma.app.locator(selector).boundingBox())?.height ?? 0;
}

/** Sends the form that the first click has opened. */
async function acceptedBySending(alma: World['alma']): Promise<void> {
  const panel = new RequestPanel(alma);
  await panel.send();
  await panel.isIn('処理中');
}
