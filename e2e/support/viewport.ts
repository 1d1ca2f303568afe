import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** Sizes of the app's frame on a laptop in CSS pixels: beside Alma's page, and in full screen. */
export const SIDEBAR = { width: 400, height: 616 } as const;
export const FULL_SCREEN = { width: 1366, height: 640 } as const;
export type FrameSize = typeof SIDEBAR | typeof FULL_SCREEN;
/** Width of the line that Alma draws beside its sidebar. */
const LINE = 1;
/** Milliseconds that the app has to bring something into view. */
const PATIENCE = 3_000;

/** Changes the window until the app's frame has this size. Alma gives its sidebar the width. */
export async function fitFrame(alma: AlmaPage, { width, height }: FrameSize): Promise<void> {
  const { page } = alma;
  const frame = await alma.frame();
  const now = await frame.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const window = page.viewportSize() ?? now;
  const isSidebar = width === SIDEBAR.width;
  await page.setViewportSize({
    width: window.width + (isSidebar ? 0 : width - now.width),
    height: window.height + height - now.height,
  });
  await frame.waitForFunction(
    (wanted) => innerHeight === wanted.height && innerWidth >= wanted.least && innerWidth <= wanted.width,
    { width, height, least: isSidebar ? width - LINE : width },
  );
}

/** True when the whole element is inside the app's frame, without scrolling, and nothing covers its middle. */
export async function isInView(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const isInside = bottom > top && top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
    const shown = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return isInside && shown !== null && (element.contains(shown) || shown.contains(element));
  });
}

/** Number of these rows that are wholly inside the app's frame. */
export async function frameRows(rows: Locator): Promise<number> {
  const seen = await Promise.all((await rows.all()).map(isInView));
  return seen.filter(Boolean).length;
}

/** Expects that the element comes into view without anybody scrolling. */
export async function expectInView(element: Locator, name: string): Promise<void> {
  const until = Date.now() + PATIENCE;
  while (!(await isInView(element)) && Date.now() < until) await element.page().waitForTimeout(50);
  expect(await isInView(element))
    .withContext(`${name} is in view: ${JSON.stringify(await element.boundingBox())}`)
    .toBeTrue();
}

/** Waits for a new error (`role=alert`) and expects it in view. `alert`: the message, or the text inside it. */
export async function expectNewErrorInView(alert: Locator, timeout?: number): Promise<void> {
  await alert.first().waitFor({ ...(timeout !== undefined && { timeout }) });
  await expectInView(alert.first().locator('xpath=ancestor-or-self::*[@role="alert"][1]'), 'the error');
}
