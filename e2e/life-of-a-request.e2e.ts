import { dateFromNow, dayFromNow } from '../test/support/wire-request';
import { OrderFlow } from './support/order-flow';
import { RequestPanel } from './support/request-panel';
import { useStack, type World } from './support/scenario';

const COMMENT = 'コメント';

/** Opens the panel of this request while Alma shows something else. */
async function panelOf({ alma }: World, side: 'borrower' | 'lender', id: string): Promise<RequestPanel> {
  await alma.search('新潟');
  await alma.app.locator('h1').first().waitFor();
  const panel = new RequestPanel(alma);
  await panel.open(side, id);
  return panel;
}

/** Ids of lending libraries in the order in which they are asked. */
async function others({ nacsis }: World, count = 3): Promise<readonly string[]> {
  return (await nacsis.accounts()).slice(1, 1 + count).map(({ memberId }) => memberId);
}

/** The browser's own message about a refusal by NACSIS-ILL or the gateway. */
const CONFLICT = /status of 409/;

describe('Point 2, the borrower:', () => {
  const scenario = useStack();

  scenario('straight path of a copy: Order, Accept, Receive', async (world) => {
    const { nacsis } = world;
    const [lender = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '準備中' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.perform('order');
    await panel.isIn('未処理');
    await nacsis.perform(lender, 'RECEIVE', id);
    await nacsis.perform(lender, 'SEND', id);
    await panel.reload();
    await panel.isIn('発送');
    await panel.choose('accept');
    await panel.isIn('到着処理中');
    await panel.choose('receive');
    await panel.isIn('確認');
    expect((await nacsis.record(id))['STAT']).toBe('確認');
  });

  scenario('straight path of a loan: Order, Accept, Receive with the due date shown first, Return', async (world) => {
    const { nacsis } = world;
    const [lender = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'loan', state: '準備中' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.perform('order');
    await panel.isIn('未処理');
    await nacsis.perform(lender, 'RECEIVE', id);
    await nacsis.perform(lender, 'SEND', id);
    await panel.reload();
    await panel.isIn('発送');
    await panel.choose('accept');
    await panel.isIn('到着処理中');
    await panel.choose('receive');
    await panel.form.getByText(dateFromNow(30)).first().waitFor();
    await panel.send();
    await panel.isIn('借用中');
    await panel.choose('return');
    await panel.isIn('返送');
    await nacsis.perform(lender, 'RECEIVE', id);
    await nacsis.perform(lender, 'OK', id);
    await panel.reload();
    await panel.isIn('返却確認');
  });

  scenario('an inquiry: Accept, Answer; the lender gets the words', async (world) => {
    const { nacsis } = world;
    const [lender = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '処理中' });
    await nacsis.perform(lender, 'INQUIRE', id, { _COMMENT_: '巻号をご確認ください。' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.isIn('新着照会');
    await panel.choose('accept');
    await panel.isIn('照会');
    await panel.choose('answer');
    await panel.form.getByText('巻号をご確認ください。').waitFor();
    await panel.send({ [COMMENT]: '12巻3号です。' });
    await panel.isIn('回答待');
    const [entry] = ((await nacsis.record(id))['SENDG'] as readonly Record<string, string>[]).slice(-1);
    expect([entry?.['SENDCMND'], entry?.['SENDCMNT']]).toEqual(['ANSWER', '12巻3号です。']);
  });

  scenario('an inquiry: Forward to the next lender', async (world) => {
    const { nacsis } = world;
    const [, second = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'loan', state: '照会' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.perform('forward');
    await panel.isIn('未処理');
    expect((await nacsis.record(id))['AMLID']).toBe(second);
  });

  scenario(
    'refusals along a rota with a suspended member in it: skipped by the system, then all have refused',
    async (world) => {
      const { nacsis } = world;
      const [first = '', second = '', third = ''] = await others(world);
      const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理' });
      await nacsis.changeMember(second, { STAT: 'N' });
      await nacsis.perform(first, 'RECEIVE', id);
      await nacsis.perform(first, 'PARDON', id, { _COMMENT_: '欠号です。' });
      const panel = await panelOf(world, 'borrower', id);
      await panel.isIn('未処理');
      await world.alma.app.getByTestId('history').getByText('サービス休止中につきシステムが転送しました。').waitFor();
      expect((await nacsis.record(id))['AMLID']).toBe(third);
      await nacsis.perform(third, 'RECEIVE', id);
      await nacsis.perform(third, 'PARDON', id, { _COMMENT_: '製本中です。' });
      await panel.reload();
      await panel.isIn('新着照会');
      await world.alma.app.getByTestId('history').getByText('指定した全ての受付館で謝絶されました。').waitFor();
    },
  );

  scenario('Cancel from 準備中, from 照会, and in two steps from 未処理 and 新着照会', async (world) => {
    const { nacsis } = world;
    const states = ['準備中', '照会', '未処理', '新着照会'];
    const ids = await nacsis.seedIn(...states.map((state) => ({ side: 'borrower', kind: 'copy', state }) as const));
    const panel = await panelOf(world, 'borrower', ids[0] ?? '');
    for (const [at, id] of ids.entries()) {
      await panel.open('borrower', id);
      await panel.isIn(states[at] ?? '');
      await panel.perform('cancel');
      await panel.isIn('CANCEL');
    }
  });

  scenario('Reactivate from 照会 and from CANCEL leads to 準備中', async (world) => {
    const { nacsis } = world;
    const ids = await nacsis.seedIn(
      { side: 'borrower', kind: 'copy', state: '照会' },
      { side: 'borrower', kind: 'loan', state: 'CANCEL' },
    );
    const panel = await panelOf(world, 'borrower', ids[0] ?? '');
    for (const id of ids) {
      await panel.open('borrower', id);
      await panel.choose('reactivate');
      await panel.form.getByText('準備中').first().waitFor();
      await panel.send();
      await panel.isIn('準備中');
    }
  });

  scenario(
    'Save and Order of a request in 準備中: its content and its rota are edited, the id stays',
    async (world) => {
      const { nacsis, alma } = world;
      const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '照会' });
      const panel = await panelOf(world, 'borrower', id);
      await panel.perform('reactivate');
      await panel.isIn('準備中');
      const flow = new OrderFlow(alma);
      for (const [button, pages, state] of [
        ['準備中で保存', '45-50', '準備中'],
        ['依頼（ORDER）', '45-52', '未処理'],
      ] as const) {
        await panel.open('borrower', id);
        await panel.isIn('準備中');
        await alma.app.getByTestId('edit-request').click();
        await alma.app.getByTestId('editing').getByText(id).waitFor();
        await flow.rota.first().waitFor();
        await flow.type('ページ', pages);
        await flow.type('論文関係事項', '');
        if (button === '準備中で保存') await alma.app.getByRole('button', { name: button }).click();
        else {
          await flow.keepLenders(2);
          await flow.order();
        }
        await flow.done.waitFor();
        const record = await nacsis.record(id);
        expect([record['STAT'], record['PAGE'], record['ARTCL'] ?? '']).toEqual([state, pages, '']);
      }
      expect(((await nacsis.record(id))['HMLG'] as readonly unknown[]).length).toBe(2);
    },
  );

  scenario('a Claim, its answer with corrected charges, and Receive', async (world) => {
    const { nacsis } = world;
    const [lender = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '到着処理中' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.choose('claim');
    await panel.form.getByRole('button', { name: 'ページの不足' }).click();
    await panel.send();
    await panel.isIn('クレーム未処理');
    await nacsis.perform(lender, 'RECEIVE', id);
    await nacsis.perform(lender, 'SEND', id, { SUM: '500' });
    await panel.reload();
    await panel.isIn('クレーム回答待');
    await world.alma.app.getByText('¥500').first().waitFor();
    await panel.choose('accept');
    await panel.isIn('到着処理中');
    await panel.choose('receive');
    await panel.isIn('確認');
  });

  for (const [title, due] of [
    ['granted: the new due date', 40],
    ['refused: the old one', 20],
  ] as const)
    scenario(`Renew Request with the wished date, ${title}`, async (world) => {
      const { nacsis } = world;
      const [lender = ''] = await others(world);
      const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'loan', state: '借用中' });
      const panel = await panelOf(world, 'borrower', id);
      await panel.perform('renew', { 希望する返却期限: dateFromNow(40) });
      await panel.isIn('更新請求');
      const [asked] = ((await nacsis.record(id))['SENDG'] as readonly Record<string, string>[]).slice(-1);
      expect(asked?.['SENDCMNT']).toContain(dateFromNow(40));
      await nacsis.perform(lender, 'RECEIVE', id);
      await nacsis.perform(lender, 'CLAIM', id, { DDATE: dayFromNow(due) });
      await panel.reload();
      await panel.isIn('返却クレーム未処理');
      await panel.choose('accept');
      await panel.isIn('借用中');
      await world.alma.app.getByText(dateFromNow(due)).first().waitFor();
      expect((await panel.denied()).some((line) => line.includes('CALLBACK'))).toBeTrue();
    });

  scenario('a question about the returned item is accepted and the item sent back once more', async (world) => {
    const { nacsis } = world;
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'loan', state: '返却クレーム未処理' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.choose('accept');
    await panel.isIn('借用中');
    await panel.choose('return');
    await panel.isIn('返送');
  });
});

describe('Point 2, the lender:', () => {
  const scenario = useStack();

  scenario('straight path of a copy: Accept with own number, Ship with the charge calculator', async (world) => {
    const { nacsis } = world;
    const [order] = await nacsis.order({ kind: 'copy' });
    const id = String(order?.['ID']);
    const panel = await panelOf(world, 'lender', id);
    await panel.isIn('未処理');
    await panel.perform('accept', { 受付番号: 'R-2026-1' });
    await panel.isIn('処理中');
    expect((await nacsis.record(id))['ANO']).toBe('R-2026-1');
    await panel.choose('ship');
    await panel.form.getByLabel('1行目 形・大きさ').fill('A4 白黒');
    await panel.form.getByLabel('1行目 数量').fill('10');
    await panel.form.getByLabel('1行目 単価').fill('35');
    await panel.form.getByLabel('送料').fill('100');
    await panel.form.getByText('¥450').waitFor();
    await panel.send();
    await panel.isIn('発送');
    const record = await nacsis.record(id);
    expect([
      record['SUM'],
      record['POSTG'],
      (record['CHG'] as readonly Record<string, string>[])[0]?.['CHRGE'],
    ]).toEqual(['450', '100', '350']);
  });

  scenario(
    'straight path of a loan: Accept, Ship with a due date from the lending period, Accept what came back, Check In',
    async (world) => {
      const { nacsis } = world;
      const [order] = await nacsis.order({ kind: 'loan' });
      const id = String(order?.['ID']);
      const borrower = String(order?.['OMLID']);
      const panel = await panelOf(world, 'lender', id);
      await panel.perform('accept');
      await panel.isIn('処理中');
      await panel.choose('ship');
      expect(await panel.form.getByLabel('返却期限').first().inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      await panel.send({ 送料: '870' });
      await panel.isIn('発送');
      await nacsis.perform(borrower, 'RECEIVE', id);
      await nacsis.perform(borrower, 'BORROW', id);
      await nacsis.perform(borrower, 'SENDBACK', id);
      await panel.reload();
      await panel.isIn('返送');
      await panel.choose('accept');
      await panel.isIn('返却処理中');
      await panel.choose('check-in');
      await panel.isIn('返却確認');
    },
  );

  scenario(
    'Inquiry, and the answer that comes back; Reject walks the rota and says before that it cannot be taken back',
    async (world) => {
      const { nacsis } = world;
      const [me = ''] = (await nacsis.accounts()).map(({ memberId }) => memberId);
      const [borrower = '', next = ''] = await others(world);
      const [id = ''] = await nacsis.seedIn({
        side: 'lender',
        kind: 'copy',
        state: '処理中',
        partners: [borrower, next],
      });
      const panel = await panelOf(world, 'lender', id);
      await panel.choose('inquiry');
      await panel.form.getByRole('button', { name: '巻号・ページをご確認ください' }).click();
      await panel.send();
      await panel.isIn('新着照会');
      await nacsis.perform(borrower, 'RECEIVE', id);
      await nacsis.perform(borrower, 'ANSWER', id);
      await panel.reload();
      await panel.isIn('回答待');
      await panel.choose('accept');
      await panel.isIn('処理中');
      await panel.choose('reject');
      await panel.form.getByText('その後は取り消せません').waitFor();
      await panel.form.getByRole('button', { name: '欠号' }).click();
      await panel.send();
      await panel.done.getByText('次の候補館に回りました').waitFor();
      const record = await nacsis.record(id);
      expect([record['AMLID'], record['STAT'], me === record['AMLID']]).toEqual([next, '未処理', false]);
      await world.alma.app.getByTestId('gone').waitFor();
    },
  );

  scenario('a claim is accepted and answered by Ship with corrected charges', async (world) => {
    const { nacsis } = world;
    const [borrower = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({
      side: 'lender',
      kind: 'copy',
      state: 'クレーム未処理',
      partners: [borrower],
    });
    const panel = await panelOf(world, 'lender', id);
    await panel.choose('accept');
    await panel.isIn('処理中');
    await panel.perform('ship', { 送料: '500' });
    await panel.isIn('クレーム回答待');
    expect((await nacsis.record(id))['SUM']).toBe('500');
  });

  scenario('a renewal is granted with a new due date, and refused with the old one', async (world) => {
    const { nacsis } = world;
    const [borrower = ''] = await others(world);
    const seeds = [1, 2].map(
      () => ({ side: 'lender', kind: 'loan', state: '更新請求', partners: [borrower] }) as const,
    );
    const [granted = '', refused = ''] = await nacsis.seedIn(...seeds);
    const before = String((await nacsis.record(refused))['DDATE']);
    const panel = await panelOf(world, 'lender', granted);
    await panel.choose('accept');
    await panel.isIn('返却処理中');
    await panel.choose('claim');
    await panel.send({ 返却期限: dateFromNow(45) });
    await panel.isIn('返却クレーム未処理');
    expect((await nacsis.record(granted))['DDATE']).toBe(dayFromNow(45));
    await panel.open('lender', refused);
    await panel.isIn('更新請求');
    await panel.choose('accept');
    await panel.isIn('返却処理中');
    await panel.choose('claim');
    await panel.form.getByLabel('承認しない').check();
    await panel.send();
    await panel.isIn('返却クレーム未処理');
    expect((await nacsis.record(refused))['DDATE']).toBe(before);
  });

  scenario('a question about the returned item', async (world) => {
    const { nacsis } = world;
    const [borrower = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'lender', kind: 'loan', state: '返送', partners: [borrower] });
    const panel = await panelOf(world, 'lender', id);
    await panel.choose('accept');
    await panel.isIn('返却処理中');
    await panel.choose('claim');
    await panel.form.getByRole('button', { name: '付属資料の不足' }).click();
    await panel.send();
    await panel.isIn('返却クレーム未処理');
  });

  scenario('Accept and Ship in one click of a chain, each its own command', async (world) => {
    const { nacsis } = world;
    const [order] = await nacsis.order({ kind: 'copy' });
    const id = String(order?.['ID']);
    const panel = await panelOf(world, 'lender', id);
    await panel.choose('accept');
    await panel.form.getByLabel('発送（SEND）').check();
    await panel.send({ 送料: '200' });
    await panel.isIn('発送');
    const commands = ((await nacsis.record(id))['SENDG'] as readonly Record<string, string>[]).map(
      (entry) => entry['SENDCMND'],
    );
    expect(commands).toEqual(['ORDER', 'RECEIVE', 'SEND']);
  });

  scenario('a chain stops at the step that fails and says where', async (world) => {
    const { nacsis, browser } = world;
    browser.expectComplaint(CONFLICT);
    const [order] = await nacsis.order({ kind: 'copy' });
    const id = String(order?.['ID']);
    const panel = await panelOf(world, 'lender', id);
    await nacsis.addFault({ match: { command: 'SEND' }, do: 'status', code: 422 });
    await panel.choose('accept');
    await panel.form.getByLabel('発送（SEND）').check();
    await panel.send({ 送料: '200' });
    await panel.expectRefusal('受付（RECEIVE）は済みました');
    await panel.isIn('処理中');
    expect((await nacsis.record(id))['STAT']).toBe('処理中');
  });
});

describe('Point 3, not allowed:', () => {
  const scenario = useStack();

  scenario('each action that is not possible is shown with its reason on request', async (world) => {
    const [id = ''] = await world.nacsis.seedIn({ side: 'borrower', kind: 'loan', state: '処理中' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.isIn('処理中');
    const denied = await panel.denied();
    expect(denied.length).toBe(11); // SAVE has no button
    expect(denied.every((line) => line.includes('—'))).toBeTrue();
  });

  scenario(
    'the other library has acted between opening and click: who did what, and what is allowed now, one click away',
    async (world) => {
      const { nacsis, browser } = world;
      browser.expectComplaint(CONFLICT);
      const [lender = ''] = await others(world);
      const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理' });
      const panel = await panelOf(world, 'borrower', id);
      await panel.isIn('未処理');
      await nacsis.perform(lender, 'RECEIVE', id);
      await nacsis.perform(lender, 'SEND', id);
      const before = await nacsis.counters();
      await panel.perform('callback');
      await panel.expectRefusal('この操作は NACSIS-ILL の現在の状態（発送）では行えません');
      await panel.notAllowed.getByText('相手館が').first().waitFor();
      expect((await nacsis.record(id))['STAT']).toBe('発送');
      expect((await nacsis.counters())['CALLBACK'] ?? 0).toBe((before['CALLBACK'] ?? 0) + 1);
      await panel.notAllowed.getByRole('button', { name: '到着処理（RECEIVE）' }).click();
      await panel.isIn('到着処理中');
    },
  );

  scenario('in English it is "NACSIS action not allowed"', async (world) => {
    const { nacsis, browser, alma } = world;
    browser.expectComplaint(CONFLICT);
    const [lender = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理' });
    await alma.search('新潟', { lang: 'en' });
    await alma.app.locator('h1').first().waitFor();
    const panel = new RequestPanel(alma);
    await panel.open('borrower', id);
    await panel.choose('callback');
    await nacsis.perform(lender, 'RECEIVE', id);
    await panel.send();
    await panel.expectRefusal('NACSIS action not allowed');
  });

  scenario('two librarians act at once: one command, the other is told', async (world) => {
    const { nacsis, browser, alma } = world;
    browser.expectComplaint(CONFLICT);
    // The colleague may not read the lending requests of Alma, where the panel looks for this one.
    browser.expectComplaint(/status of 401.*task-lists/);
    const [order] = await nacsis.order({ kind: 'copy' });
    const id = String(order?.['ID']);
    const panel = await panelOf(world, 'lender', id);
    await panel.choose('accept');
    const [first, second] = [alma.page, await alma.page.context().newPage()];
    const { AlmaPage } = await import('./support/alma-page');
    const colleague = new AlmaPage(second, alma.url);
    await colleague.search('新潟', { user: 'manager001' });
    await colleague.app.locator('h1').first().waitFor();
    const theirs = new RequestPanel(colleague);
    await theirs.open('lender', id);
    await theirs.perform('accept');
    await theirs.isIn('処理中');
    await first.bringToFront();
    await panel.send();
    await panel.notAllowed.waitFor();
    expect((await nacsis.counters())['RECEIVE']).toBe(1);
  });
});

describe('Point 4, undo and Callback:', () => {
  const scenario = useStack();

  /** Columns: kind, state, action, next state, and the state after CALLBACK (dossier 3.2). */
  const BORROWER = [
    ['copy', '準備中', 'order', '未処理', '準備中'],
    ['copy', '準備中', 'cancel', 'CANCEL', '準備中'],
    ['copy', '照会', 'cancel', 'CANCEL', '準備中'],
    ['copy', '照会', 'answer', '回答待', '照会'],
    ['copy', '到着処理中', 'receive', '確認', '到着処理中'],
    ['loan', '到着処理中', 'receive', '借用中', '到着処理中'],
    ['loan', '借用中', 'return', '返送', '借用中'],
    ['loan', '借用中', 'renew', '更新請求', '借用中'],
    ['copy', '到着処理中', 'claim', 'クレーム未処理', '到着処理中'],
  ] as const;
  const LENDER = [
    ['copy', '処理中', 'ship', '発送', '処理中'],
    ['copy', '処理中', 'inquiry', '新着照会', '処理中'],
    ['loan', '処理中', 'reject', '新着照会', '処理中'],
    ['loan', '返却処理中', 'check-in', '返却確認', '返却処理中'],
  ] as const;

  for (const [side, rows] of [
    ['borrower', BORROWER],
    ['lender', LENDER],
  ] as const)
    scenario(
      `every callback of the ${side}: undo is offered at once, names where it leads, and leads there`,
      async (world) => {
        const { nacsis } = world;
        const [partner = ''] = await others(world);
        const ids = await nacsis.seedIn(
          ...rows.map(([kind, state]) => ({ side, kind, state, ...(side === 'lender' && { partners: [partner] }) })),
        );
        const panel = await panelOf(world, side, ids[0] ?? '');
        for (const [at, [, state, action, after, back]] of rows.entries()) {
          await panel.open(side, ids[at] ?? '');
          await panel.isIn(state);
          await panel.choose(action);
          await panel.form.or(panel.done).first().waitFor();
          if ((await panel.form.count()) > 0) {
            const values = {
              ...(action === 'ship' && { 送料: '100' }),
              ...(['answer', 'claim', 'inquiry', 'reject', 'renew'].includes(action) && {
                [COMMENT]: 'よろしくお願いいたします。',
              }),
            };
            await panel.send(values);
          }
          await panel.isIn(after);
          await panel.undo.getByText(back).waitFor();
          await panel.undo.click();
          await panel.isIn(back);
        }
      },
    );

  scenario('the claim answer of the lender is called back, the claim still open', async (world) => {
    const { nacsis } = world;
    const [partner = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({
      side: 'lender',
      kind: 'copy',
      state: '処理中',
      claim: true,
      partners: [partner],
    });
    const panel = await panelOf(world, 'lender', id);
    await panel.perform('ship', { 送料: '300' });
    await panel.isIn('クレーム回答待');
    await panel.undo.click();
    await panel.isIn('処理中');
    await panel.perform('ship', { 送料: '300' });
    await panel.isIn('クレーム回答待');
  });

  scenario(
    'forbidden ones are not offered: RECEIVE undone, borrow undone after a renewal, a question about a return, a 51st history entry',
    async (world) => {
      const { nacsis } = world;
      const [partner = ''] = await others(world);
      const [received = '', renewed = '', full = ''] = await nacsis.seedIn(
        { side: 'borrower', kind: 'copy', state: '到着処理中' },
        { side: 'borrower', kind: 'loan', state: '借用中', renewed: true },
        { side: 'borrower', kind: 'copy', state: '未処理', entries: 50 },
      );
      const [asked = ''] = await nacsis.seedIn({
        side: 'lender',
        kind: 'loan',
        state: '返却クレーム未処理',
        partners: [partner],
      });
      const panel = await panelOf(world, 'borrower', received);
      for (const [side, id, reason] of [
        ['borrower', received, ''],
        ['borrower', renewed, '更新'],
        ['borrower', full, '50'],
        ['lender', asked, ''],
      ] as const) {
        await panel.open(side, id);
        const line = (await panel.denied()).find((each) => each.includes('状態復帰'));
        expect(line).withContext(`${side} ${id}`).toContain(reason);
        expect(line).toBeDefined();
      }
    },
  );

  scenario('undo is offered until the other side acts', async (world) => {
    const { nacsis } = world;
    const [lender = ''] = await others(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '準備中' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.perform('order');
    await panel.undo.waitFor();
    await nacsis.perform(lender, 'RECEIVE', id);
    await panel.reload();
    await panel.isIn('処理中');
    await panel.undo.waitFor({ state: 'detached' });
  });
});
