import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import { AlmaSim } from './support/alma-sim';
import type { NacsisSim, WireRecord } from './support/nacsis-sim';
import { OrderFlow } from './support/order-flow';
import { RequestPanel } from './support/request-panel';
import { useStack, type World } from './support/scenario';

const LANGUAGES = ['ja', 'en'] as const;
const FAILED_LOAD = /Failed to load resource/;
const LENDING = {
  side: 'lending',
  title: '図書館情報学入門',
  citation_type: { value: 'BOOK' },
  format: { value: 'PHYSICAL' },
};
const BORROWING = {
  side: 'borrowing',
  user: 'patron001',
  title: '図書館情報学入門',
  citation_type: { value: 'BK' },
  format: { value: 'PHYSICAL' },
};

describe('Point 1, the panel of the current record:', () => {
  const scenario = useStack();

  scenario('a lending request with an external identifier shows its panel by itself', async (world) => {
    const id = await seeded(world.nacsis, 'lender', '未処理');
    await openLending(world, { external_id: id });
    await panelOf(world.alma, id);
    await state(world.alma).getByText('未処理').waitFor();
    await world.alma.app.getByText('新しい依頼が届いています').waitFor();
    await world.alma.app.getByTestId('life-path').locator('[aria-current=step]').waitFor();
  });

  scenario('a borrowing request that was ordered from Alma shows its panel by itself', async (world) => {
    const wanted = { ...BORROWING, title: '新潟の地誌', isbn: '9784990000011', year: '1981' };
    const request = await new AlmaSim(world.stack.urls.alma).putRequest(wanted);
    await world.alma.openBorrowingRequest(request.request_id);
    const flow = new OrderFlow(world.alma);
    await flow.rota.first().waitFor();
    await flow.order();
    const id = await flow.orderedId();
    await world.alma.openBorrowingRequest(request.request_id);
    await panelOf(world.alma, id);
  });

  scenario('a list page of Alma with many requests: each of them opens its panel', async ({ alma, nacsis }) => {
    const states = ['未処理', '処理中', '発送'];
    const ids = await nacsis.seedIn(
      ...states.map((wire) => ({ side: 'borrower', kind: 'copy', state: wire }) as const),
    );
    const titles = states.map((wire) => `一覧の見本 ${wire}`);
    for (const [at, id] of ids.entries())
      await alma.addRequest({ side: 'borrowing', user: 'patron001', title: titles[at] ?? '', external_id: id });
    await alma.openBorrowingList();
    const records = await alma.records();
    await records.nth(1).waitFor();
    expect(await records.count()).toBeGreaterThanOrEqual(states.length);
    for (const [at, id] of ids.entries()) {
      await records
        .filter({ hasText: titles[at] ?? '' })
        .getByRole('link')
        .click();
      await panelOf(alma, id);
      await state(alma)
        .getByText(states[at] ?? '', { exact: true })
        .waitFor();
      await alma.app.getByRole('link', { name: 'はじめに戻る' }).click();
      await records.nth(1).waitFor();
    }
  });

  scenario('a list page of lending requests: one of many opens its panel', async ({ alma, nacsis }) => {
    const [id = ''] = await nacsis.seedIn({ side: 'lender', kind: 'loan', state: '返送' });
    await alma.addRequest({ side: 'lending', title: '一覧の貸出', external_id: id });
    await alma.openLendingList();
    await (await alma.records()).filter({ hasText: '一覧の貸出' }).getByRole('link').click();
    await panelOf(alma, id);
    await state(alma).getByText('返送', { exact: true }).waitFor();
  });

  scenario('an id in a note is shown, and asked about', async (world) => {
    const id = await seeded(world.nacsis, 'lender', '処理中');
    await openLending(world, { note: `NACSIS ${id}` });
    await panelOf(world.alma, id);
    await world.alma.app.getByTestId('by-note').getByRole('button', { name: '結び付ける' }).waitFor();
  });

  scenario('a lending request that nobody linked can be linked by id, which can be undone', async (world) => {
    const id = await seeded(world.nacsis, 'lender', '未処理');
    const { alma } = world;
    await openLending(world, {});
    await alma.app.getByText('NACSIS-ILL の依頼が見つかりません').waitFor();
    await alma.app.getByLabel('ILLレコードID').fill(id.toLowerCase());
    await alma.app.getByRole('button', { name: '確認', exact: true }).click();
    await alma.app.getByTestId('titles-differ').waitFor();
    await alma.app.getByRole('button', { name: '結び付ける', exact: true }).click();
    await panelOf(alma, id);
    await alma.app.getByTestId('link-done').getByRole('button', { name: '元に戻す' }).click();
    await alma.app.getByTestId('unlinked').waitFor();
    await alma.app.getByTestId('link-done').getByRole('button', { name: '元に戻す' }).click();
    await panelOf(alma, id);
    await alma.page.reload();
    await panelOf(alma, id);
    await alma.app.getByRole('button', { name: '結び付きを解除' }).click();
    await alma.app.getByTestId('unlinked').waitFor();
  });

  scenario('a borrowing request that nobody linked goes on to an order, which offers to link it', async ({ alma }) => {
    await alma.openBorrowingRequest();
    await alma.app.locator('h1', { hasText: '依頼を作成' }).waitFor();
    await alma.app.getByRole('link', { name: 'NACSIS-ILL の依頼と結び付ける' }).click();
    await alma.app.getByTestId('unlinked').waitFor();
    await alma.app.getByRole('link', { name: '依頼を作成' }).click();
    await alma.app.locator('h1', { hasText: '依頼を作成' }).waitFor();
  });

  scenario('what the other library does while the panel is open is shown on wish, and said', async (world) => {
    const id = await seeded(world.nacsis, 'borrower', '未処理');
    await world.alma.search('');
    await world.alma.goInApp(`/requests/borrower/${id}`);
    await panelOf(world.alma, id);
    await put(world.nacsis, { ...(await world.nacsis.record(id)), STAT: '処理中' }, 'RECEIVE');
    await world.alma.app.getByTestId('reload').click();
    await world.alma.app.getByTestId('news').getByText('未処理 から 処理中').waitFor();
    await state(world.alma).getByText('処理中').waitFor();
  });

  scenario('a request that another program passed on is said to be delivered no more', async ({ alma, nacsis }) => {
    const id = await seeded(nacsis, 'lender', '処理中');
    await alma.search('');
    await alma.goInApp(`/requests/lender/${id}`);
    await panelOf(alma, id);
    const record = await nacsis.record(id);
    const [, next] = record['HMLG'] as readonly WireRecord[];
    await put(nacsis, { ...record, STAT: '未処理', AMLID: next?.['HMLID'], AMLNM: next?.['HMLNM'] }, 'PARDON');
    await alma.app.getByTestId('reload').click();
    await alma.app.getByTestId('gone').getByText('自館に配信されなくなりました').waitFor();
  });

  scenario(
    'a request that has gone from NACSIS-ILL is said to be delivered no more, with what was last known',
    async (world) => {
      const { alma, nacsis } = world;
      const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '処理中' });
      await alma.search('');
      await alma.goInApp(`/requests/borrower/${id}`);
      await panelOf(alma, id);
      await nacsis.reset();
      await alma.app.getByTestId('reload').click();
      await alma.app.getByTestId('gone').getByText('自館に配信されなくなりました').waitFor();
      await alma.app.getByText('𠮷野の民家').first().waitFor();
      expect(await alma.app.locator('app-action-bar button[data-action]').count()).toBe(0);
    },
  );

  scenario('contact details of the partner on demand, candidates, history', async ({ alma, nacsis }) => {
    const id = await seeded(nacsis, 'borrower', '発送');
    await alma.search('');
    await alma.goInApp(`/requests/borrower/${id}`);
    await alma.app.getByText('連絡先を見る').click();
    await alma.app.getByTestId('partner-contact').getByText('電話').waitFor();
    await alma.app.getByTestId('lenders').locator('summary').click();
    await alma.app.getByText('現在の受付館').waitFor();
    const first = alma.app.getByTestId('history').locator('li').first();
    await first.getByText('発送（SEND）').waitFor();
  });
});

describe('Point 7, both truths, and what Alma can be told:', () => {
  const scenario = useStack();

  scenario('the status of Alma stays, and both are shown; the total can be told at once', async (world) => {
    const { alma, nacsis, stack } = world;
    const sim = new AlmaSim(stack.urls.alma);
    const id = await seeded(nacsis, 'borrower', '発送');
    const total = Number((await nacsis.record(id))['SUM']);
    const request = await sim.putRequest({ ...BORROWING, external_id: id, status: 'REQUEST_SENT' });
    await alma.openBorrowingRequest(request.request_id);
    await panelOf(alma, id);
    await alma.app.getByTestId('alma-state').getByText('相手館に送信済み').waitFor();
    await alma.app.getByTestId('alma-differs').waitFor();
    await alma.app.getByRole('button', { name: 'Alma に反映' }).click();
    await alma.app.getByTestId('alma-told').waitFor();
    expect((await sim.borrowing(request.request_id))['shipping_cost']).toEqual(
      jasmine.objectContaining({ sum: total }),
    );
    await alma.app.getByTestId('alma-steps').waitFor({ state: 'detached' });
  });
});

describe('Point 7, after an action:', () => {
  const scenario = useStack();

  scenario('Alma is told the total at once, and its page is loaded again', async ({ alma, nacsis, stack }) => {
    const sim = new AlmaSim(stack.urls.alma);
    const id = await seeded(nacsis, 'borrower', '発送');
    const total = Number((await nacsis.record(id))['SUM']);
    const request = await sim.putRequest({ ...BORROWING, external_id: id, status: 'SHIPPED_PHYSICALLY' });
    await alma.openBorrowingRequest(request.request_id);
    await panelOf(alma, id);
    await alma.app.getByTestId('alma-steps').waitFor();
    const before = await sim.counter('message RELOAD_PAGE');
    await alma.app.getByRole('button', { name: '到着処理（RECEIVE）' }).click();
    await alma.app.getByTestId('alma-told').waitFor();
    await state(alma).getByText('到着処理中').waitFor();
    expect((await sim.borrowing(request.request_id))['shipping_cost']).toEqual(
      jasmine.objectContaining({ sum: total }),
    );
    expect((await sim.counter('message RELOAD_PAGE')) - before).toBe(1);
  });

  scenario('Alma is told that a borrowing request is cancelled, and its page is loaded again', async (world) => {
    const { alma, nacsis, stack } = world;
    const sim = new AlmaSim(stack.urls.alma);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '照会' });
    const request = await sim.putRequest({ ...BORROWING, external_id: id, status: 'REQUEST_SENT' });
    await alma.openBorrowingRequest(request.request_id);
    const panel = new RequestPanel(alma);
    await panel.isIn('照会');
    const before = await sim.counter('message RELOAD_PAGE');
    await panel.perform('cancel');
    await panel.isIn('CANCEL');
    await alma.app.getByTestId('alma-told').getByText('取寄せリクエストの取消').waitFor();
    expect((await sim.borrowing(request.request_id))['status']).toEqual(
      jasmine.objectContaining({ value: jasmine.stringMatching(/^CANCELLED/) }),
    );
    expect((await sim.counter('message RELOAD_PAGE')) - before).toBe(1);
    await panelOf(alma, id);
  });

  scenario('what Alma cannot take is said to differ, not pretended', async (world) => {
    const { alma, nacsis, stack } = world;
    const sim = new AlmaSim(stack.urls.alma);
    const [order] = await nacsis.order({ kind: 'copy' });
    const id = String(order?.['ID']);
    await openLending(world, { external_id: id, status: 'REQUEST_CREATED_LEND' });
    const panel = new RequestPanel(alma);
    await panel.isIn('未処理');
    await panel.perform('accept');
    await panel.isIn('処理中');
    await alma.app.getByTestId('alma-differs').getByText('外部から変えられない').waitFor();
    expect(await alma.app.getByTestId('alma-told').count()).toBe(0);
    expect(await sim.counter('message RELOAD_PAGE')).toBe(1);
    const { request } = (await alma.requests()).lending.find((each) => each.request.external_id === id) ?? {};
    expect(request?.status.value).toBe('REQUEST_CREATED_LEND');
  });

  scenario('when Alma refuses to be told, it is said, and told again on wish', async (world) => {
    const { alma, nacsis, stack, browser } = world;
    browser.expectComplaint(FAILED_LOAD);
    const sim = new AlmaSim(stack.urls.alma);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '照会' });
    const request = await sim.putRequest({ ...BORROWING, external_id: id, status: 'REQUEST_SENT' });
    await alma.openBorrowingRequest(request.request_id);
    const panel = new RequestPanel(alma);
    await panel.isIn('照会');
    await sim.addFault({ match: { method: 'DELETE' }, do: 'status', code: 500, times: 1 });
    await panel.perform('cancel');
    await panel.isIn('CANCEL');
    await alma.app.getByText('Alma には反映できませんでした').waitFor();
    await alma.app.locator('app-alma-standing').getByRole('button', { name: '再試行' }).click();
    await alma.app.getByTestId('alma-told').getByText('取寄せリクエストの取消').waitFor();
  });
});

describe('Must be shown: the panel, for everybody:', () => {
  const scenario = useStack();

  for (const lang of LANGUAGES)
    for (const isFull of [false, true])
      scenario(`both sides, and the page that links: ${lang}, ${isFull ? 'full' : 'sidebar'}`, async (world) => {
        const { alma, nacsis, browser } = world;
        browser.expectComplaint(FAILED_LOAD); // the last page asks Alma for a request that does not exist
        await alma.search('', { lang });
        if (isFull) await alma.goFullScreen();
        for (const [side, wire] of [
          ['borrower', '発送'],
          ['borrower', '返却クレーム未処理'],
          ['lender', '未処理'],
        ] as const) {
          const id = await seeded(nacsis, side, wire);
          await alma.goInApp(`/requests/${side}/${id}`);
          await panelOf(alma, id);
          const folded = alma.app.locator('app-request-panel details:not([open]) > summary');
          while ((await folded.count()) > 0) await folded.first().click();
          await alma.app.getByTestId('partner-contact').locator('dl').waitFor();
          await check(alma, `${side} ${wire}`);
        }
        await alma.goInApp('/entity/lending/NACSIS/1');
        await alma.app.getByTestId('unlinked').waitFor();
        await check(alma, 'link');
      });
});

async function check(alma: AlmaPage, screen: string): Promise<void> {
  expect(await violationsOf(alma))
    .withContext(screen)
    .toEqual([]);
  expect(await scrollsSideways(alma))
    .withContext(`${screen} scrolls sideways`)
    .toBeFalse();
}

const state = (alma: AlmaPage) => alma.app.getByTestId('nacsis-state');

async function panelOf(alma: AlmaPage, id: string): Promise<void> {
  await alma.app.locator('app-request-panel h2', { hasText: id }).waitFor();
}

async function openLending(
  { alma, stack }: Pick<World, 'alma' | 'stack'>,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const request = await new AlmaSim(stack.urls.alma).putRequest({ ...LENDING, ...fields });
  await alma.page.goto(`${alma.url}/lending-requests/${request.request_id}`);
}

/** The id of a seeded request of the first library. */
async function seeded(nacsis: NacsisSim, side: 'borrower' | 'lender', wire: string): Promise<string> {
  const [first] = await nacsis.accounts();
  const response = await fetch(`${nacsis.url}/_sim/records?member=${first?.memberId ?? ''}&side=${side}`);
  const answer = (await response.json()) as readonly WireRecord[] | { readonly records: readonly WireRecord[] };
  const records = 'records' in answer ? answer.records : answer;
  const found = records.find((record) => record['STAT'] === wire);
  if (found === undefined) throw new Error(`the seed has no request of the ${side} in ${wire}`);
  return String(found['ID']);
}

/** Simulates a command that the lender gave in its own client. `record` is the resulting record. */
async function put(nacsis: NacsisSim, record: WireRecord, command: string): Promise<void> {
  const { AMLID: before } = await nacsis.record(String(record['ID']));
  const history = (record['SENDG'] as readonly unknown[] | undefined) ?? [];
  const entry = { SENDCMND: command, SENDMLID: before, SENDCMNT: '' };
  const response = await fetch(`${nacsis.url}/_sim/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...record, SENDG: [...history, entry] }),
  });
  if (!response.ok) throw new Error(await response.text());
}
