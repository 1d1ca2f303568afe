import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import { ImportApi, INTEGRATION } from './support/import-api';
import { OrderFlow } from './support/order-flow';
import { RequestPanel, type Side } from './support/request-panel';
import { useStack, type World } from './support/scenario';
import { WorkList } from './support/work-list';

const LANGUAGES = ['ja', 'en'] as const;
const MONOGRAPH = '新潟の地誌';

describe('every screen of creation, for everybody', () => {
  const scenario = useStack();

  for (const lang of LANGUAGES) {
    scenario(`start, search, drafts, settings, help, configuration: ${lang}`, async ({ alma }) => {
      await alma.search('新潟', { lang });
      await alma.app.locator('.record').first().waitFor();
      await check(alma, 'start');
      for (const path of [
        ...['/create/new', '/drafts', '/bridge', '/settings', '/help', '/config'],
        ...['/members', '/members/own', '/members/closures'],
      ]) {
        await alma.goInApp(path);
        await alma.app.locator('h1').first().waitFor();
        await check(alma, path);
      }
    });

    scenario(`creation from a record to its id: ${lang}`, async (world) => {
      await world.alma.search('新潟', { lang });
      await create(world);
    });
  }
});

describe('every screen of a request, for everybody', () => {
  const scenario = useStack();

  for (const lang of LANGUAGES) {
    scenario(`Must be shown: 0 axe violations in work list, panel, forms of the lender: ${lang}`, async (world) => {
      await openNothing(world.alma, lang);
      await chosenRows(world.alma);
      await lenderForms(world);
    });

    scenario(`Must be shown: 0 axe violations in forms of the borrower, refusal: ${lang}`, async (world) => {
      world.browser.expectComplaint(/Failed to load resource/);
      await openNothing(world.alma, lang);
      await borrowerForms(world);
      await refused(world);
    });

    scenario(`Must be shown: 0 axe violations in batch, print, tariffs, linking: ${lang}`, async (world) => {
      await openNothing(world.alma, lang);
      await tools(world);
      await unlinked(world.alma, lang);
    });
  }
});

describe('every screen of the import, for everybody', () => {
  const scenario = useStack();

  for (const lang of LANGUAGES) {
    scenario(`Must be shown: 0 axe violations in job, report, dry run, profile: ${lang}`, async (world) => {
      await openNothing(world.alma, lang);
      await importJob(world);
    });
  }
});

let lastId = 9_300_000_000;
/** Never reuses an id, because the gateway remembers requests that the simulator's reset has removed. */
async function seeded({ nacsis }: World, side: Side, state: string, kind: 'copy' | 'loan' = 'copy'): Promise<string> {
  const [id = ''] = await nacsis.seedIn({ side, kind, state, more: { ID: `LA${String((lastId += 1))}` } });
  return id;
}

/** Opens a page of Alma without a record, which shows only the work list. */
async function openNothing(alma: AlmaPage, lang: string): Promise<void> {
  await alma.search('該当なし', { lang });
  await new WorkList(alma).refresh();
}

async function chosenRows(alma: AlmaPage): Promise<void> {
  const list = new WorkList(alma);
  await list.unfold();
  for (const side of [0, 1]) {
    await alma.app.getByRole('tab').nth(side).click();
    await list.settled();
    await list.rows.first().getByRole('checkbox').check();
    await list.rows.nth(1).getByRole('checkbox').check();
    await alma.app.locator('app-chosen-bar select').waitFor();
    await check(alma, `work list ${String(side)}`);
  }
}

async function lenderForms(world: World): Promise<void> {
  const { alma } = world;
  const panel = new RequestPanel(alma);
  await panel.open('lender', await seeded(world, 'lender', '未処理'));
  await panel.primary.waitFor();
  await check(alma, 'panel of a new request');
  await panel.open('lender', await seeded(world, 'lender', '処理中', 'loan'));
  await panel.denied();
  await check(alma, 'actions that are not allowed');
  for (const action of ['ship', 'reject', 'inquiry']) {
    await panel.choose(action);
    await panel.form.waitFor();
    await check(alma, `form: ${action}`);
    await alma.page.keyboard.press('Escape');
    await panel.form.waitFor({ state: 'detached' });
  }
  await panel.open('lender', await seeded(world, 'lender', '更新請求', 'loan'));
  await panel.choose('accept');
  await panel.form.or(panel.done).first().waitFor();
  await check(alma, 'renewal');
}

async function borrowerForms(world: World): Promise<void> {
  const { alma } = world;
  const panel = new RequestPanel(alma);
  for (const [state, kind, action] of [
    ['借用中', 'loan', 'renew'],
    ['到着処理中', 'copy', 'claim'],
    ['照会', 'copy', 'answer'],
    ['回答待', 'copy', 'callback'],
  ] as const) {
    await panel.open('borrower', await seeded(world, 'borrower', state, kind));
    await panel.choose(action);
    await panel.form.waitFor();
    await check(alma, `form: ${action}`);
  }
  await panel.send();
  await panel.done.waitFor();
  await check(alma, 'done');
}

async function refused(world: World): Promise<void> {
  const { alma, nacsis } = world;
  const panel = new RequestPanel(alma);
  const id = await seeded(world, 'borrower', '未処理');
  await panel.open('borrower', id);
  await panel.choose('callback');
  await panel.form.waitFor();
  await nacsis.perform(String((await nacsis.record(id))['AMLID']), 'RECEIVE', id);
  await panel.send();
  await panel.notAllowed.waitFor();
  await check(alma, 'refusal');
}

async function tools(world: World): Promise<void> {
  const { alma } = world;
  const id = await seeded(world, 'lender', '発送', 'loan');
  await alma.goInApp('/batch');
  await alma.app.locator('app-batch-intake input[type=radio]').nth(1).check();
  await alma.app.locator('app-batch-intake input:not([type=radio])').fill(await seeded(world, 'lender', '未処理'));
  await alma.page.keyboard.press('Enter');
  await alma.app.locator('app-batch-params [type=submit]').waitFor();
  await check(alma, 'batch');
  for (const slip of ['pull', 'shipping', 'label']) {
    await alma.goInApp(`/print/${slip}?side=lender&ids=${id}`);
    await alma.app.getByTestId('sheet').first().waitFor();
    await check(alma, `print: ${slip}`);
  }
  await alma.goInApp('/settings/tariffs');
  await alma.app.locator('form button').first().click();
  await check(alma, 'tariffs');
}

async function unlinked(alma: AlmaPage, lang: string): Promise<void> {
  const request = await alma.addRequest({ side: 'lending' });
  await alma.page.goto(`${alma.url}/lending-requests/${request}?lang=${lang}`);
  await alma.app.getByTestId('unlinked').waitFor();
  await check(alma, 'unlinked');
}

/** Starts a run with valid settings, then one with an inactive partner, so that requests fail. */
async function importJob(world: World): Promise<void> {
  const { alma, nacsis, stack } = world;
  const api = new ImportApi(stack.urls);
  await api.saveProfile();
  await alma.goInApp('/settings/integration');
  await alma.app.getByTestId('alma-check').locator('.note').nth(1).waitFor();
  await alma.app.getByTestId('status-row').first().waitFor();
  await check(alma, 'profile');
  await nacsis.addFault({ match: { method: 'SEARCH' }, do: 'delay', ms: 3_000 });
  await alma.app.getByTestId('dry-run').click();
  await alma.app.locator('progress').waitFor();
  await check(alma, 'report of a run that goes on');
  await alma.goInApp('/imports');
  await alma.app.getByTestId('running').waitFor();
  await check(alma, 'run that goes on');
  await nacsis.clearFaults();
  await alma.app.getByTestId('last-run').waitFor();
  await seeded(world, 'lender', '未処理');
  await api.saveProfile({ ...INTEGRATION, partner: { code: 'MAIL002', perMember: false } });
  const { runId } = await api.runThrough();
  await alma.goInApp(`/imports/${runId}`);
  await alma.app.getByTestId('failure').first().waitFor();
  await alma.app.getByTestId('imported').first().waitFor();
  await check(alma, 'report');
  await alma.goInApp('/imports');
  await alma.app.getByTestId('configuration-errors').waitFor();
  await check(alma, 'job');
}

async function create({ alma }: World): Promise<void> {
  const flow = new OrderFlow(alma);
  await (await alma.records()).filter({ hasText: MONOGRAPH }).getByRole('link').first().click();
  await flow.rota.first().waitFor();
  await check(alma, 'form');
  const folded = alma.app.locator('details:not([open]) > summary:visible');
  while ((await folded.count()) > 0) await folded.first().click();
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

/** Checks the screen in the sidebar and in full screen. Alma resizes the app's frame without reloading it. */
async function check(alma: AlmaPage, screen: string): Promise<void> {
  for (const size of ['sidebar', 'full screen']) {
    expect(await violationsOf(alma))
      .withContext(`${screen}, ${size}`)
      .toEqual([]);
    expect(await scrollsSideways(alma))
      .withContext(`${screen} scrolls sideways, ${size}`)
      .toBeFalse();
    await alma.toggleFullScreen();
  }
}
