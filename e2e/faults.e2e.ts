import type { Route } from 'playwright-core';
import { violationsOf } from './support/accessibility';
import { OrderFlow } from './support/order-flow';
import { RequestPanel } from './support/request-panel';
import { useStack, type World } from './support/scenario';

const ARTICLE = '髙橋・𠮷野の民俗';
const PATIENCE = { timeout: 45_000 };
const FROM_ANYWHERE = { 'access-control-allow-origin': '*' };
/** The browser's own message about an error response or an unreachable gateway. */
const FAILED_LOAD = /Failed to load resource|net::ERR_/;

describe('when something on the way to NACSIS-ILL breaks', () => {
  const scenario = useStack();

  scenario(
    'NACSIS-ILL is down: nothing is sent, the form stays, and the same click works once it is back',
    async (world) => {
      const flow = await filled(world, '新潟の地誌');
      await world.stack.stopNacsis();
      await flow.order();
      await flow.expectError('NACSIS-ILL が応答していません');
      await expectIntact(flow);
      await world.stack.startNacsis();
      await expectOneRequest(world, flow);
    },
  );

  scenario('NACSIS-ILL answers too late: the gateway finds the request, and it is one', async (world) => {
    const flow = await filled(world, '新潟郷土史');
    await world.nacsis.play('order-answered-late');
    await flow.order();
    await world.alma.app.getByRole('button', { name: '依頼しています…' }).first().waitFor();
    await flow.orderedId();
    await expectOneRequest(world, flow);
    expect((await world.nacsis.counters())['ORDER']).toBe(1);
  });

  scenario(
    'so slow that not even the outcome can be read: it says so, asks by itself, and it is one request without a click',
    async (world) => {
      // The first two libraries accept requests themselves, so that nothing is looked up before the order.
      const flow = await filled(world, '新潟の地誌');
      await world.nacsis.play('outcome-unreadable');
      await flow.order();
      await flow.asking.getByText('まだ確認できていません').waitFor(PATIENCE);
      expect(await violationsOf(world.alma)).toEqual([]);
      await expectIntact(flow);
      await expectFoundByItself(world, flow);
    },
  );

  scenario('asking is stopped: the outcome stays unknown, and asking by hand is one request', async (world) => {
    const flow = await filled(world, '新潟の地誌');
    await world.nacsis.play('outcome-unreadable');
    await flow.order();
    await flow.asking.waitFor(PATIENCE);
    await world.alma.app.getByTestId('ask-stop').click();
    await flow.bar.getByTestId('asking-end').getByText('止めました').waitFor();
    expect(await violationsOf(world.alma)).toEqual([]);
    await expectIntact(flow);
    await expectOneRequest(world, flow);
  });

  for (const [what, lose] of [
    ['is lost', (route: Route) => route.abort('connectionreset')],
    ['is a page of a proxy', (route: Route) => route.fulfill({ status: 502, body: '<html>', headers: FROM_ANYWHERE })],
    ['is empty', (route: Route) => route.fulfill({ status: 200, body: '', headers: FROM_ANYWHERE })],
    ['is too late for a proxy', (route: Route) => route.fulfill({ status: 408, body: '', headers: FROM_ANYWHERE })],
  ] as const)
    scenario(`the answer of the gateway to an order ${what}: the app finds the request by itself`, async (world) => {
      const flow = await filled(world, '新潟郷土史');
      await loseAnswer(world, '/requests', lose);
      await flow.order();
      await expectFoundByItself(world, flow);
      expect((await world.nacsis.counters())['ORDER']).toBe(1);
    });

  scenario('a reload while the outcome is unknown: it is asked about from the same record by itself', async (world) => {
    const flow = await filled(world, '佐渡の地誌');
    await world.nacsis.play('outcome-unreadable');
    await flow.order();
    await flow.asking.waitFor(PATIENCE);
    await world.alma.search('佐渡の地誌');
    await world.alma.openRecord('佐渡の地誌');
    await flow.asking.or(flow.done).first().waitFor(PATIENCE);
    await expectFoundByItself(world, flow);
  });

  scenario('the answer of the gateway to an action is lost: the panel finds the outcome by itself', async (world) => {
    const { alma, nacsis, browser } = world;
    browser.expectComplaint(FAILED_LOAD);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '発送' });
    await alma.search('該当なし');
    const panel = new RequestPanel(alma);
    await panel.open('borrower', id);
    await loseAnswer(world, `/requests/${id}/actions`, (route) => route.abort('connectionreset'));
    await panel.choose('accept');
    await alma.app.getByTestId('asking').waitFor();
    expect(await violationsOf(alma)).toEqual([]);
    await panel.isIn('到着処理中');
    await panel.done.waitFor();
    expect((await nacsis.counters())['RECEIVE']).toBe(1);
  });

  scenario('the stream of a batch breaks: the rows without a result are asked about by themselves', async (world) => {
    const { alma, nacsis, browser } = world;
    browser.expectComplaint(FAILED_LOAD);
    const state = { side: 'borrower', kind: 'copy', state: '発送' } as const;
    const ids = await nacsis.seedIn(state, state, state);
    await alma.search('該当なし');
    await alma.goInApp('/batch');
    const { app } = alma;
    await app.locator('input[name=batch-side][value=borrower]').check();
    for (const id of ids) {
      await app.getByTestId('batch-scan').fill(id);
      await app.getByTestId('batch-scan').press('Enter');
    }
    await app.locator('summary', { hasText: '対象 3件' }).waitFor();
    await loseAnswer(world, '/api/v1/actions', (route) => route.abort('connectionreset'));
    await app.locator('app-batch-params [type=submit]').click();
    await app.getByTestId('batch-run').click();
    await app.getByTestId('batch-asked').waitFor();
    expect(await violationsOf(alma)).toEqual([]);
    await app.getByTestId('batch-summary').getByText('3件 完了・0件 失敗').waitFor();
    expect((await nacsis.counters())['RECEIVE']).toBe(3);
  });

  scenario('the answer is cut after the command was done: one request', async (world) => {
    const flow = await filled(world, '佐渡の地誌');
    await world.nacsis.play('order-answer-lost');
    await expectOneRequest(world, flow);
    expect((await world.nacsis.counters())['ORDER']).toBe(1);
  });

  scenario('the password is refused: it says so, and the form stays', async (world) => {
    const flow = await filled(world, '佐渡の民家');
    await world.nacsis.reset(); // invalidates the gateway's handles
    await world.nacsis.play('password-refused');
    await flow.order();
    await flow.expectError('NACSIS-ILL に接続できませんでした（利用者認証）');
    await expectIntact(flow);
    await world.nacsis.clearFaults();
    await expectOneRequest(world, flow);
  });

  scenario('NACSIS-ILL refuses: its own words are shown, and a corrected order is taken', async (world) => {
    const flow = await filled(world, '佐渡郷土史');
    await world.nacsis.play('order-refused');
    await flow.order();
    await flow.expectError(/422/);
    await expectIntact(flow);
    await expectOneRequest(world, flow);
  });

  scenario('NACSIS-ILL has a fault of its own: it says so, and ordering again is one request', async (world) => {
    const flow = await filled(world, '佐渡の祭礼と芸能');
    await world.nacsis.play('order-fails');
    await flow.order();
    await flow.alert.getByText(/500/).or(flow.asking).first().waitFor(PATIENCE);
    await expectIntact(flow);
    await expectOneRequest(world, flow);
  });

  scenario('a library has stopped its service since it was chosen: it is named, and the form stays', async (world) => {
    const flow = await filled(world, '越後髙田の地誌');
    const name = (await flow.rota.first().locator('strong').textContent()) ?? '';
    const memberId = await world.nacsis.memberIdOf(name);
    await world.nacsis.changeMember(memberId, { STAT: 'N' });
    await flow.order();
    await flow.expectError(new RegExp(`${memberId}|${name}`));
    await expectIntact(flow);
  });

  scenario(
    'the gateway is killed between the click and the answer: found without a click, one request',
    async (world) => {
      const flow = await filled(world, '越後髙田の民家');
      await world.nacsis.addFault({ match: { command: 'ORDER' }, do: 'delay', ms: 3_000 });
      await flow.order();
      while (((await world.nacsis.counters())['ORDER'] ?? 0) === 0) await world.alma.page.waitForTimeout(50);
      await world.stack.killGateway();
      await flow.asking.getByText('ゲートウェイに接続できません').waitFor();
      await expectIntact(flow);
      await world.stack.startGateway();
      await expectFoundByItself(world, flow);
    },
  );

  scenario('NACSIS-CAT fails while the record is looked for: an error, never "nothing found"', async (world) => {
    await world.nacsis.play('catalogue-fails');
    world.browser.expectComplaint(FAILED_LOAD);
    await world.alma.search('新潟郷土史');
    await world.alma.openRecord('新潟郷土史');
    const flow = new OrderFlow(world.alma);
    await flow.expectError(/./);
    expect(await world.alma.app.getByText('見つかりませんでした').count()).toBe(0);
    await world.nacsis.clearFaults();
    await expectFoundAtLast(world, flow);
  });
});

/** Clicks the retry button until the app finds the record in NACSIS-ILL again. */
async function expectFoundAtLast({ alma }: World, flow: OrderFlow): Promise<void> {
  while (!(await flow.foundRecord.isVisible())) {
    await alma.app.getByRole('button', { name: '再試行' }).first().click();
    await flow.foundRecord.waitFor({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** Fills an order form for a copy from this monograph, ready to order. */
async function filled({ alma, browser }: World, title: string): Promise<OrderFlow> {
  browser.expectComplaint(FAILED_LOAD);
  const flow = new OrderFlow(alma);
  await alma.search(title);
  await alma.openRecord(title);
  await flow.foundRecord.waitFor();
  await flow.setKind('複写');
  await flow.keepLenders(2);
  await flow.type('論文関係事項', ARTICLE);
  return flow;
}

async function expectIntact(flow: OrderFlow): Promise<void> {
  expect(await flow.field('論文関係事項').first().inputValue()).toBe(ARTICLE);
  expect(await flow.rota.count()).toBe(2);
}

/** Waits for the app to report the request without a click, and checks that there is exactly one. */
async function expectFoundByItself({ nacsis }: World, flow: OrderFlow): Promise<void> {
  await flow.done.waitFor({ timeout: 90_000 });
  await expectOne(nacsis, await flow.orderedId());
}

/** Lets the gateway process the next POST to this path. The app receives what `lose` makes of the answer. */
async function loseAnswer({ alma }: World, path: string, lose: (route: Route) => Promise<void>): Promise<void> {
  let isLost = false;
  await alma.page.route(
    (url) => url.pathname.endsWith(path),
    async (route) => {
      if (isLost || route.request().method() !== 'POST') return route.fallback();
      isLost = true;
      await route.fetch();
      return lose(route);
    },
  );
}

/**
 * Clicks the buttons that the app offers until the request exists, as a librarian would, and checks that NACSIS-ILL has
 * exactly one.
 */
async function expectOneRequest({ nacsis }: World, flow: OrderFlow): Promise<void> {
  while (!(await flow.done.isVisible())) {
    await flow.askAgainButton.or(flow.enabledOrderButton).or(flow.asking).or(flow.done).first().waitFor();
    // The button may have disappeared since the check.
    if (await flow.askAgainButton.isVisible())
      await flow.askAgainButton.click({ timeout: 2_000 }).catch(() => undefined);
    else if (await flow.enabledOrderButton.isVisible()) await flow.order();
    await flow.done.waitFor({ timeout: 2_000 }).catch(() => undefined);
  }
  await expectOne(nacsis, await flow.orderedId());
}

async function expectOne(nacsis: World['nacsis'], id: string): Promise<void> {
  const same = (await nacsis.borrowed()).filter((record) => record['ARTCL'] === ARTICLE && record['STAT'] !== 'CANCEL');
  expect(same.map((record) => record['ID'])).toEqual([id]);
}
