import type { Locator } from 'playwright-core';
import type { AlmaPage } from './alma-page';

/** Sizes of the app's frame on a laptop in CSS pixels: beside Alma's page, and at full screen. */
export const SIDEBAR = { width: 400, height: 616 } as const;
export const FULL_SCREEN = { width: 1366, height: 640 } as const;
/** Milliseconds that the app has to bring something into view. */
const PATIENCE = 3_000;

/** Changes the window until the app's frame has this size. Beside Alma's page, Alma gives the width, less a border. */
export async function fitFrame(
  alma: AlmaPage,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  const frame = await alma.frame();
  const now = await frame.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const window = alma.page.viewportSize() ?? now;
  const wider = width === SIDEBAR.width ? 0 : width - now.width;
  await alma.page.setViewportSize({ width: window.width + wider, height: window.height + height - now.height });
  await frame.waitForFunction((wanted) => innerHeight === wanted, height);
}

/**
 * Waits for a new error (`role=alert`) and expects it in view: inside the frame, which is as high as on a laptop, without
 * anybody scrolling. `alert`: the message, or the text inside it.
 */
export async function expectNewErrorInView(alert: Locator, timeout?: number): Promise<void> {
  await alert.first().waitFor({ ...(timeout !== undefined && { timeout }) });
  await expectInView(alert.first(), 'the error');
}

/** Expects that the element is inside the frame's viewport, at least with its first lines when it is higher. */
export async function expectInView(element: Locator, name: string): Promise<void> {
  const until = Date.now() + PATIENCE;
  let where = await placeOf(element);
  while (!isInView(where) && Date.now() < until) {
    await element.page().waitForTimeout(50);
    where = await placeOf(element);
  }
  expect(isInView(where))
    .withContext(`${name} is in view: ${JSON.stringify(where)}`)
    .toBeTrue();
}

interface Place {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly height: number;
}

async function placeOf(element: Locator): Promise<Place> {
  return element.evaluate((inner) => {
    const { top, bottom, left, right } = (inner.closest('[role=alert]') ?? inner).getBoundingClientRect();
    const round = Math.round;
    return {
      ...{ top: round(top), bottom: round(bottom), left: round(left), right: round(right) },
      ...{ width: innerWidth, height: innerHeight },
    };
  });
}

function isInView({ top, bottom, left, right, width, height }: Place): boolean {
  return top >= 0 && bottom <= height && left >= 0 && right <= width && bottom > top;
}
