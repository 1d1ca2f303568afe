import type { Locator } from 'playwright-core';
import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import { OrderFlow } from './support/order-flow';
import { useStack, type World } from './support/scenario';
import { fitFrame, FULL_SCREEN, isInView, SIDEBAR, type FrameSize } from './support/viewport';

/** A record that our own library holds, too. */
const OWNED = '新潟郷土史';
/** The browser's own message about an error response. */
const FAILED_LOAD = /Failed to load resource/;

describe('ordering on a laptop', () => {
  const scenario = useStack();

  for (const size of [SIDEBAR, FULL_SCREEN]) {
    const frame = `${String(size.width)} × ${String(size.height)}`;

    scenario(`the order button is in view all the time, and the warnings are under ①: ${frame}`, async (world) => {
      const flow = await opened(world, size);
      const { warning, resource, lenders } = {
        warning: await placeOf(flow.warning('own')),
        resource: await placeOf(world.alma.app.locator('app-resource-block')),
        lenders: await placeOf(world.alma.app.locator('#lenders-heading')),
      };
      expect(warning.top).toBeGreaterThanOrEqual(resource.bottom);
      expect(warning.bottom).toBeLessThanOrEqual(lenders.top);
      for (const share of [0, 0.25, 0.5, 0.75, 1]) {
        await scrolledTo(world.alma, share);
        expect(await isInView(flow.orderButton))
          .withContext(`scrolled to ${String(share)}`)
          .toBeTrue();
      }
      for (const summary of await world.alma.app.locator('app-order-flow details:not([open]) > summary').all())
        if (await summary.isVisible()) await summary.click();
      expect(await isInView(flow.orderButton)).toBeTrue();
      expect(await violationsOf(world.alma)).toEqual([]);
      expect(await scrollsSideways(world.alma)).toBeFalse();
    });

    scenario(`a refusal is read in the open dialog, and the same click orders then: ${frame}`, async (world) => {
      world.browser.expectComplaint(FAILED_LOAD);
      const flow = await opened(world, size);
      await flow.keepLenders(2);
      await world.nacsis.play('order-refused');
      await flow.order();
      const refusal = flow.dialog.getByRole('alert');
      await refusal.getByText(/422/).waitFor();
      expect([await isInView(refusal), await isInView(flow.confirmButton)]).toEqual([true, true]);
      expect(await violationsOf(world.alma)).toEqual([]);
      expect(await scrollsSideways(world.alma)).toBeFalse();
      await flow.dialog.getByRole('button', { name: '戻って直す' }).click();
      const kept = flow.bar.getByRole('alert');
      await kept.getByText(/422/).waitFor();
      expect([await isInView(kept), await isInView(flow.orderButton)]).toEqual([true, true]);
      await flow.bar.getByRole('button', { name: '閉じる' }).click();
      await kept.waitFor({ state: 'detached' });
      await flow.order();
      await flow.done.waitFor();
      expect((await world.nacsis.record(await flow.orderedId()))['STAT']).toBe('未処理');
    });
  }

  scenario("the notice that Alma's page has changed stays in view", async (world) => {
    const { alma } = world;
    await alma.search('郷土史');
    await fitFrame(alma, SIDEBAR);
    await alma.openRecord(OWNED);
    const flow = new OrderFlow(alma);
    await flow.foundRecord.waitFor();
    await flow.type('論文関係事項', '髙橋の民俗');
    await alma.backToResults();
    await alma.openRecord('佐渡郷土史');
    const notice = alma.app.getByRole('alert').filter({ hasText: 'Alma の画面が別のレコードに変わりました' });
    await notice.waitFor();
    for (const share of [0, 0.5, 1]) {
      await scrolledTo(alma, share);
      expect(await isInView(notice))
        .withContext(`scrolled to ${String(share)}`)
        .toBeTrue();
    }
  });

  scenario('a copy of nothing in particular warns before it is sent, and is sent all the same', async (world) => {
    const flow = await opened(world, SIDEBAR);
    await flow.setKind('複写');
    await flow.orderButton.click();
    await flow.dialog.getByTestId('warning-part').waitFor();
    expect(await isInView(flow.dialog.getByTestId('warning-part'))).toBeTrue();
    await flow.confirmButton.click();
    expect((await world.nacsis.record(await flow.orderedId()))['VLNO']).toBe('不明');
  });

  scenario('a work without a record of NACSIS-CAT, from a library added by its FA number', async (world) => {
    const { alma, nacsis } = world;
    await alma.search('');
    await fitFrame(alma, SIDEBAR);
    await alma.goInApp('/create/new');
    const flow = new OrderFlow(alma);
    await alma.app.getByTestId('order-without-record').click();
    await flow.field('書誌事項').first().waitFor();
    await alma.page.keyboard.type('越後の私家版 / 見本 著');
    const name = '北海見本大学附属図書館';
    const memberId = await nacsis.memberIdOf(name);
    const wrong = memberId.slice(0, -1) + (memberId.endsWith('0') ? '1' : '0');
    await flow.findLender(wrong);
    await alma.app.getByText('チェックキャラクタが合いません').waitFor();
    await flow.findLender('図書館');
    await alma.app.getByText(/館が見つかりました。はじめの/).waitFor();
    await flow.findLender('無い名の館');
    await alma.app.getByText('当たる参加館はありませんでした').waitFor();
    await flow.findLender(memberId);
    await alma.app.locator('app-member-search').getByRole('button', { name: '追加' }).click();
    await flow.rota.getByTestId('edit-lender').click();
    await flow.rota.getByLabel('請求記号').fill('K291/1');
    expect(await violationsOf(alma)).toEqual([]);
    expect(await scrollsSideways(alma)).toBeFalse();
    await flow.order();
    const record = await nacsis.record(await flow.orderedId());
    const [work] = record['BIBG'] as readonly Readonly<Record<string, string>>[];
    expect([work?.['BIBID'], work?.['BIBNT'], record['HVRFY']]).toEqual([
      undefined,
      '越後の私家版 / 見本 著',
      undefined,
    ]);
    expect(record['HMLG']).toEqual([jasmine.objectContaining({ HMLID: memberId, CLN: 'K291/1' })]);
  });
});

/** Opens the record that we hold, too, with the app in a frame of this size, and waits for lenders and warning. */
async function opened({ alma }: World, size: FrameSize): Promise<OrderFlow> {
  await alma.search(OWNED);
  await alma.openRecord(OWNED);
  const flow = new OrderFlow(alma);
  await flow.rota.first().waitFor();
  await flow.warning('own').waitFor();
  if (size === FULL_SCREEN) await alma.goFullScreen();
  await fitFrame(alma, size);
  return flow;
}

/** Scrolls the app to this share of its length. */
async function scrolledTo(alma: AlmaPage, share: number): Promise<void> {
  await (
    await alma.frame()
  ).evaluate((at) => {
    const { scrollHeight, clientHeight } = document.documentElement;
    scrollTo(0, (scrollHeight - clientHeight) * at);
  }, share);
}

/** Where the element is in the app's window. */
function placeOf(element: Locator): Promise<{ readonly top: number; readonly bottom: number }> {
  return element.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return { top, bottom };
  });
}
