import { textIn } from '../test/catp-client/catp-client';
import { dateFromNow, dayFromNow } from '../test/support/wire-request';
import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaRequestView } from './support/alma-sim';
import { BRIDGED, saveIntegration } from './support/bridge-stack';
import { useBridge, type AlmaRequest, type BridgeWorld } from './support/bridge-scenario';
import { INTEGRATION } from './support/import-api';
import { OrderFlow } from './support/order-flow';
import { RequestPanel } from './support/request-panel';
import { WorkList } from './support/work-list';

/** A book that both catalogues of the seed have, and that other libraries hold. */
const BOOK = { title: '新潟の地誌', isbn: '9784990000011', year: '1981', citation_type: 'BK' };
const ARTICLE = {
  title: '髙山の民家',
  journal_title: '日本地域文化学会紀要',
  issn: '9900-0016',
  volume: '12',
  issue: '3',
  pages: '45-67',
  year: '2019',
  citation_type: 'CR',
};
const PATRON = { user: 'patron001' };
/** Of patron001 in the seed of the simulated Alma. */
const PATRON_NAME = /利用者\s*001/;
const DUE = dayFromNow(30);
const LATER = dayFromNow(45);
const COMMENT = { _COMMENT_: '巻号をご確認ください。' };
/** REST calls with which the import and the app write to Alma. */
const WRITES = /^(POST|PUT|DELETE) \/almaws/;

/** Yen, as Alma has it. */
function costOf({ request }: AlmaRequestView): unknown {
  return (request['shipping_cost'] as { readonly sum?: number } | undefined)?.sum;
}

/** Orders a request that Alma sent, as staff do in the app where something is lacking. Resolves to its id. */
async function orderedInApp(world: BridgeWorld, request: AlmaRequest): Promise<string> {
  const id = await world.idOf(request);
  await world.inState(id, '準備中');
  await world.alma.search('該当なし');
  await world.alma.app.locator('h1').first().waitFor();
  await new RequestPanel(world.alma).open('borrower', id);
  await world.alma.app.getByTestId('edit-request').click();
  const flow = new OrderFlow(world.alma);
  await flow.rota.first().waitFor();
  await flow.order();
  await world.inState(id, '未処理');
  return id;
}

/** A request of Alma that is ordered and shipped. */
async function shipped(
  world: BridgeWorld,
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly request: AlmaRequest; readonly id: string }> {
  const request = await world.borrow(fields);
  await request.press('send');
  const id = await orderedInApp(world, request);
  await world.other('RECEIVE', id);
  await request.isIn('WILL_SUPPLY');
  await world.other('SEND', id, { SUM: '870' });
  return { request, id };
}

/** A loan that another library ordered from the library, as Alma has it. */
async function asked(
  world: BridgeWorld,
  kind: 'copy' | 'loan',
): Promise<{ readonly request: AlmaRequest; readonly id: string }> {
  const [order] = await world.nacsis.order({ kind });
  const id = textIn(order, 'ID');
  await world.read();
  return { id, request: await world.lend(id) };
}

async function panelOf(world: BridgeWorld, side: 'borrower' | 'lender', id: string): Promise<RequestPanel> {
  await world.alma.search('該当なし');
  await world.alma.app.locator('h1').first().waitFor();
  const panel = new RequestPanel(world.alma);
  await panel.open(side, id);
  return panel;
}

describe('Must be shown: Alma borrows, wholly from its own pages:', () => {
  const scenario = useBridge({ ...BRIDGED, bridge: { orderAtOnce: true, sendPatronName: false } });

  scenario('a loan from Send to completed, renewed once and not a second time', async (world) => {
    const request = await world.borrow({ ...BOOK, ...PATRON });
    await request.press('send');
    await request.isIn('REQUEST_SENT');
    const id = await world.idOf(request);
    await world.inState(id, '未処理');
    await world.other('RECEIVE', id);
    await request.isIn('WILL_SUPPLY');
    await world.other('SEND', id, { SUM: '870', DDATE: DUE });
    const seen = await request.isIn('SHIPPED_PHYSICALLY');
    expect([seen.exchange.dueDate, costOf(seen)]).toEqual([dateFromNow(30), 870]);
    await request.press('receive');
    await world.inState(id, '借用中');
    await request.press('lend');
    await request.press('renew', { note: '2週間の延長をお願いいたします。' });
    await world.inState(id, '更新請求');
    await world.other('RECEIVE', id);
    await world.other('CLAIM', id, { DDATE: LATER, _COMMENT_: '承諾します。' });
    expect((await request.isIn('RENEWED')).exchange.dueDate).toBe(dateFromNow(45));
    await world.inState(id, '借用中');
    await request.press('renew');
    await world.inState(id, '更新請求');
    await world.other('RECEIVE', id);
    await world.other('CLAIM', id, { DDATE: LATER, _COMMENT_: '予約があります。' });
    expect((await request.isIn('RENEW_NOT_ACCEPTED')).exchange.dueDate).toBe(dateFromNow(45));
    await world.inState(id, '借用中');
    await request.press('return');
    await world.inState(id, '返送');
    await world.other('RECEIVE', id);
    await world.other('OK', id);
    await request.isIn('REQUEST_COMPLETED');
    const record = await world.inState(id, '返却確認');
    expect(world.commandsIn(record).filter((command) => ['BORROW', 'RENEW', 'SENDBACK'].includes(command))).toEqual([
      ...['BORROW', 'RENEW', 'RENEW', 'SENDBACK'],
    ]);
    expect(await world.contradiction('borrower', id)).toBe('');
    expect((await world.queue()).filter(({ requestId }) => requestId === id)).toEqual([]);
  });

  scenario('a Cancel before the lender has opened the request, and one after', async (world) => {
    const [early, late] = [await world.borrow(BOOK), await world.borrow({ ...BOOK, title: '新潟の地誌 続' })];
    for (const each of [early, late]) await each.press('send');
    const [earlyId, lateId] = [await world.idOf(early), await world.idOf(late)];
    await world.inState(earlyId, '未処理');
    await world.inState(lateId, '未処理');
    await early.press('cancel');
    await early.isIn('CANCELLED');
    await world.inState(earlyId, 'CANCEL');
    await world.other('RECEIVE', lateId);
    await late.isIn('WILL_SUPPLY');
    await late.press('cancel');
    await late.isIn('CANCEL_NOT_ACCEPTED');
    await world.inState(lateId, '処理中');
  });

  scenario('an inquiry of the lender, and the answer by a General Message', async (world) => {
    const request = await world.borrow(BOOK);
    await request.press('send');
    const id = await world.idOf(request);
    await world.inState(id, '未処理');
    await world.other('RECEIVE', id);
    await world.other('INQUIRE', id, COMMENT);
    await request.isTold('巻号をご確認ください。');
    await request.press('general-message', { note: '依頼のとおりです。' });
    const record = await world.inState(id, '回答待');
    const history = record['SENDG'] as readonly Readonly<Record<string, string>>[];
    expect(history.at(-1)?.['SENDCMNT']).toContain('依頼のとおりです。');
    await world.other('RECEIVE', id);
    await world.other('SEND', id, { SUM: '870', DDATE: DUE });
    await request.isIn('SHIPPED_PHYSICALLY');
  });

  scenario('a lender that refuses: the next one is asked, and Alma is told', async (world) => {
    const request = await world.borrow(BOOK);
    await request.press('send');
    const id = await world.idOf(request);
    await world.inState(id, '未処理');
    await world.other('RECEIVE', id);
    await request.isIn('WILL_SUPPLY');
    await world.other('PARDON', id, { _COMMENT_: '貸出中です。' });
    await world.inState(id, '未処理');
    await request.isTold('貸出中です。');
    await request.isIn('WILL_SUPPLY');
  });
});

describe('Must be shown: Alma borrows what must be completed in the app:', () => {
  const scenario = useBridge();

  scenario('a copy: a draft that says what it lacks, ordered in the app, shipped and received', async (world) => {
    const request = await world.borrow({ ...ARTICLE, ...PATRON });
    await request.press('send');
    await request.isIn('REQUEST_SENT');
    const id = await world.idOf(request);
    const panel = await panelOf(world, 'borrower', id);
    await panel.isIn('準備中');
    await world.alma.app.getByTestId('lacks').waitFor();
    await orderedInApp(world, request);
    await world.other('RECEIVE', id);
    await request.isIn('WILL_SUPPLY');
    await world.other('SEND', id, { SUM: '450' });
    expect(costOf(await request.isIn('SHIPPED_DIGITALLY'))).toBe(450);
    await request.press('receive');
    await world.inState(id, '確認');
    expect((await request.view()).request.status.value).toBe('RECEIVED_DIGITALLY');
    expect(await world.contradiction('borrower', id)).toBe('');
  });

  scenario('Receive before the lender has shipped is held, shown, and done when it has', async (world) => {
    const request = await world.borrow(BOOK);
    await request.press('send');
    const id = await orderedInApp(world, request);
    await world.other('RECEIVE', id);
    await request.isIn('WILL_SUPPLY');
    await request.press('receive');
    const held = await world.message({ side: 'borrower', id }, 'Received', 'held');
    expect(held.hold?.reason).toBe('partner-first');
    await panelOf(world, 'borrower', id);
    await world.alma.app.locator('app-bridge-note').getByTestId('why').waitFor();
    await world.other('SEND', id, { SUM: '870', DDATE: DUE });
    await world.inState(id, '借用中');
    await world.message({ side: 'borrower', id }, 'Received', 'done');
  });

  scenario(
    'cancelled in Alma after a Send that nobody confirmed: Alma sends nothing, and the panel says it',
    async (world) => {
      const { alma } = world.bridge;
      await alma.changeSettings({ isoRepeats: 0 });
      await alma.addMessageFault({ direction: 'sent', do: 'lost-after', times: 1 });
      const request = await world.borrow({ ...BOOK, ...PATRON });
      await request.press('send');
      const id = await world.idOf(request);
      await world.inState(id, '準備中');
      await request.press('cancel');
      // The app beside Alma's page of the request.
      await request.isIn('CANCELLED_BY_STAFF');
      await world.alma.app.getByTestId('alma-cancelled').waitFor();
      await alma.changeSettings({ isoRepeats: 1 });
    },
  );

  scenario('what NACSIS-ILL does not allow is refused in words that Alma shows', async (world) => {
    const { request, id } = await shipped(world, BOOK);
    await request.isIn('SHIPPED_PHYSICALLY');
    await request.press('receive');
    await world.inState(id, '借用中');
    await request.press('return');
    await world.inState(id, '返送');
    await request.press('general-message', { note: '届きましたか。' });
    await world.message({ side: 'borrower', id }, 'Notification', 'done');
    const commands = world.commandsIn(await world.nacsis.record(id));
    expect(commands.at(-1)).toBe('SENDBACK');
  });

  scenario('every message may come twice, with the old and with a new time: nothing is done twice', async (world) => {
    const { request, id } = await shipped(world, BOOK);
    const { alma } = world.bridge;
    await request.isIn('SHIPPED_PHYSICALLY');
    await request.press('receive');
    await world.inState(id, '借用中');
    for (const timestamp of ['same', 'new'] as const)
      expect((await alma.repeat('borrowing', request.requestId, timestamp)).how).toBe('confirmed');
    expect((await alma.repeat('borrowing', request.requestId, 'new', 1)).how).toBe('confirmed');
    await request.press('return');
    const record = await world.inState(id, '返送');
    expect(world.commandsIn(record)).toEqual(['SAVE', 'ORDER', 'RECEIVE', 'SEND', 'RECEIVE', 'BORROW', 'SENDBACK']);
    const found = (await world.nacsis.borrowed()).filter((each) => JSON.stringify(each).includes(request.externalId));
    expect(found.length).toBeLessThanOrEqual(1);
  });
});

describe('Must be shown: Alma lends, wholly from its own pages:', () => {
  const scenario = useBridge();

  scenario('a loan from the request to check-in, renewed once and not a second time', async (world) => {
    const { request, id } = await asked(world, 'loan');
    await request.press('will-supply');
    await world.inState(id, '処理中');
    await request.press('ship', { cost: 870, dueDate: dateFromNow(30) });
    const record = await world.inState(id, '発送');
    expect([record['SUM'], record['DDATE']]).toEqual(['870', DUE]);
    await world.other('RECEIVE', id);
    await request.isIn('RECEIVED_BY_PARTNER');
    await world.other('BORROW', id);
    await world.other('RENEW', id, { _COMMENT_: '2週間の延長をお願いいたします。' });
    await request.isIn('RENEW_REQUESTED');
    await request.press('renew-answer', { answer: 'Y', dueDate: dateFromNow(45) });
    expect((await world.inState(id, '返却クレーム未処理'))['DDATE']).toBe(LATER);
    await world.other('RECEIVE', id);
    await world.other('RENEW', id, { _COMMENT_: 'もう一度お願いいたします。' });
    await request.isIn('RENEW_REQUESTED');
    await request.press('renew-answer', { answer: 'N', note: '予約があります。' });
    expect((await world.inState(id, '返却クレーム未処理'))['DDATE']).toBe(LATER);
    await world.other('RECEIVE', id);
    await world.other('SENDBACK', id);
    await request.isIn('RETURNED_BY_PARTNER');
    await request.press('check-in');
    await world.inState(id, '返却確認');
    expect((await request.view()).request.status.value).toBe('REQUEST_COMPLETED');
    expect(await world.contradiction('lender', id)).toBe('');
  });

  scenario('a copy: shipped with its cost, and received by the other library', async (world) => {
    const { request, id } = await asked(world, 'copy');
    await request.press('ship', { cost: 450 });
    const record = await world.inState(id, '発送');
    expect([record['SUM'], world.commandsIn(record)]).toEqual(['450', ['ORDER', 'RECEIVE', 'SEND']]);
    await world.other('RECEIVE', id);
    await world.other('OK', id);
    await request.isIn('RECEIVED_BY_PARTNER');
  });

  scenario('Reject passes the request on, Conditional becomes an inquiry', async (world) => {
    const [rejected, conditional] = [await asked(world, 'copy'), await asked(world, 'loan')];
    await rejected.request.press('reject', { reason: 'NotOnShelf', note: '所在不明のため提供できません。' });
    await world.until(
      'a PARDON',
      async () => world.commandsIn(await world.nacsis.record(rejected.id)),
      (commands) => commands.includes('PARDON'),
    );
    await conditional.request.press('will-supply');
    await world.inState(conditional.id, '処理中');
    await conditional.request.press('conditional', { note: '館内閲覧のみでよろしいですか。' });
    const record = await world.inState(conditional.id, '新着照会');
    const history = record['SENDG'] as readonly Readonly<Record<string, string>>[];
    expect(history.at(-1)?.['SENDCMNT']).toContain('館内閲覧のみ');
    await world.other('RECEIVE', conditional.id);
    await world.other('ANSWER', conditional.id, { _COMMENT_: '館内閲覧で結構です。' });
    await conditional.request.isTold('館内閲覧で結構です。');
  });

  scenario('an expired request is held, and refuses no reader until staff decide', async (world) => {
    const { request, id } = await asked(world, 'copy');
    await world.bridge.alma.expire([request.requestId]);
    const held = await world.message({ side: 'lender', id }, 'Unfilled', 'held');
    expect([held.hold?.reason, held.can]).toEqual(['expired', ['apply', 'drop']]);
    expect(world.commandsIn(await world.nacsis.record(id))).toEqual(['ORDER']);
    await openQueue(world);
    const row = rowOf(world, id);
    await row.locator('[data-act=drop]').click();
    await world.alma.app.locator('dialog[open] [data-testid=drop-go]').click();
    await world.message({ side: 'lender', id }, 'Unfilled', 'dropped');
    expect(world.commandsIn(await world.nacsis.record(id))).toEqual(['ORDER']);
  });

  scenario('a shipment without a charge is held until staff complete it in the app', async (world) => {
    const { request, id } = await asked(world, 'loan');
    await request.press('ship', { dueDate: dateFromNow(30) });
    const held = await world.message({ side: 'lender', id }, 'Loaned', 'held');
    expect(held.hold?.reason).toBe('needs-charge');
    const panel = await panelOf(world, 'lender', id);
    if (textIn(await world.nacsis.record(id), 'STAT') === '未処理') await panel.perform('accept');
    await panel.isIn('処理中');
    await panel.perform('ship', { 送料: '870' });
    await panel.isIn('発送');
    await world.message({ side: 'lender', id }, 'Loaned', 'done');
    expect(await world.contradiction('lender', id)).toBe('');
  });

  scenario('a request that the borrower withdraws is cancelled in Alma', async (world) => {
    const { request, id } = await asked(world, 'loan');
    await world.other('CALLBACK', id);
    await request.isIn('CANCELLED');
  });
});

describe("Must be shown: Alma's pages and the app, mixed:", () => {
  const scenario = useBridge();

  scenario(
    'received in the panel: the panel says to press Receive, and the press is answered "done"',
    async (world) => {
      const { request, id } = await shipped(world, BOOK);
      await request.isIn('SHIPPED_PHYSICALLY');
      const panel = await panelOf(world, 'borrower', id);
      await panel.choose('accept');
      await panel.isIn('到着処理中');
      await panel.perform('receive');
      await panel.isIn('借用中');
      await world.alma.app.getByTestId('contradiction').getByText('受領').waitFor();
      expect(await world.contradiction('borrower', id)).toBe('press receive');
      const before = world.commandsIn(await world.nacsis.record(id));
      await request.press('receive');
      const done = await world.message({ side: 'borrower', id }, 'Received', 'done');
      expect(done.commands).toEqual([]);
      expect(world.commandsIn(await world.nacsis.record(id))).toEqual(before);
      await world.until(
        'no contradiction',
        () => world.contradiction('borrower', id),
        (what) => what === '',
      );
      await request.press('return');
      await world.inState(id, '返送');
    },
  );

  scenario('returned in the panel: Return is still to be pressed in Alma, and ends it', async (world) => {
    const { request, id } = await shipped(world, BOOK);
    await request.isIn('SHIPPED_PHYSICALLY');
    await request.press('receive');
    await world.inState(id, '借用中');
    const panel = await panelOf(world, 'borrower', id);
    await panel.choose('return');
    await panel.isIn('返送');
    await world.until(
      'what to press',
      () => world.contradiction('borrower', id),
      (what) => what === 'press return',
    );
    await request.press('return');
    await world.until(
      'no contradiction',
      () => world.contradiction('borrower', id),
      (what) => what === '',
    );
    expect(world.commandsIn(await world.nacsis.record(id)).filter((each) => each === 'SENDBACK').length).toBe(1);
  });

  scenario('shipped and checked in in the panel: Ship and Check in end the contradiction', async (world) => {
    const { request, id } = await asked(world, 'loan');
    const panel = await panelOf(world, 'lender', id);
    await panel.perform('accept');
    await panel.isIn('処理中');
    await panel.perform('ship', { 送料: '870' });
    await panel.isIn('発送');
    await world.until(
      'what to press',
      () => world.contradiction('lender', id),
      (what) => what === 'press ship',
    );
    await request.press('ship', { cost: 870, dueDate: dateFromNow(30) });
    await world.until(
      'no contradiction',
      () => world.contradiction('lender', id),
      (what) => what === '',
    );
    await world.other('RECEIVE', id);
    await world.other('BORROW', id);
    await world.other('SENDBACK', id);
    await request.isIn('RETURNED_BY_PARTNER');
    await panelOf(world, 'lender', id);
    await panel.choose('accept');
    await panel.isIn('返却処理中');
    await panel.choose('check-in');
    await panel.isIn('返却確認');
    await world.until(
      'what to press',
      () => world.contradiction('lender', id),
      (what) => what === 'press check-in',
    );
    await request.press('check-in');
    await world.until(
      'no contradiction',
      () => world.contradiction('lender', id),
      (what) => what === '',
    );
    const commands = world.commandsIn(await world.nacsis.record(id));
    expect([
      commands.filter((each) => each === 'SEND').length,
      commands.filter((each) => each === 'OK').length,
    ]).toEqual([1, 1]);
  });

  scenario(
    "the lender's callback after Alma went on: shown in the panel until the lender ships again",
    async (world) => {
      const { request, id } = await shipped(world, BOOK);
      await request.isIn('SHIPPED_PHYSICALLY');
      await world.other('CALLBACK', id);
      await world.inState(id, '処理中');
      await request.isTold(/取り?消|戻/);
      expect((await request.view()).request.status.value).toBe('SHIPPED_PHYSICALLY');
      await panelOf(world, 'borrower', id);
      await world.alma.app.getByTestId('contradiction').waitFor();
      expect(await world.contradiction('borrower', id)).toBe('ahead');
      await world.other('SEND', id, { SUM: '900', DDATE: DUE });
      await world.until(
        'no contradiction',
        () => world.contradiction('borrower', id),
        (what) => what === '',
      );
      await request.press('receive');
      await world.inState(id, '借用中');
    },
  );
});

describe('Must be shown: who writes to Alma:', () => {
  const scenario = useBridge();

  for (const writer of ['rest', 'iso18626', 'alma-nacsis'] as const)
    scenario(`${writer}: nobody else`, async (world) => {
      const { stack, alma } = world.bridge;
      await saveIntegration(stack.urls, { ...BRIDGED, writer });
      const before = await alma.counters();
      const messages = (await alma.messages()).length;
      const [order] = await world.nacsis.order({ kind: 'copy' });
      const id = textIn(order, 'ID');
      await world.read();
      if (writer === 'iso18626') await world.lend(id);
      await runImport(world);
      const panel = await panelOf(world, 'lender', id);
      await panel.perform('accept');
      await panel.isIn('処理中');
      await panel.perform('ship', { 送料: '450' });
      await panel.isIn('発送');
      await world.alma.page.waitForLoadState('networkidle');
      const after = await alma.counters();
      const writes = Object.entries(after).filter(
        ([name, count]) => WRITES.test(name) && count > (before[name] ?? 0) && !name.includes('iso18626'),
      );
      const exchanged = (await alma.messages()).slice(messages);
      expect(writes.length > 0)
        .withContext(`REST writes: ${JSON.stringify(writes)}`)
        .toBe(writer === 'rest');
      expect(exchanged.length > 0)
        .withContext(`messages: ${exchanged.map(({ name }) => name).join(', ')}`)
        .toBe(writer === 'iso18626');
    });

  scenario(
    'alma-nacsis: a request is linked by its external identifier, and the panel says when Alma follows',
    async (world) => {
      await saveIntegration(world.bridge.stack.urls, { ...BRIDGED, writer: 'alma-nacsis' });
      const [id = ''] = await world.nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '発送' });
      await world.alma.addRequest({
        side: 'borrowing',
        user: 'patron001',
        title: 'Almaが取り込んだもの',
        external_id: id,
      });
      await world.alma.openBorrowingRequest(id);
      await world.alma.app.getByTestId('request-id').getByText(id).waitFor();
      await world.alma.app.getByTestId('alma-follows').waitFor();
    },
  );
});

/** Runs the import and waits for its end. */
async function runImport(world: BridgeWorld): Promise<void> {
  const { ImportApi } = await import('./support/import-api');
  await new ImportApi(world.bridge.stack.urls).runThrough();
}

describe('Must be shown: no name of a patron in a message, unless the profile allows it:', () => {
  const scenario = useBridge();

  for (const isAllowed of [false, true])
    scenario(isAllowed ? 'allowed' : 'not allowed', async (world) => {
      const { alma, stack } = world.bridge;
      await alma.nameRequesters(true);
      await saveIntegration(stack.urls, { ...BRIDGED, bridge: { orderAtOnce: false, sendPatronName: isAllowed } });
      const already = (await alma.messages()).length;
      const { request, id } = await shipped(world, { ...BOOK, ...PATRON });
      await request.isIn('SHIPPED_PHYSICALLY');
      await request.press('receive');
      const record = await world.inState(id, '借用中');
      const log = (await alma.messages()).slice(already);
      // Alma itself names the requester in its Request; the gateway passes the name on only when it may.
      expect(log.some(({ direction, body }) => direction === 'sent' && PATRON_NAME.test(withoutTags(body)))).toBeTrue();
      const named = log.filter(
        ({ direction, body }) => direction === 'received' && PATRON_NAME.test(withoutTags(body)),
      );
      expect(named.map(({ name }) => name)).toEqual([]);
      expect(log.filter(({ answer }) => PATRON_NAME.test(withoutTags(answer?.body ?? ''))).length).toBe(0);
      expect(PATRON_NAME.test(JSON.stringify(record))).toBe(isAllowed);
      expect(world.bridge.lastWords).not.toMatch(PATRON_NAME);
    });
});

function withoutTags(xml: string): string {
  return xml.replaceAll(/<[^>]*>/g, ' ');
}

async function openQueue(world: BridgeWorld, lang = 'ja'): Promise<void> {
  await world.alma.search('該当なし', { lang });
  await world.alma.app.locator('h1').first().waitFor();
  await world.alma.goInApp('/bridge');
  await world.alma.app.locator('app-bridge-page section').first().waitFor();
}

function rowOf(world: BridgeWorld, id: string) {
  return world.alma.app.locator('app-bridge-page .request', { hasText: id });
}

/** A held shipment without a charge, and an expired request. Resolves to their ids. */
async function heldOnes(world: BridgeWorld): Promise<readonly [string, string]> {
  const [uncharged, expired] = [await asked(world, 'loan'), await asked(world, 'copy')];
  await uncharged.request.press('ship', { dueDate: dateFromNow(30) });
  await world.message({ side: 'lender', id: uncharged.id }, 'Loaned', 'held');
  await world.bridge.alma.expire([expired.request.requestId]);
  await world.message({ side: 'lender', id: expired.id }, 'Unfilled', 'held');
  return [uncharged.id, expired.id];
}

describe('Must be shown: the new pages, for everybody:', () => {
  const scenario = useBridge();

  scenario('by keyboard only: from the start page to a held message, dropped and taken back', async (world) => {
    const [, expired] = await heldOnes(world);
    await world.alma.search('該当なし');
    await new WorkList(world.alma).settled();
    await tabTo(world, world.alma.app.getByTestId('messages-waiting').getByRole('link'));
    await world.alma.page.keyboard.press('Enter');
    const row = rowOf(world, expired);
    await row.waitFor();
    await tabTo(world, row.locator('[data-act=drop]'));
    await world.alma.page.keyboard.press('Enter');
    await tabTo(world, world.alma.app.locator('dialog[open] [data-testid=drop-go]'));
    await world.alma.page.keyboard.press('Enter');
    await world.message({ side: 'lender', id: expired }, 'Unfilled', 'dropped');
    await world.alma.app.getByTestId('result').waitFor();
    await tabTo(world, world.alma.app.getByTestId('take-back'));
    await world.alma.page.keyboard.press('Enter');
    await world.message({ side: 'lender', id: expired }, 'Unfilled', 'held');
    await row.waitFor();
    expect(world.commandsIn(await world.nacsis.record(expired))).toEqual(['ORDER']);
  });

  for (const lang of ['ja', 'en'] as const)
    scenario(`no violations of axe in queue, panel and integration, at both sizes: ${lang}`, async (world) => {
      const [uncharged] = await heldOnes(world);
      await openQueue(world, lang);
      await check(world, 'queue');
      await new RequestPanel(world.alma).open('lender', uncharged);
      await world.alma.app.locator('app-bridge-note app-bridge-message').first().waitFor();
      await check(world, 'held message in the panel');
      await new RequestPanel(world.alma).open('lender', await contradicting(world));
      await world.alma.app.getByTestId('contradiction').waitFor();
      await check(world, 'contradiction in the panel');
      await world.alma.search('該当なし', { lang, user: 'manager001' });
      await world.alma.app.locator('h1').first().waitFor();
      await world.alma.goInApp('/settings/integration');
      await world.alma.app.getByTestId('writer-options').waitFor();
      await check(world, 'choice of the writer');
    });

  scenario('the choice is explained and saved on the page of the integration', async (world) => {
    await saveIntegration(world.bridge.stack.urls, INTEGRATION);
    await world.alma.search('該当なし', { user: 'manager001' });
    await world.alma.app.locator('h1').first().waitFor();
    await world.alma.goInApp('/settings/integration');
    const { app } = world.alma;
    for (const way of ['rest', 'iso18626', 'alma-nacsis']) await app.locator(`#writer-${way}`).waitFor();
    await app.locator('input[name=writer][value=iso18626]').check();
    await app.locator('button[type=submit]').click();
    await app.locator('dialog[open] [data-testid=change-writer]').click();
    await world.until(
      'the new writer',
      async () =>
        (await world.bridge.librarian.get<{ libraries: { writer: string }[] }>('/me')).libraries[0]?.writer ?? '',
      (writer) => writer === 'iso18626',
    );
  });
});

/** A request that was shipped in the app, and not in Alma. */
async function contradicting(world: BridgeWorld): Promise<string> {
  const { id } = await asked(world, 'copy');
  const { librarian } = world.bridge;
  for (const [action, params] of [
    ['accept', {}],
    ['ship', { total: '450', postage: '450' }],
  ] as const) {
    const view = await librarian.read('lender', id);
    const body = { side: 'lender', action, params, version: view?.version ?? 0 };
    const reply = await librarian.once({ method: 'POST', path: `/requests/${id}/actions`, body }, librarian.newKey());
    expect(reply.code).withContext(action).toBe('');
  }
  await world.until(
    'what to press',
    () => world.contradiction('lender', id),
    (what) => what !== '',
  );
  return id;
}

/** Checks the screen in the sidebar and in full screen. */
async function check({ alma }: BridgeWorld, screen: string): Promise<void> {
  for (const size of ['sidebar', 'full screen']) {
    expect(await violationsOf(alma))
      .withContext(`${screen}, ${size}`)
      .toEqual([]);
    expect(await scrollsSideways(alma))
      .withContext(`${screen}, ${size}`)
      .toBeFalse();
    await alma.toggleFullScreen();
  }
}

/** Presses Tab until the focus is on the element. */
async function tabTo({ alma }: BridgeWorld, target: ReturnType<typeof rowOf>): Promise<void> {
  await target.first().waitFor();
  for (let step = 0; step < 150; step += 1) {
    if (await target.first().evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await alma.page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not get there');
}
