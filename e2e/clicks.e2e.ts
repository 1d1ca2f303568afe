import { historyIn } from '../test/catp-client/catp-client';
import { dateFromNow, dayFromNow } from '../test/support/wire-request';
import { say } from '../tools/output';
import { ClickCounter } from './support/click-counter';
import type { SeedOptions } from './support/nacsis-sim';
import { OrderFlow } from './support/order-flow';
import { RequestPanel } from './support/request-panel';
import { useStack, type World } from './support/scenario';
import { addTariff } from './support/tariff';
import { WorkList } from './support/work-list';

const MONOGRAPH = '新潟の地誌';
const SERIAL = '日本地域文化学会紀要';

/** A flow of the desk: what the librarian does until it is done. `restart` counts from there on. */
type Flow = (world: World, restart: () => void) => Promise<void>;

/** What each flow may cost: clicks, and fields that are typed in. A flow must not become longer. */
const printed: (readonly string[])[] = [];

describe('What the desk costs in clicks and typed fields:', () => {
  const scenario = useStack();
  afterAll(() => {
    say(tableOf(printed));
  });

  const flow = (name: string, most: { readonly clicks: number; readonly fields: number }, run: Flow) => {
    scenario(`${name}: ${String(most.clicks)} clicks, ${String(most.fields)} fields at most`, async (world) => {
      const count = await ClickCounter.install(world.alma);
      await run(world, () => {
        count.restart();
      });
      printed.push([name, ...[count.clicks, most.clicks, count.fields, most.fields].map(String)]);
      expect(count.clicks).toBeLessThanOrEqual(most.clicks);
      expect(count.fields).toBeLessThanOrEqual(most.fields);
      expect(count.keys).toBe(0);
    });
  };

  flow('order a copy, from a list of records in Alma', { clicks: 3, fields: 3 }, async (world, restart) => {
    const order = await opened(world, SERIAL, restart);
    await order.type('巻号', '12(3)');
    await order.type('年次', '2019');
    await order.type('ページ', '45-50');
    await order.order();
    expect((await world.nacsis.record(await order.orderedId()))['STAT']).toBe('未処理');
  });

  flow('order a loan, from a list of records in Alma', { clicks: 3, fields: 0 }, async (world, restart) => {
    const order = await opened(world, MONOGRAPH, restart);
    await order.order();
    expect((await world.nacsis.record(await order.orderedId()))['STAT']).toBe('未処理');
  });

  flow('accept a shipment, from a request open in Alma', { clicks: 1, fields: 0 }, async (world, restart) => {
    const { alma, nacsis } = world;
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '発送' });
    await alma.addRequest({ side: 'borrowing', external_id: id, user: 'patron001', status: 'REQUEST_SENT' });
    await alma.openBorrowingRequest(id);
    const panel = new RequestPanel(alma);
    await panel.isIn('発送');
    restart();
    await panel.primary.click();
    await panel.isIn('到着処理中');
  });

  flow('accept a shipment, from a list of Alma', { clicks: 2, fields: 0 }, async ({ alma, nacsis }, restart) => {
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '発送' });
    const title = '一覧から開く資料';
    await alma.addRequest({ side: 'borrowing', external_id: id, user: 'patron001', status: 'REQUEST_SENT', title });
    await alma.openBorrowingList();
    const record = alma.app.locator('.record', { hasText: title }).getByRole('link');
    await record.waitFor();
    restart();
    await record.click();
    const panel = new RequestPanel(alma);
    await panel.isIn('発送');
    await panel.primary.click();
    await panel.isIn('到着処理中');
  });

  flow('accept, from a request open in Alma', { clicks: 2, fields: 0 }, async ({ alma, nacsis }, restart) => {
    const [order] = await nacsis.order({ kind: 'copy' });
    const id = String(order?.['ID']);
    await alma.addRequest({ side: 'lending', external_id: id });
    await alma.openLendingRequest(id);
    const panel = new RequestPanel(alma);
    await panel.isIn('未処理');
    restart();
    await panel.primary.click();
    await panel.send();
    await panel.isIn('処理中');
    expect((await nacsis.record(id))['STAT']).toBe('処理中');
  });

  flow('accept, from the start page', { clicks: 2, fields: 0 }, async (world, restart) => {
    const { panel, id } = await fromList(world, { side: 'lender', kind: 'copy', state: '未処理' }, restart);
    await panel.send();
    await panel.isIn('処理中');
    expect((await world.nacsis.record(id))['STAT']).toBe('処理中');
  });

  flow('accept and ship, from the start page', { clicks: 3, fields: 1 }, async (world, restart) => {
    const { panel } = await fromList(world, { side: 'lender', kind: 'copy', state: '未処理' }, restart);
    await panel.form.getByLabel('発送（SEND）').check();
    await panel.send({ 送料: '100' });
    await panel.isIn('発送');
  });

  flow('accept and reject, from the start page', { clicks: 3, fields: 1 }, async (world, restart) => {
    const { panel, id } = await fromList(world, { side: 'lender', kind: 'copy', state: '未処理' }, restart);
    await panel.form.getByLabel('謝絶（PARDON）').check();
    await panel.send({ コメント: '所在不明のため提供できません。' });
    await panel.done.waitFor();
    expect(historyIn(await world.nacsis.record(id)).map(({ SENDCMND }) => SENDCMND)).toContain('PARDON');
  });

  flow(
    'accept a shipment and receive a copy, from the start page',
    { clicks: 3, fields: 0 },
    async (world, restart) => {
      const { panel } = await fromList(world, { side: 'borrower', kind: 'copy', state: '発送' }, restart);
      await panel.isIn('発送');
      await panel.primary.click();
      await panel.isIn('到着処理中');
      await panel.primary.click();
      await panel.isIn('確認');
    },
  );

  flow('return a loan, from the start page', { clicks: 2, fields: 0 }, async (world, restart) => {
    const loan = { side: 'borrower', kind: 'loan', state: '借用中', more: { DDATE: dayFromNow(1) } } as const;
    const { panel } = await fromList(world, loan, restart);
    await panel.isIn('借用中');
    await panel.primary.click();
    await panel.isIn('返送');
  });

  flow('accept 13, from the start page', { clicks: 5, fields: 0 }, async ({ alma, nacsis }, restart) => {
    const orders = await nacsis.order({ kind: 'copy', count: 13 });
    const list = await new WorkList(alma).open();
    await list.tab('受付').click();
    await list.row(String(orders[0]?.['ID'])).waitFor();
    restart();
    await list.status('未処理').click();
    await list.settled();
    await list.all.check();
    await alma.app.locator('app-chosen-bar').getByRole('link', { name: 'まとめて処理' }).click();
    await alma.app.locator('app-batch-params [type=submit]').click();
    await alma.app.getByTestId('batch-run').click();
    await alma.app.getByTestId('batch-summary').waitFor();
    for (const order of orders) expect((await nacsis.record(String(order['ID'])))['STAT']).toBe('処理中');
  });

  flow(
    'ship 12 copies with different pages, from the start page',
    { clicks: 4, fields: 13 },
    async ({ alma, nacsis }, restart) => {
      const ids = await nacsis.seedIn(
        ...Array.from({ length: 12 }, (_, at) => ({
          ...({ side: 'lender', kind: 'copy', state: '処理中' } as const),
          more: { ID: `LA94100000${String(at + 10)}` },
        })),
      );
      await addTariff(alma);
      const list = await new WorkList(alma).open();
      await list.tab('受付').click();
      await list.settled();
      restart();
      await list.search.fill('LA94100000');
      await list.rows.nth(12).waitFor({ state: 'detached' });
      await list.rows.nth(11).waitFor();
      await list.all.check();
      await alma.app.locator('app-chosen-bar').getByRole('link', { name: 'まとめて処理' }).click();
      const pages = alma.app.locator('[data-cell=quantity-0]');
      await pages.nth(11).waitFor();
      for (const [at] of ids.entries()) await pages.nth(at).fill(String(at + 1));
      await alma.app.locator('app-batch-params [type=submit]').click();
      await alma.app.getByTestId('batch-run').click();
      await alma.app.getByTestId('batch-summary').waitFor();
      for (const id of ids) expect((await nacsis.record(id))['STAT']).toBe('発送');
    },
  );

  flow('plan a closure, from the start page', { clicks: 3, fields: 2 }, async ({ alma }, restart) => {
    await alma.search('該当なし');
    await alma.app.locator('nav.tools summary').waitFor();
    restart();
    await alma.goByMenu('休館の予定');
    await alma.app.locator('#closure-from').fill(dateFromNow(300));
    await alma.app.locator('#closure-to').fill(dateFromNow(305));
    await alma.app.getByTestId('plan-closure').click();
    await alma.app.getByText('休館を予定しました').waitFor();
  });

  flow('order without a record of NACSIS-CAT', { clicks: 6, fields: 2 }, async ({ alma, nacsis }, restart) => {
    await alma.search('');
    await alma.app.locator('h1').first().waitFor();
    await alma.goInApp('/create/new');
    await alma.app.getByTestId('order-without-record').waitFor();
    restart();
    await alma.app.getByTestId('order-without-record').click();
    const order = new OrderFlow(alma);
    await order.type('書誌事項', '越後の私家版 / 見本 著');
    await order.findLender('北海見本大学附属図書館');
    await alma.app.locator('app-member-search').getByRole('button', { name: '追加' }).click();
    await order.order();
    expect((await nacsis.record(await order.orderedId()))['STAT']).toBe('未処理');
  });
});

/** Opens the record from the results of a search in Alma, beside the app. */
async function opened({ alma }: World, title: string, restart: () => void): Promise<OrderFlow> {
  await alma.search(title);
  await alma.app.locator('h1').first().waitFor();
  restart();
  await alma.openRecord(title);
  const flow = new OrderFlow(alma);
  await flow.rota.first().waitFor();
  return flow;
}

/** Follows the next step of a seeded request in the list of the start page. */
async function fromList(
  { alma, nacsis }: World,
  seed: SeedOptions,
  restart: () => void,
): Promise<{ readonly panel: RequestPanel; readonly id: string }> {
  const [id = ''] = await nacsis.seedIn(seed);
  const list = await new WorkList(alma).open();
  await list.tab(seed.side === 'lender' ? '受付' : '依頼').click();
  await list.row(id).waitFor();
  restart();
  await list
    .row(id)
    .getByRole('link', { name: new RegExp(`（[A-Z]+） ${id}$`) })
    .click();
  return { panel: new RequestPanel(alma), id };
}

/** The counts as lines of a table. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const head = ['clicks', 'most', 'typed', 'most'];
  const lines = [['', ...head], ...rows].map(([name = '', ...counts]) =>
    [...counts.map((each) => each.padStart(7)), ` ${name}`].join(''),
  );
  return ['', ...lines].join('\n');
}
