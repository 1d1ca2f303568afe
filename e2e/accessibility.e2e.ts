import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import { OrderFlow } from './support/order-flow';
import { useStack, type World } from './support/scenario';

const LANGUAGES = ['ja', 'en'] as const;
/** The sidebar of Alma, and the full screen. */
const SIZES = { sidebar: false, full: true } as const;
const MONOGRAPH = '新潟の地誌';

describe('every screen of creation, for everybody', () => {
  const scenario = useStack();

  for (const lang of LANGUAGES) {
    for (const [size, isFull] of Object.entries(SIZES)) {
      scenario(`start, search, drafts, settings, help, configuration: ${lang}, ${size}`, async ({ alma }) => {
        await openSearch(alma, lang, isFull);
        await alma.app.locator('.record').first().waitFor();
        await check(alma, 'start');
        for (const path of ['/create/new', '/drafts', '/settings', '/help', '/config']) {
          await alma.goInApp(path);
          await alma.app.locator('h1').first().waitFor();
          await check(alma, path);
        }
      });

      scenario(`creation from a record to its id: ${lang}, ${size}`, async (world) => {
        await openSearch(world.alma, lang, isFull);
        await create(world);
      });
    }
  }
});

async function create({ alma }: World): Promise<void> {
  const flow = new OrderFlow(alma);
  await alma.app.locator('.record').filter({ hasText: MONOGRAPH }).getByRole('link').first().click();
  await flow.rota.first().waitFor();
  await check(alma, 'form');
  for (const summary of await alma.app.locator('details:not([open]) > summary').all())
    if (await summary.isVisible()) await summary.click();
  await check(alma, 'everything unfolded');
  await alma.app.locator('app-resource-block').getByRole('button', { expanded: false }).first().click();
  await alma.app.locator('app-holdings-panel').getByRole('button', { expanded: false }).first().click();
  await check(alma, 'details');
  await flow.orderButton.click();
  await flow.confirmButton.waitFor();
  await check(alma, 'confirmation');
  await flow.confirmButton.click();
  await flow.done.waitFor();
  await check(alma, 'done');
  await alma.goInApp(`/requests/${await flow.orderedId()}`);
  await alma.app.locator('dl').first().waitFor();
  await check(alma, 'request');
}

async function openSearch(alma: AlmaPage, lang: string, isFull: boolean): Promise<void> {
  await alma.search('新潟', { lang });
  if (isFull) await alma.goFullScreen();
}

async function check(alma: AlmaPage, screen: string): Promise<void> {
  expect(await violationsOf(alma))
    .withContext(screen)
    .toEqual([]);
  expect(await scrollsSideways(alma))
    .withContext(`${screen} scrolls sideways`)
    .toBeFalse();
}
