import { execa } from 'execa';
import type { Locator } from 'playwright-core';
import { inRoot } from '../tools/repository';
import { INSTITUTIONS, LIBRARY } from '../tools/gateway-config';
import { ImportApi } from './support/import-api';
import { almaIds, countImport, type Counted } from './support/import-count';
import { ImportPage } from './support/import-page';
import { useStack, type World } from './support/scenario';
import { WorkList } from './support/work-list';

const BORROWING = '/almaws/v1/users';
const LENDING = '/almaws/v1/partners';

/** Returns the library whose requests are counted. */
async function counted({ stack, nacsis }: World): Promise<Counted> {
  const [first] = await nacsis.accounts();
  return { ...stack.urls, member: first?.memberId ?? '', institution: INSTITUTIONS[0] };
}

/** Adds a fault for calls of Alma. */
async function fault({ stack }: World, match: object, what: object): Promise<void> {
  await toAlma(stack.urls.alma, 'faults', { match, ...what });
}

async function toAlma(url: string, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/_sim/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
}

async function gone(locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'detached' });
}

describe('The import job, from NACSIS-ILL to Alma:', () => {
  const scenario = useStack();

  scenario(
    'what other clients made in NACSIS-ILL is in Alma and in the list, statuses follow, and all numbers agree',
    async (world) => {
      const { alma, nacsis } = world;
      const who = await counted(world);
      const before = await almaIds(who);
      const known = await countImport(who);
      const [mine = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理' });
      const [ordered] = await nacsis.order({ kind: 'loan', count: 1 });
      const theirs = String(ordered?.['ID']);

      const page = await new ImportPage(alma).open();
      await alma.app.getByTestId('no-runs').waitFor();
      await page.runNow();
      const after = await countImport(who, before);
      const total = after.borrower.requests + after.lender.requests;
      expect(await page.number('records')).toBe(total);
      expect(await page.number('borrowing-succeeded')).toBe(after.borrower.requests);
      expect(await page.number('lending-succeeded')).toBe(after.lender.requests);
      expect([...after.borrower.missing, ...after.lender.missing]).toEqual([]);
      expect([...after.borrower.doubles, ...after.lender.doubles]).toEqual([]);

      await page.openReport();
      const created = after.borrower.created.length + after.lender.created.length;
      expect(await page.number('created')).toBe(created);
      expect(created).toBe(known.borrower.missing.length + known.lender.missing.length + 2);
      expect((await page.number('created')) + (await page.number('updated')) + (await page.number('unchanged'))).toBe(
        total,
      );

      const list = await new WorkList(alma).open();
      await list.row(mine).waitFor();
      await expectFacets(list, after.borrower.byStatus);
      await list.tab('受付').click();
      await list.row(theirs).waitFor();
      await expectFacets(list, after.lender.byStatus);

      await nacsis.step(mine);
      await page.open();
      await page.runNow();
      await page.openReport();
      expect(await page.number('status-changed')).toBe(1);
      expect(await page.number('created')).toBe(0);
      expect((await almaIds(who)).size).toBe(before.size + created);
      await list.open();
      await list.tab('依頼').click();
      await list.row(mine).getByText('処理中', { exact: true }).waitFor();

      await page.open();
      await page.runNow();
      await page.openReport();
      const changes = [await page.number('created'), await page.number('status-changed'), await page.number('updated')];
      expect(changes).toEqual([0, 0, 0]);
      expect(await page.number('unchanged')).toBe(await page.number('records'));
    },
  );

  /** Checks that the list shows these statuses with the counts of NACSIS-ILL. */
  const expectFacets = async (list: WorkList, counts: Readonly<Record<string, number>>) => {
    for (const [status, count] of Object.entries(counts)) {
      await list.status(status).waitFor();
      expect(await list.countOf(status))
        .withContext(status)
        .toBe(count);
    }
  };
});

describe('The pages of the import job:', () => {
  const scenario = useStack();

  scenario('a run shows live what it does, and is cancelled between two requests', async (world) => {
    const { alma, nacsis } = world;
    await fault(world, { method: 'POST', path: BORROWING }, { do: 'delay', ms: 1_500 });
    await nacsis.seedIn(
      ...Array.from({ length: 40 }, () => ({ side: 'borrower', kind: 'copy', state: '未処理' }) as const),
    );
    const page = await new ImportPage(alma).open();
    await page.startButton.click();
    const doing = page.running.getByTestId('run-doing').filter({ hasText: /Alma に反映しています：[1-9]/ });
    await doing.waitFor({ timeout: 60_000 });
    const bar = page.running.locator('progress');
    expect(Number(await bar.getAttribute('value'))).toBeGreaterThan(0);
    expect(Number(await bar.getAttribute('max'))).toBeGreaterThanOrEqual(40);
    await alma.app.getByTestId('import-cancel').click();
    await alma.app.getByTestId('import-cancel-yes').click();
    await gone(page.running);
    await page.lastRun.getByText('中止', { exact: false }).first().waitFor();
    const done = await page.number('records');
    expect(done).toBeGreaterThan(0);
    const { progress } = await new ImportApi(world.stack.urls).newest();
    expect(done).toBeLessThan(progress.due ?? 0);
  });

  scenario('a failed request is named with its reason and the way out, and is tried again by itself', async (world) => {
    const { alma, nacsis } = world;
    const [id = ''] = await nacsis.seedIn({
      side: 'lender',
      kind: 'copy',
      state: '未処理',
      more: { ID: 'LA9000000901' },
    });
    await fault(world, { method: 'POST', path: LENDING }, { do: 'status', code: 400, errorCode: '40166411' });
    const page = await new ImportPage(alma).open();
    await page.runNow();
    await page.openReport();
    const failure = page.failures('lender').filter({ hasText: id });
    await failure.getByText('40166411').waitFor();
    await fetch(`${world.stack.urls.alma}/_sim/faults`, { method: 'DELETE' });
    await failure.getByTestId('retry').click();
    await failure.getByText('成功', { exact: false }).first().waitFor();
    const { lending } = await alma.requests();
    expect(lending.filter(({ request }) => request.external_id === id).length).toBe(1);
    await failure.getByRole('link', { name: id }).click();
    await alma.app.getByRole('heading', { name: id }).or(alma.app.getByText(id).first()).first().waitFor();
  });

  scenario('a partner that is missing is named as an error of the settings', async (world) => {
    const { alma, nacsis } = world;
    await nacsis.seedIn({ side: 'lender', kind: 'copy', state: '未処理', more: { ID: 'LA9000000902' } });
    const api = new ImportApi(world.stack.urls);
    await api.saveProfile({ partner: { code: 'NIX', perMember: false } });
    const page = await new ImportPage(alma).open();
    await page.runNow();
    await alma.app.getByText('統合プロファイルの設定に誤りがあります').waitFor();
    expect(await alma.app.locator('app-configuration-errors').innerText()).toContain('NIX');
    const way = alma.app.locator('app-configuration-errors').getByRole('link').first();
    expect(await way.getAttribute('href')).toContain('/settings/integration');
    await api.saveProfile();
  });

  scenario('the profile is changed, and a dry run says what would be done and does nothing', async (world) => {
    const { alma, nacsis } = world;
    const who = await counted(world);
    await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理', more: { ID: 'LA9000000903' } });
    const before = await almaIds(who);
    await new ImportPage(alma).open();
    await alma.goInApp('/settings/integration');
    await alma.app.locator('app-schedule-part select').first().selectOption('day');
    await alma.app.getByRole('button', { name: '設定を保存' }).click();
    await alma.app.locator('app-schedule-part').getByText(/次回/).first().waitFor();
    await alma.app.locator('app-dry-run').getByRole('button').click();
    await alma.app.getByTestId('dry-banner').waitFor();
    await alma.app.locator('[data-number=created]').getByText(/[1-9]/).waitFor();
    expect(await almaIds(who)).toEqual(before);
    await new ImportApi(world.stack.urls).saveProfile();
  });

  scenario('the command line prints the same report, asks the running gateway, and takes its key', async (world) => {
    const { nacsis, stack } = world;
    await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理', more: { ID: 'LA9000000904' } });
    const before = await almaIds(await counted(world));
    const args = ['--import', 'tsx', 'tools/import.ts', '--config', stack.configFile, '--library', LIBRARY.code];
    const options = { cwd: inRoot('.'), reject: false } as const;
    const dry = await execa(process.execPath, [...args, '--dry-run', '--json', '--lang', 'ja'], options);
    const report = JSON.parse(dry.stdout) as {
      readonly dryRun: boolean;
      readonly requests: readonly { readonly id: string }[];
    };
    expect(report.dryRun).toBeTrue();
    expect(report.requests.map(({ id }) => id)).toContain('LA9000000904');
    expect(await almaIds(await counted(world))).toEqual(before);
  });

  scenario('who is no manager reads the reports, and is told why there is no button', async ({ alma }) => {
    const page = new ImportPage(alma);
    await alma.search('該当なし', { user: 'staff002' });
    await alma.goByMenu('取込');
    await alma.app.getByTestId('managers-only').waitFor();
    expect(await page.startButton.count()).toBe(0);
  });
});
