import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** The app's frame on a laptop: in Alma's sidebar, and in full screen. */
export const SIDEBAR = { width: 400, height: 616 } as const;
export const FULL_SCREEN = { width: 1366, height: 640 } as const;

/** Sizes the window so that the app's frame has this height. Its width follows from the window's in full screen. */
export async function fitFrame(alma: AlmaPage, { width, height }: typeof SIDEBAR | typeof FULL_SCREEN): Promise<void> {
  const { page } = alma;
  await page.setViewportSize({ width: 1366, height: 700 });
  const frame = await alma.frame();
  const tall = await frame.evaluate(() => innerHeight);
  await page.setViewportSize({ width: 1366, height: 700 + height - tall });
  await frame.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, { width, height });
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
