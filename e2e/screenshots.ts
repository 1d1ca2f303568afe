/**
 * `npm run screenshots`: takes screenshots of every step of creation, of every page for requests and of the import into
 * docs/screenshots, in both languages, as sidebar and in full screen. `npm run screenshots -- imports` retakes only
 * those of the import.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser } from '../tools/browser';
import { buildWhereStale } from '../tools/build-app';
import { runTool, say } from '../tools/output';
import { inRoot } from '../tools/repository';
import { AlmaPage } from './support/alma-page';
import { AlmaSim } from './support/alma-sim';
import { ImportApi } from './support/import-api';
import { shootImports, type ImportSitting } from './support/import-pictures';
import { NacsisSim } from './support/nacsis-sim';
import { OrderFlow } from './support/order-flow';
import { shootRequests } from './support/request-pictures';
import { TestBrowser } from './support/test-browser';
import { TestStack } from './support/stack';

const FOLDER = inRoot('docs/screenshots');
const MONOGRAPH = '新潟の地誌';
const SERIAL = '日本地域文化学会紀要';

interface Sitting {
  readonly alma: AlmaPage;
  readonly flow: OrderFlow;
  readonly shoot: (step: string) => Promise<void>;
}

await runTool('screenshots', async () => {
  const isOfImports = process.argv[2] === 'imports';
  await buildWhereStale();
  const browser = await findBrowser();
  Object.assign(process.env, browser.env, { CHROME_BIN: browser.executable });
  if (!isOfImports) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const lang of ['ja', 'en'] as const)
    for (const isFull of [false, true]) {
      if (!isOfImports) await sit(lang, isFull, shootEverythingElse);
      await sit(lang, isFull, shootImports);
    }
  await TestBrowser.quit();
  say(`docs/screenshots written`);
  return 0;
});

/** Takes the screenshots of one session. */
type Shooting = (sitting: ImportSitting) => Promise<void>;

async function sit(lang: 'ja' | 'en', isFull: boolean, shootWhat: Shooting): Promise<void> {
  // A create is visible after one second.
  const stack = await TestStack.start({ alma: { createSettleSeconds: 1 } });
  const { urls } = stack.stack;
  // Alma's sidebar is 400 px wide. A tall window shows more of it.
  const browser = await TestBrowser.open({ width: 1280, height: isFull ? 860 : 1240 });
  const alma = new AlmaPage(browser.page, urls.alma);
  const shoot = async (step: string): Promise<void> => {
    const path = join(FOLDER, `${step}-${isFull ? 'full' : '400'}-${lang}.png`);
    const target = isFull ? browser.page : browser.page.locator('#cloudapp');
    await target.screenshot({ path, animations: 'disabled' });
  };
  const [almaSim, nacsis, api] = [new AlmaSim(urls.alma), new NacsisSim(urls.nacsis), new ImportApi(urls)];
  try {
    await shootWhat({ alma, almaSim, nacsis, api, lang, isFull, shoot });
  } finally {
    await browser.close();
    await stack.stop();
  }
}

async function shootEverythingElse(sitting: ImportSitting): Promise<void> {
  const { alma, lang, isFull, shoot } = sitting;
  await steps({ alma, flow: new OrderFlow(alma), shoot }, lang, isFull);
  await shootRequests(sitting);
  if (lang === 'ja' && !isFull) await beside(alma);
}

async function steps({ alma, flow, shoot }: Sitting, lang: string, isFull: boolean): Promise<void> {
  await alma.search('', { lang });
  if (isFull) await alma.goFullScreen();
  await alma.app.locator('.record').first().waitFor();
  await alma.app.getByText('FA090007').waitFor();
  await alma.app.locator('app-work-list .list[aria-busy=false]').waitFor();
  await shoot('1-start');
  await openInApp(alma, SERIAL);
  await flow.rota.first().waitFor();
  await alma.app.locator('#field-volume').fill('12(3)');
  await alma.app.locator('#field-year').fill('1938');
  await alma.app.locator('#field-pages').fill('45-50');
  await alma.app.locator('#field-article').fill('髙田平野の民家と𠮷野杉');
  await shoot('2-create');
  await alma.app.locator('app-holdings-panel summary').first().click();
  await alma.app.locator('app-holding-row, app-holdings-table').first().waitFor();
  await alma.app.locator('app-holdings-panel').scrollIntoViewIfNeeded();
  await shoot('3-holdings');
  await flow.orderButton.click();
  await flow.confirmButton.waitFor();
  await shoot('4-confirm');
  await flow.confirmButton.click();
  await flow.done.waitFor();
  await shoot('5-ordered');
  await alma.goInApp(`/requests/${await flow.orderedId()}`);
  await alma.app.locator('dl').first().waitFor();
  await shoot('6-request');
  await alma.goInApp('/create/new');
  await alma.app.locator('app-catalog-search input[type=text]').first().fill('新潟');
  await alma.app.locator('app-catalog-search button[type=submit]').click();
  await alma.app.locator('app-catalog-search app-catalog-record').first().waitFor();
  await shoot('7-search');
  for (const [step, path] of [
    ['8-drafts', '/drafts'],
    ['9-settings', '/settings'],
    ['10-help', '/help'],
    ['11-config', '/config'],
    ['34-members', '/members'],
    ['35-own-record', '/members/own'],
    ['36-closures', '/members/closures'],
  ] as const) {
    await alma.goInApp(path);
    await alma.app.locator('h1').first().waitFor();
    await shoot(step);
  }
}

/** The app beside a record of Alma, for the README. */
async function beside(alma: AlmaPage): Promise<void> {
  await alma.search(MONOGRAPH);
  await alma.openRecord(MONOGRAPH);
  await new OrderFlow(alma).rota.first().waitFor();
  await alma.page.screenshot({ path: join(FOLDER, 'order.png'), animations: 'disabled' });
}

async function openInApp(alma: AlmaPage, title: string): Promise<void> {
  await (await alma.records()).filter({ hasText: title }).getByRole('link').first().click();
}
