import { OrderFlow } from './support/order-flow';
import { useStack, type World } from './support/scenario';

const ARTICLE = '髙橋・𠮷野の民俗';
const PATIENCE = { timeout: 45_000 };
/** What the browser itself writes about an answer that is an error, or about a gateway that is gone. */
const FAILED_LOAD = /Failed to load resource|net::ERR_/;

describe('when something on the way to NACSIS-ILL breaks', () => {
  const scenario = useStack();

  scenario(
    'NACSIS-ILL is down: nothing is sent, the form stays, and the same click works once it is back',
    async (world) => {
      const flow = await filled(world, '新潟の地誌');
      await world.stack.stopNacsis();
      await flow.order();
      await flow.alert.getByText('NACSIS-ILL が応答していません').waitFor();
      await expectIntact(flow);
      await world.stack.startNacsis();
      await expectOneRequest(world, flow);
    },
  );

  scenario('NACSIS-ILL answers too late: the gateway finds the request, and it is one', async (world) => {
    const flow = await filled(world, '新潟郷土史');
    await world.nacsis.play('order-answered-late');
    await flow.order();
    await world.alma.app.getByRole('button', { name: '依頼しています…' }).waitFor();
    await flow.orderedId();
    await expectOneRequest(world, flow);
    expect((await world.nacsis.counters())['ORDER']).toBe(1);
  });

  scenario(
    'so slow that not even the outcome can be read: it says so, the form stays, and asking again is one request',
    async (world) => {
      // Both of its first libraries take their requests themselves, so that nothing is looked up before the order.
      const flow = await filled(world, '新潟の地誌');
      await world.nacsis.play('outcome-unreadable');
      await flow.order();
      await flow.alert.getByText('NACSIS-ILL で処理されたかどうか確認できません').waitFor(PATIENCE);
      await expectIntact(flow);
      await expectOneRequest(world, flow);
    },
  );

  scenario('the answer is cut after the command was done: one request', async (world) => {
    const flow = await filled(world, '佐渡の地誌');
    await world.nacsis.play('order-answer-lost');
    await expectOneRequest(world, flow);
    expect((await world.nacsis.counters())['ORDER']).toBe(1);
  });

  scenario('the password is refused: it says so, and the form stays', async (world) => {
    const flow = await filled(world, '佐渡の民家');
    await world.nacsis.reset(); // the gateway's handles are not known any more
    await world.nacsis.play('password-refused');
    await flow.order();
    await flow.alert.getByText('NACSIS-ILL に接続できませんでした（利用者認証）').waitFor();
    await expectIntact(flow);
    await world.nacsis.clearFaults();
    await expectOneRequest(world, flow);
  });

  scenario('NACSIS-ILL refuses: its own words are shown, and a corrected order is taken', async (world) => {
    const flow = await filled(world, '佐渡郷土史');
    await world.nacsis.play('order-refused');
    await flow.order();
    await flow.alert.getByText(/422/).waitFor();
    await expectIntact(flow);
    await expectOneRequest(world, flow);
  });

  scenario('NACSIS-ILL has a fault of its own: it says so, and ordering again is one request', async (world) => {
    const flow = await filled(world, '佐渡の祭礼と芸能');
    await world.nacsis.play('order-fails');
    await flow.order();
    await flow.alert.getByText(/500/).waitFor(PATIENCE);
    await expectIntact(flow);
    await expectOneRequest(world, flow);
  });

  scenario('a library has stopped its service since it was chosen: it is named, and the form stays', async (world) => {
    const flow = await filled(world, '越後髙田の地誌');
    const name = (await flow.rota.first().locator('strong').textContent()) ?? '';
    const memberId = await world.nacsis.memberIdOf(name);
    await world.nacsis.changeMember(memberId, { STAT: 'N' });
    await flow.order();
    await flow.alert
      .getByText(new RegExp(`${memberId}|${name}`))
      .first()
      .waitFor();
    await expectIntact(flow);
  });

  scenario('the gateway is killed between the click and the answer: ordering again is one request', async (world) => {
    const flow = await filled(world, '越後髙田の民家');
    await world.nacsis.addFault({ match: { command: 'ORDER' }, do: 'delay', ms: 3_000 });
    await flow.order();
    while (((await world.nacsis.counters())['ORDER'] ?? 0) === 0) await world.alma.page.waitForTimeout(50);
    await world.stack.killGateway();
    await flow.alert.getByText(/ゲートウェイに接続できません|確認できません/).waitFor();
    await expectIntact(flow);
    await world.stack.startGateway();
    await expectOneRequest(world, flow);
  });

  scenario('NACSIS-CAT fails while the record is looked for: an error, never "nothing found"', async (world) => {
    await world.nacsis.play('catalogue-fails');
    world.browser.expectComplaint(FAILED_LOAD);
    await world.alma.search('新潟郷土史');
    await world.alma.openRecord('新潟郷土史');
    const flow = new OrderFlow(world.alma);
    await flow.alert.waitFor();
    expect(await world.alma.app.getByText('見つかりませんでした').count()).toBe(0);
    await world.nacsis.clearFaults();
    await expectFoundAtLast(world, flow);
  });
});

/** Tries again until NACSIS-ILL is no longer left alone. */
async function expectFoundAtLast({ alma }: World, flow: OrderFlow): Promise<void> {
  while (!(await flow.foundRecord.isVisible())) {
    await alma.app.getByRole('button', { name: '再試行' }).first().click();
    await flow.foundRecord.waitFor({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** A copy of this monograph, ready to be ordered. */
async function filled({ alma, browser }: World, title: string): Promise<OrderFlow> {
  browser.expectComplaint(FAILED_LOAD);
  const flow = new OrderFlow(alma);
  await alma.search(title);
  await alma.openRecord(title);
  await flow.keepLenders(2);
  await flow.type('論文関係事項', ARTICLE);
  return flow;
}

async function expectIntact(flow: OrderFlow): Promise<void> {
  expect(await flow.field('論文関係事項').first().inputValue()).toBe(ARTICLE);
  expect(await flow.rota.count()).toBe(2);
}

/** Clicks on the button that the app offers until the request is there, as a librarian would, and counts what NACSIS-ILL has of it. */
async function expectOneRequest({ nacsis }: World, flow: OrderFlow): Promise<void> {
  while (!(await flow.done.isVisible())) {
    await flow.askAgainButton.or(flow.enabledOrderButton).or(flow.done).first().waitFor();
    // What was there may have gone between the two lines.
    if (await flow.askAgainButton.isVisible())
      await flow.askAgainButton.click({ timeout: 2_000 }).catch(() => undefined);
    else if (await flow.enabledOrderButton.isVisible()) await flow.order();
    await flow.done.waitFor({ timeout: 2_000 }).catch(() => undefined);
  }
  const id = await flow.orderedId();
  const same = (await nacsis.borrowed()).filter((record) => record['ARTCL'] === ARTICLE && record['STAT'] !== 'CANCEL');
  expect(same.map((record) => record['ID'])).toEqual([id]);
}
