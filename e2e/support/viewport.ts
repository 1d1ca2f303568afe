import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** Height of the app's frame on a laptop of 1366 pixels: in the sidebar, 400 pixels wide with its border, and in full screen. */
export const LAPTOP = { sidebar: 616, fullScreen: 640 } as const;
const WIDTH = 1366;

/** Sizes the window of the browser so that the app's frame has this height. */
export async function fitFrame(alma: AlmaPage, height: number): Promise<void> {
  const { page } = alma;
  await page.setViewportSize({ width: WIDTH, height });
  const frame = await alma.frame();
  const lost = height - (await frame.evaluate(() => innerHeight));
  await page.setViewportSize({ width: WIDTH, height: height + lost });
  await frame.waitForFunction((wanted) => innerHeight === wanted, height);
}

/** True when the whole element is inside the app's frame, without scrolling. */
export async function isInView(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const { top, bottom, left, right, height } = element.getBoundingClientRect();
    return height > 0 && top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
  });
}

/** Number of these rows that are wholly inside the app's frame. */
export async function frameRows(rows: Locator): Promise<number> {
  const seen = await Promise.all((await rows.all()).map(isInView));
  return seen.filter(Boolean).length;
}
