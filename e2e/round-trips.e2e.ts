import { messagesOf } from './support/nacsis-messages';
import type { SeedOptions } from './support/nacsis-sim';
import { RequestPanel, type Side } from './support/request-panel';
import { useStack, type World } from './support/scenario';

const COMMENT = { コメント: 'よろしくお願いいたします。' };

type Values = Readonly<Record<string, string>>;

describe('Must be shown: an action costs one CATP round trip when a handle is free', () => {
  const scenario = useStack();

  /** Kind, state, action and its command, next state, and the values that its form needs. */
  const ACTIONS: Readonly<
    Record<Side, readonly (readonly [SeedOptions['kind'], string, string, string, string, Values?])[]>
  > = {
    borrower: [
      ['copy', '発送', 'accept', 'RECEIVE', '到着処理中'],
      ['copy', '到着処理中', 'receive', 'OK', '確認'],
      ['loan', '到着処理中', 'receive', 'BORROW', '借用中'],
      ['copy', '到着処理中', 'claim', 'CLAIM', 'クレーム未処理', COMMENT],
      ['loan', '借用中', 'return', 'SENDBACK', '返送'],
      ['loan', '借用中', 'renew', 'RENEW', '更新請求', COMMENT],
      ['copy', '照会', 'answer', 'ANSWER', '回答待', COMMENT],
      ['copy', '照会', 'cancel', 'CANCEL', 'CANCEL'],
      ['copy', '未処理', 'callback', 'CALLBACK', '準備中'],
    ],
    lender: [
      ['copy', '未処理', 'accept', 'RECEIVE', '処理中'],
      ['copy', '処理中', 'ship', 'SEND', '発送', { 送料: '100' }],
      ['loan', '処理中', 'ship', 'SEND', '発送', { 送料: '870' }],
      ['copy', '処理中', 'inquiry', 'INQUIRE', '新着照会', COMMENT],
      ['loan', '返送', 'accept', 'RECEIVE', '返却処理中'],
      ['loan', '返却処理中', 'check-in', 'OK', '返却確認'],
    ],
  };

  for (const side of ['borrower', 'lender'] as const)
    scenario(`every message between click and answer is the command itself: the ${side}`, async (world) => {
      const rows = ACTIONS[side];
      const ids = await world.nacsis.seedIn(...rows.map(([kind, state]) => ({ side, kind, state })));
      const panel = await panelIn(world);
      for (const [at, [, state, action, command, after, values]] of rows.entries()) {
        await panel.open(side, ids[at] ?? '');
        await panel.isIn(state);
        const sent = await messagesOf(world.nacsis, async () => {
          await act(panel, action, values);
          await panel.isIn(after);
        });
        expect(sent)
          .withContext(`${state} ${action}`)
          .toEqual({ SERVERPROCEDURECALL: 1, [command]: 1 });
      }
    });

  scenario('a chain of two costs two: Accept + Ship', async (world) => {
    const [id = ''] = await world.nacsis.seedIn({ side: 'lender', kind: 'copy', state: '未処理' });
    const panel = await panelIn(world);
    await panel.open('lender', id);
    await panel.isIn('未処理');
    await panel.choose('accept');
    await panel.form.getByLabel('発送（SEND）').check();
    const sent = await messagesOf(world.nacsis, async () => {
      await panel.send({ 送料: '100' });
      await panel.isIn('発送');
    });
    expect(sent).toEqual({ SERVERPROCEDURECALL: 2, RECEIVE: 1, SEND: 1 });
  });

  scenario('a chain of two costs two: Accept + Receive, and Cancel of what is not yet accepted', async (world) => {
    const [shipped = '', asked = ''] = await world.nacsis.seedIn(
      { side: 'borrower', kind: 'copy', state: '発送' },
      { side: 'borrower', kind: 'copy', state: '未処理' },
    );
    const panel = await panelIn(world);
    await panel.open('borrower', shipped);
    await panel.isIn('発送');
    await world.alma.app.locator('app-action-bar').getByLabel('続けて').check();
    const received = await messagesOf(world.nacsis, async () => {
      await panel.primary.click();
      await panel.isIn('確認');
    });
    expect(received).toEqual({ SERVERPROCEDURECALL: 2, RECEIVE: 1, OK: 1 });
    await panel.open('borrower', asked);
    await panel.isIn('未処理');
    const cancelled = await messagesOf(world.nacsis, async () => {
      await panel.perform('cancel');
      await panel.isIn('CANCEL');
    });
    expect(cancelled).toEqual({ SERVERPROCEDURECALL: 2, CALLBACK: 1, CANCEL: 1 });
  });

  scenario('what the app itself refuses costs nothing', async (world) => {
    const [id = ''] = await world.nacsis.seedIn({ side: 'lender', kind: 'copy', state: '処理中' });
    const panel = await panelIn(world);
    await panel.open('lender', id);
    await panel.isIn('処理中');
    const sent = await messagesOf(world.nacsis, async () => {
      await panel.perform('reject');
      await panel.form.getByRole('button', { name: 'やめる' }).click();
      await panel.form.waitFor({ state: 'detached' });
    });
    expect(sent).toEqual({});
  });
});

async function act(panel: RequestPanel, action: string, values: Values | undefined): Promise<void> {
  await panel.choose(action);
  await panel.form.or(panel.done).first().waitFor();
  if ((await panel.form.count()) > 0) await panel.send(values);
}

/** The app on a page without a record. */
async function panelIn({ alma }: World): Promise<RequestPanel> {
  await alma.search('該当なし');
  await alma.app.locator('app-work-list .list[aria-busy=false]').waitFor();
  return new RequestPanel(alma);
}
